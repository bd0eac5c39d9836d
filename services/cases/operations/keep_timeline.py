"""Record what status a person has from a day on, and correct it without losing history."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.domain.codes import LEGAL_CIRCLES, RESIDENCE_GROUPS
from services.cases.domain.timeline import (
    CorrectionReason,
    EntryAlreadyCorrected,
    Status,
    TimelineKind,
)
from services.cases.operations.known_person import require_not_merged
from services.cases.storage.queries.people import PERSON_FOR_UPDATE, PERSON_REFERENCE
from services.cases.storage.queries.timeline import ENTRIES_IN_FORCE, ENTRY_ROW, ENTRY_VIEW
from services.cases.storage.tables import AuditEntry, PersonRow, TimelineEntryRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.writes import Answer

LISTS = {TimelineKind.RESIDENCE: RESIDENCE_GROUPS, TimelineKind.LEGAL_CIRCLE: LEGAL_CIRCLES}


async def record_status(tx: Transaction, person_id: UUID, status: Status) -> Answer:
    """A new entry; what held before it stays. Raises NotFound and what `Status.check` raises."""
    person = await lock_person(tx, person_id)
    status.check()
    entry_id = await insert_entry(tx, person, status)
    await _follow_residence(tx, person, status.kind)
    return await _answer(tx, entry_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The kind of the new status does not count: a correction stays in the kind of its entry."""

    entry_id: UUID
    reason: CorrectionReason
    status: Status


async def correct_entry(tx: Transaction, correction: Correction) -> Answer:
    """A new entry in place of another, which stays readable.

    Raises NotFound, EntryAlreadyCorrected and what `Status.check` raises.
    """
    entry = await tx.row(ENTRY_ROW, entry_id=correction.entry_id)
    if entry is None:
        raise NotFound
    # An entry of a merged record is corrected in the record that goes on, so that unmerging
    # leaves the entry as it was.
    holder = await tx.row(PERSON_REFERENCE, person_id=entry["person_id"])
    assert holder is not None
    person = await lock_person(tx, holder["merged_into_id"] or holder["id"])
    entry = await tx.row(ENTRY_ROW, entry_id=correction.entry_id)
    if entry is None or entry["is_replaced"]:
        raise EntryAlreadyCorrected
    status = replace(correction.status, kind=TimelineKind(entry["kind"]))
    status.check()
    entry_id = await insert_entry(
        tx,
        person,
        status,
        replaces_id=correction.entry_id,
        correction_reason=correction.reason.value,
    )
    await _follow_residence(tx, person, status.kind)
    return await _answer(tx, entry_id)


async def lock_person(tx: Transaction, person_id: UUID) -> asyncpg.Record:
    """The person, locked until commit.

    Raises NotFound for one unknown or of another unit, PersonIsMerged for one that goes on in
    another record.
    """
    person = await tx.row(PERSON_FOR_UPDATE, person_id=person_id)
    if person is None:
        raise NotFound
    require_not_merged(person)
    return person


async def insert_entry(
    tx: Transaction, person: asyncpg.Record, status: Status, **correction: Any
) -> UUID:
    entry_id = new_id()
    await tx.insert(
        TimelineEntryRow,
        id=entry_id,
        unit_id=person["unit_id"],
        person_id=person["id"],
        kind=status.kind.value,
        code=status.code,
        paragraph=status.paragraph,
        paragraph_need=status.paragraph_need,
        list_version=LISTS[status.kind].version,
        from_on=status.from_on,
        to_on=status.to_on,
        source=status.provenance.source.value,
        source_basis=status.provenance.source_basis,
        recorded_by=tx.caller.actor,
        recorded_at=now(),
        **correction,
    )
    # The code itself stays out of the audit log: which title a person has is not its business.
    await record_change(
        tx,
        AuditEntry,
        action="correct-timeline-entry" if correction else "record-timeline-entry",
        kind="timeline-entry",
        record_id=entry_id,
        changes={"kind": status.kind.value},
    )
    return entry_id


async def _follow_residence(tx: Transaction, person: asyncpg.Record, kind: TimelineKind) -> None:
    """The group on the person is the one in force today, where the timeline says one."""
    if kind is not TimelineKind.RESIDENCE:
        return
    instant = now()
    in_force = await tx.row(
        ENTRIES_IN_FORCE, person_id=person["id"], kind=kind.value, on=berlin_date(instant)
    )
    if in_force is None or in_force["code"] == person["residence_group"]:
        return
    await tx.update(
        PersonRow,
        person["id"],
        residence_group=in_force["code"],
        version=person["version"] + 1,
        updated_at=instant,
    )


async def _answer(tx: Transaction, entry_id: UUID) -> Answer:
    document = await ENTRY_VIEW.one_in(tx, entry_id=entry_id)
    assert document is not None
    return Answer(document, f"/v1/timeline-entries/{entry_id}")
