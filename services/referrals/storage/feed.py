"""The log of a referral's steps: ids and codes, for both sides, drafts included for the sender.

`feed_tx` is the number of the writing transaction, but never lower than that of the step before,
so the order is true. What happens after sending stands in the feed of events as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import col

from services.referrals.domain.codes import Side
from services.referrals.storage.tables import ReferralEventRow as E
from shared.database.feed import cursor_of
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement
from shared.database.transaction import Transaction

RECORD = Statement("""
insert into referral_event (id, tenant_id, feed_tx, referral_id, type, at, side, actor_unit,
                            sender_unit, recipient_unit, is_for_recipient, from_state, to_state,
                            referral_version, codes)
values (uuidv7(), cast(:tenant_id as varchar),
        greatest((pg_current_xact_id()::text)::bigint,
                 (select max(e.feed_tx) from referral_event e
                   where e.tenant_id = cast(:tenant_id as varchar)
                     and e.referral_id = :referral_id)),
        :referral_id, :type, :at, :side, :actor_unit, :sender_unit, :recipient_unit,
        :is_for_recipient, :from_state, :to_state, :referral_version, :codes)""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What happened to a referral, seen from outside."""

    referral_id: UUID
    type: str
    at: datetime
    side: Side
    sender_unit: str
    recipient_unit: str | None
    is_for_recipient: bool
    from_state: str | None
    to_state: str
    referral_version: int
    codes: Sequence[str] = ()


async def record_step(tx: Transaction, step: Step) -> None:
    """Append the step in the transaction of the change it tells of."""
    await tx.execute(
        RECORD,
        tenant_id=tx.caller.tenant_id,
        actor_unit=tx.caller.unit_id,
        referral_id=step.referral_id,
        type=step.type,
        at=step.at,
        side=step.side.value,
        sender_unit=step.sender_unit,
        recipient_unit=step.recipient_unit,
        is_for_recipient=step.is_for_recipient,
        from_state=step.from_state,
        to_state=step.to_state,
        referral_version=step.referral_version,
        codes=list(step.codes),
    )


EVENT = (
    col(E.id),
    cursor_of(col(E.feed_tx), col(E.id)),
    col(E.type),
    col(E.referral_id),
    col(E.at),
    col(E.side),
    col(E.sender_unit),
    col(E.recipient_unit),
    col(E.from_state),
    col(E.to_state),
    col(E.referral_version),
    col(E.codes),
    col(E.feed_tx),
)
REFERRAL_EVENTS = ListView(
    select(*EVENT).where(col(E.referral_id) == bindparam("referral_id")),
    filters={"type": Filter(col(E.type), str, ("eq", "in"))},
    sorts={"position": "feed_tx"},
    default_sort="position",
    hidden=("feed_tx",),
    log=ReadLog("referral", column="referral_id"),
)
