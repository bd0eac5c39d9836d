"""Decide about a cost that no rule answers, correct one, and let the books follow the facts."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from services.funding.domain.costs import Eligibility
from services.funding.domain.events.expenditures import EligibilityDecided, ExpenditureCorrected
from services.funding.domain.expenditure_lifecycle import (
    EXPENDITURE_LIFECYCLE,
    ExpenditureAction,
    ExpenditureFacts,
    ExpenditureState,
)
from services.funding.domain.ledger.entries import LedgerEvent, Source
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.ledger.post import post_all, reverse
from services.funding.operations.recognise import KIND, locked_line, recognise
from services.funding.storage.award_records import load_award
from services.funding.storage.ledger_records import entries_of_source
from services.funding.storage.queries.awards import AWARD_LINES_FOR_UPDATE
from services.funding.storage.queries.spending import (
    EXPENDITURE_BY_ID,
    EXPENDITURE_FOR_UPDATE,
    EXPENDITURE_VIEW,
)
from services.funding.storage.spending_records import SpendingLine, living_costs
from services.funding.storage.tables import ExpenditureRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True)
class EligibilityDecision:
    """What a person says where no source does. `value_date` None: today."""

    is_eligible: bool
    reason: str
    value_date: date | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """Why a cost was wrong, as a code; the entries are reversed on `value_date` (None: today)."""

    code: str
    value_date: date | None = None


async def decide_eligibility(
    tx: Transaction,
    expenditure_id: UUID,
    expected_version: int | None,
    decision: EligibilityDecision,
) -> Answer:
    """Raises NotFound, the refusals of versions, TransitionNotAllowed, GuardFailed (nothing to
    decide, or decided by whoever recorded it), and what `post` raises.
    """
    row, line = await _for_update(tx, expenditure_id, expected_version)
    state = _next_state(tx, row, ExpenditureAction.DECIDE)
    decided = Eligibility.ELIGIBLE if decision.is_eligible else Eligibility.NOT_ELIGIBLE
    await tx.update(
        ExpenditureRow,
        expenditure_id,
        state=state.value,
        version=row["version"] + 1,
        updated_at=now(),
        decided=decided.value,
        decided_by=tx.caller.actor,
        decided_at=now(),
        decision_reason=decision.reason,
    )
    day = decision.value_date or berlin_date(now())
    found = await recognise(tx, line, row["allocation_id"], day)
    await post_all(tx, found.entries, recorded_by=row["recorded_by"], released_by=tx.caller.actor)
    event = EligibilityDecided(
        tenant_id=tx.caller.tenant_id,
        expenditure_id=expenditure_id,
        award_line_id=line.id,
        decided=decided,
    )
    await leave_trace(
        tx,
        action="decide-eligibility",
        kind=KIND,
        record_id=expenditure_id,
        changes={"decided": decided.value},
        events=(event,),
    )
    return await answer_with(tx, EXPENDITURE_VIEW, expenditure_id=expenditure_id)


async def correct_expenditure(
    tx: Transaction, expenditure_id: UUID, expected_version: int | None, correction: Correction
) -> Answer:
    """Reverse every entry of the cost; the other costs of its post take the ceiling it leaves.

    Raises NotFound, the refusals of versions, TransitionNotAllowed, PeriodIsClosed, and what
    `post` raises.
    """
    row, line = await _for_update(tx, expenditure_id, expected_version)
    state = _next_state(tx, row, ExpenditureAction.CORRECT)
    day = correction.value_date or berlin_date(now())
    await tx.update(
        ExpenditureRow,
        expenditure_id,
        state=state.value,
        version=row["version"] + 1,
        updated_at=now(),
        correction_code=correction.code,
        corrected_by=tx.caller.actor,
        corrected_on=day,
    )
    await _reverse_entries(tx, expenditure_id, day, correction.code)
    found = await recognise(tx, line, row["allocation_id"], day)
    await post_all(tx, found.entries)
    event = ExpenditureCorrected(
        tenant_id=tx.caller.tenant_id,
        expenditure_id=expenditure_id,
        award_line_id=line.id,
    )
    await leave_trace(
        tx,
        action="correct-expenditure",
        kind=KIND,
        record_id=expenditure_id,
        changes={"code": correction.code},
        events=(event,),
    )
    return await answer_with(tx, EXPENDITURE_VIEW, expenditure_id=expenditure_id)


async def adjust_eligibility(tx: Transaction, award_id: UUID, value_date: date) -> None:
    """Let the books of an award follow occupancies, rates, decisions and amendments.

    Raises NotFound, AwardNotGranted, and what `post` raises.
    """
    await load_award(tx, award_id)
    adjusted = 0
    for row in await tx.rows(AWARD_LINES_FOR_UPDATE, award_id=award_id):
        line = await locked_line(tx, row["id"])
        allocations = {cost["allocation_id"] for cost in await living_costs(tx, [line.id])}
        for allocation_id in sorted(allocations, key=str):
            found = await recognise(tx, line, allocation_id, value_date)
            await post_all(tx, found.entries)
            adjusted += len(found.entries)
    await leave_trace(
        tx,
        action="adjust-eligibility",
        kind="award",
        record_id=award_id,
        changes={"entries": adjusted},
    )


async def _for_update(
    tx: Transaction, expenditure_id: UUID, expected_version: int | None
) -> tuple[asyncpg.Record, SpendingLine]:
    """The cost and its line, locked: the line first, as everywhere."""
    known = await tx.row(EXPENDITURE_BY_ID, expenditure_id=expenditure_id)
    if known is None:
        raise NotFound
    line = await locked_line(tx, known["award_line_id"])
    row = await tx.row(EXPENDITURE_FOR_UPDATE, expenditure_id=expenditure_id)
    if row is None:
        raise NotFound
    require_version(row["version"], expected_version)
    return row, line


def _next_state(
    tx: Transaction, row: asyncpg.Record, action: ExpenditureAction
) -> ExpenditureState:
    facts = ExpenditureFacts(
        ruled=Eligibility(row["ruled"]),
        decided=Eligibility(row["decided"]) if row["decided"] else None,
        recorded_by=row["recorded_by"],
        acting=tx.caller.actor,
    )
    return EXPENDITURE_LIFECYCLE.next_state(ExpenditureState(row["state"]), action, facts)


async def _reverse_entries(tx: Transaction, expenditure_id: UUID, day: date, code: str) -> None:
    """Newest first, so that no account crosses zero on the way back."""
    posted = await entries_of_source(tx, Source(KIND, expenditure_id))
    turned = {one.entry.reverses_id for one in posted}
    for one in sorted(posted, key=lambda entry: -entry.sequence):
        if one.entry.event is not LedgerEvent.REVERSED and one.id not in turned:
            await reverse(tx, one.id, day, code)
