"""Hand the answer over: the assembled file, and the notes that only their readers may hand on."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.cases.domain.rights import ExportNotReady
from services.cases.domain.rights_words import recipient_sentence
from services.cases.operations.assemble_access import folder_of, outside
from services.cases.storage.queries.personal_data import NOTES_FOR_THEIR_READERS
from services.cases.storage.queries.rights import REQUEST_ROW
from services.cases.storage.tables import AuditEntry
from shared.audit.entries import record_change, record_changes
from shared.database.records import opened_record
from shared.database.transaction import Transaction
from shared.kernel.errors import NotFound

SHOWN = ("id", "caseId", "confidentiality", "heldOn", "text", "kind")
KEPT_OUT = ("tenant_id", "unit_id")


async def open_export(tx: Transaction, request_id: UUID, name: str, *, form: str) -> str:
    """The key of the file, with the audit entry of who fetched it in which form.

    Raises NotFound, ExportNotReady (409).
    """
    row = await tx.row(REQUEST_ROW, request_id=request_id)
    if row is None:
        raise NotFound
    if row["exported_at"] is None or row["export_removed_at"] is not None:
        raise ExportNotReady
    await record_change(
        tx,
        AuditEntry,
        action="fetch-access",
        kind="rights-request",
        record_id=request_id,
        changes={"form": form},
    )
    return folder_of(row).key(name)


async def notes_of_mine(tx: Transaction, request_id: UUID) -> list[dict[str, Any]]:
    """What the policies of the notes show to this caller alone; the read is logged note by note."""
    row = await tx.row(REQUEST_ROW, request_id=request_id)
    if row is None:
        raise NotFound
    found = await tx.rows(NOTES_FOR_THEIR_READERS, ids=row["case_ids"], unsaid=list(KEPT_OUT))
    if found:
        ids = [note["id"] for note in found]
        await record_changes(tx, AuditEntry, action="read", kind="note", record_ids=ids)
    notes = [outside(await opened_record(tx, "note", note["record"])) for note in found]
    return [{name: note[name] for name in SHOWN} for note in notes]


def access_report(person_id: UUID, export: Mapping[str, Any]) -> dict[str, Any]:
    """Who saw or received data of the person, out of the assembled answer, and nothing else of it:
    units and days, each as a sentence in German and English (Art. 15 (1) c GDPR).
    """
    request = export["request"]
    return {
        "requestId": request["id"],
        "personId": str(person_id),
        "unitId": request["unitId"],
        "assembledAt": request["assembledAt"],
        "recipients": [_with_sentence(one) for one in export["recipients"]],
        "accesses": export["accessLog"],
    }


def _with_sentence(recipient: Mapping[str, Any]) -> dict[str, Any]:
    text = recipient_sentence(recipient)
    return {**recipient, "text": {"de": text.de, "en": text.en}}
