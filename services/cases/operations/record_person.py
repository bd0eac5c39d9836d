"""Record a person of this unit, or change what is known of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.domain.choices import Gender
from services.cases.domain.codes import RESIDENCE_GROUPS
from services.cases.domain.double_care import match_keys
from services.cases.domain.external_ids import ExternalKind
from services.cases.domain.people import (
    BirthDate,
    PersonName,
    clean_languages,
    clean_nationalities,
)
from services.cases.domain.transliteration import KEYS_VERSION, keys_of_name
from services.cases.operations.known_person import require_not_merged
from services.cases.operations.record_delivery import note_hand_change
from services.cases.storage.queries.people import (
    PERSON_FOR_UPDATE,
    PERSON_VIEW,
    UPDATE_SEARCH_KEYS,
)
from services.cases.storage.tables import AuditEntry, PersonRow, PersonSearchRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.writes import Answer

NOT_RECORDED = "OTHER_UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonParticulars:
    """As told. `birth_date` is `1990-05-17`, `1990-05`, `1990` or None; the residence group is
    optional and never "no title" (R-A3).
    """

    family_name: str
    given_names: str
    original_name: str | None = None
    birth_date: str | None = None
    gender: Gender = Gender.NOT_RECORDED
    nationalities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    residence_group: str = NOT_RECORDED
    disputed_fields: tuple[str, ...] = ()


TOLD = frozenset(PersonParticulars.__dataclass_fields__)


def person_columns(person: PersonParticulars, *, today: date) -> dict[str, Any]:
    """The checked columns of a person.

    Raises NameUnacceptable, OriginalNameUnacceptable, BirthDateUnacceptable,
    NationalityUnacceptable, LanguageUnacceptable, CodeUnknown, CodeNotValid (all 422).
    """
    name = PersonName.of(person.family_name, person.given_names, person.original_name)
    birth = BirthDate.parse(person.birth_date, today=today)
    return {
        "family_name": name.family_name,
        "given_names": name.given_names,
        "original_name": name.original_name,
        "name_key": name.search_key,
        "birth_date": str(birth) or None,
        "birth_date_precision": birth.precision.value,
        "gender": person.gender.value,
        "nationalities": list(clean_nationalities(person.nationalities)),
        "languages": list(clean_languages(person.languages)),
        "residence_group": RESIDENCE_GROUPS.choose(person.residence_group, today),
        "disputed_fields": sorted(set(person.disputed_fields)),
    }


def search_columns(person: Mapping[str, Any]) -> dict[str, Any]:
    """The search keys that belong to the columns of a person."""
    name = PersonName(person["family_name"], person["given_names"], person["original_name"])
    keys = keys_of_name(person["family_name"], person["given_names"], person["original_name"])
    return {
        "latin_key": keys.latin,
        "original_key": keys.original,
        "spelled_key": keys.spelled,
        "sounds": list(keys.sounds),
        "skeletons": list(keys.skeletons),
        "match_keys": list(match_keys(name, BirthDate.stored(person["birth_date"]))),
        "keys_version": KEYS_VERSION,
    }


async def insert_person(tx: Transaction, person: PersonParticulars) -> UUID:
    person_id, instant = new_id(), now()
    columns = person_columns(person, today=berlin_date(instant))
    await tx.insert(
        PersonRow,
        id=person_id,
        unit_id=tx.caller.unit_id,
        version=1,
        created_at=instant,
        updated_at=instant,
        **columns,
    )
    await tx.insert(
        PersonSearchRow,
        id=new_id(),
        unit_id=tx.caller.unit_id,
        person_id=person_id,
        **search_columns(columns),
    )
    await record_change(tx, AuditEntry, action="record-person", kind="person", record_id=person_id)
    return person_id


async def record_person(tx: Transaction, person: PersonParticulars) -> Answer:
    person_id = await insert_person(tx, person)
    return await person_answer(tx, person_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePerson:
    person_id: UUID
    expected_version: int | None
    particulars: PersonParticulars


async def change_person(tx: Transaction, command: ChangePerson) -> Answer:
    """The person with the new particulars; the audit names the changed fields, not their content.

    A field with a note of dispute stays disputed until the note is taken back (§ 84 (2) SGB X).
    Raises NotFound, VersionMissing, Stale, PersonIsMerged and what `person_columns` raises.
    """
    before = await tx.row(PERSON_FOR_UPDATE, person_id=command.person_id)
    if before is None:
        raise NotFound
    require_version(before["version"], command.expected_version)
    require_not_merged(before)
    changed = await write_person(tx, before, command.particulars)
    told = {name: value for name, value in changed.items() if name in TOLD}
    await note_hand_change(tx, ExternalKind.PERSON, command.person_id, told)
    return await person_answer(tx, command.person_id)


async def write_person(
    tx: Transaction, before: asyncpg.Record, particulars: PersonParticulars
) -> dict[str, Any]:
    """Write the locked person anew; answers what changed, by field.

    Raises what `person_columns` raises.
    """
    person_id, instant = before["id"], now()
    columns = person_columns(particulars, today=berlin_date(instant))
    noted = {dispute["field"] for dispute in before["disputes"]}
    columns["disputed_fields"] = sorted(noted.union(columns["disputed_fields"]))
    changed = {name: value for name, value in columns.items() if before.get(name, value) != value}
    await tx.update(
        PersonRow, person_id, version=before["version"] + 1, updated_at=instant, **columns
    )
    await tx.execute(UPDATE_SEARCH_KEYS, person_id=person_id, **search_columns(columns))
    await record_change(
        tx,
        AuditEntry,
        action="change-person",
        kind="person",
        record_id=person_id,
        changes={"fields": sorted(changed)},
    )
    return changed


async def person_answer(tx: Transaction, person_id: UUID) -> Answer:
    document = await PERSON_VIEW.one_in(tx, person_id=person_id)
    assert document is not None
    return Answer(document, f"/v1/persons/{person_id}")
