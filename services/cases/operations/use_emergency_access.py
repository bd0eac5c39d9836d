"""Open a case in an emergency, end it before its time, review it afterwards."""

from dataclasses import dataclass
from uuid import UUID

import asyncpg

from services.cases.domain.acts import END_EMERGENCY, OPEN_EMERGENCY, REVIEW_EMERGENCY
from services.cases.domain.emergencies import (
    EMERGENCY_LIFECYCLE,
    EmergencyAction,
    EmergencyIsOpen,
    EmergencyNotNeeded,
    EmergencyReason,
    EmergencyState,
    EmergencyVerdict,
    OwnEmergency,
    expiry,
    state_of_emergency,
)
from services.cases.domain.events import EmergencyAccessOpened
from services.cases.domain.practice import Practice
from services.cases.storage.queries.emergencies import (
    CARE_OF_CASE,
    EMERGENCY_FOR_UPDATE,
    EMERGENCY_VIEW,
    RUNNING_EMERGENCY,
)
from services.cases.storage.tables import AuditEntry, EmergencyAccessRow, OutboxMessage
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.access_acts import relations_to
from shared.kernel.access_relations import Relation
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.messaging.outbox import record_event
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEmergency:
    """`justification` says why it cannot wait; no names are needed in it."""

    case_id: UUID
    reason: EmergencyReason
    justification: str


async def open_emergency(tx: Transaction, command: OpenEmergency, practice: Practice) -> Answer:
    """The access, in force for the minutes that the installation allows.

    Raises NotFound, EmergencyNotNeeded, EmergencyIsOpen. A case of another unit is not found: the
    foreign key of the table names the unit.
    """
    at, me = now(), tx.caller.actor
    who = {"case_id": command.case_id, "actor": me}
    care = await tx.row(CARE_OF_CASE, **who, today=berlin_date(at))
    holders = {
        Relation.IN_CHARGE: me if care and care["is_in_charge"] else None,
        Relation.DEPUTY: me if care and care["is_deputy"] else None,
    }
    OPEN_EMERGENCY.require(tx.caller, relations_to(tx.caller, holders), EmergencyNotNeeded)
    if await tx.value(RUNNING_EMERGENCY, **who, at=at) is not None:
        raise EmergencyIsOpen
    access_id, expires_at = new_id(), expiry(at, practice.emergency_access_minutes)
    try:
        await tx.insert(
            EmergencyAccessRow,
            id=access_id,
            unit_id=tx.caller.unit_id,
            case_id=command.case_id,
            actor=me,
            reason=command.reason.value,
            justification=command.justification,
            opened_at=at,
            expires_at=expires_at,
            version=1,
        )
    except asyncpg.ForeignKeyViolationError:
        raise NotFound from None
    event = EmergencyAccessOpened(
        access_id=access_id,
        case_id=command.case_id,
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        reason=command.reason.value,
        expires_at=expires_at,
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=command.case_id)
    changes = {"caseId": str(command.case_id), "reason": command.reason.value}
    return await _answer(tx, access_id, "open-emergency-access", changes)


async def end_emergency(tx: Transaction, access_id: UUID) -> Answer:
    """By who opened it, the team lead or the data protection officer: whoever sees it.

    Raises NotFound, NotPermitted, TransitionNotAllowed.
    """
    found, state = await _locked(tx, access_id)
    END_EMERGENCY.require(tx.caller, _relations(tx, found))
    EMERGENCY_LIFECYCLE.next_state(state, EmergencyAction.END, None)
    await tx.update(
        EmergencyAccessRow,
        access_id,
        ended_at=now(),
        ended_by=tx.caller.actor,
        version=found["version"] + 1,
    )
    return await _answer(tx, access_id, "end-emergency-access")


async def review_emergency(
    tx: Transaction, access_id: UUID, version: int | None, verdict: EmergencyVerdict
) -> Answer:
    """Raises NotFound, VersionMissing, Stale, TransitionNotAllowed, OwnEmergency."""
    found, state = await _locked(tx, access_id)
    require_version(found["version"], version)
    REVIEW_EMERGENCY.require(tx.caller, _relations(tx, found), OwnEmergency)
    EMERGENCY_LIFECYCLE.next_state(state, EmergencyAction.REVIEW, None)
    await tx.update(
        EmergencyAccessRow,
        access_id,
        reviewed_at=now(),
        reviewed_by=tx.caller.actor,
        verdict=verdict.value,
        version=found["version"] + 1,
    )
    changes = {"verdict": verdict.value}
    return await _answer(tx, access_id, "review-emergency-access", changes)


def _relations(tx: Transaction, found: asyncpg.Record) -> frozenset[Relation]:
    return relations_to(tx.caller, {Relation.EMERGENCY: found["actor"]}, found["unit_id"])


async def _locked(tx: Transaction, access_id: UUID) -> tuple[asyncpg.Record, EmergencyState]:
    found = await tx.row(EMERGENCY_FOR_UPDATE, access_id=access_id)
    if found is None:
        raise NotFound
    state = state_of_emergency(
        found["expires_at"],
        now(),
        is_ended=found["ended_at"] is not None,
        is_reviewed=found["reviewed_at"] is not None,
    )
    return found, state


async def _answer(
    tx: Transaction, access_id: UUID, action: str, changes: dict[str, str] | None = None
) -> Answer:
    await record_change(
        tx,
        AuditEntry,
        action=action,
        kind="emergency-access",
        record_id=access_id,
        changes=changes,
    )
    document = await EMERGENCY_VIEW.one_in(tx, access_id=access_id, at=now())
    assert document is not None
    return Answer(document, f"/v1/emergency-accesses/{access_id}")
