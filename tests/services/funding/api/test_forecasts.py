"""What the year's money will come to."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.funding.api.schemas.deadlines import OccupiedMonthsView, OutlookView
from services.funding.domain.forecasts import LineOutlook, months_gone, occupied_months
from services.funding.domain.ledger import rules
from services.funding.domain.ledger.entries import LedgerEvent
from services.funding.domain.legal_dates import Period
from services.funding.domain.occupancies import Occupancy
from services.funding.domain.programme import FundingLine
from shared.kernel.money import Money
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import entry, grant, open_books
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import WARENDORF_AWARD, WARENDORF_POSITIONS
from tests.services.funding.steps import granted

RATE = {"fundingLine": "B2", "fiscalYear": 2022, "ceiling": "55000.00", "source": "187/2022"}


async def outlook(desk: Desk, **query: str) -> Record:
    found = await desk.read("/v1/forecasts", fiscalYear="2022", **query)
    OutlookView.model_validate(found)
    lines: Record = {one["fundingLine"]: one for one in found["items"]}
    return lines["B2_CASE_MANAGEMENT"]


async def test_a_practice_year_changes_no_forecast_and_no_status(
    officer: Desk, approver: Desk
) -> None:
    """The same posts once more, in the practice book, with people on them."""
    await granted(officer, approver, WARENDORF_AWARD)
    await officer.create("/v1/rates", RATE)
    before = await outlook(officer, asOf="2022-12-31")
    status = await officer.read("/v1/reports/funding-status", asOf="2022-12-31")
    practice = WARENDORF_AWARD | {"book": "PRACTICE", "reference": "UEB-2022"}
    award = await granted(officer, approver, practice)
    b2 = next(one["id"] for one in award["lines"] if one["key"] == "b2-posts")
    body = {"postType": "CASE_MANAGEMENT", "approvedFte": "14.00", "awardLineId": b2}
    post = await officer.create("/v1/positions", body | {"effectiveFrom": "2022-01-01"})
    seat = {"seat": 1, "share": "1.00", "since": "2022-01-01", "until": "2024-12-31"}
    await officer.create(f"/v1/positions/{post['id']}/occupancies", seat, version=post["version"])

    assert await outlook(officer, asOf="2022-12-31") == before
    assert await officer.read("/v1/reports/funding-status", asOf="2022-12-31") == status


async def test_forecast_warns_of_350900_to_repay(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    """Warendorf 187/2022: 7.62 of 14 posts are filled."""
    award = await granted(officer, approver, WARENDORF_AWARD)
    await officer.create("/v1/position-reports", WARENDORF_POSITIONS)
    without_rate = await outlook(officer, asOf="2022-12-31")
    await officer.create("/v1/rates", RATE)
    b2 = UUID(next(one["id"] for one in award["lines"] if one["key"] == "b2-posts"))
    async with open_books(funding_database) as books:
        await books.post(grant(b2, "770000.00", on=date(2022, 1, 1)))
        spent = rules.spent(
            b2,
            rules.CostKind.PERSONNEL,
            rules.Recognition(Money.parse("209550.00"), Money(0), Money(0), Money(0)),
            None,
        )
        await books.post(entry(b2, LedgerEvent.EXPENDITURE_BOOKED, spent, on=date(2022, 6, 30)))

    assert without_rate["expectedUnspent"] is None
    assert without_rate["repaymentWarning"] is False
    assert await outlook(officer, asOf="2022-12-31") == {
        "fundingLine": "B2_CASE_MANAGEMENT",
        "granted": "770000.00",
        "used": "209550.00",
        "burnPerMonth": "17462.50",
        "expectedUse": "209550.00",
        "filledFte": "7.62",
        "usableAtFilled": "419100.00",
        "occupiedMonths": None,
        "usableAsOccupied": None,
        "expectedUnspent": "350900.00",
        "repaymentWarning": True,
    }


async def test_burn_is_what_the_books_said_on_the_day(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase
) -> None:
    award = await granted(officer, approver, WARENDORF_AWARD)
    b2 = UUID(next(one["id"] for one in award["lines"] if one["key"] == "b2-posts"))
    async with open_books(funding_database) as books:
        await books.post(grant(b2, "770000.00", on=date(2022, 1, 1)))
        spent = rules.spent(
            b2,
            rules.CostKind.PERSONNEL,
            rules.Recognition(Money.parse("60000.00"), Money(0), Money(0), Money(0)),
            None,
        )
        await books.post(entry(b2, LedgerEvent.EXPENDITURE_BOOKED, spent, on=date(2022, 3, 31)))

    before = await outlook(officer, asOf="2022-03-30")
    june = await outlook(officer, asOf="2022-06-30")

    assert (before["used"], before["burnPerMonth"], before["expectedUse"]) == ("0.00",) * 3
    assert (june["used"], june["burnPerMonth"]) == ("60000.00", "10000.00")
    assert june["expectedUse"] == "120000.00"


async def test_vacant_months_leave_money_unspent(officer: Desk, approver: Desk) -> None:
    """14 posts granted, one seat occupied from April on: 9 of 168 months, 41,250 of 770,000."""
    award = await granted(officer, approver, WARENDORF_AWARD)
    await officer.create("/v1/rates", RATE)
    b2 = next(one["id"] for one in award["lines"] if one["key"] == "b2-posts")
    post = await officer.create(
        "/v1/positions",
        {
            "postType": "CASE_MANAGEMENT",
            "approvedFte": "14.00",
            "effectiveFrom": "2022-01-01",
            "awardLineId": b2,
        },
    )
    seat = {"share": "1.00", "since": "2022-04-01"}
    await officer.create(f"/v1/positions/{post['id']}/occupancies", seat, version=1)

    found = await outlook(officer, asOf="2022-11-21")
    months = await officer.read(f"/v1/positions/{post['id']}/occupied-months", fiscalYear="2022")

    assert (found["occupiedMonths"], found["usableAsOccupied"]) == ("9.00", "41250.00")
    OccupiedMonthsView.model_validate(months)
    assert [one["occupied"] for one in months["items"]] == ["0.00"] * 3 + ["1.00"] * 9
    assert months["items"][3] == {
        "month": "2022-04",
        "approved": "14.00",
        "occupied": "1.00",
        "vacant": "13.00",
    }
    sums = (months["approvedMonths"], months["occupiedMonths"], months["vacantMonths"])
    assert sums == ("168.00", "9.00", "159.00")


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"fiscalYear": "2022", "asOf": "2023-01-01"}, 422, "day-outside-fiscal-year"),
        ({}, 422, "fields-refused"),
        ({"fiscalYear": "20222"}, 422, "fields-refused"),
    ],
)
async def test_a_forecast_belongs_to_one_fiscal_year(
    officer: Desk, query: dict[str, str], status: int, code: str
) -> None:
    answer = await officer.get("/v1/forecasts", **query)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_post_is_vacant_where_it_is_approved_and_nobody_sits_there() -> None:
    """Approved 1.90 and 3.50 from July on (Rheine); the post lives until the end of October."""
    held = [Occupancy(1, Decimal("1.00"), date(2022, 1, 1), date(2022, 6, 15))]
    versions = [(date(2021, 1, 1), Decimal("1.90")), (date(2022, 7, 1), Decimal("3.50"))]
    life = Period(date(2021, 1, 1), date(2022, 10, 31))

    months = occupied_months(held, versions, 2022, life)

    assert [one.shown for one in months[4:11]] == [
        ("1.90", "1.00", "0.90"),
        ("1.90", "0.50", "1.40"),
        ("3.50", "0.00", "3.50"),
        ("3.50", "0.00", "3.50"),
        ("3.50", "0.00", "3.50"),
        ("3.50", "0.00", "3.50"),
        ("0.00", "0.00", "0.00"),
    ]


@given(
    granted_cents=st.integers(0, 10**10),
    used_cents=st.integers(0, 10**10),
    day=st.dates(date(2022, 1, 1), date(2022, 12, 31)),
    usable_cents=st.none() | st.integers(0, 10**10),
)
def test_nobody_is_told_to_repay_more_than_was_granted(
    granted_cents: int, used_cents: int, day: date, usable_cents: int | None
) -> None:
    usable = None if usable_cents is None else Money(min(usable_cents, granted_cents))
    used = Money(min(used_cents, granted_cents))
    line = LineOutlook(
        FundingLine.B2_CASE_MANAGEMENT,
        Money(granted_cents),
        used,
        months_gone(day),
        None,
        usable,
        None,
        None,
    )

    assert used <= line.expected_use <= line.granted
    if usable is not None and line.expected_unspent is not None:
        assert usable + line.expected_unspent == line.granted
        assert line.has_repayment_warning is (usable < line.granted)


async def test_r_s3_1_a_post_tells_its_gaps(officer: Desk) -> None:
    """Approved since 2021, staffed again since 1 November 2022."""
    body = {"postType": "COORDINATION", "approvedFte": "1.00", "effectiveFrom": "2022-01-15"}
    post = await officer.create("/v1/positions", body)
    path = f"/v1/positions/{post['id']}"
    for since, until in (("2022-02-01", "2022-03-31"), ("2022-11-01", None)):
        seat = {"seat": 1, "share": "1.00", "since": since, "until": until}
        post = await officer.create(f"{path}/occupancies", seat, version=post["version"])

    year = await officer.read(f"{path}/occupied-months", fiscalYear="2022")
    before = await officer.read(f"{path}/occupied-months", fiscalYear="2021")

    assert year["vacantPeriods"] == [
        {"firstDay": "2022-01-15", "lastDay": "2022-01-31"},
        {"firstDay": "2022-04-01", "lastDay": "2022-10-31"},
    ]
    assert before["vacantPeriods"] == []
