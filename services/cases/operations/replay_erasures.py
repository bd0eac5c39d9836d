"""Erase again what a restored backup brought back (hazard H13).

The list of what was erased lies outside the database and its backups. It names ids, kinds of data
and instants, nobody's data.
"""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.domain.events import CaseErasureRequested, CasePhaseChanged
from services.cases.domain.facts import CaseState
from services.cases.domain.practice import Practice
from services.cases.domain.retention import PARTS_OF_FILE, DataKind
from services.cases.operations.erase_case import erase_content
from services.cases.operations.erase_parts import erase_people
from services.cases.operations.on_case import advance_case
from services.cases.storage.queries.cases import CASE_FOR_UPDATE, LAST_PHASE_POSITION
from services.cases.storage.queries.documents import REMOVE_OBJECTS_UNLESS_EVIDENCE
from services.cases.storage.queries.erasures import (
    BEGIN_ERASURE,
    ERASE_RECORDS_AGAIN,
    ERASED_SINCE,
    IS_HELD,
    KIND_ERASED_AT,
    KIND_ERASED_BEFORE,
    LIFT_HOLD,
    NOTE_ERASED_BEFORE,
)
from services.cases.storage.queries.retention import ITEM_ERASED
from services.cases.storage.queries.retention_work import HAS_CONSENTS
from services.cases.storage.tables import OutboxMessage, PhaseRow
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.kernel.caller import system_caller
from shared.kernel.clock import berlin_date, now
from shared.kernel.ids import new_id
from shared.messaging.outbox import record_event

PART = "erasure-replay"
ACTION = "replay-erasure"
PAGE = 1000
BEFORE_ALL = UUID(int=0)


class Replayed(StrEnum):
    """HELD: a legal hold is in place, so nothing was done. UNKNOWN: the backup is older than the
    case.
    """

    ERASED = "ERASED"
    ALREADY_ERASED = "ALREADY_ERASED"
    HELD = "HELD"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """A case, or with another `data_kind` than CASE_FILE a part of it, was erased.

    `is_proven`: its keys are destroyed. No legal hold stands against what cannot be read any more.
    """

    tenant_id: str
    unit_id: str
    case_id: UUID
    data_kind: DataKind
    erased_at: datetime
    is_proven: bool = False


async def erasures_since(database: Database, since: datetime) -> AsyncIterator[Erasure]:
    """Every erasure of every unit from an instant on, in the order in which they happened."""
    nobody = system_caller(tenant_id="", unit_id="", part=PART)
    after = {"since": since, "case_id": BEFORE_ALL, "kind": ""}
    while True:
        async with database.transaction(nobody) as tx:
            rows = await tx.rows(ERASED_SINCE, **after, rows_max=PAGE)
        for row in rows:
            yield Erasure(**{**row, "data_kind": DataKind(row["data_kind"])})
        if len(rows) < PAGE:
            return
        last = rows[-1]
        after = {
            "since": last["erased_at"], "case_id": last["case_id"], "kind": last["data_kind"]
        }  # fmt: skip


async def replay(
    database: Database, erasures: Iterable[Erasure], practice: Practice
) -> dict[Replayed, list[Erasure]]:
    """Erase each again, in a transaction of its own; done twice it changes nothing more."""
    outcomes: dict[Replayed, list[Erasure]] = {outcome: [] for outcome in Replayed}
    for erasure in sorted(erasures, key=lambda one: one.erased_at):
        caller = system_caller(tenant_id=erasure.tenant_id, unit_id=erasure.unit_id, part=PART)
        async with database.transaction(caller) as tx:
            outcomes[await _replay_one(tx, erasure, practice)].append(erasure)
    return outcomes


async def _replay_one(tx: Transaction, erasure: Erasure, practice: Practice) -> Replayed:
    case = await tx.row(CASE_FOR_UPDATE, case_id=erasure.case_id)
    if case is None or case["unit_id"] != erasure.unit_id:
        return Replayed.UNKNOWN
    is_erased = case["state"] == CaseState.ERASED
    if not is_erased and await tx.value(IS_HELD, case_id=erasure.case_id):
        if not erasure.is_proven:
            return Replayed.HELD
        await tx.execute(LIFT_HOLD, case_id=erasure.case_id)
    if erasure.data_kind in PARTS_OF_FILE:
        return Replayed.ALREADY_ERASED if is_erased else await _replay_part(tx, case, erasure)
    if not is_erased:
        await _replay_case(tx, case)
    await _ask_the_others(tx, erasure, practice)
    return Replayed.ALREADY_ERASED if is_erased else Replayed.ERASED


async def _replay_case(tx: Transaction, case: asyncpg.Record) -> None:
    """The tombstone again, whatever state the backup had the case in."""
    today, before = berlin_date(now()), CaseState(case["state"])
    await erase_content(tx, case)
    changes = {"from": before.value, "to": CaseState.ERASED.value}
    erased = {"state": CaseState.ERASED.value, "state_since": today}
    await advance_case(tx, case, ACTION, changes=changes, is_told=False, **erased)
    last = await tx.value(LAST_PHASE_POSITION, tenant_id=tx.caller.tenant_id, case_id=case["id"])
    step: dict[str, Any] = {
        "from_state": before.value,
        "to_state": CaseState.ERASED.value,
        "action": ACTION,
        "rule": "C19",
    }
    await tx.insert(
        PhaseRow,
        id=new_id(),
        unit_id=case["unit_id"],
        case_id=case["id"],
        position=last + 1,
        on_date=today,
        at=now(),
        actor=tx.caller.actor,
        **step,
    )
    event = CasePhaseChanged(
        case_id=case["id"], tenant_id=tx.caller.tenant_id, unit_id=case["unit_id"], **step
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=case["id"])
    await tx.execute(ITEM_ERASED, case_id=case["id"])


async def _ask_the_others(tx: Transaction, erasure: Erasure, practice: Practice) -> None:
    """A backup of theirs may have been restored, too; who has nothing left only confirms again."""
    unit: dict[str, Any] = {"tenant_id": erasure.tenant_id, "unit_id": erasure.unit_id}
    request_id = new_id()
    await tx.execute(
        BEGIN_ERASURE,
        **unit,
        case_id=erasure.case_id,
        request_id=request_id,
        services=sorted(practice.erasure_services),
        at=now(),
    )
    await tx.execute(NOTE_ERASED_BEFORE, case_id=erasure.case_id, at=erasure.erased_at)
    event = CaseErasureRequested(erasure_id=request_id, case_id=erasure.case_id, **unit)
    await record_event(tx, OutboxMessage, event, aggregate_id=erasure.case_id)


async def _replay_part(tx: Transaction, case: asyncpg.Record, erasure: Erasure) -> Replayed:
    """Only what was recorded before the erasure; what came after it was never erased."""
    known = {"case_id": case["id"], "kind": erasure.data_kind.value}
    erased_at = await tx.value(KIND_ERASED_AT, **known)
    if erased_at is not None and erased_at >= erasure.erased_at:
        return Replayed.ALREADY_ERASED
    await tx.execute(
        KIND_ERASED_BEFORE,
        **known,
        id=new_id(),
        tenant_id=tx.caller.tenant_id,
        unit_id=case["unit_id"],
        at=erasure.erased_at,
    )
    if erasure.data_kind is DataKind.PERSON:
        has_consents = await tx.value(HAS_CONSENTS, case_id=case["id"])
        records = 0 if has_consents else await erase_people(tx, case)
    else:
        if erasure.data_kind is DataKind.DOCUMENT:
            await tx.execute(REMOVE_OBJECTS_UNLESS_EVIDENCE, case_id=case["id"])
        records = await tx.value(ERASE_RECORDS_AGAIN, **known)
    changes = {"dataKind": erasure.data_kind.value, "records": records}
    await advance_case(tx, case, ACTION, changes=changes)
    return Replayed.ERASED
