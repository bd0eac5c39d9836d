"""Hand a closed case file to the records management of the own unit, and write down that it was."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

import asyncpg

from services.cases.domain.documents import DocumentNotReleased
from services.cases.domain.facts import CaseState
from services.cases.domain.xdomea import (
    ClosedFile,
    FiledDocument,
    FiledStep,
    message_of,
    require_closed,
)
from services.cases.operations.on_case import require_unrestricted
from services.cases.storage.queries.files import DOCUMENTS_OF_FILE, FILE_OF_CASE, STEPS_OF_FILE
from services.cases.storage.tables import AuditEntry
from shared.audit.entries import record_change
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.objects.archives import ArchiveEntry, zipped
from shared.objects.errors import ContentLost
from shared.objects.media_types import READABLE
from shared.objects.store import Objects

ACTION = "disclose-file"


@dataclass(frozen=True, slots=True)
class FileTransfer:
    """What leaves: the file, its message, and where each document lies."""

    file: ClosedFile
    message: bytes
    keys: Mapping[UUID, str]


async def prepare_transfer(
    database: Database, caller: Caller, objects: Objects, case_id: UUID
) -> FileTransfer:
    """The transfer, with its audit entry written: a disclosure to another system of the unit.

    Documents that nothing was uploaded for stay behind. Raises NotFound, FileIsNotClosed,
    ProcessingIsRestricted, DocumentNotReleased (409), ContentLost (404) when the store lost one.
    """
    async with database.transaction(caller) as tx:
        transfer = await _transfer_of(tx, case_id)
        for key in transfer.keys.values():
            if not await objects.has(key):
                raise ContentLost
        await record_change(
            tx,
            AuditEntry,
            action=ACTION,
            kind="case",
            record_id=case_id,
            changes={
                "processId": str(transfer.file.process_id),
                "recipient": "records-management",
                "messageSha256": sha256(transfer.message).hexdigest(),
                "documents": [str(document.id) for document in transfer.file.documents],
            },
        )
    return transfer


def archive_of(transfer: FileTransfer, objects: Objects) -> AsyncIterator[bytes]:
    """The ZIP as a stream: the message first, then each document under its id."""
    file, instant = transfer.file, now()

    async def message() -> AsyncIterator[bytes]:
        yield transfer.message

    return zipped(
        [
            ArchiveEntry(file.message_name, instant, message()),
            *(
                ArchiveEntry(
                    document.file_name,
                    document.recorded_at,
                    _checked(objects, transfer.keys[document.id], document.sha256),
                )
                for document in file.documents
            ),
        ]
    )


class DocumentDiffers(Exception):
    """The bytes in the store are not those that were recorded: the archive breaks off."""


async def _checked(objects: Objects, key: str, expected: str) -> AsyncIterator[bytes]:
    digest = sha256()
    async for chunk in await objects.read(key):
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != expected:
        raise DocumentDiffers


async def _transfer_of(tx: Transaction, case_id: UUID) -> FileTransfer:
    case = await tx.row(FILE_OF_CASE, case_id=case_id)
    if case is None:
        raise NotFound
    require_closed(CaseState(case["state"]))
    require_unrestricted(case)
    stored = await tx.rows(DOCUMENTS_OF_FILE, case_id=case_id)
    for row in stored:
        if row["scan_state"] not in READABLE:
            raise DocumentNotReleased(scanState=row["scan_state"])
    documents = [
        _document(row, number, str(await tx.text(row["title"])))
        for number, row in enumerate(stored, start=1)
    ]
    steps = await tx.rows(STEPS_OF_FILE, case_id=case_id)
    file = ClosedFile(
        case_id=case["id"],
        version=case["version"],
        reference=case["reference"],
        case_type=case["case_type"],
        unit_id=case["unit_id"],
        opened_on=case["opened_on"],
        closed_on=case["closed_on"],
        deletion_due_on=case["deletion_due_on"],
        documents=tuple(documents),
        steps=tuple(
            FiledStep(
                action=row["action"],
                from_state=row["from_state"],
                to_state=row["to_state"],
                at=row["at"],
            )
            for row in steps
        ),
    )
    keys = {row["id"]: row["object_key"] for row in stored}
    return FileTransfer(file, message_of(file, now()), keys)


def _document(row: asyncpg.Record, number: int, title: str) -> FiledDocument:
    return FiledDocument(
        id=row["id"],
        number=number,
        title=title,
        kind=row["kind"],
        media_type=row["media_type"],
        sha256=row["sha256"],
        recorded_at=row["recorded_at"],
    )
