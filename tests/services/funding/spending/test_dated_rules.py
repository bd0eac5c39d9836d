"""The rule in force on the day of a cost says whether it is paid, and is kept with it."""

from tests.engines import ServiceDatabase
from tests.services.funding.desk import Desk, Record
from tests.services.funding.money import coordination
from tests.services.funding.papers import award, line
from tests.services.funding.spending.costs import (
    balances,
    cost,
    parts,
    posts_of_line_2,
    record_voucher,
    spend,
)
from tests.services.funding.spending.test_refusals import traces
from tests.services.funding.steps import active

PUBLISHED = "§ 9 TIntG, Richtlinie KIM"
JULY = {"periodFrom": "2022-07-01", "periodTo": "2022-07-31", "valueDate": "2022-07-01"}
JUNE = {"periodTo": "2022-06-30", "valueDate": "2022-06-30"}


async def rule(officer: Desk, approver: Desk, kind: str, answer: str, **more: str) -> Record:
    """A rule of line 2 that a second person has released."""
    body = {
        "fundingLine": "B2",
        "costKind": kind,
        "answer": answer,
        "validFrom": "2022-07-01",
        "source": "Erlass MKJFGFI",
    }
    recorded = await officer.create("/v1/cost-rules", body | more)
    return await approver.act("cost-rules", recorded, "release")


async def one_post(officer: Desk, approver: Desk) -> Record:
    granted = await posts_of_line_2(officer, approver, "1.00", "55000.00")
    found: Record = granted["lines"][0]
    return found


async def test_the_rule_of_the_value_date_decides_and_its_source_is_kept(
    officer: Desk, approver: Desk
) -> None:
    of_line = await one_post(officer, approver)
    await rule(officer, approver, "TRAINING", "ELIGIBLE")

    before = await spend(officer, of_line, "800.00", costKind="TRAINING", **JUNE)
    after = await spend(officer, of_line, "300.00", costKind="TRAINING", **JULY)

    assert (before["ruled"], before["ruleSource"]) == ("UNKNOWN", PUBLISHED)
    assert parts(before) == ("0.00", "0.00", "0.00", "800.00")
    assert (after["ruled"], after["ruleSource"]) == ("ELIGIBLE", "Erlass MKJFGFI")
    assert parts(after) == ("300.00", "0.00", "0.00", "0.00")
    stood = await balances(officer, of_line)
    assert (stood["ELIGIBLE"], stood["UNDECIDED"], stood["FREE"]) == (
        "300.00",
        "800.00",
        "54700.00",
    )


async def test_a_rule_that_nobody_released_or_that_came_later_changes_no_cost(
    officer: Desk, approver: Desk
) -> None:
    of_line = await one_post(officer, approver)
    waiting = {"fundingLine": "B2", "costKind": "TRAINING", "answer": "NOT_ELIGIBLE"}
    dated = {"validFrom": "2022-07-01", "source": "Entwurf"}
    recorded = await officer.create("/v1/cost-rules", waiting | dated)
    course = await spend(officer, of_line, "800.00", costKind="TRAINING", **JULY)
    assert (course["ruled"], course["ruleSource"]) == ("UNKNOWN", PUBLISHED)

    await approver.act("cost-rules", recorded, "release")

    kept = await officer.read(f"/v1/expenditures/{course['id']}")
    assert (kept["ruled"], kept["ruleSource"]) == ("UNKNOWN", PUBLISHED)
    assert parts(kept) == parts(course)


async def test_without_a_rule_in_force_the_shipped_table_answers(
    officer: Desk, approver: Desk
) -> None:
    body = award(2019, "55000.00", [line("b2", "B2_CASE_MANAGEMENT", "55000.00", "1.00")])
    of_line = (await active(officer, approver, body))["lines"][0]
    days = {"periodFrom": "2019-06-01", "periodTo": "2019-06-30", "valueDate": "2019-06-15"}
    rent = await spend(officer, of_line, "900.00", costKind="RENT", payer="TRAEGER", **days)
    course = await spend(officer, of_line, "80.00", costKind="TRAINING", **days)
    assert (rent["ruled"], rent["ruleSource"]) == ("NOT_ELIGIBLE", None)
    assert (course["ruled"], course["ruleSource"]) == ("UNKNOWN", None)


async def test_personnel_names_its_post_and_its_payer_when_a_rule_stops_paying(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    of_line = await one_post(officer, approver)
    await rule(officer, approver, "PERSONNEL", "NOT_ELIGIBLE")
    voucher = await record_voucher(officer, "100.00")
    body = cost(of_line, voucher, costKind="PERSONNEL", payer="MUNICIPALITY") | JULY
    before = await traces(funding_database)
    answer = await officer.send("POST", "/v1/expenditures", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "position-missing")
    assert await traces(funding_database) == before


async def test_a_practice_award_is_in_no_cost_per_line(officer: Desk, approver: Desk) -> None:
    practice = await posts_of_line_2(officer, approver, "1.00", "55000.00", book="PRACTICE")
    exercised = practice["lines"][0]
    await spend(officer, exercised, "70.00", costKind="RENT", payer="TRAEGER")
    report = await officer.read("/v1/reports/cost-per-line", fiscalYear="2022")
    assert report["items"] == []

    real = await one_post(officer, approver)
    await spend(officer, real, "90.00", costKind="RENT", payer="TRAEGER")
    report = await officer.read("/v1/reports/cost-per-line", fiscalYear="2022")
    assert [(one["awardLineId"], one["actual"]) for one in report["items"]] == [
        (real["id"], "90.00")
    ]


async def test_hazard_10_the_legal_form_of_a_line_follows_the_rule_of_the_day_of_the_notice(
    officer: Desk, approver: Desk
) -> None:
    """A lump sum by rule needs no application (A4), and the report says what it is."""
    rule_of_line = {
        "fundingLine": "B1_COORDINATION",
        "legalForm": "FACHBEZOGENE_PAUSCHALE",
        "proofRegime": "HVB_CONFIRMATION",
        "hasTwoMonthRule": False,
        "validFrom": "2023-01-01",
        "source": "Haushaltsgesetz 2023",
    }
    recorded = await officer.create("/v1/funding-lines", rule_of_line)
    await approver.act("funding-lines", recorded, "release")
    before = await officer.create("/v1/awards", coordination("1000.00", 2022))
    after = await officer.create("/v1/awards", coordination("1000.00", 2023))

    refused = await approver.try_act("awards", before, "grant")
    granted = await approver.act("awards", after, "grant")

    assert (refused.status_code, refused.json()["guards"]) == (422, ["lump-sum-only"])
    assert granted["state"] == "GRANTED"
    status = await officer.read("/v1/reports/funding-status", asOf="2023-06-30")
    assert [one["legalForm"] for one in status["lines"]] == ["FACHBEZOGENE_PAUSCHALE"]
