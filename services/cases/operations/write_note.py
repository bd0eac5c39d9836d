"""Write a note. A conversation note is entrusted to its writer unless a reason says otherwise."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import orjson

from services.cases.domain.dates import date_warnings
from services.cases.domain.errors import DateInFuture
from services.cases.domain.notes import Confidentiality, NoteKind, classify, text_warnings
from services.cases.operations.on_case import file_columns, lock_open_case
from services.cases.storage.queries.care import NOTE_VIEW
from services.cases.storage.tables import AuditEntry, NoteRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.kernel.clock import berlin_date, now
from shared.observability.request import current_request
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    case_id: UUID
    kind: NoteKind
    text: str
    held_on: date
    confidentiality: Confidentiality | None = None
    class_reason: str | None = None


async def write_note(tx: Transaction, note: Note) -> Answer:
    """Notes are added, never changed. Raises NotFound, CaseIsNotOpen, ClassReasonMissing,
    DateInFuture.

    The case does not advance: its new version would tell colleagues that an entrusted note
    exists. The audit entry names the note, which only the data protection officer reads.
    """
    case = await lock_open_case(tx, note.case_id)
    if note.held_on > berlin_date(now()):
        raise DateInFuture
    chosen = classify(note.kind, tx.caller.actor, note.confidentiality, note.class_reason)
    columns = file_columns(tx, case)
    await tx.insert(
        NoteRow,
        **columns,
        kind=note.kind,
        confidentiality=chosen.confidentiality,
        class_reason=note.class_reason,
        owner=chosen.owner,
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
    document = await NOTE_VIEW.one_in(tx, note_id=columns["id"])
    assert document is not None
    return Answer(_with_warnings(document, note), f"/v1/notes/{columns['id']}")


def _with_warnings(document: Document, note: Note) -> Document:
    """What the writer should think over; nothing is refused for it (R-A3, R-S4-9)."""
    language = current_request().language
    warnings = [
        {"pointer": w.pointer, "code": w.code, "message": w.message.in_language(language)}
        for w in (*text_warnings(note.text), *date_warnings(note.held_on, "/heldOn"))
    ]
    body = document.body[:-1] + b',"warnings":' + orjson.dumps(warnings) + b"}"
    return Document(body, document.version)
