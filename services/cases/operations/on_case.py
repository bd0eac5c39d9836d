"""What every change of a case begins and ends with: the locked row, and the case moved on."""

from typing import Any
from uuid import UUID

import asyncpg

from services.cases.domain.errors import CaseIsNotOpen, ProcessingIsRestricted
from services.cases.domain.events import CaseFileChanged
from services.cases.domain.facts import CaseState
from services.cases.storage.queries.cases import CASE_FOR_UPDATE
from services.cases.storage.tables import AuditEntry, CaseRow, OutboxMessage
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.messaging.outbox import record_event

ENDED = frozenset({CaseState.CLOSED, CaseState.DECLINED, CaseState.ERASED})


async def lock_case(tx: Transaction, case_id: UUID) -> asyncpg.Record:
    """The case, locked until commit. Raises NotFound for one unknown or of another unit."""
    case = await tx.row(CASE_FOR_UPDATE, case_id=case_id)
    if case is None:
        raise NotFound
    return case


async def lock_open_case(tx: Transaction, case_id: UUID) -> asyncpg.Record:
    """The case, locked, to which content may be added.

    Raises NotFound, CaseIsNotOpen or ProcessingIsRestricted (Art. 18 DSGVO).
    """
    case = await lock_case(tx, case_id)
    require_open(case)
    return case


async def lock_case_version(
    tx: Transaction, case_id: UUID, expected_version: int | None
) -> asyncpg.Record:
    """As lock_open_case, for who must have seen the present version.

    Raises VersionMissing or Stale besides.
    """
    case = await lock_case(tx, case_id)
    require_version(case["version"], expected_version)
    require_open(case)
    return case


def require_open(case: asyncpg.Record) -> None:
    if case["state"] in ENDED:
        raise CaseIsNotOpen(state=case["state"])
    require_unrestricted(case)


def require_unrestricted(case: asyncpg.Record) -> None:
    if case["is_processing_restricted"]:
        raise ProcessingIsRestricted


def file_columns(tx: Transaction, case: asyncpg.Record) -> dict[str, Any]:
    """The columns that every record in the case file has, with a new id."""
    return {
        "id": new_id(),
        "unit_id": case["unit_id"],
        "case_id": case["id"],
        "recorded_by": tx.caller.actor,
        "recorded_at": now(),
    }


async def advance_case(
    tx: Transaction,
    case: asyncpg.Record,
    action: str,
    *,
    changes: dict[str, Any] | None = None,
    is_told: bool = True,
    **columns: Any,
) -> None:
    """Write columns of the case, its next version and the audit entry of the change.

    Every record in the file advances the case: its version says what its guards have seen. That
    the file changed is told, unless the change tells of itself (`is_told=False`).
    """
    await tx.update(CaseRow, case["id"], version=case["version"] + 1, updated_at=now(), **columns)
    await record_change(
        tx, AuditEntry, action=action, kind="case", record_id=case["id"], changes=changes
    )
    if is_told:
        await tell_of_file(tx, case)


async def tell_of_file(tx: Transaction, case: asyncpg.Record) -> None:
    """An event with the ids of case and unit, and nothing of what changed."""
    event = CaseFileChanged(
        case_id=case["id"], tenant_id=tx.caller.tenant_id, unit_id=case["unit_id"]
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=case["id"])
