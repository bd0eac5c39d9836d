"""What a fiscal year's money will come to, from the books, the posts and the rates."""

from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from services.funding.domain.awards import LinePurpose
from services.funding.domain.eligibility import ceiling_of_months, share_months
from services.funding.domain.forecasts import (
    DayOutsideFiscalYear,
    LineOutlook,
    Outlook,
    YearOfPost,
    months_gone,
    occupied_months,
    vacant_within,
)
from services.funding.domain.ledger.accounts import Account, AccountCode
from services.funding.domain.legal_dates import Period
from services.funding.domain.occupancies import Occupancy
from services.funding.domain.programme import FundingLine
from services.funding.domain.rates import UnitKind
from services.funding.domain.status import FundingStatus, LineTotal
from services.funding.operations.change_position import occupancy_of
from services.funding.operations.report_funding_status import report_funding_status
from services.funding.storage.ledger_records import balances_of_line
from services.funding.storage.queries.positions import (
    OCCUPANCIES,
    OCCUPANCIES_OF_YEAR,
    POSITION_BY_ID,
    POSITION_VERSIONS,
)
from shared.database.transaction import Transaction
from shared.kernel.errors import NotFound
from shared.kernel.money import ZERO, Money

FIRST_DAY, LAST_DAY = date(1, 1, 1), date(9999, 12, 31)


async def forecast(
    tx: Transaction, fiscal_year: int, as_of: date, known_at: datetime | None = None
) -> Outlook:
    """Every funding line that pays posts in the year. Raises DayOutsideFiscalYear."""
    if as_of.year != fiscal_year:
        raise DayOutsideFiscalYear(fiscalYear=fiscal_year)
    return await outlook_of(tx, await report_funding_status(tx, as_of, known_at), known_at)


async def outlook_of(
    tx: Transaction, status: FundingStatus, known_at: datetime | None = None
) -> Outlook:
    """The same for a status that was read already."""
    fiscal_year = status.as_of.year
    occupied = await _occupied(tx, Period.of_year(fiscal_year))
    lines = [
        await _outlook(tx, status, total, occupied.get(total.funding_line), known_at)
        for total in status.line_totals
        if total.posts_amount.cents
    ]
    return Outlook(fiscal_year, status.as_of, tuple(lines))


async def year_of_post(tx: Transaction, position_id: UUID, fiscal_year: int) -> YearOfPost:
    """Month by month what is approved, occupied and vacant, and the gaps. Raises NotFound."""
    post = await tx.row(POSITION_BY_ID, position_id=position_id)
    if post is None:
        raise NotFound
    versions = await tx.rows(POSITION_VERSIONS, position_id=position_id)
    held = [occupancy_of(row) for row in await tx.rows(OCCUPANCIES, position_id=position_id)]
    approved = [(row["effective_from"], row["approved_fte"]) for row in versions]
    # Nothing is approved before the first version.
    begins = max(post["valid_from"] or FIRST_DAY, min(day for day, _ in approved))
    life = Period(begins, max(begins, post["valid_to"] or LAST_DAY))
    return YearOfPost(
        occupied_months(held, approved, fiscal_year, life),
        vacant_within(held, fiscal_year, life),
    )


async def _occupied(tx: Transaction, year: Period) -> dict[FundingLine, list[Occupancy]]:
    found: dict[FundingLine, list[Occupancy]] = {}
    for row in await tx.rows(OCCUPANCIES_OF_YEAR, first_day=year.start, last_day=year.end):
        found.setdefault(FundingLine(row["funding_line"]), []).append(occupancy_of(row))
    return found


async def _outlook(
    tx: Transaction,
    status: FundingStatus,
    total: LineTotal,
    held: list[Occupancy] | None,
    known_at: datetime | None,
) -> LineOutlook:
    year = status.as_of.year
    rate = status.rates.find(total.funding_line, UnitKind.POST_YEAR, year)
    at_filled = next((f for f in status.forecasts if f.funding_line is total.funding_line), None)
    months: Fraction | None = None
    as_occupied: Money | None = None
    if held is not None:
        months = share_months(held, Period.of_year(year))
        if rate is not None:
            as_occupied = min(total.posts_amount, ceiling_of_months(rate.ceiling, months))
    return LineOutlook(
        funding_line=total.funding_line,
        granted=total.posts_amount,
        used=await _used(tx, status, total.funding_line, known_at),
        months_gone=months_gone(status.as_of),
        filled_fte=at_filled.filled_fte if at_filled else None,
        usable_at_filled=at_filled.forecast.usable if at_filled else None,
        occupied_months=months,
        usable_as_occupied=as_occupied,
    )


async def _used(
    tx: Transaction, status: FundingStatus, funding_line: FundingLine, known_at: datetime | None
) -> Money:
    """What the books of the lines that pay posts say is used by the day."""
    used = ZERO
    for one in status.granted:
        is_for_posts = one.line.purpose is LinePurpose.POSTS and not one.line.is_additional
        if one.line.funding_line is funding_line and is_for_posts:
            books = await balances_of_line(tx, one.line_id, as_of=status.as_of, known_at=known_at)
            used += books.get(Account(AccountCode.GRANT_USED, one.line_id), ZERO)
    return used
