"""Write a note. A conversation note is entrusted to its writer unless a reason says otherwise."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from services.cases.domain.dates import date_warnings
from services.cases.domain.errors import DateInFuture, PersonUnknown
from services.cases.domain.notes import Confidentiality, NoteKind, classify, text_warnings
from services.cases.operations.answers import with_warnings
from services.cases.operations.on_case import file_columns, lock_open_case, tell_of_file
from services.cases.storage.queries.families import PERSONS_OF_CASE
from services.cases.storage.queries.notes import NOTE_VIEW
from services.cases.storage.tables import AuditEntry, NoteRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """`entrusted_by_id`: the person who confided it; None means the client of the case."""

    case_id: UUID
    kind: NoteKind
    text: str
    held_on: date
    confidentiality: Confidentiality | None = None
    class_reason: str | None = None
    entrusted_by_id: UUID | None = None


async def write_note(tx: Transaction, note: Note) -> Answer:
    """Notes are added, never changed. Raises NotFound, CaseIsNotOpen, ClassReasonMissing,
    DateInFuture, PersonUnknown.

    The case does not advance: its new version would tell colleagues that an entrusted note
    exists. Only of a normal note it is told that the file changed. The audit entry names the note,
    which only the data protection officer reads.
    """
    case = await lock_open_case(tx, note.case_id)
    require_past(note.held_on)
    chosen = classify(note.kind, tx.caller.actor, note.confidentiality, note.class_reason)
    columns = file_columns(tx, case)
    await tx.insert(
        NoteRow,
        **columns,
        series_id=columns["id"],
        number=1,
        kind=note.kind,
        confidentiality=chosen.confidentiality,
        class_reason=note.class_reason,
        owner=chosen.owner,
        entrusted_by_id=await _entruster(tx, case, note),
        held_on=note.held_on,
        text=note.text,
    )
    await record_change(
        tx,
        AuditEntry,
        action="write-note",
        kind="note",
        record_id=columns["id"],
        changes={"confidentiality": chosen.confidentiality},
    )
    if chosen.confidentiality is Confidentiality.NORMAL:
        await tell_of_file(tx, case)
    return await note_answer(tx, columns["id"], text=note.text, held_on=note.held_on)


async def note_answer(tx: Transaction, note_id: UUID, *, text: str, held_on: date) -> Answer:
    """The note with what the writer should think over; nothing is refused for it (R-A3,
    R-S4-9).
    """
    document = await NOTE_VIEW.one_in(tx, note_id=note_id)
    assert document is not None
    warnings = (*text_warnings(text), *date_warnings(held_on, "/heldOn"))
    return Answer(with_warnings(document, warnings), f"/v1/notes/{note_id}")


def require_past(held_on: date) -> None:
    if held_on > berlin_date(now()):
        raise DateInFuture


async def _entruster(tx: Transaction, case: asyncpg.Record, note: Note) -> UUID | None:
    if note.entrusted_by_id is None:
        client: UUID | None = case["person_id"]
        return client
    people = await tx.rows(
        PERSONS_OF_CASE, person_id=case["person_id"], family_ids=[case["family_id"]]
    )
    if note.entrusted_by_id not in {row["id"] for row in people}:
        raise PersonUnknown
    return note.entrusted_by_id
