"""Drawdowns as the rules see them, read inside the transaction of a change."""

from datetime import date
from uuid import UUID

import asyncpg

from services.funding.domain.award_lifecycle import AwardState
from services.funding.domain.costs import CostKind
from services.funding.domain.drawdown_facts import DrawdownFacts, DrawdownRegime, Need
from services.funding.domain.proof_lifecycle import UNSUBMITTED_STATES
from services.funding.domain.use_matching import Payout, Use
from services.funding.storage.award_records import load_award
from services.funding.storage.locks import lock_line
from services.funding.storage.queries.awards import AWARD_LINE_BY_ID
from services.funding.storage.queries.drawdowns import (
    DRAWDOWN_BY_ID,
    DRAWDOWN_FOR_UPDATE,
    HAS_OVERDUE_PROOF,
    HAS_UNUSED_EARLIER_MONEY,
    NEEDS_OF_DRAWDOWN,
    OVERDUE_AWARD_STATES,
    PAYOUTS_OF_LINE,
    USES_OF_LINE,
)
from services.funding.storage.queries.rules import LINE_RULE_ON
from shared.database.transaction import Transaction
from shared.kernel.errors import NotFound
from shared.kernel.money import Money


async def load_drawdown(
    tx: Transaction, drawdown_id: UUID, *, is_locked: bool = True
) -> asyncpg.Record:
    """One drawdown; locked with its line, the line first. Raises NotFound."""
    row = await tx.row(DRAWDOWN_BY_ID, drawdown_id=drawdown_id)
    if row is None:
        raise NotFound
    if not is_locked:
        return row
    await lock_line(tx, row["award_line_id"])
    locked = await tx.row(DRAWDOWN_FOR_UPDATE, drawdown_id=drawdown_id)
    assert locked is not None
    return locked


async def drawdown_facts(
    tx: Transaction, row: asyncpg.Record, today: date, requested_on: date | None = None
) -> DrawdownFacts:
    """What the guards look at; `requested_on` is the day of a request that is being made."""
    line = await tx.row(AWARD_LINE_BY_ID, line_id=row["award_line_id"])
    assert line is not None
    award = await load_award(tx, row["award_id"], is_locked=False)
    day = requested_on or row["requested_on"] or today
    needs = await tx.rows(NEEDS_OF_DRAWDOWN, drawdown_id=row["id"], revision=row["revision"])
    return DrawdownFacts(
        today=today,
        acting=tx.caller.actor,
        recorded_by=row["recorded_by"],
        award_state=AwardState(award["state"]),
        has_two_month_rule=await _has_two_month_rule(tx, row, award, line["funding_line"]),
        amount=Money(row["amount_cents"]),
        needs=tuple(
            Need(one["due_on"], Money(one["amount_cents"]), CostKind(one["cost_kind"]))
            for one in needs
        ),
        requested_on=requested_on or row["requested_on"],
        has_unused_earlier_money=bool(
            await tx.value(
                HAS_UNUSED_EARLIER_MONEY,
                line_id=row["award_line_id"],
                drawdown_id=row["id"],
                day=day,
            )
        ),
        has_overdue_proof=bool(
            await tx.value(
                HAS_OVERDUE_PROOF,
                funding_line=line["funding_line"],
                day=day,
                proof_states=sorted(OVERDUE_AWARD_STATES),
                unsubmitted=sorted(UNSUBMITTED_STATES),
            )
        ),
        return_reason=row["return_reason"],
        approved=Money(row["approved_cents"] or 0),
        value_date=row["value_date"],
        bank_reference=row["bank_reference"],
        use_by=row["use_by"],
        used=Money(row["used_cents"]),
        repaid_on=row["repaid_on"],
    )


async def _has_two_month_rule(
    tx: Transaction, row: asyncpg.Record, award: asyncpg.Record, funding_line: str
) -> bool:
    """Of money that is called, where the rule of the day of the notice says so (VV 7.2)."""
    if row["regime"] != DrawdownRegime.ZUWENDUNG.value:
        return False
    day = award["awarded_on"] or date(award["fiscal_year"], 1, 1)
    rule = await tx.row(LINE_RULE_ON, funding_line=funding_line, day=day)
    return rule is None or bool(rule["has_two_month_rule"])


async def payouts_of_line(tx: Transaction, line_id: UUID) -> list[asyncpg.Record]:
    """The drawdowns of the line whose money has come."""
    return await tx.rows(PAYOUTS_OF_LINE, line_id=line_id)


def payout(row: asyncpg.Record) -> Payout:
    """What may be used of a drawdown: what came, less what went back."""
    left = Money(row["paid_cents"] - row["repaid_cents"])
    return Payout(row["id"], row["value_date"], left)


async def uses_of_line(tx: Transaction, line_id: UUID) -> list[Use]:
    """Eligible costs, confirmed payments to recipients, and recoveries paid, by value date."""
    rows = await tx.rows(USES_OF_LINE, line_id=line_id)
    return [Use(row["day"], Money(row["cents"])) for row in rows]
