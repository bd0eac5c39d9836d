"""Rules as dated rows, calls for interest, conditions, carry-over, rates and budget sentences."""

import asyncpg
import pytest

from tests.engines import ServiceDatabase
from tests.services.funding.desk import Desk, Record
from tests.services.funding.money import coordination
from tests.services.funding.papers import WARENDORF_AWARD, case_management
from tests.services.funding.steps import active, granted, share

RULE = {
    "fundingLine": "B2",
    "costKind": "TRAINING",
    "answer": "ELIGIBLE",
    "validFrom": "2023-01-01",
    "source": "Erlass MKJFGFI",
}


async def of_kind(desk: Desk, kind: str, line: str = "B2_CASE_MANAGEMENT") -> list[Record]:
    page = await desk.read("/v1/cost-rules", costKind=kind, fundingLine=line)
    found: list[Record] = sorted(page["items"], key=lambda one: str(one["validFrom"]))
    return found


async def test_a_tenant_begins_with_the_published_rules(officer: Desk) -> None:
    lines = (await officer.read("/v1/funding-lines"))["items"]
    assert [(one["fundingLine"][:2], one["hasTwoMonthRule"]) for one in lines] == [
        ("B1", True),
        ("B2", False),
        ("B3", False),
    ]
    rules = await officer.read("/v1/cost-rules", first="100")
    assert len(rules["items"]) == 36
    assert (await of_kind(officer, "OVERHEAD"))[0]["answer"] == "NOT_ELIGIBLE"


async def test_unknown_stays_unknown_until_a_person_decides(officer: Desk, approver: Desk) -> None:
    assert [one["answer"] for one in await of_kind(officer, "TRAINING")] == ["UNKNOWN"]
    rule = await officer.create("/v1/cost-rules", RULE)
    assert not rule["isReleased"]

    own = await officer.try_act("cost-rules", rule, "release")
    released = await approver.act("cost-rules", rule, "release")

    assert own.status_code == 403
    assert released["isReleased"]
    assert [
        (one["answer"], one["validFrom"], one["validTo"])
        for one in await of_kind(officer, "TRAINING")
    ] == [("UNKNOWN", "2020-01-01", "2022-12-31"), ("ELIGIBLE", "2023-01-01", None)]


async def test_only_one_rule_per_line_and_kind_is_in_force(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    first = await officer.create("/v1/cost-rules", RULE)
    second = await officer.create("/v1/cost-rules", RULE | {"answer": "NOT_ELIGIBLE"})
    await approver.act("cost-rules", first, "release")
    refused = await approver.try_act("cost-rules", second, "release")
    assert (refused.status_code, refused.json()["code"]) == (409, "rule-overlaps")
    again = await approver.send("POST", f"/v1/cost-rules/{first['id']}/actions/release", version=2)
    assert (again.status_code, again.json()["code"]) == (409, "rule-is-released")

    application = await asyncpg.connect(funding_database.app_dsn)
    try:
        async with application.transaction():
            await application.execute("select set_config('app.tenant', '05570', true)")
            with pytest.raises(asyncpg.ExclusionViolationError):
                await application.execute(
                    "update cost_rule set released_by = 'somebody|else' where released_by is null"
                )
    finally:
        await application.close()


async def test_rates_of_2022_and_2023_are_rows(officer: Desk) -> None:
    for fiscal_year, unit, ceiling, line in (
        (2022, "POST_YEAR", "55000.00", "B2"),
        (2023, "POST_YEAR", "57000.00", "B2"),
        (2022, "ADMIN_ASSISTANCE_HALF_POST_YEAR", "22500.00", "B1"),
        (2022, "WORKPLACE_SETUP_PER_POST", "5700.00", "B1"),
    ):
        rate = {
            "fundingLine": line,
            "unitKind": unit,
            "fiscalYear": fiscal_year,
            "ceiling": ceiling,
            "source": "Kreis Unna, Stadt Kamen 056/2023",
            "validFrom": f"{fiscal_year}-01-01",
            "validTo": f"{fiscal_year}-12-31",
        }
        await officer.create("/v1/rates", rate)
    rows = (await officer.read("/v1/rates"))["items"]
    assert sorted(one["ceiling"] for one in rows) == ["22500.00", "55000.00", "5700.00", "57000.00"]

    old = next(one for one in rows if one["ceiling"] == "57000.00")
    path = f"/v1/rates/{old['id']}/actions/replace"
    body = {"ceiling": "58000.00", "source": "Nachtrag"}
    newer = await officer.create(path, body, version=old["version"])
    old = await officer.read(f"/v1/rates/{old['id']}")
    assert (old["ceiling"], old["replacedBy"], newer["validFrom"]) == (
        "57000.00",
        newer["id"],
        "2023-01-01",
    )
    again = await officer.send("POST", path, body, version=old["version"])
    assert (again.status_code, again.json()["code"]) == (409, "rate-is-replaced")


async def test_f12_a_raise_is_read_as_total_and_difference(officer: Desk) -> None:
    text = "Der Ansatz wird um 7.000 € auf insgesamt 11.000 € erhöht."
    answer = await officer.send("POST", "/v1/budget-entries/read-change", {"text": text})
    assert answer.json() == {"base": "4000.00", "delta": "7000.00", "total": "11000.00"}
    unclear = await officer.send("POST", "/v1/budget-entries/read-change", {"text": "mehr Geld"})
    assert (unclear.status_code, unclear.json()["code"]) == (422, "budget-change-unreadable")


@pytest.mark.parametrize(
    ("box", "amount"), [("Nein", None), ("keine", None), ("55.000 €", "55000.00")]
)
async def test_no_financial_effect_is_nothing_stated_and_never_zero(
    officer: Desk, box: str, amount: str | None
) -> None:
    """R-S0-4: Rheine ticks "Nein" although it applies for a post."""
    answer = await officer.send("POST", "/v1/budget-entries/read-effect", {"text": box})
    assert answer.json() == {"amount": amount}


async def test_an_award_keeps_the_name_that_the_ministry_bore_on_its_day(
    officer: Desk,
) -> None:
    """R-V3: a later name changes no older notice, and a stated name goes first."""
    body = {"code": "KIM_NRW", "nameDe": "KIM NRW", "nameEn": "KIM NRW"}
    programme = await officer.create("/v1/programmes", body)
    names = f"/v1/programmes/{programme['id']}/funder-names"
    await officer.create(names, {"name": "MKFFI NRW", "usedFrom": "2017-06-30"})
    old = await officer.create("/v1/awards", WARENDORF_AWARD)
    await officer.create(names, {"name": "MKJFGFI NRW", "usedFrom": "2022-06-29"})
    later = WARENDORF_AWARD | {"reference": "DEMO-2", "awardedOn": "2022-06-29"}
    new = await officer.create("/v1/awards", later)
    stated = await officer.create("/v1/awards", later | {"funder": "BA", "reference": "DEMO-3"})
    unknown = await officer.create(
        "/v1/awards", later | {"awardedOn": "2016-12-01", "reference": "DEMO-4"}
    )

    assert [one["funder"] for one in (old, new, stated, unknown)] == [
        "MKFFI NRW",
        "MKJFGFI NRW",
        "BA",
        None,
    ]
    assert (await officer.read(f"/v1/awards/{old['id']}"))["funder"] == "MKFFI NRW"


async def test_the_provisions_of_a_notice_are_fixed_with_its_grant(
    officer: Desk, approver: Desk
) -> None:
    award = await officer.create("/v1/awards", WARENDORF_AWARD)
    path = f"/v1/awards/{award['id']}/conditions"
    items = [
        {"code": "PURPOSE", "textDe": "Zweckbindung", "passesOn": True},
        {"code": "REPORT", "textDe": "Sachbericht bis 31.03.", "passesOn": False},
    ]
    answer = await officer.send("PUT", path, {"items": items}, version=award["version"])
    assert answer.json()["conditions"] == items
    award = await officer.act("awards", answer.json(), "apply")
    award = await approver.act("awards", award, "grant")
    late = await officer.send("PUT", path, {"items": []}, version=award["version"])
    assert (late.status_code, late.json()["code"]) == (409, "notice-is-fixed")
    assert (await officer.read(f"/v1/awards/{award['id']}"))["conditions"] == items


async def free(desk: Desk, award: Record) -> tuple[str, str]:
    (line,) = (await desk.read(f"/v1/awards/{award['id']}/budget-lines"))["items"]
    return line["free"], line["granted"]


async def test_carry_over_needs_the_authority(officer: Desk, approver: Desk) -> None:
    old = await granted(officer, approver, case_management("1.00", "55000.00", 2022))
    new = await granted(officer, approver, case_management("1.00", "57000.00", 2023))
    body = {
        "awardLineId": old["lines"][0]["id"],
        "toAwardLineId": new["lines"][0]["id"],
        "amount": "5000.00",
        "consentRef": "BRA-36-2023-4",
    }
    without = {key: value for key, value in body.items() if key != "consentRef"}
    assert (await approver.try_act("awards", old, "carry-over", without)).status_code == 422
    assert (await officer.try_act("awards", old, "carry-over", body)).status_code == 403
    back = {"awardLineId": body["toAwardLineId"], "toAwardLineId": body["awardLineId"]}
    wrong = await approver.try_act("awards", new, "carry-over", body | back)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "carry-over-lines-differ")
    too_much = await approver.try_act("awards", old, "carry-over", body | {"amount": "55000.01"})
    assert (too_much.status_code, too_much.json()["free"]) == (409, "55000.00")
    assert await free(officer, old) == ("55000.00", "55000.00")

    await approver.act("awards", old, "carry-over", body)

    assert await free(officer, old) == ("50000.00", "50000.00")
    assert await free(officer, new) == ("62000.00", "62000.00")


async def test_requested_recommended_and_decided_are_three_facts(
    officer: Desk, approver: Desk
) -> None:
    award = await active(officer, approver, case_management("2.00", "110000.00"))
    allocation = await officer.create(
        "/v1/allocations", share(award["lines"][0], "1.00", "55000.00")
    )
    path = f"/v1/allocations/{allocation['id']}/call-for-interest"
    announced = {"opensOn": "2022-01-10", "closesOn": "2022-01-31", "criteria": "Ortskenntnis"}
    call = (await officer.send("PUT", path, announced)).json()
    answer_ = {
        "respondentName": "Caritasverband",
        "respondentUnit": "waf-caritas",
        "fte": "1.00",
        "requestedAmount": "70000.00",
    }
    early = await officer.send("POST", f"{path}/responses", answer_, version=call["version"])
    assert (early.status_code, early.json()["code"]) == (409, "call-not-open")
    await officer.act("allocations", allocation, "open-call")
    for wrong in ({"fte": "1.005"}, {"requestedAmount": "0.005"}, {"currency": "CHF"}):
        bad = await officer.send("POST", f"{path}/responses", answer_ | wrong, version=1)
        assert bad.status_code == 422
    call = await officer.create(f"{path}/responses", answer_, version=call["version"])

    async def step(desk: Desk, name: str, body: Record | None = None) -> Record:
        answer = await desk.send(
            "POST", f"{path}/responses/1/actions/{name}", body, version=call["version"]
        )
        assert answer.status_code == 200, answer.text
        found: Record = answer.json()
        return found

    undecided = await approver.send(
        "POST", f"{path}/responses/1/actions/select", version=call["version"]
    )
    assert (undecided.status_code, undecided.json()["code"]) == (422, "response-undecided")
    call = await step(officer, "recommend", {"amount": "60000.00"})
    call = await step(approver, "decide", {"amount": "55000.00"})
    call = await step(approver, "select")
    (response,) = call["responses"]
    assert (
        response["requestedAmount"],
        response["recommendedAmount"],
        response["decidedAmount"],
        response["isSelected"],
    ) == ("70000.00", "60000.00", "55000.00", True)
    selected = await officer.read(f"/v1/allocations/{allocation['id']}")
    assert (selected["state"], selected["recipientUnit"]) == ("SELECTED", "waf-caritas")


async def test_the_names_of_the_ministry_are_dated(officer: Desk) -> None:
    programme = {"code": "KIM", "nameDe": "KIM", "nameEn": "KIM"}
    path = f"/v1/programmes/{(await officer.create('/v1/programmes', programme))['id']}"
    await officer.create(f"{path}/funder-names", {"name": "MKFFI NRW", "usedFrom": "2017-06-30"})
    await officer.create(f"{path}/funder-names", {"name": "MKJFGFI NRW", "usedFrom": "2022-06-29"})
    names = (await officer.read(f"{path}/funder-names"))["items"]
    assert [one["name"] for one in names] == ["MKFFI NRW", "MKJFGFI NRW"]


async def test_a_released_rule_changes_how_money_comes_and_is_proved_from_its_day_on(
    officer: Desk, approver: Desk
) -> None:
    rule = {
        "fundingLine": "B1_COORDINATION",
        "legalForm": "FACHBEZOGENE_PAUSCHALE",
        "proofRegime": "HVB_CONFIRMATION",
        "hasTwoMonthRule": False,
        "validFrom": "2023-01-01",
        "source": "Haushaltsgesetz 2023",
    }
    recorded = await officer.create("/v1/funding-lines", rule)
    before = await active(officer, approver, coordination("1000.00", 2022))
    await approver.act("funding-lines", recorded, "release")
    after = await active(officer, approver, coordination("1000.00", 2023))
    called = {
        "amount": "100.00",
        "needs": [{"dueOn": "2023-04-10", "amount": "100.00", "costKind": "EVENTS"}],
    }

    old = await officer.send(
        "POST", "/v1/drawdowns", called | {"awardLineId": before["lines"][0]["id"]}
    )
    new = await officer.send(
        "POST", "/v1/drawdowns", called | {"awardLineId": after["lines"][0]["id"]}
    )
    proofs = [await officer.create("/v1/proofs", {"awardId": one["id"]}) for one in (before, after)]

    assert (old.status_code, old.json()["regime"]) == (201, "ZUWENDUNG")
    assert (new.status_code, new.json()["code"]) == (422, "lump-sum-is-scheduled")
    assert [one["regime"] for one in proofs] == ["SIMPLE", "HVB_CONFIRMATION"]
    path = f"/v1/awards/{after['id']}/actions/schedule-lump-sum"
    scheduled = await officer.send("POST", path, {"dueOn": "2023-06-01"}, version=after["version"])
    assert [one["amount"] for one in scheduled.json()["items"]] == ["1000.00"]
