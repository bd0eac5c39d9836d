"""What the day does to deadlines: they appear, move, come near, are missed or are done."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.funding.domain.allocation_lifecycle import AllocationState
from services.funding.domain.award_lifecycle import AwardState
from services.funding.domain.deadlines import (
    PASSING_KINDS,
    RECORDED_KINDS,
    AllocationDates,
    AwardDates,
    Deadline,
    DeadlineIsComputed,
    DeadlineIsDone,
    DeadlineKind,
    SubjectKind,
    deadlines_of_allocation,
    deadlines_of_award,
    is_near,
)
from services.funding.domain.events.deadlines import DeadlineMissed, DeadlineNear
from services.funding.domain.programme import LEGAL_FORMS, LegalForm
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.storage.queries.deadlines import (
    ALLOCATION_DATES,
    AWARD_DATES,
    DEADLINE_FOR_UPDATE,
    DEADLINE_VIEW,
    DEADLINES,
    KEEPING_LOCK,
    OPEN_DEADLINES,
    SUBJECT_EXISTS,
)
from services.funding.storage.tables import DeadlineRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.messaging.envelope import DomainEvent
from shared.service.writes import Answer

APPLIED_LINES = sorted(
    line.value for line, form in LEGAL_FORMS.items() if form is LegalForm.ZUWENDUNG_RICHTLINIE
)


async def keep_deadlines(tx: Transaction, today: date, warn_days: int) -> None:
    """Bring the tenant's deadlines up to the day; each is told once as near and once as missed."""
    await tx.execute(KEEPING_LOCK, tenant_id=tx.caller.tenant_id)
    instant = now()
    wanted = {(one.subject_id, one.kind): one for one in await _computed(tx, today)}
    known = {
        (row["subject_id"], DeadlineKind(row["kind"])): row for row in await tx.rows(DEADLINES)
    }
    for key, deadline in wanted.items():
        row = known.get(key)
        if row is None:
            await insert_deadline(tx, deadline, instant)
        elif row["done_at"] is None:
            await _follow(tx, row, deadline, instant)
    for key, row in known.items():
        if key not in wanted and row["done_at"] is None and key[1] not in RECORDED_KINDS:
            await _set(tx, row, instant, done_at=instant)
    for row in await tx.rows(OPEN_DEADLINES):
        await _tell(tx, row, today, warn_days, instant)


async def record_deadline(tx: Transaction, deadline: Deadline) -> Answer:
    """A deadline that only a person knows: when the facts were known, when money came.

    Raises DeadlineIsComputed, NotFound; 409 where there is one already.
    """
    if deadline.kind not in RECORDED_KINDS:
        raise DeadlineIsComputed(kind=deadline.kind.value)
    subject = {"subject_id": deadline.subject_id, "kind": deadline.subject_kind.value}
    if not await tx.value(SUBJECT_EXISTS, **subject):
        raise NotFound
    deadline_id = await insert_deadline(tx, deadline, now())
    await leave_trace(
        tx,
        action="record-deadline",
        kind="deadline",
        record_id=deadline_id,
        changes={"kind": deadline.kind.value},
    )
    location = f"/v1/deadlines/{deadline_id}"
    return await answer_with(tx, DEADLINE_VIEW, location, deadline_id=deadline_id)


async def complete_deadline(
    tx: Transaction, deadline_id: UUID, expected_version: int | None
) -> Answer:
    """Somebody says that it is done. Raises NotFound, the refusals of versions, DeadlineIsDone."""
    row = await tx.row(DEADLINE_FOR_UPDATE, deadline_id=deadline_id)
    if row is None:
        raise NotFound
    require_version(row["version"], expected_version)
    if row["done_at"] is not None:
        raise DeadlineIsDone
    await _set(tx, row, now(), done_at=now(), done_by=tx.caller.actor)
    await leave_trace(tx, action="complete-deadline", kind="deadline", record_id=deadline_id)
    return await answer_with(tx, DEADLINE_VIEW, deadline_id=deadline_id)


async def insert_deadline(tx: Transaction, deadline: Deadline, instant: datetime) -> UUID:
    deadline_id = new_id()
    await tx.insert(
        DeadlineRow,
        id=deadline_id,
        version=1,
        created_at=instant,
        updated_at=instant,
        subject_kind=deadline.subject_kind.value,
        subject_id=deadline.subject_id,
        kind=deadline.kind.value,
        stated_on=deadline.stated_on,
        due_on=deadline.due_on,
        done_at=instant if deadline.is_done else None,
    )
    return deadline_id


async def _computed(tx: Transaction, today: date) -> list[Deadline]:
    awards = await tx.rows(AWARD_DATES, applied_lines=APPLIED_LINES)
    allocations = await tx.rows(ALLOCATION_DATES)
    return [
        *(one for row in awards for one in deadlines_of_award(_award(row), today)),
        *(one for row in allocations for one in deadlines_of_allocation(_allocation(row))),
    ]


async def _follow(
    tx: Transaction, row: asyncpg.Record, deadline: Deadline, instant: datetime
) -> None:
    """Where the day was moved, it is told anew."""
    if deadline.is_done:
        await _set(tx, row, instant, done_at=instant)
    elif row["stated_on"] != deadline.stated_on:
        await _set(
            tx,
            row,
            instant,
            stated_on=deadline.stated_on,
            due_on=deadline.due_on,
            warned_at=None,
            missed_at=None,
        )


async def _tell(
    tx: Transaction, row: asyncpg.Record, today: date, warn_days: int, instant: datetime
) -> None:
    is_over = row["due_on"] < today
    about: dict[str, Any] = {
        "tenant_id": tx.caller.tenant_id,
        "deadline_id": row["id"],
        "kind": DeadlineKind(row["kind"]),
        "subject_kind": SubjectKind(row["subject_kind"]),
        "subject_id": row["subject_id"],
        "due_on": row["due_on"],
    }
    if is_over and DeadlineKind(row["kind"]) in PASSING_KINDS:
        await _set(tx, row, instant, done_at=instant)
    elif is_over and row["missed_at"] is None:
        await _set(tx, row, instant, missed_at=instant)
        await _trace(tx, row, "miss-deadline", DeadlineMissed(**about))
    elif is_near(row["due_on"], today, warn_days) and row["warned_at"] is None:
        await _set(tx, row, instant, warned_at=instant)
        await _trace(tx, row, "warn-of-deadline", DeadlineNear(**about))


async def _trace(tx: Transaction, row: asyncpg.Record, action: str, event: DomainEvent) -> None:
    await leave_trace(tx, action=action, kind="deadline", record_id=row["id"], events=(event,))


async def _set(tx: Transaction, row: asyncpg.Record, instant: datetime, **columns: object) -> None:
    version = row["version"] + 1
    await tx.update(DeadlineRow, row["id"], version=version, updated_at=instant, **columns)


def _award(row: asyncpg.Record) -> AwardDates:
    return AwardDates(
        award_id=row["id"],
        fiscal_year=row["fiscal_year"],
        state=AwardState(row["state"]),
        valid_to=row["valid_to"],
        notified_on=row["notified_on"],
        proof_due_on=row["proof_due_on"],
        proof_accepted_on=row["proof_accepted_on"],
        is_applied_for=row["is_applied_for"],
        has_successor=row["has_successor"],
    )


def _allocation(row: asyncpg.Record) -> AllocationDates:
    return AllocationDates(row["id"], AllocationState(row["state"]), row["proof_due_on"])
