"""Forget which case costs were for; the costs and the books stay (R-D5)."""

from uuid import UUID

from services.funding.operations.changes import leave_trace
from services.funding.storage.queries.spending import FORGET_SUBJECT
from shared.database.transaction import Transaction


async def erase_subject(tx: Transaction, subject_ref: UUID) -> int:
    """The number of costs that no longer know their case. The trace names the costs only."""
    rows = await tx.rows(FORGET_SUBJECT, subject_ref=subject_ref)
    for row in rows:
        await leave_trace(
            tx, action="erase-subject", kind="expenditure", record_id=row["expenditure_id"]
        )
    return len(rows)
