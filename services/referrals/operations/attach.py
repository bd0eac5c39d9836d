"""Attach files to a referral: announce, upload, take away; after sending an amendment sends them.

A file announced after sending waits, seen by the sender alone, until an amendment names it.
"""

from collections.abc import AsyncIterator, Collection
from uuid import UUID

import asyncpg

from services.referrals.domain.attachments import (
    ATTACHMENTS_MAX,
    AttachmentDiffers,
    AttachmentLimit,
    AttachmentTypeRefused,
    AttachmentUnknown,
    AttachmentWasSent,
    TooLateToAttach,
)
from services.referrals.domain.codes import DataCategory, ReferralState, Side
from services.referrals.domain.lifecycle import NotYourSide
from services.referrals.domain.overlays import OVERLAYS, OverlayAction
from services.referrals.operations.steps import side_of
from services.referrals.storage.attached_files import (
    ATTACHMENT_VIEW,
    attachment_for_update,
    attachment_rows,
    keep_attachment,
    note_attachment,
    remove_attachment,
    send_along,
)
from services.referrals.storage.base import AuditEntry
from services.referrals.storage.lookups import referral_for_update
from shared.audit.entries import record_change
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.kernel.caller import Caller
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.objects.errors import ContentTypeRefused
from shared.objects.intake import Archive, Intake
from shared.objects.media_types import ScanState
from shared.service.writes import Answer

NOT_OVER = (
    frozenset({ReferralState.DRAFT, ReferralState.READY})
    | (OVERLAYS[OverlayAction.AMEND][Side.SENDER])
)


async def announce(tx: Transaction, referral_id: UUID, name: str, category: DataCategory) -> Answer:
    """A file without content yet. Raises NotFound, NotYourSide, TooLateToAttach, AttachmentLimit.

    The category counts like a part of the content: for minimisation, consent and decision.
    """
    await _lock_open(tx, referral_id)
    if len(await attachment_rows(tx, referral_id)) >= ATTACHMENTS_MAX:
        raise AttachmentLimit(attachmentsMax=ATTACHMENTS_MAX)
    attachment_id, instant = new_id(), now()
    await keep_attachment(
        tx,
        id=attachment_id,
        unit_id=tx.caller.unit_id,
        referral_id=referral_id,
        version=1,
        name=name,
        category=category.value,
        created_at=instant,
        updated_at=instant,
    )
    await _record(tx, attachment_id, "announced", referralId=str(referral_id))
    return Answer(await _view(tx, attachment_id), f"/v1/attachments/{attachment_id}")


async def store(
    database: Database,
    caller: Caller,
    archive: Archive,
    attachment_id: UUID,
    chunks: AsyncIterator[bytes],
) -> Document:
    """The bytes run through to the store and are never held; what is refused is not kept.

    The same bytes again change nothing. Raises NotFound, NotYourSide, TooLateToAttach,
    AttachmentTypeRefused, AttachmentDiffers.
    """
    async with database.transaction(caller) as tx:
        row = await attachment_for_update(tx, attachment_id)
        await _lock_open(tx, row["referral_id"])
    key = f"{caller.tenant_id}/{caller.unit_id}/{attachment_id}/{new_id()}"
    intake = Intake(chunks)
    try:
        await archive.objects.put(key, intake.chunks())
    except ContentTypeRefused as refused:
        raise AttachmentTypeRefused from refused
    is_kept = False
    try:
        scan_state = await archive.scanner.scan(await archive.objects.read(key))
        async with database.transaction(caller) as tx:
            is_kept = await _keep(tx, attachment_id, key, intake, scan_state)
            document = await _view(tx, attachment_id)
    except BaseException:
        is_kept = False
        raise
    finally:
        if not is_kept:
            await archive.objects.remove(key)
    return document


async def take_away(tx: Transaction, attachment_id: UUID) -> Answer:
    """One that nobody got; the worker removes the bytes.

    Raises NotFound, NotYourSide, TooLateToAttach, AttachmentWasSent.
    """
    row = await attachment_for_update(tx, attachment_id)
    await _lock_open(tx, row["referral_id"])
    if row["content_version"] is not None:
        raise AttachmentWasSent
    document = await _view(tx, attachment_id)
    await _remove(tx, row)
    return Answer(document)


async def choose(
    tx: Transaction, referral_id: UUID, attachment_ids: Collection[UUID], content_version: int
) -> frozenset[str]:
    """From this version on these go along and no others; the categories of which some changed.

    What waited and is not named still waits. Raises AttachmentUnknown.
    """
    rows = {row["id"]: row for row in await attachment_rows(tx, referral_id)}
    unknown = sorted(str(one) for one in attachment_ids if one not in rows)
    if unknown:
        raise AttachmentUnknown(attachmentIds=unknown)
    gone = [
        row
        for row in rows.values()
        if row["content_version"] is not None and row["id"] not in attachment_ids
    ]
    new = [rows[one] for one in attachment_ids if rows[one]["content_version"] is None]
    for row in gone:
        await _remove(tx, row)
    await send_along(tx, referral_id, content_version, [row["id"] for row in new])
    return frozenset(row["category"] for row in (*gone, *new))


async def note_scan(tx: Transaction, attachment_id: UUID, scan_state: ScanState) -> None:
    """What the scanner says of a file that was waiting for it."""
    row = await attachment_for_update(tx, attachment_id)
    if row["scan_state"] != ScanState.PENDING or scan_state is ScanState.PENDING:
        return
    await note_attachment(tx, row, scan_state=scan_state.value)
    await _record(tx, attachment_id, "scanned", scanState=scan_state.value)


async def _keep(
    tx: Transaction, attachment_id: UUID, key: str, intake: Intake, scan_state: ScanState
) -> bool:
    """Whether the attachment points to the new object now."""
    row = await attachment_for_update(tx, attachment_id)
    await _lock_open(tx, row["referral_id"])
    if row["object_key"] is not None:
        if row["sha256"] != intake.sha256:
            raise AttachmentDiffers
        return False
    await note_attachment(
        tx,
        row,
        object_key=key,
        sha256=intake.sha256,
        size_bytes=intake.size_bytes,
        media_type=intake.media_type,
        scan_state=scan_state.value,
    )
    await _record(tx, attachment_id, "stored", scanState=scan_state.value)
    return True


async def _remove(tx: Transaction, row: asyncpg.Record) -> None:
    await remove_attachment(tx, row)
    await _record(tx, row["id"], "removed", referralId=str(row["referral_id"]))


async def _lock_open(tx: Transaction, referral_id: UUID) -> asyncpg.Record:
    row = await referral_for_update(tx, referral_id)
    if side_of(row, tx.caller) is not Side.SENDER:
        raise NotYourSide
    if ReferralState(row["state"]) not in NOT_OVER:
        raise TooLateToAttach(state=row["state"])
    return row


async def _record(tx: Transaction, attachment_id: UUID, what: str, **changes: str) -> None:
    await record_change(
        tx,
        AuditEntry,
        action=f"attachment-{what}",
        kind="attachment",
        record_id=attachment_id,
        changes=dict(changes),
    )


async def _view(tx: Transaction, attachment_id: UUID) -> Document:
    document = await ATTACHMENT_VIEW.one_in(tx, attachment_id=attachment_id)
    assert document is not None
    return document
