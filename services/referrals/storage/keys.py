"""Public keys of units: what the directory shows, and the one that a ciphertext names."""

from datetime import datetime
from uuid import UUID

import asyncpg
from sqlalchemy import bindparam, select
from sqlmodel import col

from services.referrals.storage.tables import UnitKeyRow
from shared.database.gate import ReadLog
from shared.database.lists import ListView
from shared.database.statements import Statement, table_of
from shared.database.transaction import Transaction
from shared.database.views import View

K = UnitKeyRow
_KEY = (
    col(K.id),
    col(K.unit_id),
    col(K.kid),
    col(K.jwk),
    col(K.valid_from),
    col(K.valid_to),
    col(K.revoked_at),
    col(K.created_at),
    col(K.created_by),
)
_LOG = ReadLog("unit-key")
KEY_VIEW = View(select(*_KEY).where(col(K.id) == bindparam("key_id")), log=_LOG)
KEY_LIST = ListView(
    select(*_KEY).where(col(K.unit_id) == bindparam("unit")),
    filters={},
    sorts={"validFrom": "valid_from"},
    default_sort="-validFrom",
    log=_LOG,
)
_FOR_UPDATE = Statement(
    select(table_of(K))
    .where(col(K.unit_id) == bindparam("unit"), col(K.kid) == bindparam("kid"))
    .with_for_update()
)
_VALID = Statement(
    "select id from unit_key where unit_id = cast(:unit as varchar) and kid = cast(:kid as varchar)"
    " and revoked_at is null and valid_from <= :at and valid_to > :at"
)


async def key_for_update(tx: Transaction, unit_id: str, kid: str) -> asyncpg.Record | None:
    return await tx.row(_FOR_UPDATE, unit=unit_id, kid=kid)


async def find_valid_key(tx: Transaction, unit_id: str, kid: str, at: datetime) -> UUID | None:
    """The key that this unit can be written to with, now."""
    found: UUID | None = await tx.value(_VALID, unit=unit_id, kid=kid, at=at)
    return found
