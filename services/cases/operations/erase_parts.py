"""Erase what is due before the case file: notes, contacts, documents … each by its own rule."""

from uuid import UUID

import asyncpg

from services.cases.domain.practice import Practice
from services.cases.domain.retention import PARTS_OF_FILE, DataKind, KindDay
from services.cases.operations.compute_retention import set_days
from services.cases.operations.on_case import advance_case, lock_case
from services.cases.storage.queries.documents import REMOVE_OBJECTS_UNLESS_EVIDENCE
from services.cases.storage.queries.families import (
    DELETE_FAMILIES_UNLESS_USED,
    DELETE_PERSONS_UNLESS_USED,
    FAMILIES_OF_CASE,
    PERSONS_OF_CASE,
)
from services.cases.storage.queries.retention import ENDED_CASES
from services.cases.storage.queries.retention_work import (
    ERASE_RECORDS_DUE,
    FORGET_DUE_DEADLINES,
    FORGET_FAMILY_MOVES,
    HAS_CONSENTS,
    HAS_DOCUMENTS,
    NOTE_KIND_ERASED,
)
from services.cases.storage.tables import CaseRow
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.kernel.ids import new_id
from shared.secrecy.removal import KEYS_STAY, forget_keys


async def erase_due_parts(tx: Transaction, case_id: UUID, practice: Practice) -> None:
    """Erase each part of one case whose day has come by the rules of today.

    Nothing happens under a legal hold, before the archive has answered, or when the case goes on.
    """
    unit = {"tenant_id": tx.caller.tenant_id, "unit_id": tx.caller.unit_id}
    found = await tx.rows(ENDED_CASES, **unit, case_ids=[case_id])
    if not found or found[0]["is_under_legal_hold"] or found[0]["archive_answer"] is None:
        return
    _, computed = await set_days(tx, found, practice)
    today = berlin_date(now())
    days = computed[case_id]
    for kind in PARTS_OF_FILE:
        if _goes_before_file(days, kind) and days[kind].due_on <= today:
            await _erase(tx, case_id, kind)
    await tx.execute(FORGET_DUE_DEADLINES, case_id=case_id, today=today)


def _goes_before_file(days: dict[DataKind, KindDay], kind: DataKind) -> bool:
    return days[kind].due_on < days[DataKind.CASE_FILE].due_on


async def _erase(tx: Transaction, case_id: UUID, kind: DataKind) -> None:
    """Also noted where the keys lie, so that a restored backup is known to be one."""
    case = await lock_case(tx, case_id)
    if kind is DataKind.PERSON:
        if await tx.value(HAS_CONSENTS, case_id=case_id):
            return  # what somebody was told keeps its consent, and so the giver
        records = await erase_people(tx, case)
        await forget_keys(tx, case_id, kind.value)
    else:
        if kind is DataKind.DOCUMENT:
            await tx.execute(REMOVE_OBJECTS_UNLESS_EVIDENCE, case_id=case_id)
        records = await tx.value(ERASE_RECORDS_DUE, kind=kind.value, case_id=case_id)
        # Evidence of consents stays, and its title is to be read.
        has_left = kind is DataKind.DOCUMENT and await tx.value(HAS_DOCUMENTS, case_id=case_id)
        await forget_keys(tx, case_id, f"{kind.value}{KEYS_STAY if has_left else ''}")
    await tx.execute(
        NOTE_KIND_ERASED,
        id=new_id(),
        tenant_id=tx.caller.tenant_id,
        unit_id=case["unit_id"],
        case_id=case_id,
        kind=kind.value,
        records=records,
        at=now(),
    )
    await advance_case(tx, case, "erase-kind", changes={"dataKind": kind.value, "records": records})


async def erase_people(tx: Transaction, case: asyncpg.Record) -> int:
    """The case lets go of its people; who is needed by another case of the unit stays there."""
    families = [row["id"] for row in await tx.rows(FAMILIES_OF_CASE, case_id=case["id"])]
    persons = await tx.rows(PERSONS_OF_CASE, person_id=case["person_id"], family_ids=families)
    await tx.update(
        CaseRow, case["id"], person_id=None, family_id=None, pseudonym=None, contact=None
    )
    await tx.execute(FORGET_FAMILY_MOVES, case_id=case["id"])
    await tx.execute(DELETE_FAMILIES_UNLESS_USED, family_ids=families)
    erased = await tx.rows(DELETE_PERSONS_UNLESS_USED, person_ids=[row["id"] for row in persons])
    for person in erased:
        await forget_keys(tx, person["id"])
    return len(erased)
