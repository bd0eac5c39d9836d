"""Replace one part of what is known of a person: all entries of the part at once."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete
from sqlmodel import SQLModel, col

from services.cases.domain.area import Ags
from services.cases.domain.people import clean_languages
from services.cases.domain.person_parts import (
    DisputeTwice,
    LanguageTwice,
    PersonIsRestricted,
    RepresentsThemselves,
    require_once,
    require_one_preferred,
    require_period,
)
from services.cases.operations.follow_rights import tell_of_dispute
from services.cases.operations.known_person import require_not_merged, require_person
from services.cases.operations.record_person import person_answer
from services.cases.storage.queries.people import PERSON_FOR_UPDATE
from services.cases.storage.queries.person_parts import PERSON_TO_MERGE, SEES_WHEREABOUTS_OF
from services.cases.storage.tables import (
    AddressRow,
    AuditEntry,
    ContactPointRow,
    LanguageSkillRow,
    LegalRepresentativeRow,
    PersonRow,
)
from shared.audit.entries import record_change
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.writes import Answer

Entries = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePart:
    person_id: UUID
    expected_version: int | None


def _clearing(row_class: Any) -> Statement:
    return Statement(delete(row_class).where(col(row_class.person_id) == bindparam("person_id")))


CLEARING: dict[type[SQLModel], Statement] = {
    row: _clearing(row)
    for row in (ContactPointRow, AddressRow, LanguageSkillRow, LegalRepresentativeRow)
}


async def keep_contact_points(tx: Transaction, change: ChangePart, entries: Entries) -> Answer:
    """Raises NotFound, Stale, PersonIsMerged, PersonIsRestricted, SeveralPreferred."""
    require_one_preferred(entry["is_preferred"] for entry in entries)
    version = await lock_for_change(tx, change, needs_whereabouts=True)
    await _replace(tx, change.person_id, ContactPointRow, entries)
    return await advance_person(tx, change, version, "keep-contact-points")


async def keep_addresses(tx: Transaction, change: ChangePart, entries: Entries) -> Answer:
    """Raises NotFound, Stale, PersonIsMerged, PersonIsRestricted, PeriodReversed, AgsUnreadable."""
    for entry in entries:
        require_period(entry["valid_from"], entry["valid_to"])
        if entry["ags"] is not None:
            Ags.parse(entry["ags"])
    version = await lock_for_change(tx, change, needs_whereabouts=True)
    await _replace(tx, change.person_id, AddressRow, entries)
    return await advance_person(tx, change, version, "keep-addresses")


async def keep_languages(
    tx: Transaction, change: ChangePart, entries: Entries, literacy: str, interpreting: str | None
) -> Answer:
    """Languages in the person's order of preference, each with its level.

    Raises NotFound, Stale, PersonIsMerged, LanguageTwice, LanguageUnacceptable.
    """
    languages = [entry["language"] for entry in entries]
    require_once(languages, LanguageTwice)
    clean_languages(tuple(languages))
    version = await lock_for_change(tx, change)
    await _replace(tx, change.person_id, LanguageSkillRow, entries)
    return await advance_person(
        tx,
        change,
        version,
        "keep-languages",
        languages=languages,
        literacy=literacy,
        interpreting=interpreting,
    )


async def keep_representatives(tx: Transaction, change: ChangePart, entries: Entries) -> Answer:
    """The name of an office or a home says where the person lives: kept by who sees it.

    Raises NotFound, Stale, PersonIsMerged, PersonIsRestricted, PersonUnknown, PeriodReversed,
    RepresentsThemselves.
    """
    version = await lock_for_change(tx, change, needs_whereabouts=True)
    for entry in entries:
        require_period(entry["valid_from"], entry["valid_to"])
        other = entry["representative_id"]
        if other == change.person_id:
            raise RepresentsThemselves
        if other is not None:
            await require_person(tx, other)
    await _replace(tx, change.person_id, LegalRepresentativeRow, entries)
    return await advance_person(tx, change, version, "keep-legal-representatives")


async def dispute_fields(
    tx: Transaction, change: ChangePart, disputes: list[dict[str, str]]
) -> Answer:
    """What the person says is wrong, and cannot be settled: it goes out with the note only (§ 84
    (2) SGB X), and whoever has received the value already is told of the note. Raises NotFound,
    Stale, PersonIsMerged, DisputeTwice.
    """
    fields = [dispute["field"] for dispute in disputes]
    require_once(fields, DisputeTwice)
    version = await lock_for_change(tx, change)
    before = await tx.row(PERSON_FOR_UPDATE, person_id=change.person_id)
    assert before is not None, "locked a moment ago"
    await tell_of_dispute(tx, change.person_id, set(fields).difference(before["disputed_fields"]))
    today = berlin_date(now()).isoformat()
    return await advance_person(
        tx,
        change,
        version,
        "dispute-fields",
        disputed_fields=sorted(fields),
        disputes=[dispute | {"recordedOn": today} for dispute in disputes],
    )


async def lock_for_change(
    tx: Transaction, change: ChangePart, *, needs_whereabouts: bool = False
) -> int:
    person = await tx.row(PERSON_TO_MERGE, person_id=change.person_id)
    if person is None:
        raise NotFound
    require_version(person["version"], change.expected_version)
    require_not_merged(person)
    is_closed = needs_whereabouts and person["is_restricted"]
    if is_closed and not await tx.value(SEES_WHEREABOUTS_OF, person_id=change.person_id):
        raise PersonIsRestricted
    return int(person["version"])


async def _replace(
    tx: Transaction, person_id: UUID, row_class: type[SQLModel], entries: Entries
) -> None:
    await tx.execute(CLEARING[row_class], person_id=person_id)
    for entry in entries:
        await tx.insert(
            row_class, id=new_id(), unit_id=tx.caller.unit_id, person_id=person_id, **entry
        )


async def advance_person(
    tx: Transaction, change: ChangePart, version: int, action: str, **columns: Any
) -> Answer:
    await tx.update(PersonRow, change.person_id, version=version + 1, updated_at=now(), **columns)
    await record_change(tx, AuditEntry, action=action, kind="person", record_id=change.person_id)
    return await person_answer(tx, change.person_id)
