"""The hazards of money and posts, each from the paper that it was found in to what is printed."""

from typing import Any

from tests.services.funding.desk import Desk
from tests.services.funding.papers import WARENDORF_AWARD, WARENDORF_POSITIONS
from tests.services.funding.spending.costs import (
    occupied_post,
    parts,
    pay,
    posts_of_line_2,
    spend,
)
from tests.services.funding.steps import granted

STATUS = "/v1/reports/funding-status"


async def test_hazard_08_reported_posts_are_neither_computed_nor_repaired(
    officer: Desk, approver: Desk
) -> None:
    """Warendorf reports 14.00 / 7.62 / 2.88: 3.50 are said nowhere, and stay so in every print."""
    await granted(officer, approver, WARENDORF_AWARD)
    report = await officer.create("/v1/position-reports", WARENDORF_POSITIONS)
    stored = await officer.read(f"/v1/position-reports/{report['id']}")
    third = stored["rows"][2]
    assert [third[one] for one in ("approvedFte", "filledFte", "reportedVacantFte")] == [
        "14.00",
        "7.62",
        "2.88",
    ]
    assert third["residual"] == "3.50"

    shown = (await officer.read(STATUS, asOf="2022-11-21"))["positions"]
    assert [row["residual"] for row in shown["rows"]] == ["0.00", "0.00", "3.50", "0.25", "0.50"]
    assert shown["reportedTotal"]["reportedVacant"] == "2.88"
    assert shown["reportedTotal"]["unoccupiedComputed"] == "7.13"
    assert [one["code"] for one in shown["findings"]] == ["POSITION_RESIDUAL"] * 4

    printed = await officer.get(f"/v1/position-reports/{report['id']}/table.csv", locale="en")
    again = [line.split(",")[-3:] for line in printed.text.splitlines()[1:]]
    assert again[2] == ["14.00", "7.62", "2.88"]
    assert again == [
        [row["approved"], row["filled"], row["reportedVacant"]]
        for row in (*shown["rows"], shown["reportedTotal"])
    ]
    assert await officer.read(f"/v1/position-reports/{report['id']}") == stored


async def test_hazard_09_a_ceiling_is_no_lump_sum_and_a_request_no_decision(
    officer: Desk, approver: Desk
) -> None:
    """Aachen 2020: what was paid counts up to the ceiling of line and year, overhead does not,
    and 100,000 requested stay 100,000 requested.
    """
    award = await posts_of_line_2(officer, approver, "2.00", "110000.00")
    line = award["lines"][0]
    low, high = [await occupied_post(officer, line, ["1.00"]) for _ in range(2)]
    assert parts(await pay(officer, line, low, "48000.00")) == ("48000.00", *["0.00"] * 3)
    assert parts(await pay(officer, line, high, "64000.00")) == (
        "55000.00",
        "9000.00",
        "0.00",
        "0.00",
    )
    overhead = {"costKind": "Sach- und Overheadkosten", "payer": "TRAEGER"}
    refused = await spend(officer, line, "6000.00", **overhead)
    assert parts(refused) == ("0.00", "0.00", "6000.00", "0.00")
    assert refused["findings"] == ["COST_KIND_NOT_ELIGIBLE"]

    asked: dict[str, Any] = {
        "fiscalYear": 2021,
        "requestedBy": "Arbeitsgemeinschaft",
        "personnelCost": "64000.00",
        "ceiling": "55000.00",
        "fte": "5.00",
        "overheadCost": "6000.00",
        "requestedOn": "2020-05-25",
        "requestedAmount": "100000.00",
        "recommendedAmount": "45000.00",
    }
    request = await officer.create("/v1/own-share-requests", asked)
    assert [request[one] for one in ("requestedAmount", "recommendedAmount", "decidedAmount")] == [
        "100000.00",
        "45000.00",
        None,
    ]
    assert request["findings"] == ["REQUEST_NOT_DERIVABLE"]


async def test_hazard_09_the_ceiling_is_that_of_line_and_year(officer: Desk) -> None:
    for year, ceiling in ((2020, "50000.00"), (2022, "55000.00"), (2024, "57000.00")):
        body = {
            "fundingLine": "B2",
            "fiscalYear": year,
            "ceiling": ceiling,
            "source": "Richtlinie",
        }
        await officer.create("/v1/rates", body)
    rates = (await officer.read("/v1/rates"))["items"]
    of_the_line = {
        one["fiscalYear"]: one["ceiling"]
        for one in rates
        if one["fundingLine"] == "B2_CASE_MANAGEMENT" and one["source"] == "Richtlinie"
    }
    assert of_the_line == {2020: "50000.00", 2022: "55000.00", 2024: "57000.00"}
