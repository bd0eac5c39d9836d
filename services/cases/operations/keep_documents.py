"""Documents of a case: announce one, take in its bytes."""

from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import structlog

from services.cases.domain.documents import DocumentHasContent, DocumentKind
from services.cases.operations.on_case import advance_case, file_columns, lock_open_case
from services.cases.storage.queries.documents import (
    CASE_OF_DOCUMENT,
    DOCUMENT_FOR_UPDATE,
    DOCUMENT_VIEW,
)
from services.cases.storage.tables import AuditEntry, DocumentRow
from shared.audit.entries import record_change
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.kernel.caller import Caller
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.objects.intake import Archive, Intake
from shared.objects.media_types import ScanState
from shared.service.writes import Answer

log = structlog.get_logger(__name__)


async def announce_document(
    tx: Transaction, case_id: UUID, title: str, kind: DocumentKind
) -> Answer:
    """A document without content yet. Raises NotFound, CaseIsNotOpen."""
    case = await lock_open_case(tx, case_id)
    columns = file_columns(tx, case)
    await tx.insert(DocumentRow, **columns, title=title, kind=kind.value, version=1)
    await advance_case(tx, case, "announce-document", changes={"kind": kind.value})
    document = await _view(tx, columns["id"])
    return Answer(document, f"/v1/documents/{columns['id']}")


async def store_content(
    database: Database,
    caller: Caller,
    archive: Archive,
    document_id: UUID,
    chunks: AsyncIterator[bytes],
) -> Document:
    """The document with its content; the bytes run through to the store and are never held.

    The same bytes again change nothing, but are scanned again where the scanner had not
    answered. Raises NotFound, CaseIsNotOpen, ContentTypeRefused, DocumentHasContent; then the
    store keeps nothing of them.
    """
    async with database.transaction(caller) as tx:
        await lock_open_case(tx, await _case_of(tx, document_id))
    key = f"{caller.tenant_id}/{caller.unit_id}/{document_id}/{new_id()}"
    intake = Intake(chunks)
    await archive.objects.put(key, intake.chunks())
    is_kept = False
    try:
        scan_state = await archive.scanner.scan(await archive.objects.read(key))
        async with database.transaction(caller) as tx:
            is_kept = await _keep(tx, document_id, key, intake, scan_state)
            document = await _view(tx, document_id)
    except BaseException:
        is_kept = False
        raise
    finally:
        if not is_kept:
            await archive.objects.remove(key)
    return document


async def _keep(
    tx: Transaction, document_id: UUID, key: str, intake: Intake, scan_state: ScanState
) -> bool:
    """Whether the document points to the new object now."""
    case = await lock_open_case(tx, await _case_of(tx, document_id))
    row = await tx.row(DOCUMENT_FOR_UPDATE, document_id=document_id)
    assert row is not None
    is_known = row["object_key"] is not None
    if is_known and row["sha256"] != intake.sha256:
        raise DocumentHasContent
    if is_known:
        await note_scan(tx, case, row, scan_state)
        return False
    await tx.update(
        DocumentRow,
        document_id,
        object_key=key,
        sha256=intake.sha256,
        size_bytes=intake.size_bytes,
        media_type=intake.media_type,
        scan_state=scan_state.value,
        version=row["version"] + 1,
    )
    changes = {"documentId": str(document_id), "scanState": scan_state.value}
    await advance_case(tx, case, "store-document", changes=changes)
    return True


async def note_scan(
    tx: Transaction, case: asyncpg.Record, row: asyncpg.Record, scan_state: ScanState
) -> None:
    """Write down what the scanner said of a document that was waiting for it."""
    if row["scan_state"] != ScanState.PENDING or scan_state is ScanState.PENDING:
        return
    await tx.update(DocumentRow, row["id"], scan_state=scan_state.value, version=row["version"] + 1)
    changes = {"documentId": str(row["id"]), "scanState": scan_state.value}
    await advance_case(tx, case, "scan-document", changes=changes)


async def note_content_lost(database: Database, caller: Caller, document_id: UUID) -> None:
    """Somebody asked for content that the store has lost: the audit log says so and who asked."""
    async with database.transaction(caller) as tx:
        await record_change(
            tx, AuditEntry, action="content-lost", kind="document", record_id=document_id
        )
    log.error("documents.content_lost", document_id=str(document_id))


async def _case_of(tx: Transaction, document_id: UUID) -> UUID:
    case_id: UUID | None = await tx.value(CASE_OF_DOCUMENT, document_id=document_id)
    if case_id is None:
        raise NotFound
    return case_id


async def _view(tx: Transaction, document_id: UUID) -> Document:
    document = await DOCUMENT_VIEW.one_in(tx, document_id=document_id)
    assert document is not None
    return document
