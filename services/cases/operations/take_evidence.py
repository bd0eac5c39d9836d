"""Take in the evidence of a consent that comes with the opening of its case."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from services.cases.domain.documents import DocumentKind
from services.cases.operations.draft_consent import EvidenceElsewhere
from services.cases.operations.on_case import advance_case, file_columns, lock_case
from services.cases.storage.queries.documents import CASE_OF_DOCUMENT
from services.cases.storage.tables import DocumentRow
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller
from shared.kernel.ids import new_id
from shared.objects.errors import ContentTypeRefused
from shared.objects.intake import Archive
from shared.objects.media_types import ScanState, media_type_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SentEvidence:
    """A file as sent: its title, what the sender says it is, and its bytes."""

    title: str
    media_type: str
    content: bytes
    document_id: UUID = field(default_factory=new_id)


@dataclass(slots=True, kw_only=True)
class Evidence:
    """Bytes in the store that no document points to yet."""

    sent: SentEvidence
    object_key: str
    scan_state: ScanState
    is_kept: bool = False


@asynccontextmanager
async def stored_evidence(
    archive: Archive, caller: Caller, sent: SentEvidence | None
) -> AsyncIterator[Evidence | None]:
    """The bytes are in the store before the transaction begins, and leave it again unless a
    document was committed that points to them; the sweep finds what a killed process left.

    Raises ContentTypeRefused.
    """
    if sent is None:
        yield None
        return
    found = media_type_of(sent.content)
    if found != sent.media_type:
        raise ContentTypeRefused(found=found)
    key = f"{caller.tenant_id}/{caller.unit_id}/{sent.document_id}/{new_id()}"
    await archive.objects.put(key, _whole(sent.content))
    evidence = None
    try:
        scan_state = await archive.scanner.scan(_whole(sent.content))
        evidence = Evidence(sent=sent, object_key=key, scan_state=scan_state)
        yield evidence
    except BaseException:
        evidence = None
        raise
    finally:
        if evidence is None or not evidence.is_kept:
            await archive.objects.remove(key)


async def keep_evidence(tx: Transaction, case_id: UUID, evidence: Evidence) -> None:
    """A document of the new case, with its content. Raises EvidenceElsewhere."""
    case, sent = await lock_case(tx, case_id), evidence.sent
    if await tx.value(CASE_OF_DOCUMENT, document_id=sent.document_id) is not None:
        raise EvidenceElsewhere
    await tx.insert(
        DocumentRow,
        **(file_columns(tx, case) | {"id": sent.document_id}),
        title=sent.title,
        kind=DocumentKind.CONSENT_FORM.value,
        object_key=evidence.object_key,
        sha256=sha256(sent.content).hexdigest(),
        size_bytes=len(sent.content),
        media_type=sent.media_type,
        scan_state=evidence.scan_state.value,
        version=1,
    )
    changes = {"documentId": str(sent.document_id), "scanState": evidence.scan_state.value}
    await advance_case(tx, case, "store-document", changes=changes)
    evidence.is_kept = True


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content
