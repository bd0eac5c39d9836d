"""Compute search keys anew that older rules made: names stay as they are, only keys change."""

from collections import defaultdict
from uuid import UUID

from services.cases.domain.transliteration import KEYS_VERSION
from services.cases.operations.record_person import search_columns
from services.cases.storage.queries.people import (
    PERSON_FOR_UPDATE,
    SEARCH_KEYS_DUE,
    UPDATE_SEARCH_KEYS,
)
from shared.database.connection import Database
from shared.kernel.caller import system_caller

PART = "search-keys"
BATCH_MAX = 500


async def keep_search_keys(database: Database) -> int:
    """Take at most a batch of persons, each unit in a transaction of its own; how many it took."""
    nobody = system_caller(tenant_id="", unit_id="", part=PART)
    async with database.transaction(nobody) as tx:
        due = await tx.rows(SEARCH_KEYS_DUE, version=KEYS_VERSION, rows_max=BATCH_MAX)
    units: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for row in due:
        units[row["tenant_id"], row["unit_id"]].append(row["person_id"])
    for (tenant_id, unit_id), person_ids in units.items():
        caller = system_caller(tenant_id=tenant_id, unit_id=unit_id, part=PART)
        async with database.transaction(caller) as tx:
            for person_id in sorted(person_ids):
                person = await tx.row(PERSON_FOR_UPDATE, person_id=person_id)
                if person is not None:
                    columns = search_columns(dict(person))
                    await tx.execute(UPDATE_SEARCH_KEYS, person_id=person_id, **columns)
    return len(due)
