"""Money and posts of a year by funding line, for the steering group: sums only."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from services.funding.domain.forecasts import LineOutlook
from services.funding.domain.ledger.accounts import CHART, AccountCode, Side
from services.funding.domain.positions import PostFigures
from services.funding.domain.programme import FundingLine
from services.funding.domain.status import FundingStatus
from services.funding.operations.forecast import outlook_of
from services.funding.operations.report_funding_status import report_funding_status
from services.funding.storage.queries.rules import BOOKS_OF_YEAR
from shared.database.transaction import Transaction
from shared.kernel.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class LineControlling:
    """One funding line on a day. `granted` is the awards' money without additional funds; the
    books say what is set aside, promised, used and free of all of its lines, additional funds
    included. `posts` is None where the table of posts has no row of the line.
    """

    funding_line: FundingLine
    granted: Money
    additional: Money
    reserved: Money
    committed: Money
    used: Money
    free: Money
    posts: PostFigures | None
    outlook: LineOutlook | None


@dataclass(frozen=True, slots=True)
class Controlling:
    status: FundingStatus
    lines: tuple[LineControlling, ...]


async def report_controlling(tx: Transaction, as_of: date) -> Controlling:
    """The fiscal year of the day."""
    status = await report_funding_status(tx, as_of)
    outlook = await outlook_of(tx, status)
    books: dict[FundingLine, Counter[AccountCode]] = defaultdict(Counter)
    for row in await tx.rows(BOOKS_OF_YEAR, fiscal_year=as_of.year, as_of=as_of):
        code = AccountCode(row["code"])
        sign = 1 if CHART[code].side is Side.DEBIT else -1
        books[FundingLine(row["funding_line"])][code] = sign * row["cents"]
    return Controlling(
        status,
        tuple(
            LineControlling(
                funding_line=total.funding_line,
                granted=total.amount,
                additional=_additional(status, total.funding_line),
                reserved=Money(books[total.funding_line][AccountCode.RESERVED]),
                committed=Money(books[total.funding_line][AccountCode.COMMITTED]),
                used=Money(books[total.funding_line][AccountCode.GRANT_USED]),
                free=Money(books[total.funding_line][AccountCode.FREE]),
                posts=_posts(status, total.funding_line),
                outlook=next(
                    (one for one in outlook.lines if one.funding_line is total.funding_line), None
                ),
            )
            for total in status.line_totals
        ),
    )


def _additional(status: FundingStatus, funding_line: FundingLine) -> Money:
    lines = (one.line for one in status.granted if one.line.is_additional)
    return sum((line.amount for line in lines if line.funding_line is funding_line), ZERO)


def _posts(status: FundingStatus, funding_line: FundingLine) -> PostFigures | None:
    rows = [row.figures for row in status.posts.table.rows if row.funding_line is funding_line]
    if not rows:
        return None
    first, *others = rows
    return sum(others, first)
