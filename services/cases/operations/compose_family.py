"""Compose a family, the counting unit of counselling, and keep its members."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from services.cases.domain.choices import FamilyRole
from services.cases.domain.codes import ARRIVAL_COHORTS
from services.cases.domain.errors import MembershipEnded
from services.cases.domain.families import AlreadyMember, EndsBeforeItBegins, FamilyIsJoined
from services.cases.operations.known_person import require_person
from services.cases.storage.queries.families import (
    FAMILY_FOR_UPDATE,
    FAMILY_MEMBER,
    FAMILY_VIEW,
    PRESENT_FAMILY_OF_PERSON,
    PRESENT_MEMBERS,
)
from services.cases.storage.tables import AuditEntry, FamilyMemberRow, FamilyRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    person_id: UUID
    role: FamilyRole
    from_on: date


async def insert_family(
    tx: Transaction, members: tuple[Member, ...], arrival_cohort: str | None
) -> UUID:
    """A family of this unit's persons.

    Raises PersonUnknown, PersonIsMerged, AlreadyMember, CodeUnknown, CodeNotValid.
    """
    family_id, instant = new_id(), now()
    cohort = arrival_cohort and ARRIVAL_COHORTS.choose(arrival_cohort, berlin_date(instant))
    await tx.insert(
        FamilyRow,
        id=family_id,
        unit_id=tx.caller.unit_id,
        arrival_cohort=cohort,
        version=1,
        created_at=instant,
        updated_at=instant,
    )
    for member in members:
        await _insert_member(tx, family_id, member)
    await record_change(tx, AuditEntry, action="compose-family", kind="family", record_id=family_id)
    return family_id


async def family_of(tx: Transaction, person_id: UUID) -> UUID:
    """The person's present family; somebody alone is a family of one, because families are what
    counselling counts. Raises PersonUnknown.
    """
    while known := await tx.value(PRESENT_FAMILY_OF_PERSON, person_id=person_id):
        # Locked, and asked again: the person may have gone to another family meanwhile.
        await tx.row(FAMILY_FOR_UPDATE, family_id=known)
        if known == await tx.value(PRESENT_FAMILY_OF_PERSON, person_id=person_id):
            return UUID(str(known))
    alone = Member(person_id=person_id, role=FamilyRole.CLIENT, from_on=berlin_date(now()))
    return await insert_family(tx, (alone,), None)


async def compose_family(
    tx: Transaction, members: tuple[Member, ...], arrival_cohort: str | None
) -> Answer:
    return await family_answer(tx, await insert_family(tx, members, arrival_cohort))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFamily:
    family_id: UUID
    expected_version: int | None


async def set_arrival_cohort(
    tx: Transaction, command: ChangeFamily, arrival_cohort: str | None
) -> Answer:
    """Record or take back what the family told. Raises NotFound, Stale, CodeUnknown."""
    family = await lock_family(tx, command)
    cohort = arrival_cohort and ARRIVAL_COHORTS.choose(arrival_cohort, berlin_date(now()))
    return await _advance(tx, family, "set-arrival-cohort", arrival_cohort=cohort)


async def add_member(tx: Transaction, command: ChangeFamily, member: Member) -> Answer:
    """Raises NotFound, Stale, FamilyIsJoined, PersonUnknown, PersonIsMerged, AlreadyMember."""
    family = await lock_family(tx, command)
    await _insert_member(tx, command.family_id, member)
    return await _advance(tx, family, "add-family-member")


async def end_membership(
    tx: Transaction, command: ChangeFamily, member_id: UUID, to_on: date
) -> Answer:
    """`to_on` is the last day. Raises NotFound, Stale, MembershipEnded, EndsBeforeItBegins."""
    family = await lock_family(tx, command)
    member = await tx.row(FAMILY_MEMBER, member_id=member_id)
    if member is None or member["family_id"] != command.family_id:
        raise NotFound
    if member["to_on"] is not None:
        raise MembershipEnded
    if to_on < member["from_on"]:
        raise EndsBeforeItBegins
    await tx.update(FamilyMemberRow, member_id, to_on=to_on)
    return await _advance(tx, family, "end-family-membership")


async def lock_family(tx: Transaction, command: ChangeFamily) -> asyncpg.Record:
    """The family, locked until commit. Raises NotFound, VersionMissing, Stale, FamilyIsJoined."""
    family = await tx.row(FAMILY_FOR_UPDATE, family_id=command.family_id)
    if family is None:
        raise NotFound
    require_version(family["version"], command.expected_version)
    require_not_joined(family)
    return family


def require_not_joined(family: asyncpg.Record) -> None:
    """Raises FamilyIsJoined, which names the family that goes on."""
    if family["joined_into_id"] is not None:
        raise FamilyIsJoined(joinedIntoId=str(family["joined_into_id"]))


async def _insert_member(tx: Transaction, family_id: UUID, member: Member) -> None:
    await require_person(tx, member.person_id)
    present = {row["person_id"] for row in await tx.rows(PRESENT_MEMBERS, family_id=family_id)}
    if member.person_id in present:
        raise AlreadyMember
    await tx.insert(
        FamilyMemberRow,
        id=new_id(),
        unit_id=tx.caller.unit_id,
        family_id=family_id,
        person_id=member.person_id,
        role=member.role.value,
        from_on=member.from_on,
    )


async def _advance(
    tx: Transaction, family: asyncpg.Record, action: str, **columns: str | None
) -> Answer:
    await tx.update(
        FamilyRow, family["id"], version=family["version"] + 1, updated_at=now(), **columns
    )
    await record_change(tx, AuditEntry, action=action, kind="family", record_id=family["id"])
    return await family_answer(tx, family["id"])


async def family_answer(tx: Transaction, family_id: UUID) -> Answer:
    document = await FAMILY_VIEW.one_in(tx, family_id=family_id)
    assert document is not None
    return Answer(document, f"/v1/families/{family_id}")
