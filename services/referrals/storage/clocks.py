"""What the clocks are read from: policies, pauses, deputies; and the lists of them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import bindparam, select
from sqlmodel import col

from services.referrals.domain.clocks import DayKind, Pause, Policy
from services.referrals.storage.tables.clocks import (
    ClockPolicyRow,
    DeputyshipRow,
)
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement, table_of
from shared.database.transaction import Transaction
from shared.database.views import View
from shared.kernel.errors import NotFound

P, D = ClockPolicyRow, DeputyshipRow
_POLICY_IN_FORCE = Statement(
    select(table_of(P))
    .where(
        col(P.mode) == bindparam("mode"),
        col(P.service_code).in_(["", bindparam("service_code")]),
        col(P.valid_from) <= bindparam("day"),
    )
    # Terms of one service go before those of all.
    .order_by(col(P.service_code).desc(), col(P.valid_from).desc())
    .limit(1)
)
# Whoever ends it may have looked at the clock before waiting for whoever began it.
_END_PAUSE = Statement(
    "update clock_pause set ended_at = greatest(:at, began_at)"
    " where referral_id = :key and ended_at is null"
)
_PAUSES = Statement(
    "select began_at, ended_at from clock_pause where referral_id = :key"
    " and ended_at is not null and began_at >= :since order by began_at"
)
_DEPUTYSHIP_FOR_UPDATE = Statement(
    select(table_of(D)).where(col(D.id) == bindparam("key")).with_for_update()
)
_DEPUTY = Statement("""
select d.deputy from recipient_record r
  join deputyship d on d.tenant_id = r.tenant_id and d.unit_id = r.unit_id
   and d.principal = r.assignee and d.from_on <= :day and d.to_on >= :day
 where r.id = :key order by d.from_on desc, d.id limit 1""")
_KEEP_ASSIGNEE = Statement("""
insert into recipient_record (id, tenant_id, unit_id, assignee, assigned_at)
values (:key, :tenant_id, :unit_id, :assignee, :at)
on conflict (id) do update set assignee = excluded.assignee, assigned_at = excluded.assigned_at,
                               escalated_to = null""")
_KEEP_ESCALATION = Statement("update recipient_record set escalated_to = :to where id = :key")
_FORGET_RECIPIENT = Statement(
    "delete from recipient_record where id = :key and tenant_id = :tenant_id and unit_id = :unit_id"
)

_POLICY: tuple[Any, ...] = (
    col(P.id),
    col(P.mode),
    col(P.service_code),
    col(P.day_kind),
    col(P.remind_unpulled),
    col(P.expire_unpulled),
    col(P.remind_unanswered),
    col(P.escalate_unanswered),
    col(P.valid_from),
    col(P.created_at),
)
POLICY_VIEW = View(select(*_POLICY).where(col(P.id) == bindparam("policy_id")))
POLICY_LIST = ListView(
    select(*_POLICY),
    filters={
        "mode": Filter(col(P.mode), str, ("eq", "in")),
        "serviceCode": Filter(col(P.service_code), str, ("eq", "in")),
    },
    sorts={"validFrom": "valid_from", "createdAt": "created_at"},
    default_sort="-validFrom",
)
_DEPUTYSHIP: tuple[Any, ...] = (
    col(D.id),
    col(D.version),
    col(D.principal),
    col(D.deputy),
    col(D.from_on),
    col(D.to_on),
    col(D.created_at),
    col(D.updated_at),
)
_LOG = ReadLog("deputyship")
DEPUTYSHIP_VIEW = View(
    select(*_DEPUTYSHIP).where(col(D.id) == bindparam("deputyship_id")), log=_LOG
)
DEPUTYSHIP_LIST = ListView(
    select(*_DEPUTYSHIP),
    filters={
        "principal": Filter(col(D.principal), str, ("eq",)),
        "deputy": Filter(col(D.deputy), str, ("eq",)),
        "toOn": Filter(col(D.to_on), date.fromisoformat, ("gte", "lt")),
    },
    sorts={"fromOn": "from_on", "toOn": "to_on"},
    default_sort="-fromOn",
    log=_LOG,
)


async def find_policy(tx: Transaction, *, mode: str, service_code: str, day: date) -> Policy | None:
    """The terms of this type in force on that day, those of the very service first."""
    row = await tx.row(_POLICY_IN_FORCE, mode=mode, service_code=service_code, day=day)
    if row is None:
        return None
    return Policy(
        day_kind=DayKind(row["day_kind"]),
        remind_unpulled=row["remind_unpulled"],
        expire_unpulled=row["expire_unpulled"],
        remind_unanswered=row["remind_unanswered"],
        escalate_unanswered=row["escalate_unanswered"],
    )


async def end_pause(tx: Transaction, referral_id: UUID, at: datetime) -> None:
    await tx.execute(_END_PAUSE, key=referral_id, at=at)


async def pauses_since(tx: Transaction, referral_id: UUID, since: datetime) -> list[Pause]:
    """The pauses that have ended, of the clock that began at `since`."""
    rows = await tx.rows(_PAUSES, key=referral_id, since=since)
    return [Pause(row["began_at"], row["ended_at"]) for row in rows]


async def deputyship_for_update(tx: Transaction, deputyship_id: UUID) -> asyncpg.Record:
    """Lock one deputyship until commit. Raises NotFound."""
    row = await tx.row(_DEPUTYSHIP_FOR_UPDATE, key=deputyship_id)
    if row is None:
        raise NotFound
    return row


async def find_deputy(tx: Transaction, referral_id: UUID, day: date) -> str | None:
    """Who stands in on that day for the person the recipient's unit has assigned."""
    found: str | None = await tx.value(_DEPUTY, key=referral_id, day=day)
    return found


async def keep_assignee(
    tx: Transaction, referral_id: UUID, assignee: str | None, at: datetime
) -> None:
    """For the recipient's own eyes."""
    await tx.execute(
        _KEEP_ASSIGNEE,
        key=referral_id,
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        assignee=assignee,
        at=at,
    )


async def keep_escalation(tx: Transaction, referral_id: UUID, deputy: str) -> None:
    await tx.execute(_KEEP_ESCALATION, key=referral_id, to=deputy)


async def forget_recipient(tx: Transaction, referral_id: UUID) -> None:
    """What the caller's unit noted for itself, once the referral is another unit's."""
    await tx.execute(
        _FORGET_RECIPIENT,
        key=referral_id,
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
    )
