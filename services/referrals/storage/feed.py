"""The event log of referrals and the feed over it: ids and codes, for both sides.

A client that keeps its cursor loses nothing: `feed_tx` is the number of the writing transaction,
but never lower than that of the referral's step before, and the feed shows only what is older
than every transaction still running. So per referral the order is true, and nothing that
commits later can appear behind a cursor. The price: a transaction that writes anywhere in the
same PostgreSQL holds the feed back until it ends (our roles end after 30 s at most).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, literal, literal_column, select
from sqlmodel import col

from services.referrals.domain.codes import Side
from services.referrals.storage.tables import ReferralEventRow as E
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


def _cursor() -> Any:
    """The cursor of one row in SQL, spelt as `shared.database.cursors` reads it."""
    pair = func.concat('["', col(E.feed_tx), '","', col(E.id), '"]')
    encoded = func.encode(func.convert_to(pair, "UTF8"), "base64")
    return func.translate(encoded, literal("+/=\n"), "-_").label("cursor")


_COLUMNS = (
    col(E.id),
    _cursor(),
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
_SETTLED: ColumnElement[int] = literal_column(
    "(pg_snapshot_xmin(pg_current_snapshot())::text)::bigint"
)

_FILTERS = {
    "type": Filter(col(E.type), str, ("eq", "in")),
    "referralId": Filter(col(E.referral_id), UUID, ("eq",)),
}
_LOG = ReadLog("referral", column="referral_id")

EVENT_FEED = ListView(
    select(*_COLUMNS).where(col(E.feed_tx) < _SETTLED),
    filters=_FILTERS,
    sorts={"position": "feed_tx"},
    default_sort="position",
    hidden=("feed_tx",),
    log=_LOG,
)
REFERRAL_EVENTS = ListView(
    select(*_COLUMNS).where(col(E.referral_id) == bindparam("referral_id")),
    filters={"type": _FILTERS["type"]},
    sorts={"position": "feed_tx"},
    default_sort="position",
    hidden=("feed_tx",),
    log=_LOG,
)
