"""The parts of a referral for the operations, locked where the next step depends on them."""

from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import bindparam, select
from sqlmodel import col

from services.referrals.storage.base import CASE_RECEIVED, CASE_SENT, GROUND_KEY
from services.referrals.storage.numbers import NUMBERS
from services.referrals.storage.tables import PlaceRow, ReferralRow, SenderRecordRow
from shared.database.statements import Statement, table_of
from shared.database.transaction import Transaction
from shared.kernel.errors import NotFound
from shared.secrecy.removal import KEYS_STAY, forget_keys

_REFERRAL_FOR_UPDATE = Statement(
    select(table_of(ReferralRow)).where(col(ReferralRow.id) == bindparam("key")).with_for_update()
)
_SENDER_RECORD = Statement(
    select(table_of(SenderRecordRow)).where(col(SenderRecordRow.id) == bindparam("key"))
)
_PLACE = Statement(select(table_of(PlaceRow)).where(col(PlaceRow.id) == bindparam("key")))
_DELETE_PLACE = Statement("delete from referral_place where id = :key")
_UNDER_DECLARATION = Statement(
    select(col(SenderRecordRow.id))
    .where(
        (col(SenderRecordRow.consent_reference) == bindparam("reference"))
        | (col(SenderRecordRow.release_reference) == bindparam("reference"))
    )
    .order_by(col(SenderRecordRow.id))
)
# In the order in which they are locked.
_OF_CASE = Statement(
    select(col(SenderRecordRow.id))
    .where(col(SenderRecordRow.case_id) == bindparam("case_id"))
    .order_by(col(SenderRecordRow.id))
)
# The digest is overwritten by one that leads back to nobody.
_FORGET_SUBJECT = Statement("update referral set subject_digest = :nothing where id = :key")
_FORGET_RECORD = Statement("""
update sender_record set subject_reference = '-', consent_reference = null,
       release_reference = null, legal_ground = null, disclosure_decision = null,
       protection_steps = null where id = :key""")
_VISIBLE = Statement(
    select(col(ReferralRow.recipient_unit)).where(col(ReferralRow.id) == bindparam("key"))
)
_KEEP_OUTCOME = Statement("""
insert into recipient_record (id, tenant_id, unit_id, outcome)
values (:key, :tenant_id, :unit_id, :outcome)
on conflict (id) do update set outcome = excluded.outcome""")
_KEEP_CASE = Statement("""
insert into recipient_record (id, tenant_id, unit_id, case_id)
values (:key, :tenant_id, :unit_id, :case_id)
on conflict (id) do update set case_id = excluded.case_id""")

_FORGET_RECEIVED = Statement(
    "delete from recipient_record where tenant_id = :tenant_id and unit_id = :unit_id"
    " and case_id = :case_id returning id"
)
_FORGET_SENT = Statement(
    "update sender_record set case_id = null where tenant_id = :tenant_id"
    " and unit_id = :unit_id and case_id = :case_id returning id"
)
_FORGET_RECEIVED_ONE = Statement("delete from recipient_record where id = :key")
_FORGET_SENT_ONE = Statement("update sender_record set case_id = null where id = :key")


async def referral_for_update(tx: Transaction, referral_id: UUID) -> asyncpg.Record:
    """Lock one referral until commit. Raises NotFound when this caller cannot see it."""
    row = await tx.row(_REFERRAL_FOR_UPDATE, key=referral_id)
    if row is None:
        raise NotFound
    return row


async def find_sender_record(tx: Transaction, referral_id: UUID) -> dict[str, Any] | None:
    """With its reasons opened, for the sender."""
    row = await tx.row(_SENDER_RECORD, key=referral_id)
    if row is None:
        return None
    found = dict(row)
    for name in ("legal_ground", "disclosure_decision", "protection_steps"):
        if found[name] is not None:
            found[name] = await tx.content(found[name])
    return found


async def find_place(tx: Transaction, referral_id: UUID) -> dict[str, Any] | None:
    row = await tx.row(_PLACE, key=referral_id)
    return None if row is None else dict(row) | {"house_number": await tx.text(row["house_number"])}


async def delete_place(tx: Transaction, referral_id: UUID) -> None:
    await tx.execute(_DELETE_PLACE, key=referral_id)


async def referrals_under(tx: Transaction, reference: str) -> list[UUID]:
    """The unit's own referrals under a declaration, in the order in which they are locked."""
    return [row["id"] for row in await tx.rows(_UNDER_DECLARATION, reference=reference)]


async def referrals_of(tx: Transaction, case_id: UUID) -> list[UUID]:
    """What the unit has sent or drafted of its case."""
    return [row["id"] for row in await tx.rows(_OF_CASE, case_id=case_id)]


async def forget_draft(tx: Transaction, referral_id: UUID) -> None:
    """What is left of a draft taken back names nobody and leads to nobody."""
    await tx.execute(_FORGET_SUBJECT, key=referral_id, nothing=referral_id.bytes)
    await tx.execute(_FORGET_RECORD, key=referral_id)
    await NUMBERS.forget(tx, referral_id)
    await forget_keys(tx, referral_id, GROUND_KEY)


async def is_recipient(tx: Transaction, referral_id: UUID) -> bool:
    """Whether the caller's unit is the one that received it."""
    unit: str | None = await tx.value(_VISIBLE, key=referral_id)
    return unit == tx.caller.unit_id


async def keep_outcome(tx: Transaction, referral_id: UUID, outcome: str) -> None:
    """For the recipient's own eyes, whether or not the sender is told."""
    await tx.execute(
        _KEEP_OUTCOME,
        key=referral_id,
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        outcome=outcome,
    )


async def keep_case(tx: Transaction, referral_id: UUID, case_id: UUID) -> None:
    """The recipient's own case: the sender never sees it."""
    await tx.execute(
        _KEEP_CASE,
        key=referral_id,
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        case_id=case_id,
    )


async def forget_case(tx: Transaction, case_id: UUID) -> int:
    """Delete the recipient's records of the unit's case and its key in the sender's ones. It is
    noted where the keys lie, so that a restored backup forgets it, too.
    """
    where = {
        "tenant_id": tx.caller.tenant_id,
        "unit_id": tx.caller.unit_id,
        "case_id": case_id,
    }
    received = await tx.rows(_FORGET_RECEIVED, **where)
    sent = await tx.rows(_FORGET_SENT, **where)
    for part, rows in ((CASE_RECEIVED, received), (CASE_SENT, sent)):
        for row in rows:
            await forget_keys(tx, row["id"], f"{part}{KEYS_STAY}")
    return len(received) + len(sent)


async def forget_received(tx: Transaction, referral_id: UUID) -> None:
    """The recipient's record of one referral, whose case was erased."""
    await tx.execute(_FORGET_RECEIVED_ONE, key=referral_id)


async def forget_sent(tx: Transaction, referral_id: UUID) -> None:
    """The case of the sender, which was erased."""
    await tx.execute(_FORGET_SENT_ONE, key=referral_id)
