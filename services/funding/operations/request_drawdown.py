"""Call money from the Land, or set the day on which a lump sum comes."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg
import orjson

from services.funding.domain.award_lifecycle import AwardState
from services.funding.domain.drawdown_facts import (
    CALLABLE_AWARD_STATES,
    REGIMES,
    AwardNotFinal,
    DrawdownRegime,
    LumpSumIsScheduled,
    Need,
    NotALumpSum,
    NothingToSchedule,
)
from services.funding.domain.drawdown_lifecycle import DrawdownState
from services.funding.domain.events.payments import DrawdownStateChanged
from services.funding.domain.ledger import rules
from services.funding.domain.ledger.entries import LedgerEvent, NewEntry, Source
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.keep_rules import line_rule_of_award
from services.funding.operations.ledger.post import post_all
from services.funding.operations.record_position import AwardLineUnknown
from services.funding.storage.award_records import load_award
from services.funding.storage.ledger_records import book_of_line
from services.funding.storage.locks import lock_line
from services.funding.storage.queries.awards import AWARD_LINE_BY_ID, AWARD_LINES_FOR_UPDATE
from services.funding.storage.queries.drawdowns import DRAWDOWN_VIEW, LUMP_SUM_LINES
from services.funding.storage.rows import complete
from services.funding.storage.tables import DrawdownNeedRow, DrawdownRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.database.views import Document
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.kernel.money import ZERO, Money
from shared.service.writes import Answer

KIND = "drawdown"


@dataclass(frozen=True, slots=True)
class NewDrawdown:
    """Money of one line, and the payments that it is called for."""

    award_line_id: UUID
    amount: Money
    needs: tuple[Need, ...]
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LumpSumDate:
    """A fixed date of payment: of one line or of all lump sums; all that is open, if no amount."""

    due_on: date
    award_line_id: UUID | None = None
    amount: Money | None = None


async def request_drawdown(tx: Transaction, command: NewDrawdown) -> Answer:
    """Nothing is called yet: another person submits the draft (M1).

    Raises AwardLineUnknown, LumpSumIsScheduled, AwardNotFinal. An id that is taken is refused by
    the database (409 already-exists).
    """
    line = await tx.row(AWARD_LINE_BY_ID, line_id=command.award_line_id)
    if line is None:
        raise AwardLineUnknown
    award = await load_award(tx, line["award_id"], is_locked=False)
    if await _regime_of(tx, award, line["funding_line"]) is DrawdownRegime.LUMP_SUM:
        raise LumpSumIsScheduled
    await lock_line(tx, line["id"])
    _refuse_challengeable(award["state"])
    drawdown_id = await _insert(
        tx,
        award_id=line["award_id"],
        award_line_id=line["id"],
        regime=DrawdownRegime.ZUWENDUNG,
        state=DrawdownState.DRAFT,
        amount=command.amount,
        drawdown_id=command.id,
    )
    await insert_needs(tx, drawdown_id, 1, command.needs)
    location = f"/v1/drawdowns/{drawdown_id}"
    return await answer_with(tx, DRAWDOWN_VIEW, location, drawdown_id=drawdown_id)


async def insert_needs(
    tx: Transaction, drawdown_id: UUID, revision: int, needs: tuple[Need, ...]
) -> None:
    for ordinal, need in enumerate(needs, 1):
        await tx.insert(
            DrawdownNeedRow,
            id=new_id(),
            drawdown_id=drawdown_id,
            revision=revision,
            ordinal=ordinal,
            due_on=need.due_on,
            amount_cents=need.amount.cents,
            cost_kind=need.cost_kind.value,
        )


async def schedule_lump_sum(
    tx: Transaction, award_id: UUID, expected_version: int | None, command: LumpSumDate
) -> Answer:
    """Lump sums are paid without application, on a date the ministry sets (M9).

    Raises NotFound, versions, AwardNotFinal, AwardLineUnknown, NotALumpSum, NothingToSchedule,
    InsufficientFunds with what is free.
    """
    award = await load_award(tx, award_id)
    require_version(award["version"], expected_version)
    _refuse_challengeable(award["state"])
    await tx.rows(AWARD_LINES_FOR_UPDATE, award_id=award_id)
    scheduled = []
    for line_id, amount in await _open_lump_sums(tx, award, command):
        drawdown_id = await _insert(
            tx,
            award_id=award_id,
            award_line_id=line_id,
            regime=DrawdownRegime.LUMP_SUM,
            state=DrawdownState.SCHEDULED,
            amount=amount,
            approved_cents=amount.cents,
            due_on=command.due_on,
        )
        scheduled.append((drawdown_id, line_id, amount))
    if not scheduled:
        raise NothingToSchedule
    await post_all(
        tx,
        [
            NewEntry(
                event=LedgerEvent.DRAWDOWN_REQUESTED,
                award_line_id=line_id,
                value_date=command.due_on,
                source=Source(KIND, drawdown_id),
                postings=rules.requested(line_id, amount),
                book=await book_of_line(tx, line_id),
            )
            for drawdown_id, line_id, amount in scheduled
        ],
    )
    answers = [
        await answer_with(tx, DRAWDOWN_VIEW, drawdown_id=drawdown_id)
        for drawdown_id, _, _ in scheduled
    ]
    items = [orjson.Fragment(one.document.body) for one in answers]
    return Answer(Document(orjson.dumps({"items": items}), version=None))


async def _open_lump_sums(
    tx: Transaction, award: asyncpg.Record, command: LumpSumDate
) -> list[tuple[UUID, Money]]:
    rows = await tx.rows(LUMP_SUM_LINES, award_id=award["id"])
    if command.award_line_id is not None:
        rows = [row for row in rows if row["id"] == command.award_line_id]
        if not rows:
            raise AwardLineUnknown
        if await _regime_of(tx, award, rows[0]["funding_line"]) is not DrawdownRegime.LUMP_SUM:
            raise NotALumpSum
        amount = command.amount or Money(rows[0]["claim_cents"])
        return [(command.award_line_id, amount)] if amount > ZERO else []
    return [
        (row["id"], Money(row["claim_cents"]))
        for row in rows
        if row["claim_cents"] > 0
        and await _regime_of(tx, award, row["funding_line"]) is DrawdownRegime.LUMP_SUM
    ]


async def _regime_of(tx: Transaction, award: asyncpg.Record, funding_line: str) -> DrawdownRegime:
    """How money of the line comes, by its legal form on the day of the notice (R-S0-2)."""
    return REGIMES[(await line_rule_of_award(tx, award, funding_line)).legal_form]


def _refuse_challengeable(state: str) -> None:
    if AwardState(state) not in CALLABLE_AWARD_STATES:
        raise AwardNotFinal(state=state)


async def _insert(
    tx: Transaction,
    *,
    award_id: UUID,
    award_line_id: UUID,
    regime: DrawdownRegime,
    state: DrawdownState,
    amount: Money,
    drawdown_id: UUID | None = None,
    **columns: object,
) -> UUID:
    drawdown_id, instant = drawdown_id or new_id(), now()
    await tx.insert(
        DrawdownRow,
        **complete(
            DrawdownRow,
            id=drawdown_id,
            created_at=instant,
            updated_at=instant,
            award_id=award_id,
            award_line_id=award_line_id,
            regime=regime.value,
            state=state.value,
            amount_cents=amount.cents,
            recorded_by=tx.caller.actor,
            **columns,
        ),
    )
    changed = DrawdownStateChanged(
        tenant_id=tx.caller.tenant_id,
        drawdown_id=drawdown_id,
        award_id=award_id,
        from_state=None,
        to_state=state,
    )
    await leave_trace(
        tx,
        action="record-drawdown",
        kind=KIND,
        record_id=drawdown_id,
        changes={"to": state.value},
        events=(changed,),
    )
    return drawdown_id
