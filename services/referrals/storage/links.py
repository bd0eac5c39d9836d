"""Links for agencies without software: the row before the door, and what the sender reads."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import bindparam, select
from sqlmodel import col

from services.referrals.storage.tables import AccessLinkRow
from shared.database.gate import ReadLog
from shared.database.lists import ListView
from shared.database.statements import Statement, table_of
from shared.database.transaction import Transaction
from shared.database.views import View

K = AccessLinkRow
_FOR_UPDATE = Statement(select(table_of(K)).where(col(K.id) == bindparam("key")).with_for_update())
_REVOKE_FORMER = Statement(
    "update access_link set revoked_at = :at where referral_id = :referral_id"
    " and revoked_at is null"
)
_NAMES = Statement("select name_de, name_en from org_unit where unit_id = cast(:unit as varchar)")
LINK: tuple[Any, ...] = (
    col(K.id),
    col(K.referral_id),
    col(K.unit_id),
    col(K.created_at),
    col(K.created_by),
    col(K.expires_at),
    col(K.used_at),
    col(K.revoked_at),
    col(K.refusals),
)
_LOG = ReadLog("access-link")
LINK_VIEW = View(select(*LINK).where(col(K.id) == bindparam("link_id")), log=_LOG)
LINK_LIST = ListView(
    select(*LINK).where(col(K.referral_id) == bindparam("referral_id")),
    filters={},
    sorts={"createdAt": "created_at"},
    default_sort="-createdAt",
    log=_LOG,
)


async def link_for_update(tx: Transaction, link_id: UUID) -> asyncpg.Record | None:
    """Lock one link until commit: of many who open it at once, one is first."""
    return await tx.row(_FOR_UPDATE, key=link_id)


async def revoke_former_links(tx: Transaction, referral_id: UUID, at: datetime) -> int:
    return await tx.execute(_REVOKE_FORMER, referral_id=referral_id, at=at)


async def find_unit_names(tx: Transaction, unit_id: str) -> tuple[str, str] | None:
    """German and English, as the directory has them."""
    row = await tx.row(_NAMES, unit=unit_id)
    return (row["name_de"], row["name_en"]) if row else None
