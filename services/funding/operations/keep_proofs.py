"""What the day does to proofs of use: they become overdue (P9)."""

from datetime import date

from services.funding.domain.allocation_lifecycle import PROOF_CHECKED_STATES
from services.funding.domain.events.proofs import ProofOverdue
from services.funding.domain.proof_lifecycle import UNSUBMITTED_STATES
from services.funding.operations.changes import leave_trace
from services.funding.storage.queries.proofs import OVERDUE_PROOFS
from services.funding.storage.tables import ProofRow
from shared.database.transaction import Transaction
from shared.kernel.clock import now


async def keep_proofs(tx: Transaction, today: date) -> None:
    """Mark what is overdue; each is told once."""
    for row in await tx.rows(
        OVERDUE_PROOFS,
        today=today,
        unsubmitted=sorted(UNSUBMITTED_STATES),
        checked=sorted(PROOF_CHECKED_STATES),
    ):
        await tx.update(
            ProofRow, row["id"], is_overdue=True, version=row["version"] + 1, updated_at=now()
        )
        event = ProofOverdue(
            tenant_id=tx.caller.tenant_id,
            proof_id=row["id"],
            award_id=row["award_id"],
            due_on=row["due_on"],
        )
        await leave_trace(
            tx, action="miss-proof", kind="proof", record_id=row["id"], events=(event,)
        )
