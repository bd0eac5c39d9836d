"""A record that the source has delivered before: what it says now is compared with what it said
the last time, so that a change by hand outlives every delivery that says nothing new.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.domain.area import Ags
from services.cases.domain.choices import FamilyRole, Gender
from services.cases.domain.codes import ARRIVAL_COHORTS
from services.cases.domain.external_ids import (
    DeliveredWayDiffers,
    ExternalKind,
    MemberHasNoNumber,
)
from services.cases.domain.people import clean_languages
from services.cases.operations.import_rows import (
    PERSON_FIELDS,
    PLAIN_FIELDS,
    WAY_FIELDS,
    ImportRow,
    case_values,
    member_numbers,
    membership,
    new_person,
    person_values,
    require_clear,
)
from services.cases.operations.known_person import require_not_merged
from services.cases.operations.on_case import require_open
from services.cases.operations.open_case import NewMember
from services.cases.operations.record_delivery import (
    KnownPersons,
    KnownRecord,
    Source,
    record_delivery,
)
from services.cases.operations.record_person import PersonParticulars, write_person
from services.cases.storage.queries.deliveries import CASE_TO_DELIVER, SET_COHORT
from services.cases.storage.queries.people import PERSON_FOR_UPDATE
from services.cases.storage.tables import AuditEntry, CaseRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.kernel.text import camel

WAY = frozenset(camel(name) for name in WAY_FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Which version the sender has seen; an import has seen none and may change nevertheless."""

    version: int | None = None
    is_required: bool = False

    def require(self, actual: int) -> None:
        """Raises VersionMissing (428) or Stale (412)."""
        if self.is_required:
            require_version(actual, self.version)


UNSEEN = Seen()


def changed_names(now_told: dict[str, Any], known: KnownRecord) -> set[str]:
    """What the source says otherwise than the last time; of a record that came without values
    (an older installation kept none) everything that is told.
    """
    before = known.values or {}
    names = now_told.keys() | before.keys()
    return {name for name in names if now_told.get(name) != before.get(name)}


async def deliver_person(
    tx: Transaction,
    source: Source,
    known: KnownRecord,
    person: PersonParticulars,
    *,
    seen: Seen = UNSEEN,
) -> bool:
    """Whether anything changed. Raises PersonIsMerged (409) and what `person_columns` raises."""
    told = person_values(person)
    changed = changed_names(told, known)
    if not changed:
        return False
    before = await tx.row(PERSON_FOR_UPDATE, person_id=known.id)
    assert before is not None
    seen.require(before["version"])
    require_not_merged(before)
    merged = {
        name: getattr(person, name) if camel(name) in changed else _stored(before[name])
        for name in PERSON_FIELDS
    }
    merged["gender"] = Gender(merged["gender"])
    await write_person(tx, before, PersonParticulars(**merged))
    await record_delivery(tx, source, ExternalKind.PERSON, known.id, told)
    return True


async def deliver_case(
    tx: Transaction,
    source: Source,
    row: ImportRow,
    known: KnownRecord,
    persons: KnownPersons,
    *,
    today: date,
    seen: Seen = UNSEEN,
) -> tuple[bool, tuple[UUID, ...]]:
    """Whether anything changed, of the case or of its people, and the ids of the people.

    Raises DeliveredWayDiffers, CaseIsNotOpen, ProcessingIsRestricted (409), MemberHasNoNumber
    (422), VersionMissing, Stale and what new rows are refused for.
    """
    told = case_values(row)
    changed = changed_names(told, known)
    if known.values is None:
        changed -= {*WAY, "members"}
    if changed or _has_news(row, persons):
        case = await tx.row(CASE_TO_DELIVER, case_id=known.id)
        assert case is not None
        seen.require(case["version"])
        require_clear(row, today)
        if changed:
            if known.values is not None:
                _require_same_way(changed, told, known)
            require_open(case)
            await _write_case(tx, case, row, changed, today)
            await record_delivery(tx, source, ExternalKind.CASE, known.id, told)
    is_changed, person_ids = bool(changed), []
    for member, number in zip(row.members, member_numbers(row), strict=True):
        if number is None:
            continue
        if number in persons:
            is_news = await deliver_person(tx, source, persons[number], member.person)
            person_ids.append(persons[number].id)
            is_changed = is_news or is_changed
            if changed and known.values is not None:
                role = member.role
                await _join(tx, known, persons[number], number, role=role, from_on=row.opened_on)
        elif known.values is not None:
            person_ids.append(await _add_member(tx, source, row, member, number, known, today))
    return is_changed, tuple(person_ids)


def says_nothing_new(row: ImportRow, known: KnownRecord, persons: KnownPersons) -> bool:
    """Whether the row is what the source said the last time, of the case and of its people."""
    numbers = [number for number in member_numbers(row) if number is not None]
    return (
        not changed_names(case_values(row), known)
        and not _has_news(row, persons)
        and all(number in persons for number in numbers)
    )


def _has_news(row: ImportRow, persons: KnownPersons) -> bool:
    return any(
        number in persons and changed_names(person_values(member.person), persons[number])
        for member, number in zip(row.members, member_numbers(row), strict=True)
        if number is not None
    )


def _require_same_way(changed: set[str], told: dict[str, Any], known: KnownRecord) -> None:
    if not changed.isdisjoint(WAY):
        raise DeliveredWayDiffers(fields=sorted(changed.intersection(WAY)))
    if _without_number(told) != _without_number(known.values or {}):
        raise MemberHasNoNumber


def _without_number(values: dict[str, Any]) -> list[dict[str, Any]]:
    """Who cannot be told apart from the others: only all of them as they were are accepted."""
    return [member for member in values.get("members", ()) if "digest" in member]


async def _write_case(
    tx: Transaction, case: asyncpg.Record, row: ImportRow, changed: set[str], today: date
) -> None:
    columns = {name: getattr(row, name) for name in PLAIN_FIELDS if camel(name) in changed}
    if columns.get("municipality_ags"):
        Ags.parse(columns["municipality_ags"])
    if columns.get("language"):
        clean_languages((columns["language"],))
    if "arrivalCohort" in changed and case["family_id"] is not None:
        cohort = row.arrival_cohort and ARRIVAL_COHORTS.choose(row.arrival_cohort, today)
        await tx.execute(SET_COHORT, family_id=case["family_id"], arrival_cohort=cohort)
    await tx.update(CaseRow, case["id"], version=case["version"] + 1, updated_at=now(), **columns)
    await record_change(
        tx,
        AuditEntry,
        action="deliver-case",
        kind="case",
        record_id=case["id"],
        changes={"fields": sorted(changed)},
    )


async def _add_member(
    tx: Transaction,
    source: Source,
    row: ImportRow,
    member: NewMember,
    number: str,
    known: KnownRecord,
    today: date,
) -> UUID:
    """Somebody whom the source did not name before joins the family of the case."""
    if known.family_id is None:
        raise MemberHasNoNumber
    person_id, caller = new_id(), tx.caller
    made = new_person(member, number, person_id, caller, source, today=today)
    made.append(membership(known.family_id, person_id, member.role, row.opened_on, caller))
    for table, values in made:
        await tx.insert(table, **values)
    await record_change(tx, AuditEntry, action="deliver-person", kind="person", record_id=person_id)
    return person_id


async def _join(
    tx: Transaction,
    case: KnownRecord,
    person: KnownRecord,
    number: str,
    *,
    role: FamilyRole,
    from_on: date,
) -> None:
    """A person known from elsewhere, whom the source names in this case for the first time, joins
    its family; whom it named before stays where the unit has put them since.
    """
    named = {one.get("externalId") for one in (case.values or {}).get("members", ())}
    if number in named or (case.family_id and person.family_id == case.family_id):
        return
    if case.family_id is None:
        raise MemberHasNoNumber
    table, values = membership(case.family_id, person.present_id, role, from_on, tx.caller)
    await tx.insert(table, **values)
    await record_change(
        tx, AuditEntry, action="join-family", kind="person", record_id=person.present_id
    )


def _stored(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
