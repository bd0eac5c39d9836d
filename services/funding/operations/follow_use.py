"""Follow drawn money to its use: what was used of it, and when its two months are over.

Runs after a payment and every few minutes, since costs are booked elsewhere and days go by.
"""

from datetime import date
from uuid import UUID

import asyncpg

from services.funding.domain.drawdown_lifecycle import (
    DRAWDOWN_LIFECYCLE,
    FOLLOWED_STATES,
    DrawdownAction,
    DrawdownState,
)
from services.funding.domain.events.payments import DrawdownStateChanged
from services.funding.domain.use_matching import match_uses, used_of
from services.funding.operations.changes import leave_trace
from services.funding.operations.each_tenant import each_tenant
from services.funding.storage.drawdown_records import (
    drawdown_facts,
    payout,
    payouts_of_line,
    uses_of_line,
)
from services.funding.storage.locks import lock_line
from services.funding.storage.queries.drawdowns import DRAWDOWN_BY_ID, FOLLOWED_LINES
from services.funding.storage.tables import DrawdownRow
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.kernel.money import Money

PART = "drawdown-timer"


async def follow_all_use(database: Database) -> None:
    """Every line of every tenant that has money to be used."""
    today = berlin_date(now())

    async def of_tenant(tx: Transaction) -> None:
        for row in sorted(await tx.rows(FOLLOWED_LINES), key=lambda one: one["line_id"].bytes):
            await follow_use(tx, row["line_id"], today)

    await each_tenant(database, PART, of_tenant)


async def follow_use(tx: Transaction, line_id: UUID, today: date) -> None:
    """Match the uses of a line with its drawdowns, the oldest first, and move those that are used
    up or whose time is over. Nothing is posted: interest is owed when an act says so.
    """
    await lock_line(tx, line_id)
    rows = await payouts_of_line(tx, line_id)
    matched = match_uses([payout(row) for row in rows], await uses_of_line(tx, line_id))
    for row in rows:
        used = used_of(matched[row["id"]], today)
        if DrawdownState(row["state"]) in FOLLOWED_STATES:
            await _follow(tx, row, used, today)


async def _follow(tx: Transaction, row: asyncpg.Record, used: Money, today: date) -> None:
    if used.cents != row["used_cents"]:
        await tx.update(
            DrawdownRow,
            row["id"],
            used_cents=used.cents,
            version=row["version"] + 1,
            updated_at=now(),
        )
    current = await tx.row(DRAWDOWN_BY_ID, drawdown_id=row["id"])
    assert current is not None
    facts = await drawdown_facts(tx, current, today)
    state = DrawdownState(current["state"])
    for action in (DrawdownAction.MARK_USED, DrawdownAction.MARK_UNUSED):
        open_now = {
            option.action for option in DRAWDOWN_LIFECYCLE.options(state, facts) if option.is_open
        }
        if action in open_now:
            target = DRAWDOWN_LIFECYCLE.next_state(state, action, facts)
            await _move(tx, current, action, target)
            return


async def _move(
    tx: Transaction, row: asyncpg.Record, action: DrawdownAction, target: DrawdownState
) -> None:
    await tx.update(
        DrawdownRow,
        row["id"],
        state=target.value,
        version=row["version"] + 1,
        updated_at=now(),
    )
    changed = DrawdownStateChanged(
        tenant_id=tx.caller.tenant_id,
        drawdown_id=row["id"],
        award_id=row["award_id"],
        from_state=DrawdownState(row["state"]),
        to_state=target,
    )
    await leave_trace(
        tx,
        action=f"{action.value}-drawdown",
        kind="drawdown",
        record_id=row["id"],
        changes={"from": row["state"], "to": target.value},
        events=(changed,),
    )
