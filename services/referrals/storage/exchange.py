"""Amendments and messages: the next number, and the lists that both sides read."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, select
from sqlmodel import col

from services.referrals.storage.tables.exchange import AmendmentRow, MessageRow
from shared.database.gate import ReadLog
from shared.database.lists import ListView
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.database.views import View

A, M = AmendmentRow, MessageRow
# Counted under the lock of the referral, so that no number is given twice.
_NEXT_AMENDMENT = Statement(
    "select coalesce(max(number), 0) + 1 from referral_amendment where referral_id = :key"
)
_NEXT_MESSAGE = Statement(
    "select coalesce(max(number), 0) + 1 from referral_message where referral_id = :key"
)
_MARK_READ = Statement(
    "update referral_message set read_at = :at where referral_id = :key and number <= :number"
    " and author_unit <> :unit and read_at is null"
)
_OF_THE_REFERRAL: BindParameter[Any] = bindparam("referral_id")
AMENDMENT: tuple[Any, ...] = (
    col(A.id),
    col(A.number),
    col(A.at),
    col(A.actor_unit),
    col(A.reason),
    col(A.changed_fields),
    col(A.version_before),
    col(A.version_after),
    col(A.digest_before),
    col(A.digest_after),
)
AMENDMENT_LIST = ListView(
    select(*AMENDMENT, col(A.referral_id)).where(col(A.referral_id) == _OF_THE_REFERRAL),
    filters={},
    sorts={"number": "number"},
    default_sort="number",
    log=ReadLog("referral", column="referral_id"),
)
MESSAGE: tuple[Any, ...] = (
    col(M.id),
    col(M.referral_id),
    col(M.number),
    col(M.at),
    col(M.author_unit),
    col(M.side),
    col(M.body),
    col(M.read_at),
)
MESSAGE_LIST = ListView(
    select(*MESSAGE).where(col(M.referral_id) == _OF_THE_REFERRAL),
    filters={},
    sorts={"number": "number"},
    default_sort="number",
    log=ReadLog("referral-message"),
)
# Without its text: what a write answers is kept with its key, longer perhaps than the thread.
POSTED_VIEW = View(
    select(*(column for column in MESSAGE if column.key != "body")).where(
        col(M.id) == bindparam("message_id")
    ),
    log=ReadLog("referral-message"),
)


async def next_amendment(tx: Transaction, referral_id: UUID) -> int:
    number: int = await tx.value(_NEXT_AMENDMENT, key=referral_id)
    return number


async def next_message(tx: Transaction, referral_id: UUID) -> int:
    number: int = await tx.value(_NEXT_MESSAGE, key=referral_id)
    return number


async def mark_read(tx: Transaction, referral_id: UUID, number: int, at: datetime) -> int:
    """What the other side wrote, up to this number; how many were not read before."""
    return await tx.execute(
        _MARK_READ, key=referral_id, number=number, at=at, unit=tx.caller.unit_id
    )
