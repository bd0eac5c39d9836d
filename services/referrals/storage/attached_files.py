"""The files of referrals: which go along with the content, and which still wait for an amendment.

The policies show the recipient those that the manifest of the present version names.
"""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

import asyncpg
from sqlalchemy import bindparam, exists, func, or_, select
from sqlmodel import col

from services.referrals.domain.attachments import AttachedFile
from services.referrals.domain.codes import DataCategory
from services.referrals.storage.tables import AttachmentRow, ObjectRemovalRow, ReferralRow
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement, table_of
from shared.database.transaction import Transaction
from shared.database.views import View
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.secrecy.columns import placed

A = AttachmentRow
ATTACHMENT: Final[tuple[Any, ...]] = (
    col(A.id),
    col(A.version),
    col(A.referral_id),
    col(A.content_version),
    col(A.name),
    col(A.category),
    col(A.media_type),
    col(A.sha256),
    col(A.size_bytes),
    col(A.scan_state),
    col(A.created_at),
)
_THIS = col(A.id) == bindparam("attachment_id")
_OF_REFERRAL = col(A.referral_id) == bindparam("referral_id")
_LOG = ReadLog("attachment")
ATTACHMENT_VIEW = View(select(*ATTACHMENT).where(_THIS), log=_LOG)
ATTACHMENTS_OF_REFERRAL = ListView(
    select(*ATTACHMENT).where(_OF_REFERRAL),
    filters={"category": Filter(col(A.category), str, ("eq", "in"))},
    sorts={"createdAt": "created_at"},
    default_sort="createdAt",
    log=_LOG,
)
# Where the bytes lie is for us, not for the reader.
ATTACHMENT_CONTENT = View(
    select(
        col(A.id),
        func.json_build_object(
            "referral_id", col(A.referral_id),
            "name", placed(col(A.name)),
            "media_type", col(A.media_type),
            "object_key", col(A.object_key),
            "size_bytes", col(A.size_bytes),
            "scan_state", col(A.scan_state),
        ).label("facts"),
    ).where(_THIS),
    log=ReadLog("attachment-content"),
)  # fmt: skip
_ATTACHMENT_FOR_UPDATE = Statement(select(table_of(A)).where(_THIS).with_for_update())
_ATTACHMENTS = Statement(select(table_of(A)).where(_OF_REFERRAL).order_by(col(A.id)))
# Before sending all of them, afterwards those that an amendment has named.
_IS_UNSENT = exists().where(
    col(ReferralRow.id) == col(A.referral_id), col(ReferralRow.submitted_at).is_(None)
)
_GOING_ALONG = Statement(
    select(table_of(A))
    .where(_OF_REFERRAL, or_(col(A.content_version).is_not(None), _IS_UNSENT))
    .order_by(col(A.id))
)
_GOES_ALONG = Statement("""
update attachment set content_version = :content_version
 where referral_id = :referral_id and content_version is null
   and (:all_of_them or id = any(:attachment_ids))""")
_REMOVE_ATTACHMENT = Statement("delete from attachment where id = :attachment_id")
ATTACHMENTS_PENDING = Statement("select * from attachments_pending(:after, 100)")
KNOWN_OBJECTS = Statement(
    "select object_key from attachment where id = any(:attachment_ids) and object_key = any(:keys)"
)
OBJECTS_TO_REMOVE = Statement("select id, object_key from object_removal order by id limit 500")
OBJECT_IS_REMOVED = Statement("delete from object_removal where id = :removal_id")


async def find_attachments(tx: Transaction, referral_id: UUID) -> tuple[AttachedFile, ...]:
    """Those that go along with the content and that this caller may see, ordered by their ids."""
    rows = await tx.rows(_GOING_ALONG, referral_id=referral_id)
    return tuple(
        AttachedFile(
            id=row["id"],
            category=DataCategory(row["category"]),
            sha256=row["sha256"],
            size_bytes=row["size_bytes"],
            scan_state=row["scan_state"],
        )
        for row in rows
    )


async def attachment_rows(tx: Transaction, referral_id: UUID) -> list[asyncpg.Record]:
    """All of them, those that wait for an amendment too."""
    return await tx.rows(_ATTACHMENTS, referral_id=referral_id)


async def send_along(
    tx: Transaction,
    referral_id: UUID,
    content_version: int,
    attachment_ids: Collection[UUID] | None = None,
) -> None:
    """These, or all, go along with the content from this version on."""
    await tx.execute(
        _GOES_ALONG,
        referral_id=referral_id,
        content_version=content_version,
        all_of_them=attachment_ids is None,
        attachment_ids=list(attachment_ids or ()),
    )


async def attachment_for_update(tx: Transaction, attachment_id: UUID) -> asyncpg.Record:
    """Raises NotFound."""
    row = await tx.row(_ATTACHMENT_FOR_UPDATE, attachment_id=attachment_id)
    if row is None:
        raise NotFound
    return row


async def keep_attachment(tx: Transaction, **columns: Any) -> None:
    await tx.insert(AttachmentRow, **columns)


async def note_attachment(tx: Transaction, row: asyncpg.Record, **columns: Any) -> None:
    version = row["version"] + 1
    await tx.update(AttachmentRow, row["id"], **columns, version=version, updated_at=now())


async def remove_attachment(tx: Transaction, row: asyncpg.Record) -> None:
    """Its object goes to the worker, which removes it from the store."""
    await tx.execute(_REMOVE_ATTACHMENT, attachment_id=row["id"])
    if row["object_key"] is not None:
        await tx.insert(ObjectRemovalRow, id=new_id(), object_key=row["object_key"])
