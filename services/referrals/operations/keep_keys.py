"""The public keys of the own unit: publish one, take one out of use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.referrals.domain.sealing import KeysOfAnotherUnit, KeyTooWeak, PrivateKeyRefused
from services.referrals.storage.base import AuditEntry
from services.referrals.storage.keys import KEY_VIEW, key_for_update
from services.referrals.storage.tables import UnitKeyRow
from shared.audit.entries import record_change
from shared.auth.encryption import ALGORITHM, KeyIsPrivate, KeyIsWeak, public_key
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True)
class NewKey:
    unit_id: str
    jwk: Mapping[str, Any]
    valid_from: datetime
    valid_to: datetime


async def publish_key(tx: Transaction, command: NewKey) -> Answer:
    """Raises KeysOfAnotherUnit, PrivateKeyRefused, KeyTooWeak."""
    _require_own(tx, command.unit_id)
    try:
        jwk = public_key(command.jwk)
    except KeyIsPrivate as refused:
        raise PrivateKeyRefused from refused
    except KeyIsWeak as refused:
        raise KeyTooWeak from refused
    key_id = new_id()
    await tx.insert(
        UnitKeyRow,
        id=key_id,
        unit_id=command.unit_id,
        kid=jwk["kid"],
        jwk=jwk | {"use": "enc", "alg": ALGORITHM},
        valid_from=command.valid_from,
        valid_to=command.valid_to,
        created_at=now(),
        created_by=tx.caller.actor,
    )
    await _note(tx, "unit-key-published", key_id, jwk["kid"])
    return await _answer(tx, key_id)


async def revoke_key(tx: Transaction, unit_id: str, kid: str) -> Answer:
    """Nothing more is taken for it; what was encrypted with it stays. Raises NotFound."""
    _require_own(tx, unit_id)
    row = await key_for_update(tx, unit_id, kid)
    if row is None:
        raise NotFound
    if row["revoked_at"] is None:
        await tx.update(UnitKeyRow, row["id"], revoked_at=now())
        await _note(tx, "unit-key-revoked", row["id"], kid)
    return await _answer(tx, row["id"])


def _require_own(tx: Transaction, unit_id: str) -> None:
    if unit_id != tx.caller.unit_id:
        raise KeysOfAnotherUnit


async def _answer(tx: Transaction, key_id: UUID) -> Answer:
    document = await KEY_VIEW.one_in(tx, key_id=key_id)
    assert document is not None
    return Answer(document)


async def _note(tx: Transaction, action: str, key_id: UUID, kid: str) -> None:
    await record_change(
        tx, AuditEntry, action=action, kind="unit-key", record_id=key_id, changes={"kid": kid}
    )
