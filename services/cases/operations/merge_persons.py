"""Say that two records are one person, and take it back.

A merge links, it moves nothing: cases, families, consents and notices stay with the record that
they were made for, so that a consent proves what it proved, and unmerging restores exactly.
"""

from dataclasses import dataclass
from uuid import UUID

import asyncpg

from services.cases.domain.duplicates import MergeImpossible, NotMerged
from services.cases.domain.errors import PersonUnknown
from services.cases.domain.person_parts import PersonIsRestricted, RestrictionsDiffer
from services.cases.operations.record_person import person_answer
from services.cases.storage.queries.person_parts import (
    HAS_MERGED_RECORDS,
    OPEN_MERGE,
    PERSON_TO_MERGE,
    SEES_WHEREABOUTS_OF,
)
from services.cases.storage.tables import AuditEntry, PersonMergeRow, PersonRow
from shared.audit.entries import record_changes
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """`survivor_id` stays in use; `merged_id` is found and changed no more."""

    survivor_id: UUID
    merged_id: UUID
    expected_version: int | None


async def merge_persons(tx: Transaction, merge: Merge) -> Answer:
    """Raises NotFound, Stale, PersonUnknown, PersonIsRestricted, MergeImpossible,
    RestrictionsDiffer.
    """
    survivor, merged = await _both(tx, merge)
    has_merged = await tx.value(HAS_MERGED_RECORDS, person_id=merge.merged_id)
    is_linked = survivor["merged_into_id"] or merged["merged_into_id"]
    if merge.survivor_id == merge.merged_id or has_merged or is_linked:
        raise MergeImpossible
    if survivor["is_restricted"] != merged["is_restricted"]:
        raise RestrictionsDiffer
    await tx.insert(
        PersonMergeRow,
        id=new_id(),
        unit_id=tx.caller.unit_id,
        survivor_id=merge.survivor_id,
        merged_id=merge.merged_id,
        merged_by=tx.caller.actor,
        merged_at=now(),
    )
    return await _link(tx, merge, survivor, merged, "merge-persons", merge.survivor_id)


async def unmerge_persons(tx: Transaction, merge: Merge) -> Answer:
    """Raises NotFound, Stale, PersonUnknown, PersonIsRestricted, NotMerged."""
    survivor, merged = await _both(tx, merge)
    open_merge = await tx.value(
        OPEN_MERGE, survivor_id=merge.survivor_id, merged_id=merge.merged_id
    )
    if open_merge is None:
        raise NotMerged
    await tx.update(PersonMergeRow, open_merge, unmerged_by=tx.caller.actor, unmerged_at=now())
    return await _link(tx, merge, survivor, merged, "unmerge-persons", None)


async def _both(tx: Transaction, merge: Merge) -> tuple[asyncpg.Record, asyncpg.Record]:
    # Always locked in the same order: two people merging the same pair wait, they do not deadlock.
    found = {
        person_id: await tx.row(PERSON_TO_MERGE, person_id=person_id)
        for person_id in sorted({merge.survivor_id, merge.merged_id})
    }
    survivor, merged = found[merge.survivor_id], found[merge.merged_id]
    if survivor is None:
        raise NotFound
    require_version(survivor["version"], merge.expected_version)
    if merged is None:
        raise PersonUnknown
    for person in (survivor, merged):
        if person["is_restricted"] and not await tx.value(
            SEES_WHEREABOUTS_OF, person_id=person["id"]
        ):
            raise PersonIsRestricted
    return survivor, merged


async def _link(
    tx: Transaction,
    merge: Merge,
    survivor: asyncpg.Record,
    merged: asyncpg.Record,
    action: str,
    target: UUID | None,
) -> Answer:
    instant = now()
    await tx.update(PersonRow, survivor["id"], version=survivor["version"] + 1, updated_at=instant)
    await tx.update(
        PersonRow,
        merged["id"],
        version=merged["version"] + 1,
        updated_at=instant,
        merged_into_id=target,
    )
    await record_changes(
        tx,
        AuditEntry,
        action=action,
        kind="person",
        record_ids=[merge.survivor_id, merge.merged_id],
    )
    return await person_answer(tx, merge.survivor_id)
