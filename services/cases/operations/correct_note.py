"""Correct a note by one more version; the versions before stay as they were."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from services.cases.domain.acts import CORRECT_NOTE
from services.cases.domain.notes import Confidentiality, NoteIsCorrected, NotTheWriter
from services.cases.operations.on_case import file_columns, lock_case, tell_of_file
from services.cases.operations.write_note import note_answer, require_past
from services.cases.storage.queries.notes import NOTE_OF_ID
from services.cases.storage.tables import AuditEntry, NoteRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.access_acts import relations_to
from shared.kernel.access_relations import Relation
from shared.kernel.errors import NotFound
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    note_id: UUID
    text: str
    held_on: date
    reason: str


async def correct_note(tx: Transaction, correction: Correction) -> Answer:
    """The next version, of the same class, by whoever wrote the note; one that is not entrusted
    also by the person in charge of the case. Possible in an ended case too: data must be correct
    as long as they are kept (Art. 16 DSGVO).

    Raises NotFound, NotTheWriter, NoteIsCorrected, DateInFuture.
    """
    note, case = await lock_note(tx, correction.note_id)
    holders = {Relation.OWNER: note["owner"], Relation.IN_CHARGE: case["case_manager"]}
    act = CORRECT_NOTE[Confidentiality(note["confidentiality"])]
    act.require(tx.caller, relations_to(tx.caller, holders), NotTheWriter)
    if not note["is_current"]:
        raise NoteIsCorrected
    require_past(correction.held_on)
    columns = file_columns(tx, case)
    kept = ("series_id", "kind", "confidentiality", "class_reason", "entrusted_by_id")
    await tx.insert(
        NoteRow,
        **columns,
        **{name: note[name] for name in kept},
        number=note["number"] + 1,
        correction_reason=correction.reason,
        owner=tx.caller.actor,
        held_on=correction.held_on,
        text=correction.text,
    )
    await record_change(
        tx,
        AuditEntry,
        action="correct-note",
        kind="note",
        record_id=columns["id"],
        changes={"corrects": str(correction.note_id), "number": note["number"] + 1},
    )
    if note["confidentiality"] == Confidentiality.NORMAL:
        await tell_of_file(tx, case)
    held_on = correction.held_on
    return await note_answer(tx, columns["id"], text=correction.text, held_on=held_on)


async def lock_note(tx: Transaction, note_id: UUID) -> tuple[asyncpg.Record, asyncpg.Record]:
    """The note as it is once nobody else changes its case, and the case. Raises NotFound."""
    found = await tx.row(NOTE_OF_ID, note_id=note_id)
    if found is None:
        raise NotFound
    case = await lock_case(tx, found["case_id"])
    note = await tx.row(NOTE_OF_ID, note_id=note_id)
    if note is None:
        raise NotFound
    return note, case
