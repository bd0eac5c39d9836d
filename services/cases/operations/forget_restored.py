"""Erase again, without being asked, what a restored backup brought back.

The keys of a record are destroyed after its erasure, and never before: a record whose keys are
gone was erased. A legal hold in the backup was lifted before that, and holds nothing up.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.cases.domain.practice import Practice
from services.cases.domain.retention import PARTS_OF_FILE, DataKind
from services.cases.operations.on_case import advance_case
from services.cases.operations.replay_erasures import ACTION, PART, Erasure, replay
from services.cases.storage.queries.cases import CASE_FOR_UPDATE
from services.cases.storage.queries.erasures import (
    BROUGHT_BACK,
    CASES_OF_PERSONS,
    LEAVE_FAMILIES,
)
from services.cases.storage.queries.families import DELETE_PERSONS_UNLESS_USED
from shared.database.connection import Database
from shared.kernel.caller import system_caller
from shared.secrecy.store import Destroyed

PERSON_RECORD = "PERSON_RECORD"
ERASED_KINDS = frozenset(kind.value for kind in (DataKind.CASE_FILE, *PARTS_OF_FILE))
Unit = tuple[str, str]


async def forget_restored(database: Database, practice: Practice) -> int:
    """How many cases, parts of them and persons were erased again. Done twice it finds nothing."""
    assert database.ring is not None
    erasures: list[Erasure] = []
    persons: dict[Unit, list[UUID]] = {}
    async for page in database.ring.store.all_destroyed():
        for row in await _brought_back(database, page):
            if row["part"] == PERSON_RECORD:
                persons.setdefault((row["tenant_id"], row["unit_id"]), []).append(row["holder"])
            elif row["part"] in ERASED_KINDS:
                erasures.append(_erasure(row))
    await replay(database, erasures, practice)
    for unit, ids in persons.items():
        await _forget_persons(database, unit, ids)
    return len(erasures) + sum(len(ids) for ids in persons.values())


async def _brought_back(database: Database, page: Sequence[Destroyed]) -> list[Any]:
    return await database.across_tenants(
        BROUGHT_BACK,
        [one.tenant_id for one in page],
        [one.holder for one in page],
        [one.part for one in page],
        [one.erased_at for one in page],
        part=PART,
    )


def _erasure(row: Any) -> Erasure:
    return Erasure(
        tenant_id=row["tenant_id"],
        unit_id=row["unit_id"],
        case_id=row["holder"],
        data_kind=DataKind(row["part"]),
        erased_at=row["erased_at"],
        is_proven=True,
    )


async def _forget_persons(database: Database, unit: Unit, ids: list[UUID]) -> None:
    """Most went with their case; the cases of the backup that still name one let go of them."""
    caller = system_caller(tenant_id=unit[0], unit_id=unit[1], part=PART)
    async with database.transaction(caller) as tx:
        for row in await tx.rows(CASES_OF_PERSONS, person_ids=ids):
            case = await tx.row(CASE_FOR_UPDATE, case_id=row["id"])
            assert case is not None
            await advance_case(
                tx,
                case,
                ACTION,
                changes={"dataKind": DataKind.PERSON.value},
                person_id=None,
                pseudonym=None,
                contact=None,
            )
        await tx.execute(LEAVE_FAMILIES, person_ids=ids)
        await tx.execute(DELETE_PERSONS_UNLESS_USED, person_ids=ids)
