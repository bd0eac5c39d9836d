"""Public keys of units: what the directory shows, and the one that a ciphertext names."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, bindparam, case, func, literal, select
from sqlmodel import col

from services.referrals.domain.sealing import KeyUse
from services.referrals.storage.tables import UnitKeyRow
from shared.auth.encryption import ALGORITHM
from shared.auth.signing import ALGORITHM as SIGNING_ALGORITHM
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.database.views import View

K = UnitKeyRow
ALGORITHMS = {KeyUse.ENC: ALGORITHM, KeyUse.SIG: SIGNING_ALGORITHM}
_ALGORITHM: ColumnElement[Any] = case(
    *((col(K.use) == use.value, literal(name)) for use, name in ALGORITHMS.items())
)
_JWK = func.json_build_object(
    "kty", "RSA",
    "kid", col(K.kid),
    "use", col(K.use),
    "alg", _ALGORITHM,
    "n", col(K.n),
    "e", col(K.e),
)  # fmt: skip
_KEY = (
    col(K.id),
    col(K.unit_id),
    col(K.kid),
    col(K.use),
    _JWK.label("jwk"),
    col(K.valid_from),
    col(K.valid_to),
    col(K.revoked_at),
    col(K.created_at),
    col(K.created_by),
)
_LOG = ReadLog("unit-key")
_OF_UNIT = col(K.unit_id) == bindparam("unit", type_=String)
KEY_VIEW = View(select(*_KEY).where(_OF_UNIT, col(K.kid) == bindparam("kid")), log=_LOG)
KEY_LIST = ListView(
    select(*_KEY).where(_OF_UNIT),
    filters={
        "use": Filter(col(K.use), KeyUse, ("eq",)),
        "kid": Filter(col(K.kid), str, ("eq", "in")),
    },
    sorts={"validFrom": "valid_from"},
    default_sort="-validFrom",
    log=_LOG,
)
_REVOKE = Statement(
    "update unit_key set revoked_at = :at where unit_id = cast(:unit as varchar)"
    " and kid = cast(:kid as varchar) and revoked_at is null returning id"
)
_VALID = Statement(
    "select n from unit_key where unit_id = cast(:unit as varchar) and kid = cast(:kid as varchar)"
    " and use = 'enc' and revoked_at is null and valid_from <= :at and valid_to > :at"
)


async def keep_key(tx: Transaction, **columns: Any) -> None:
    await tx.insert(UnitKeyRow, **columns)


async def take_out_of_use(tx: Transaction, unit_id: str, kid: str, at: datetime) -> UUID | None:
    """None when there is no such key, or it is out of use already."""
    found: UUID | None = await tx.value(_REVOKE, unit=unit_id, kid=kid, at=at)
    return found


async def find_valid_modulus(tx: Transaction, unit_id: str, kid: str, at: datetime) -> str | None:
    """Of the key that this unit can be written to with, at this moment."""
    found: str | None = await tx.value(_VALID, unit=unit_id, kid=kid, at=at)
    return found
