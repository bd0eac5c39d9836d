"""The public keys of the own unit: publish one, take one out of use."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.referrals.domain.agencies import UnitUnknown
from services.referrals.domain.sealing import (
    KeyKnown,
    KeysOfAnotherUnit,
    KeyTooWeak,
    KeyUse,
    PrivateKeyRefused,
    require_term,
    require_use,
)
from services.referrals.storage.base import AuditEntry
from services.referrals.storage.directory_lookups import find_agencies
from services.referrals.storage.keys import ALGORITHMS, KEY_VIEW, keep_key, take_out_of_use
from shared.audit.entries import record_change
from shared.auth.encryption import KeyIsPrivate, KeyIsWeak, PublicKey, public_key
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True)
class NewKey:
    unit_id: str
    jwk: Mapping[str, Any] = field(repr=False)
    use: KeyUse
    valid_from: datetime
    valid_to: datetime


async def publish_key(tx: Transaction, command: NewKey) -> Answer:
    """From now on others find it, and encrypt with it while it is valid.

    Raises KeysOfAnotherUnit, PrivateKeyRefused, KeyTooWeak, KeyUseDiffers, KeyTermUnusable,
    UnitUnknown, KeyKnown.
    """
    _require_own(tx, command.unit_id)
    key, key_id, instant = _public(command.jwk), new_id(), now()
    require_use(command.jwk, command.use, ALGORITHMS[command.use])
    require_term(command.valid_from, command.valid_to, instant)
    if not await find_agencies(tx, command.unit_id):
        raise UnitUnknown(unit=command.unit_id)
    try:
        await keep_key(
            tx,
            id=key_id,
            unit_id=command.unit_id,
            kid=key.key_id,
            use=command.use.value,
            n=key.n,
            e=key.e,
            valid_from=command.valid_from,
            valid_to=command.valid_to,
            created_at=instant,
            created_by=tx.caller.actor,
        )
    except asyncpg.UniqueViolationError as duplicate:
        raise KeyKnown from duplicate
    await _note(tx, "unit-key-published", key_id, key.key_id)
    return await _answer(tx, command.unit_id, key.key_id)


async def revoke_key(tx: Transaction, unit_id: str, kid: str) -> Answer:
    """Nothing more is taken for it; what was encrypted with it stays. Repeating changes nothing.

    Raises KeysOfAnotherUnit, NotFound.
    """
    _require_own(tx, unit_id)
    key_id = await take_out_of_use(tx, unit_id, kid, now())
    if key_id is not None:
        await _note(tx, "unit-key-revoked", key_id, kid)
    return await _answer(tx, unit_id, kid)


def _require_own(tx: Transaction, unit_id: str) -> None:
    if unit_id != tx.caller.unit_id:
        raise KeysOfAnotherUnit


def _public(jwk: Mapping[str, Any]) -> PublicKey:
    try:
        return public_key(jwk)
    except KeyIsPrivate as refused:
        raise PrivateKeyRefused from refused
    except KeyIsWeak as refused:
        raise KeyTooWeak from refused


async def _answer(tx: Transaction, unit_id: str, kid: str) -> Answer:
    document = await KEY_VIEW.one_in(tx, unit=unit_id, kid=kid)
    if document is None:
        raise NotFound
    return Answer(document)


async def _note(tx: Transaction, action: str, key_id: UUID, kid: str) -> None:
    await record_change(
        tx, AuditEntry, action=action, kind="unit-key", record_id=key_id, changes={"kid": kid}
    )
