"""A person that something new shall refer to: of this unit, and not merged into another record."""

from uuid import UUID

import asyncpg

from services.cases.domain.duplicates import PersonIsMerged
from services.cases.domain.errors import PersonUnknown
from services.cases.storage.queries.people import PERSON_REFERENCE
from shared.database.transaction import Transaction


async def require_person(tx: Transaction, person_id: UUID) -> asyncpg.Record:
    """A foreign key ignores policies; only this look tells another unit's person from ours.

    Raises PersonUnknown, PersonIsMerged.
    """
    person = await tx.row(PERSON_REFERENCE, person_id=person_id)
    if person is None:
        raise PersonUnknown
    require_not_merged(person)
    return person


def require_not_merged(person: asyncpg.Record) -> None:
    """Raises PersonIsMerged, which names the record that goes on."""
    if person["merged_into_id"] is not None:
        raise PersonIsMerged(survivorId=str(person["merged_into_id"]))
