"""Meetings of the bodies, and the concept that the steering group and the authority approve."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.domain.concepts import (
    CONCEPT_LIFECYCLE,
    ConceptAction,
    ConceptFacts,
    ConceptState,
)
from services.cases.domain.dates import date_warnings
from services.cases.domain.errors import DateInFuture
from services.cases.domain.finding_codes import MeetingBody
from services.cases.operations.answers import with_warnings
from services.cases.storage.queries.meetings import (
    APPROVED_CONCEPTS,
    CONCEPT_FOR_UPDATE,
    CONCEPT_VIEW,
    MEETING_OF_BODY,
    MEETING_VIEW,
    NEXT_CONCEPT_NUMBER,
    TURN_OF_CONCEPTS,
)
from services.cases.storage.tables import AuditEntry, ConceptRow, MeetingRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import FieldFault, NotFound
from shared.kernel.ids import new_id
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    body: MeetingBody
    body_name: str
    held_on: date
    topics: tuple[str, ...]
    decisions: tuple[str, ...] = ()
    participant_units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    title: str
    document_reference: str
    dated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ActOnConcept:
    """`meeting_id` names where the steering group endorsed; the other two who approved."""

    concept_id: UUID
    action: ConceptAction
    expected_version: int | None
    on_date: date
    meeting_id: UUID | None = None
    approved_by: str | None = None
    approval_reference: str | None = None


async def record_meeting(tx: Transaction, meeting: Meeting) -> Answer:
    """Raises DateInFuture. A weekend is accepted with a warning (R-S4-9)."""
    if meeting.held_on > berlin_date(now()):
        raise DateInFuture
    meeting_id = new_id()
    await tx.insert(
        MeetingRow,
        id=meeting_id,
        unit_id=tx.caller.unit_id,
        body=meeting.body,
        body_name=meeting.body_name,
        held_on=meeting.held_on,
        participant_units=list(dict.fromkeys(meeting.participant_units)),
        topics=list(meeting.topics),
        decisions=list(meeting.decisions),
        recorded_at=now(),
    )
    await record_change(
        tx,
        AuditEntry,
        action="record-meeting",
        kind="meeting",
        record_id=meeting_id,
        changes={"body": meeting.body},
    )
    document = await MEETING_VIEW.one_in(tx, meeting_id=meeting_id)
    assert document is not None
    warnings = date_warnings(meeting.held_on, "/heldOn")
    return Answer(with_warnings(document, warnings), f"/v1/meetings/{meeting_id}")


async def draft_concept(tx: Transaction, concept: Concept) -> Answer:
    """The next version of the tenant's concept. Numbers count up without gaps."""
    concept_id = new_id()
    await tx.execute(TURN_OF_CONCEPTS, tenant_id=tx.caller.tenant_id)
    await tx.insert(
        ConceptRow,
        id=concept_id,
        unit_id=tx.caller.unit_id,
        number=await tx.value(NEXT_CONCEPT_NUMBER),
        state=ConceptState.DRAFT,
        title=concept.title,
        document_reference=concept.document_reference,
        dated_on=concept.dated_on,
        version=1,
        recorded_at=now(),
    )
    await _record(tx, "draft-concept", concept_id)
    warnings = date_warnings(concept.dated_on, "/datedOn")
    return await _answer(tx, concept_id, warnings, created=True)


async def act_on_concept(tx: Transaction, command: ActOnConcept) -> Answer:
    """The concept after the step; an approval supersedes the version approved before.

    Raises NotFound, VersionMissing, Stale, TransitionNotAllowed, GuardFailed.
    """
    await tx.execute(TURN_OF_CONCEPTS, tenant_id=tx.caller.tenant_id)
    row = await tx.row(CONCEPT_FOR_UPDATE, concept_id=command.concept_id)
    if row is None:
        raise NotFound
    require_version(row["version"], command.expected_version)
    facts = ConceptFacts(
        today=berlin_date(now()),
        on_date=command.on_date,
        endorsed_on=row["endorsed_on"],
        is_meeting_of_steering_group=await _has_steering_group_met(tx, command),
        is_approval_named=bool(command.approved_by and command.approval_reference),
    )
    before = ConceptState(row["state"])
    after = CONCEPT_LIFECYCLE.next_state(before, command.action, facts)
    if after is ConceptState.APPROVED:
        await _supersede_others(tx, facts)
    columns = _columns(after, command)
    await tx.update(ConceptRow, row["id"], version=row["version"] + 1, state=after, **columns)
    await _record(tx, f"{command.action}-concept", row["id"], {"from": before, "to": after})
    return await _answer(tx, row["id"], date_warnings(command.on_date, "/onDate"))


def _columns(after: ConceptState, command: ActOnConcept) -> dict[str, Any]:
    if after is ConceptState.ENDORSED:
        return {"endorsed_on": command.on_date, "endorsed_in": command.meeting_id}
    if after is ConceptState.APPROVED:
        return {
            "approved_on": command.on_date,
            "approved_by": command.approved_by,
            "approval_reference": command.approval_reference,
        }
    return {"withdrawn_on": command.on_date}


async def _has_steering_group_met(tx: Transaction, command: ActOnConcept) -> bool:
    if command.meeting_id is None:
        return False
    found = await tx.value(
        MEETING_OF_BODY,
        meeting_id=command.meeting_id,
        body=MeetingBody.STEERING_GROUP,
        held_on=command.on_date,
    )
    return found is not None


async def _supersede_others(tx: Transaction, facts: ConceptFacts) -> None:
    others: list[asyncpg.Record] = await tx.rows(APPROVED_CONCEPTS)
    for other in others:
        superseding = ConceptFacts(
            today=facts.today, on_date=facts.on_date, is_successor_approved=True
        )
        state = CONCEPT_LIFECYCLE.next_state(
            ConceptState(other["state"]), ConceptAction.SUPERSEDE, superseding
        )
        await tx.update(ConceptRow, other["id"], state=state, version=other["version"] + 1)
        await _record(tx, "supersede-concept", other["id"])


async def _record(
    tx: Transaction, action: str, concept_id: UUID, changes: dict[str, Any] | None = None
) -> None:
    await record_change(
        tx, AuditEntry, action=action, kind="concept", record_id=concept_id, changes=changes
    )


async def _answer(
    tx: Transaction,
    concept_id: UUID,
    warnings: tuple[FieldFault, ...],
    *,
    created: bool = False,
) -> Answer:
    document = await CONCEPT_VIEW.one_in(tx, concept_id=concept_id)
    assert document is not None
    location = f"/v1/concept-versions/{concept_id}" if created else None
    return Answer(with_warnings(document, warnings), location)
