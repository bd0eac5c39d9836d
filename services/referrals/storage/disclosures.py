"""The one place that reads and writes the content, and what was disclosed of it to whom."""

from typing import Any, Final
from uuid import UUID

import asyncpg
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    String,
    bindparam,
    case,
    func,
    not_,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import col

from services.referrals.domain.disclosures import DISPUTED, DecisionOutcome
from services.referrals.domain.legal_ground import DisclosureDecision, DisclosureGround
from services.referrals.storage.base import CONTENT_KEY
from services.referrals.storage.tables import (
    ContentRow,
    DisclosureRow,
    EncryptedContentRow,
    ReferralRow,
)
from shared.database.gate import ReadLog
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.database.views import View
from shared.secrecy.columns import placed_json
from shared.secrecy.removal import forget_keys

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
        col(D.message_id).is_(None),
    )
    .correlate(C)
    .scalar_subquery()
)
_CONTENT: ColumnElement[Any] = placed_json(
    case(
        (_IS_MINE, col(C.content)),
        else_=func.content_within(col(C.content), _FIELDS, type_=JSONB),
    ),
    "referral_content.content",
    col(C.id),
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
IS_CONTENT_SHOWN: Final = (
    select(col(C.id)).where(col(C.id) == col(ReferralRow.id)).correlate(ReferralRow).exists()
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
   and d.message_id is null
 order by d.content_version desc limit 1""")

_DISCLOSED_TO = Statement(
    "select distinct recipient_unit from disclosure where referral_id = :referral_id"
)

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


async def keep_content(
    tx: Transaction, referral_id: UUID, columns: dict[str, Any], *, is_new: bool
) -> None:
    if is_new:
        unit_id = tx.caller.unit_id
        await tx.insert(ContentRow, id=referral_id, unit_id=unit_id, version=1, **columns)
    else:
        await tx.update(ContentRow, referral_id, **columns)


async def find_content(tx: Transaction, referral_id: UUID) -> dict[str, Any] | None:
    """The content as far as policies and manifest show it to this caller."""
    row = await tx.row(_OPEN, key=referral_id, unit=tx.caller.unit_id)
    if row is None:
        return None
    found = dict(row)
    if found["content"] is not None:
        found["content"] = await tx.content(found["content"])
    return found


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
    """The content, messages with it, and their key: backups forget them too."""
    await tx.execute(_DELETE, key=referral_id)
    await forget_keys(tx, referral_id, CONTENT_KEY)


async def find_manifest(tx: Transaction, referral_id: UUID) -> asyncpg.Record | None:
    """What was disclosed to the caller's unit, in the newest version."""
    return await tx.row(_MANIFEST, referral_id=referral_id, unit=tx.caller.unit_id)


async def former_recipients(tx: Transaction, referral_id: UUID) -> frozenset[str]:
    """Every unit to which the caller's unit has disclosed it: it was passed on from one to another
    inside one controller.
    """
    rows = await tx.rows(_DISCLOSED_TO, referral_id=referral_id)
    return frozenset(row["recipient_unit"] for row in rows)


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
