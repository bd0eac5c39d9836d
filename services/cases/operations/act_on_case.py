"""Move a case along its lifecycle: every action of the table, under its guards."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.domain.codes import ClosingReason, DeclineReason
from services.cases.domain.events import CaseClosed, CasePhaseChanged
from services.cases.domain.facts import CaseFacts, CaseState
from services.cases.domain.lifecycle import CASE_LIFECYCLE, CaseAction
from services.cases.domain.practice import Practice
from services.cases.operations.case_document import case_answer
from services.cases.operations.case_facts import facts_from
from services.cases.operations.compute_retention import forget_days, set_days_at_end
from services.cases.operations.erase_case import erase_content
from services.cases.operations.next_plan import open_next_plan_version
from services.cases.operations.on_case import advance_case, file_columns, lock_case
from services.cases.storage.queries.access_scopes import KEEP_IN_SIGHT
from services.cases.storage.queries.cases import LAST_PHASE_POSITION
from services.cases.storage.queries.facts import FACTS_OF_CASE
from services.cases.storage.tables import OutboxMessage, PhaseReasonRow, PhaseRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.ids import new_id
from shared.messaging.outbox import record_event
from shared.service.writes import Answer

CHANGED_FLAGS: Mapping[CaseAction, Mapping[str, Any]] = {
    CaseAction.RESTRICT_PROCESSING: {"is_processing_restricted": True},
    CaseAction.LIFT_RESTRICTION: {"is_processing_restricted": False},
    CaseAction.PLACE_LEGAL_HOLD: {"is_under_legal_hold": True},
    CaseAction.LIFT_LEGAL_HOLD: {"is_under_legal_hold": False},
    CaseAction.REOPEN: {
        "closing_reason": None,
        "closed_on": None,
        "deletion_due_on": None,
        "archive_answer": None,
        "erasure_confirmed_by": [],
    },
}
GIVES_CASE = frozenset({CaseAction.ASSIGN, CaseAction.HAND_OVER})
NEEDS_NEXT_PLAN = frozenset({CaseAction.REPLAN, CaseAction.FINISH_ASSESSMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class ActOnCase:
    """`case_manager` is who shall hold the case on assign and hand-over; None means the caller."""

    case_id: UUID
    action: CaseAction
    expected_version: int | None
    case_manager: str | None = None
    decline_reason: DeclineReason | None = None
    closing_reason: ClosingReason | None = None
    reason: str | None = None
    is_same_person_confirmed: bool = False


async def act_on_case(tx: Transaction, command: ActOnCase, practice: Practice) -> Answer:
    """The case after the step.

    Raises NotFound, VersionMissing, Stale, TransitionNotAllowed (409) or GuardFailed (422); then
    nothing has changed. ERASE belongs to `erase_across_services`, which alone calls it here.
    """
    case = await lock_case(tx, command.case_id)
    require_version(case["version"], command.expected_version)
    today = berlin_date(now())
    state = CaseState(case["state"])
    facts = await _facts(tx, command, practice, today)
    following = CASE_LIFECYCLE.next_state(state, command.action, facts)
    if command.reason and following is not CaseState.ERASED:
        await tx.insert(
            PhaseReasonRow,
            **file_columns(tx, case),
            action=command.action.value,
            reason=command.reason,
        )
    if command.action in NEEDS_NEXT_PLAN:
        await open_next_plan_version(tx, case)
    if following is CaseState.ERASED:
        await erase_content(tx, case)
    columns = _columns(command, following, today, tx.caller.actor)
    if following in {CaseState.CLOSED, CaseState.DECLINED} and following is not state:
        columns["deletion_due_on"] = await set_days_at_end(
            tx, case, following, columns.get("closing_reason"), practice
        )
    if command.action is CaseAction.REOPEN:
        await forget_days(tx, case["id"])
    if following is not state:
        columns |= {"state": following.value, "state_since": today}
    # Whoever holds a case gives it away even if an access scope hides it from them afterwards.
    if command.action in GIVES_CASE and case["case_manager"] in {None, tx.caller.actor}:
        await tx.value(KEEP_IN_SIGHT, case_id=command.case_id)
    await advance_case(
        tx,
        case,
        command.action.value,
        changes={"from": state.value, "to": following.value},
        is_told=following is state,
        **columns,
    )
    await record_step(tx, case, state, following, command.action, today)
    await _tell(tx, case, state, following, command, columns)
    return await case_answer(tx, command.case_id, practice)


async def _facts(tx: Transaction, command: ActOnCase, practice: Practice, today: date) -> CaseFacts:
    stored = await tx.value(
        FACTS_OF_CASE,
        case_id=command.case_id,
        today=today,
        actor=command.case_manager or tx.caller.actor,
    )
    facts = facts_from(stored, unit_type=tx.caller.unit_type, practice=practice, today=today)
    return replace(
        facts,
        is_reason_given=bool(command.reason),
        decline_reason=command.decline_reason,
        closing_reason=command.closing_reason,
        is_same_person_confirmed=command.is_same_person_confirmed,
    )


def _columns(command: ActOnCase, following: CaseState, today: date, actor: str) -> dict[str, Any]:
    """What the action writes beside the state."""
    if command.action in CHANGED_FLAGS:
        return dict(CHANGED_FLAGS[command.action])
    if command.action in GIVES_CASE:
        return {"case_manager": command.case_manager or actor}
    if following is CaseState.CLOSED:
        return _closing_columns(command, today)
    if following is CaseState.DECLINED:
        return {
            "decline_reason": command.decline_reason,
            "closed_on": today,
        }
    return {}


def _closing_columns(command: ActOnCase, today: date) -> dict[str, Any]:
    is_death = command.action is CaseAction.RECORD_DEATH
    return {
        "closing_reason": ClosingReason.DECEASED if is_death else command.closing_reason,
        "closed_on": today,
        # After a death the record is kept, not worked with (§ 35 (5) SGB I).
        **({"is_processing_restricted": True} if is_death else {}),
    }


async def record_step(
    tx: Transaction,
    case: asyncpg.Record,
    before: CaseState | None,
    after: CaseState,
    action: CaseAction,
    on_date: date,
) -> None:
    """One line of the history of phases, without words about the person."""
    last = await tx.value(LAST_PHASE_POSITION, tenant_id=tx.caller.tenant_id, case_id=case["id"])
    move = CASE_LIFECYCLE.moves[before][action] if before else None
    await tx.insert(
        PhaseRow,
        id=new_id(),
        unit_id=case["unit_id"],
        case_id=case["id"],
        position=last + 1,
        from_state=before.value if before else None,
        to_state=after.value,
        action=action.value,
        rule=move.rule if move else "C1",
        on_date=on_date,
        at=now(),
        actor=tx.caller.actor,
    )


async def _tell(
    tx: Transaction,
    case: asyncpg.Record,
    before: CaseState,
    after: CaseState,
    command: ActOnCase,
    columns: dict[str, Any],
) -> None:
    if after is before:
        return
    about = {
        "case_id": case["id"],
        "tenant_id": tx.caller.tenant_id,
        "unit_id": case["unit_id"],
    }
    changed = CasePhaseChanged(
        **about,
        from_state=before.value,
        to_state=after.value,
        action=command.action.value,
        rule=CASE_LIFECYCLE.moves[before][command.action].rule,
    )
    await record_event(tx, OutboxMessage, changed, aggregate_id=case["id"])
    if after is CaseState.CLOSED:
        closed = CaseClosed(
            **about, closing_reason=columns["closing_reason"], closed_on=columns["closed_on"]
        )
        await record_event(tx, OutboxMessage, closed, aggregate_id=case["id"])
