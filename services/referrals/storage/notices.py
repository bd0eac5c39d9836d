"""Counter-proposals and notices: the rows for the next step and the published views."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import bindparam, select
from sqlmodel import col

from services.referrals.storage.tables.notices import CounterProposalRow, NoticeRow
from shared.database.filter_values import yes_or_no
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement, table_of
from shared.database.transaction import Transaction
from shared.database.views import View
from shared.kernel.errors import NotFound

C, N = CounterProposalRow, NoticeRow
_PROPOSAL = Statement(select(table_of(C)).where(col(C.id) == bindparam("key")).with_for_update())
_NOTICE = Statement(select(table_of(N)).where(col(N.id) == bindparam("key")))
_OPEN_NOTICE = Statement(
    "select id from notice where referral_id = :key and kind = :kind and acknowledged_at is null"
)
_CLOSE_PROPOSAL = Statement(
    "update counter_proposal set state = :state, answered_at = :at where id = :key"
)
PROPOSAL: tuple[Any, ...] = (
    col(C.id),
    col(C.referral_id),
    col(C.service_code),
    col(C.starts_on),
    col(C.note_code),
    col(C.state),
    col(C.proposed_by_unit),
    col(C.created_at),
    col(C.answered_at),
)
PROPOSAL_LIST = ListView(
    select(*PROPOSAL).where(col(C.referral_id) == bindparam("referral_id")),
    filters={"state": Filter(col(C.state), str, ("eq", "in"))},
    sorts={"createdAt": "created_at"},
    default_sort="createdAt",
    log=ReadLog("referral", column="referral_id"),
)
_NOTICES: tuple[Any, ...] = (
    col(N.id),
    col(N.version),
    col(N.referral_id),
    col(N.sender_unit),
    col(N.recipient_unit),
    col(N.kind),
    col(N.fields),
    col(N.raised_at),
    col(N.answer_by),
    col(N.escalated_at),
    col(N.acknowledged_at),
    col(N.answer),
    col(N.updated_at),
)
_LOG = ReadLog("notice")
NOTICE_VIEW = View(select(*_NOTICES).where(col(N.id) == bindparam("notice_id")), log=_LOG)


NOTICE_LIST = ListView(
    select(*_NOTICES),
    filters={
        "id": Filter(col(N.id), UUID, ("eq", "in")),
        "referralId": Filter(col(N.referral_id), UUID, ("eq", "in")),
        "kind": Filter(col(N.kind), str, ("eq", "in")),
        "senderUnit": Filter(col(N.sender_unit), str, ("eq", "in")),
        "recipientUnit": Filter(col(N.recipient_unit), str, ("eq", "in")),
        "isOpen": Filter(col(N.acknowledged_at).is_(None), yes_or_no),
        "isEscalated": Filter(col(N.escalated_at).is_not(None), yes_or_no),
        "updatedAt": Filter(col(N.updated_at), datetime.fromisoformat, ("gte", "lt")),
    },
    sorts={
        "raisedAt": "raised_at",
        "answerBy": "answer_by",
        "updatedAt": "updated_at",
        "id": "id",
    },
    default_sort="-raisedAt",
    log=_LOG,
)


async def proposal_for_update(tx: Transaction, proposal_id: UUID) -> asyncpg.Record:
    row = await tx.row(_PROPOSAL, key=proposal_id)
    assert row is not None
    return row


async def close_proposal(tx: Transaction, proposal_id: UUID, state: str, at: datetime) -> None:
    await tx.execute(_CLOSE_PROPOSAL, key=proposal_id, state=state, at=at)


async def find_notice(tx: Transaction, notice_id: UUID) -> asyncpg.Record:
    """Raises NotFound where this caller can see none."""
    row = await tx.row(_NOTICE, key=notice_id)
    if row is None:
        raise NotFound
    return row


async def is_notice_open(tx: Transaction, referral_id: UUID, kind: str) -> bool:
    return await tx.value(_OPEN_NOTICE, key=referral_id, kind=kind) is not None


async def find_open_notice(tx: Transaction, referral_id: UUID, kind: str) -> UUID:
    """The one of this kind that waits for an answer; there is one."""
    found: UUID = await tx.value(_OPEN_NOTICE, key=referral_id, kind=kind)
    return found
