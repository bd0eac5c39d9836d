"""Part a family, or put two together: members and cases from a day on, whole or not at all."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.domain.errors import FamilyUnknown
from services.cases.domain.events import FamiliesJoined, FamilySplit
from services.cases.domain.families import (
    FamilyCase,
    JoinImpossible,
    PresentMember,
    Split,
    cohort_after_join,
    require_effective,
)
from services.cases.operations.compose_family import (
    ChangeFamily,
    family_answer,
    lock_family,
    require_not_joined,
)
from services.cases.operations.on_case import (
    ENDED,
    advance_case,
    file_columns,
    require_unrestricted,
)
from services.cases.storage.queries.families import (
    CASES_OF_FAMILY_FOR_UPDATE,
    FAMILY_FOR_UPDATE,
    PRESENT_MEMBERS,
)
from services.cases.storage.tables import (
    AuditEntry,
    FamilyMemberRow,
    FamilyMoveRow,
    FamilyRow,
    OutboxMessage,
)
from shared.audit.entries import record_changes
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.ids import new_id
from shared.messaging.outbox import record_event
from shared.service.writes import Answer


async def split_family(tx: Transaction, change: ChangeFamily, split: Split) -> Answer:
    """The new family, of the members who leave, in their roles, with the cases that go along.

    Both have the arrival cohort: they arrived as one. Raises NotFound, Stale, FamilyIsJoined,
    ProcessingIsRestricted and what `Split.check` raises.
    """
    family = await lock_family(tx, change)
    members = await tx.rows(PRESENT_MEMBERS, family_id=family["id"])
    cases = await tx.rows(CASES_OF_FAMILY_FOR_UPDATE, family_id=family["id"])
    split.check(
        map(_present, members),
        (FamilyCase(row["id"], row["client_id"], row["state"] not in ENDED) for row in cases),
        today=berlin_date(now()),
    )
    new_family = await _insert_split_off(tx, family)
    leaving = [row for row in members if row["id"] in split.member_ids]
    await _move_members(tx, leaving, new_family, split.effective_on)
    moving = [row for row in cases if row["id"] in split.moving_case_ids]
    await _move_cases(tx, moving, family["id"], new_family, split.effective_on)
    await tx.update(FamilyRow, family["id"], version=family["version"] + 1, updated_at=now())
    await _log(tx, "split-family", [family["id"], new_family], moving)
    event = FamilySplit(
        family_id=family["id"],
        new_family_id=new_family,
        case_ids=tuple(row["id"] for row in moving),
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        effective_on=split.effective_on,
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=family["id"])
    return await family_answer(tx, new_family)


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """`other_id` ends in the changed family; `other_version` is the one that was seen.

    `arrival_cohort` must be told where the two differ.
    """

    other_id: UUID
    other_version: int
    effective_on: date
    arrival_cohort: str | None = None
    is_cohort_told: bool = False


async def join_families(tx: Transaction, change: ChangeFamily, join: Join) -> Answer:
    """The family with the members and all cases of the other one, which stays as history.

    Raises NotFound, Stale, FamilyUnknown, FamilyIsJoined, JoinImpossible, DateInFuture,
    EndsBeforeItBegins, ArrivalCohortsDiffer, ProcessingIsRestricted.
    """
    family, other = await _lock_both(tx, change, join)
    cohort = cohort_after_join(
        family["arrival_cohort"],
        other["arrival_cohort"],
        join.arrival_cohort,
        is_told=join.is_cohort_told,
    )
    coming = await tx.rows(PRESENT_MEMBERS, family_id=other["id"])
    require_effective(join.effective_on, map(_present, coming), today=berlin_date(now()))
    here = {row["person_id"] for row in await tx.rows(PRESENT_MEMBERS, family_id=family["id"])}
    await _move_members(tx, coming, family["id"], join.effective_on, already_there=here)
    cases = await tx.rows(CASES_OF_FAMILY_FOR_UPDATE, family_id=other["id"])
    await _move_cases(tx, cases, other["id"], family["id"], join.effective_on)
    instant = now()
    await tx.update(
        FamilyRow,
        family["id"],
        version=family["version"] + 1,
        updated_at=instant,
        arrival_cohort=cohort,
    )
    await tx.update(
        FamilyRow,
        other["id"],
        version=other["version"] + 1,
        updated_at=instant,
        joined_into_id=family["id"],
        joined_on=join.effective_on,
    )
    await _log(tx, "join-families", [family["id"], other["id"]], cases)
    event = FamiliesJoined(
        family_id=family["id"],
        joined_family_id=other["id"],
        case_ids=tuple(row["id"] for row in cases),
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        effective_on=join.effective_on,
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=family["id"])
    return await family_answer(tx, family["id"])


async def _lock_both(
    tx: Transaction, change: ChangeFamily, join: Join
) -> tuple[asyncpg.Record, asyncpg.Record]:
    # Always locked in the same order: two people joining the same pair wait, they do not deadlock.
    found = {
        family_id: await tx.row(FAMILY_FOR_UPDATE, family_id=family_id)
        for family_id in sorted({change.family_id, join.other_id})
    }
    family, other = await lock_family(tx, change), found[join.other_id]
    if other is None:
        raise FamilyUnknown
    if family["id"] == other["id"]:
        raise JoinImpossible
    require_version(other["version"], join.other_version)
    require_not_joined(other)
    return family, other


def _present(row: asyncpg.Record) -> PresentMember:
    return PresentMember(row["id"], row["person_id"], row["from_on"])


async def _insert_split_off(tx: Transaction, family: asyncpg.Record) -> UUID:
    family_id, instant = new_id(), now()
    await tx.insert(
        FamilyRow,
        id=family_id,
        unit_id=tx.caller.unit_id,
        arrival_cohort=family["arrival_cohort"],
        split_from_id=family["id"],
        version=1,
        created_at=instant,
        updated_at=instant,
    )
    return family_id


async def _move_members(
    tx: Transaction,
    members: list[asyncpg.Record],
    family_id: UUID,
    effective_on: date,
    *,
    already_there: set[Any] | None = None,
) -> None:
    there = set(already_there or ())
    for member in members:
        await tx.update(FamilyMemberRow, member["id"], to_on=effective_on - timedelta(days=1))
        if member["person_id"] in there:
            continue
        there.add(member["person_id"])
        await tx.insert(
            FamilyMemberRow,
            id=new_id(),
            unit_id=tx.caller.unit_id,
            family_id=family_id,
            person_id=member["record_id"],
            role=member["role"],
            from_on=effective_on,
        )


async def _move_cases(
    tx: Transaction,
    cases: list[asyncpg.Record],
    from_family: UUID,
    to_family: UUID,
    effective_on: date,
) -> None:
    for case in cases:
        require_unrestricted(case)
        await tx.insert(
            FamilyMoveRow,
            **file_columns(tx, case),
            from_family_id=from_family,
            to_family_id=to_family,
            effective_on=effective_on,
        )
        await advance_case(tx, case, "move-to-family", family_id=to_family)


async def _log(
    tx: Transaction, action: str, family_ids: list[UUID], cases: list[asyncpg.Record]
) -> None:
    moved = {"caseIds": [str(case["id"]) for case in cases]}
    await record_changes(
        tx, AuditEntry, action=action, kind="family", record_ids=family_ids, changes=moved
    )
