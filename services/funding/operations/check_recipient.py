"""Deciding on a recipient's proof is checking it (L9): what counts becomes use of the grant, what
was paid beyond it is recoverable, and what was promised and not used goes back.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import asyncpg

from services.funding.domain.allocation_facts import ProofForm, RecipientProof
from services.funding.domain.allocation_lifecycle import (
    ALLOCATION_LIFECYCLE,
    AllocationAction,
    AllocationState,
)
from services.funding.domain.events.allocations import AllocationStateChanged
from services.funding.domain.events.recoveries import RecoveryStateChanged
from services.funding.domain.proof_decision import RefusedFigure
from services.funding.domain.recovery_facts import Direction, Ground, RecoverySource
from services.funding.domain.recovery_lifecycle import WAITING_STATES, RecoveryState
from services.funding.operations.changes import leave_trace
from services.funding.operations.decide_proof import Decision
from services.funding.operations.put_on_books import book_checked_proof
from services.funding.storage.allocation_records import allocation_facts, load_allocation
from services.funding.storage.queries.recoveries import RECOVERIES_OF_SOURCE
from services.funding.storage.tables import AllocationRow, RecoveryRow
from shared.database.transaction import Transaction
from shared.kernel.clock import now

SUPERSEDED = "Durch die Prüfung des Nachweises ersetzt. / Replaced by the checked proof."


async def check_recipient(
    tx: Transaction,
    proof: asyncpg.Record,
    decision: Decision,
    refused: tuple[RefusedFigure, ...],
    day: date,
    made_by: str,
) -> None:
    """Raises TransitionNotAllowed, GuardFailed, PeriodIsClosed, InsufficientFunds."""
    assert decision.account is not None
    row = await load_allocation(tx, proof["allocation_id"])
    facts = await allocation_facts(tx, row, day)
    form = RecipientProof(ProofForm(proof["regime"]), has_vouchers=True)
    state = AllocationState(row["state"])
    action = AllocationAction.CHECK_PROOF
    target = ALLOCATION_LIFECYCLE.next_state(state, action, replace(facts, proof=form))
    await _supersede(tx, row)
    await book_checked_proof(
        tx, row, day, used=decision.used, actual=decision.account.actual, recorded_by=made_by
    )
    await tx.update(
        AllocationRow,
        row["id"],
        state=target.value,
        version=row["version"] + 1,
        updated_at=now(),
        proof=_published(form, refused),
        paid_cents=decision.account.received.cents,
        eligible_cents=decision.used.cents,
    )
    changed = AllocationStateChanged(
        tenant_id=tx.caller.tenant_id,
        allocation_id=row["id"],
        action=action,
        from_state=state,
        to_state=target,
    )
    await leave_trace(
        tx,
        action="check-proof-allocation",
        kind="allocation",
        record_id=row["id"],
        changes={"from": state.value, "to": target.value, "proof": str(proof["id"])},
        events=(changed,),
    )


async def _supersede(tx: Transaction, allocation: asyncpg.Record) -> None:
    """A termination asked for all the recipient held, before it had proved anything."""
    rows = await tx.rows(
        RECOVERIES_OF_SOURCE,
        source_id=allocation["id"],
        source_kind=RecoverySource.TERMINATION.value,
    )
    for row in rows:
        state = RecoveryState(row["state"])
        if state not in WAITING_STATES:
            continue
        await tx.update(
            RecoveryRow,
            row["id"],
            state=RecoveryState.WITHDRAWN.value,
            version=row["version"] + 1,
            updated_at=now(),
            withdrawal_reason=SUPERSEDED,
        )
        changed = RecoveryStateChanged(
            tenant_id=tx.caller.tenant_id,
            recovery_id=row["id"],
            award_id=row["award_id"],
            direction=Direction(row["direction"]),
            ground=Ground(row["ground"]),
            from_state=state,
            to_state=RecoveryState.WITHDRAWN,
        )
        await leave_trace(
            tx,
            action="withdraw-recovery",
            kind="recovery",
            record_id=row["id"],
            changes={"from": state.value, "to": RecoveryState.WITHDRAWN.value},
            events=(changed,),
        )


def _published(form: RecipientProof, refused: tuple[RefusedFigure, ...]) -> dict[str, Any]:
    return {
        "form": form.form.value,
        "hasVouchers": form.has_vouchers,
        "refusedItems": [
            {
                "costKind": one.figure.rpartition("/")[2],
                "amount": str(one.amount),
                "reason": one.reason,
            }
            for one in refused
        ],
    }
