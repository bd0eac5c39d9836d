"""What every change of a finding begins and ends with: the locked row, and the next version."""

from typing import Any
from uuid import UUID

import asyncpg

from services.cases.operations.answers import with_warnings
from services.cases.storage.queries.findings import FINDING_FOR_UPDATE, FINDING_VIEW
from services.cases.storage.tables import AuditEntry, FindingRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.errors import FieldFault, NotFound
from shared.service.writes import Answer

KIND = "structural-finding"


async def lock_finding(tx: Transaction, finding_id: UUID) -> asyncpg.Record:
    """The finding, locked until commit. Raises NotFound."""
    row = await tx.row(FINDING_FOR_UPDATE, finding_id=finding_id)
    if row is None:
        raise NotFound
    return row


async def advance_finding(
    tx: Transaction,
    row: asyncpg.Record,
    action: str,
    *,
    changes: dict[str, Any] | None = None,
    **columns: Any,
) -> None:
    """Columns, the next version and the audit entry of the change."""
    version = row["version"] + 1
    await tx.update(FindingRow, row["id"], version=version, updated_at=now(), **columns)
    await record_change(
        tx, AuditEntry, action=action, kind=KIND, record_id=row["id"], changes=changes
    )


async def finding_answer(
    tx: Transaction,
    finding_id: UUID,
    *,
    created: bool = False,
    warnings: tuple[FieldFault, ...] = (),
) -> Answer:
    document = await FINDING_VIEW.one_in(tx, finding_id=finding_id)
    assert document is not None
    location = f"/v1/structural-findings/{finding_id}" if created else None
    return Answer(with_warnings(document, warnings), location)
