"""What each line of an award stood at: granted, called, set aside, promised, used and free."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import asyncpg

from services.funding.domain.ledger.accounts import CHART, AccountCode, Side
from services.funding.domain.programme import FundingLine
from services.funding.storage.award_records import load_award
from services.funding.storage.queries.moments import moment
from services.funding.storage.queries.rules import BUDGET_LINES
from shared.database.transaction import Transaction
from shared.kernel.money import Money


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """`free + reserved + committed + used + repayable − shortfall` is what is held of the grant;
    `claim` is what may still be called, `received` what has come in.
    """

    award_line_id: UUID
    key: str
    funding_line: FundingLine
    granted: Money
    claim: Money
    requested: Money
    received: Money
    reserved: Money
    committed: Money
    used: Money
    free: Money
    shortfall: Money
    repayable: Money


async def budget_lines(
    tx: Transaction, award_id: UUID, as_of: date | None, known_at: datetime | None
) -> list[BudgetLine]:
    """By value date and by what was known. Raises NotFound."""
    await load_award(tx, award_id, is_locked=False)
    rows = await tx.rows(BUDGET_LINES, award_id=award_id, **moment(as_of, known_at))
    by_line: dict[UUID, list[asyncpg.Record]] = defaultdict(list)
    for row in rows:
        by_line[row["id"]].append(row)
    return [_line(found) for found in by_line.values()]


def _line(rows: Sequence[asyncpg.Record]) -> BudgetLine:
    stood = {AccountCode(row["code"]): row for row in rows if row["code"]}

    def natural(code: AccountCode) -> Money:
        cents = stood[code]["cents"] if code in stood else 0
        return Money(cents if CHART[code].side is Side.DEBIT else -cents)

    def total(code: AccountCode, column: str) -> int:
        return stood[code][column] if code in stood else 0

    first = rows[0]
    granted = total(AccountCode.FREE, "granted_cents") + total(
        AccountCode.SHORTFALL, "granted_cents"
    )
    return BudgetLine(
        award_line_id=first["id"],
        key=first["key"],
        funding_line=FundingLine(first["funding_line"]),
        granted=Money(-granted),
        claim=natural(AccountCode.CLAIM),
        requested=natural(AccountCode.REQUESTED),
        received=Money(total(AccountCode.CASH, "received_cents")),
        reserved=natural(AccountCode.RESERVED),
        committed=natural(AccountCode.COMMITTED),
        used=natural(AccountCode.GRANT_USED),
        free=natural(AccountCode.FREE),
        shortfall=natural(AccountCode.SHORTFALL),
        repayable=natural(AccountCode.REPAYABLE),
    )
