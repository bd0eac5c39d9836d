"""The one place that reads and writes the content, and what was disclosed of it to whom."""

from typing import Any, Final
from uuid import UUID

import asyncpg
from sqlalchemy import ARRAY, ColumnElement, String, bindparam, case, func, not_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import col

from services.referrals.domain.attachments import AttachedFile
from services.referrals.domain.codes import DataCategory
from services.referrals.domain.disclosures import DISPUTED, DecisionOutcome
from services.referrals.domain.legal_ground import DisclosureDecision, DisclosureGround
from services.referrals.storage.tables import (
    AttachmentRow,
    ContentRow,
    DisclosureRow,
    EncryptedContentRow,
    ObjectRemovalRow,
    ReferralRow,
)
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement, table_of
from shared.database.transaction import Transaction
from shared.database.views import View
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id

C, D = ContentRow, DisclosureRow
_PATHS: Final = ARRAY(String(120))
_ME: ColumnElement[str] = bindparam("unit", type_=String)
_IS_MINE = col(C.unit_id) == _ME
# The fields of this version that the asking unit may see.
_FIELDS = (
    select(col(D.fields))
    .where(
        col(D.tenant_id) == col(C.tenant_id),
        col(D.referral_id) == col(C.id),
        col(D.content_version) == col(C.version),
        col(D.recipient_unit) == _ME,
    )
    .correlate(C)
    .scalar_subquery()
)
_CONTENT: ColumnElement[Any] = case(
    (_IS_MINE, col(C.content)),
    else_=func.content_within(col(C.content), _FIELDS, type_=JSONB),
)
_DISPUTED: ColumnElement[Any] = case(
    (_IS_MINE, col(C.disputed_fields)),
    else_=func.paths_within(col(C.disputed_fields), _FIELDS, type_=_PATHS),
)


def _part(column: Any, name: str, *conditions: ColumnElement[bool]) -> ColumnElement[Any]:
    part = select(column).where(col(C.id) == col(ReferralRow.id), *conditions)
    return part.correlate(ReferralRow).scalar_subquery().label(name)


# The database gives the recipient nothing here before acceptance, and nobody what was deleted.
CONTENT_PARTS: Final = (
    _part(_CONTENT, "content", not_(col(ReferralRow.is_sealed))),
    _part(_DISPUTED, "disputed_fields"),
    _part(
        func.dispute_notes(_DISPUTED, DISPUTED.de, DISPUTED.en, type_=JSONB),
        "disputes",
    ),
    _part(col(C.secret_categories), "secret_categories"),
)

_OPEN = Statement(
    select(
        _CONTENT.label("content"),
        _DISPUTED.label("disputed_fields"),
        col(C.secret_categories),
        col(C.version),
    ).where(col(C.id) == bindparam("key"))
)
_NUMBER = Statement("update referral_content set version = :version where id = :key")
_DELETE = Statement("delete from referral_content where id = :key")
_STANDING = Statement(
    "select * from standing_disclosure_decision(:referral_id, cast(:recipient_unit as varchar))"
)
_MANIFEST = Statement("""
select d.* from disclosure d
 where d.referral_id = :referral_id and d.recipient_unit = cast(:unit as varchar)
 order by d.content_version desc limit 1""")


X = EncryptedContentRow
SEALED_VIEW = View(
    select(
        col(X.id),
        col(X.kid),
        col(X.jwe),
        col(X.digest),
    ).where(col(X.id) == bindparam("referral_id")),
    log=ReadLog("sealed-content"),
)  # fmt: skip
_SEALED = Statement("select jwe from encrypted_content where id = :key")

A = AttachmentRow
ATTACHMENT: Final[tuple[Any, ...]] = (
    col(A.id),
    col(A.version),
    col(A.referral_id),
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
            "name", col(A.name),
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
_REMOVE_ATTACHMENT = Statement("delete from attachment where id = :attachment_id")
ATTACHMENTS_PENDING = Statement("select * from attachments_pending(:after, 100)")
KNOWN_OBJECTS = Statement(
    "select object_key from attachment where id = any(:attachment_ids) and object_key = any(:keys)"
)
OBJECTS_TO_REMOVE = Statement("select id, object_key from object_removal order by id limit 500")
OBJECT_IS_REMOVED = Statement("delete from object_removal where id = :removal_id")


async def find_attachments(tx: Transaction, referral_id: UUID) -> tuple[AttachedFile, ...]:
    """Those that this caller may see, in the order of their ids."""
    rows = await tx.rows(_ATTACHMENTS, referral_id=referral_id)
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


async def keep_content(
    tx: Transaction, referral_id: UUID, columns: dict[str, Any], *, is_new: bool
) -> None:
    if is_new:
        unit_id = tx.caller.unit_id
        await tx.insert(ContentRow, id=referral_id, unit_id=unit_id, version=1, **columns)
    else:
        await tx.update(ContentRow, referral_id, **columns)


async def find_content(tx: Transaction, referral_id: UUID) -> asyncpg.Record | None:
    """The content as far as policies and manifest show it to this caller."""
    return await tx.row(_OPEN, key=referral_id, unit=tx.caller.unit_id)


async def keep_sealed(
    tx: Transaction, referral_id: UUID, *, kid: str, jwe: str, digest: str
) -> None:
    """Beside the content, with which it goes; written once."""
    unit_id = tx.caller.unit_id
    await tx.insert(
        EncryptedContentRow, id=referral_id, unit_id=unit_id, kid=kid, jwe=jwe, digest=digest
    )


async def find_sealed(tx: Transaction, referral_id: UUID) -> str | None:
    """The ciphertext, if policies and manifest show it to this caller."""
    found: str | None = await tx.value(_SEALED, key=referral_id)
    return found


async def number_content(tx: Transaction, referral_id: UUID, version: int) -> None:
    """The content is this version now: who had a manifest of another sees nothing of it."""
    await tx.execute(_NUMBER, key=referral_id, version=version)


async def delete_content(tx: Transaction, referral_id: UUID) -> None:
    await tx.execute(_DELETE, key=referral_id)


async def find_manifest(tx: Transaction, referral_id: UUID) -> asyncpg.Record | None:
    """What was disclosed to the caller's unit, in the newest version."""
    return await tx.row(_MANIFEST, referral_id=referral_id, unit=tx.caller.unit_id)


async def find_decision(
    tx: Transaction, referral_id: UUID, recipient_unit: str
) -> tuple[UUID, DecisionOutcome, DisclosureDecision] | None:
    """The decision that stands, for the sender and for the unit that has the referral now.

    Why it was decided so, and by whom, stays with the sender.
    """
    row = await tx.row(_STANDING, referral_id=referral_id, recipient_unit=recipient_unit)
    if row is None:
        return None
    decision = DisclosureDecision(
        ground=DisclosureGround(row["ground"]),
        decided_by="",
        decided_at=row["decided_at"],
        fields=frozenset(row["fields"]),
        client_informed=row["client_informed"],
        reason="",
    )
    return row["id"], DecisionOutcome(row["outcome"]), decision
