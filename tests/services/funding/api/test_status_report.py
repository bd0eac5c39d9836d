"""The funding status of Kreis Warendorf on 21.11.2022, through the service."""

from services.funding.api.schemas.reports import FundingStatusView
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import (
    WARENDORF_AWARD,
    WARENDORF_AWARD_WITH_TRANSLATION,
    WARENDORF_POSITIONS,
    WARENDORF_TABLE,
    award,
    case_management,
    line,
)
from tests.services.funding.steps import active, granted

STATUS = "/v1/reports/funding-status"
DAY = "2022-11-21"


def by_line(status: Record) -> dict[str, Record]:
    return {total["fundingLine"]: total for total in status["fundingLines"]}


async def test_f1_warendorf_money_is_reported_line_by_line(officer: Desk, approver: Desk) -> None:
    await granted(officer, approver, WARENDORF_AWARD)

    status = await officer.read(STATUS, asOf=DAY)

    FundingStatusView.model_validate(status)
    assert status["programmeVolume"] == "1222800.00"
    assert status["expectedTotal"] == "0.00"
    assert [(line["key"], line["amount"]) for line in status["lines"]] == [
        ("b1-posts", "253800.00"),
        ("b2-posts", "770000.00"),
        ("b3-posts", "150000.00"),
        ("b1-measures", "30000.00"),
        ("b1-events", "10000.00"),
        ("b1-advice", "9000.00"),
    ]
    totals = by_line(status)
    assert totals["B1_COORDINATION"]["amount"] == "302800.00"
    assert totals["B2_CASE_MANAGEMENT"]["amountPerPost"] == "55000.00"
    assert totals["B3_FOREIGNERS_NATURALISATION"]["amountPerPost"] == "50000.00"


async def test_f3_translation_money_stands_beside_the_programme_volume(
    officer: Desk, approver: Desk
) -> None:
    await granted(officer, approver, WARENDORF_AWARD_WITH_TRANSLATION)

    status = await officer.read(STATUS, asOf=DAY)

    assert status["programmeVolume"] == "1222800.00"
    assert status["additionalFunds"] == "30000.00"
    assert status["ministryTotal"] == "1252800.00"
    translation = status["lines"][-1]
    assert (translation["key"], translation["validFrom"], translation["validTo"]) == (
        "b1-translation",
        "2022-10-01",
        "2022-12-31",
    )
    assert by_line(status)["B1_COORDINATION"]["amount"] == "302800.00"


async def test_f3_translation_money_may_come_by_a_notice_of_its_own(
    officer: Desk, approver: Desk
) -> None:
    translation = WARENDORF_AWARD_WITH_TRANSLATION["lines"][-1]
    await granted(officer, approver, WARENDORF_AWARD)
    await granted(officer, approver, award(2022, "30000.00", [translation]))

    status = await officer.read(STATUS, asOf=DAY)

    assert status["programmeVolume"] == "1222800.00"
    assert status["ministryTotal"] == "1252800.00"


async def test_f2_warendorf_positions_are_stored_unchanged_and_recomputed(
    officer: Desk, approver: Desk
) -> None:
    await granted(officer, approver, WARENDORF_AWARD)
    report = await officer.create("/v1/position-reports", WARENDORF_POSITIONS)

    positions = (await officer.read(STATUS, asOf=DAY))["positions"]

    assert positions["origin"] == "POSITION_REPORT"
    assert positions["reportId"] == report["id"]
    assert [
        (row["approved"], row["filled"], row["reportedVacant"], row["residual"])
        for row in positions["rows"]
    ] == [
        ("3.50", "3.50", "0.00", "0.00"),
        ("0.50", "0.50", "0.00", "0.00"),
        ("14.00", "7.62", "2.88", "3.50"),
        ("1.00", "0.75", "0.00", "0.25"),
        ("2.00", "1.50", "0.00", "0.50"),
    ]
    total = {
        "approved": "21.00",
        "filled": "13.87",
        "reportedVacant": "2.88",
        "unoccupiedComputed": "7.13",
        "residual": "4.25",
    }
    assert positions["computedTotal"] == total
    assert positions["reportedTotal"] == total
    assert [(one["code"], one["subject"]) for one in positions["findings"]] == [
        ("POSITION_RESIDUAL", "CASE_MANAGEMENT"),
        ("POSITION_RESIDUAL", "FOREIGNERS_AUTHORITY"),
        ("POSITION_RESIDUAL", "NATURALISATION_AUTHORITY"),
        ("POSITION_RESIDUAL", "TOTAL"),
    ]


async def test_f2_warendorf_positions_are_printed_digit_by_digit(officer: Desk) -> None:
    report = await officer.create("/v1/position-reports", WARENDORF_POSITIONS)

    printed = await officer.get(f"/v1/position-reports/{report['id']}/table.csv")

    assert printed.status_code == 200
    assert printed.headers["content-type"] == "text/csv; charset=utf-8"
    assert printed.text == WARENDORF_TABLE


async def test_a_table_in_doubtful_notation_is_refused_and_not_stored(officer: Desk) -> None:
    rows = [WARENDORF_POSITIONS["rows"][0] | {"approved": "1.222.800"}]

    answer = await officer.send(
        "POST", "/v1/position-reports", WARENDORF_POSITIONS | {"rows": rows}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "figure-unreadable")
    assert (await officer.read("/v1/position-reports"))["items"] == []


async def test_without_a_reported_table_the_posts_on_record_are_counted(
    officer: Desk, approver: Desk
) -> None:
    await granted(officer, approver, WARENDORF_AWARD)
    for post in (await officer.read("/v1/positions"))["items"]:
        if post["postType"] == "COORDINATION":
            occupied = await officer.create(
                f"/v1/positions/{post['id']}/occupancies",
                {"share": "0.75", "since": "2022-11-01"},
                version=post["version"],
            )
            assert occupied["occupiedFte"] == "0.75"

    positions = (await officer.read(STATUS, asOf=DAY))["positions"]

    assert positions["origin"] == "POSITIONS"
    assert [
        (row["postType"], row["approved"], row["filled"], row["reportedVacant"], row["residual"])
        for row in positions["rows"]
    ] == [
        ("COORDINATION", "3.50", "0.75", None, None),
        ("ADMINISTRATION", "0.50", "0.00", None, None),
    ]
    assert positions["findings"] == []


async def test_the_filled_posts_foretell_what_will_be_repaid(officer: Desk, approver: Desk) -> None:
    await granted(officer, approver, WARENDORF_AWARD)
    await officer.create("/v1/position-reports", WARENDORF_POSITIONS)
    await officer.create(
        "/v1/rates",
        {
            "fundingLine": "Baustein 2",
            "fiscalYear": 2022,
            "ceiling": "55000.00",
            "source": "Kreis Warendorf 187/2022",
        },
    )

    status = await officer.read(STATUS, asOf=DAY)

    assert status["forecasts"] == [
        {
            "fundingLine": "B2_CASE_MANAGEMENT",
            "granted": "770000.00",
            "filledFte": "7.62",
            "usable": "419100.00",
            "unspent": "350900.00",
        }
    ]
    assert [one["code"] for one in status["findings"]] == ["UNSPENT_FUNDS_EXPECTED"]
    assert len((await officer.read("/v1/findings", asOf=DAY))["items"]) == 5


async def test_money_that_is_only_expected_is_not_added_to_what_is_granted(
    officer: Desk, approver: Desk
) -> None:
    await granted(officer, approver, WARENDORF_AWARD)
    await officer.create("/v1/awards", case_management("2.00", "110000.00"))

    status = await officer.read(STATUS, asOf=DAY)

    assert status["programmeVolume"] == "1222800.00"
    assert status["expectedTotal"] == "110000.00"
    assert [line["status"] for line in status["lines"]].count("EXPECTED") == 1


async def test_a_revoked_award_counts_until_its_revocation(officer: Desk, approver: Desk) -> None:
    award_ = await active(officer, approver, WARENDORF_AWARD)
    today = award_["updatedAt"][:10]
    revocation = {
        "reason": "Zweck verfehlt",
        "effectiveOn": "2022-07-01",
        "hearingOn": today,
        "knownSince": today,
    }
    await approver.act("awards", award_, "revoke", revocation)

    assert (await officer.read(STATUS, asOf="2022-06-30"))["programmeVolume"] == "1222800.00"
    assert (await officer.read(STATUS, asOf="2022-07-01"))["programmeVolume"] == "0.00"


async def test_an_award_dated_later_was_still_expected(officer: Desk, approver: Desk) -> None:
    late = WARENDORF_AWARD | {"awardedOn": "2022-02-15"}
    await granted(officer, approver, late)

    assert (await officer.read(STATUS, asOf="2022-02-14"))["expectedTotal"] == "1222800.00"
    status = await officer.read(STATUS, asOf="2022-02-15")
    assert (status["programmeVolume"], status["expectedTotal"]) == ("1222800.00", "0.00")
    assert [one["code"] for one in status["findings"]] == ["AWARDED_AFTER_PERIOD_START"]


async def test_a_report_needs_a_day_it_can_read(officer: Desk) -> None:
    for parameters in ({}, {"asOf": "21.11.2022"}, {"asOf": "2022-02-30"}):
        assert (await officer.get(STATUS, **parameters)).status_code == 422


async def test_f9_part_year_shows_both_amounts_until_a_person_decides(
    officer: Desk, approver: Desk
) -> None:
    b3 = line(
        "b3", "B3_FOREIGNERS_NATURALISATION", "55000.00", "1.00",
        validFrom="2020-10-01", validTo="2020-12-31",
    )  # fmt: skip
    award_ = await granted(officer, approver, award(2020, "55000.00", [b3], awardedOn="2019-12-16"))

    before = await officer.read(STATUS, asOf="2020-12-31")
    decided = await officer.send(
        "PUT",
        f"/v1/awards/{award_['id']}/lines/{award_['lines'][0]['id']}/part-year-decision",
        {"decision": "PRO_RATA"},
        version=award_["version"],
    )
    after = await officer.read(STATUS, asOf="2020-12-31")

    both = {"full": "55000.00", "proRata": "13750.00"}
    assert before["lines"][0]["partYear"] == both | {"decision": None, "decided": None}
    assert [one["code"] for one in before["findings"]] == ["PART_YEAR_UNDECIDED"]
    assert before["programmeVolume"] == "55000.00"
    assert decided.json()["lines"][0]["partYearDecision"] == "PRO_RATA"
    assert after["lines"][0]["partYear"] == both | {"decision": "PRO_RATA", "decided": "13750.00"}
    assert (after["findings"], after["programmeVolume"]) == ([], "55000.00")


async def test_a_post_that_outlasts_its_award_is_reported(officer: Desk, approver: Desk) -> None:
    award_ = await granted(officer, approver, case_management("2.00", "110000.00"))
    post = {
        "postType": "CASE_MANAGEMENT",
        "approvedFte": "1.00",
        "effectiveFrom": "2022-01-01",
        "awardLineId": award_["lines"][0]["id"],
        "validTo": "2023-03-31",
    }
    recorded = await officer.create("/v1/positions", post)
    await officer.create("/v1/positions", post | {"hasOtherSource": True})

    findings = (await officer.read(STATUS, asOf=DAY))["findings"]

    assert [(one["code"], one["subject"]) for one in findings] == [
        ("POSITION_OUTLASTS_AWARD", recorded["id"])
    ]


async def test_a_weekend_as_the_day_of_a_notice_or_its_proof_is_accepted_and_told(
    officer: Desk, approver: Desk
) -> None:
    """R-S4-9: accepted, and only remarked on."""
    sunday, easter = "2021-12-12", "2023-04-09"
    await granted(officer, approver, WARENDORF_AWARD | {"awardedOn": sunday, "proofDueOn": easter})

    found = await officer.read("/v1/findings", asOf="2022-11-21")

    weekends = [one for one in found["items"] if one["code"] == "WEEKEND_DATE"]
    assert [(one["subject"], one["facts"]["date"]) for one in weekends] == [
        ("awardedOn", sunday),
        ("proofDueOn", easter),
    ]
    assert weekends[0]["messageDe"] != weekends[0]["messageEn"]
