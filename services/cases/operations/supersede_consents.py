"""At most one consent of a scope is active, whichever case it was given in (K7)."""

from datetime import date
from uuid import UUID

import asyncpg

from services.cases.domain.consent_lifecycle import (
    CONSENT_LIFECYCLE,
    ConsentAction,
    ConsentFacts,
    ConsentState,
)
from services.cases.storage.queries.care import ACTIVE_OF_SAME_SCOPE, LOCK_SCOPE
from services.cases.storage.tables import AuditEntry, ConsentRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction

SCOPE = (
    "subject_person_id", "consent_type", "purpose", "discloser_unit", "recipient_unit",
    "direction", "released_person",
)  # fmt: skip


async def lock_scope(tx: Transaction, consent_id: UUID) -> None:
    """Whoever makes a consent active holds its scope until commit, before any consent is locked.

    A person may have several cases: the lock on one case does not keep a consent of the same
    scope from becoming active in another. Terms never change, so that they are read unlocked.
    """
    await tx.execute(LOCK_SCOPE, consent_id=consent_id)


async def supersede_others(tx: Transaction, row: asyncpg.Record, today: date) -> None:
    """K7: what the new one replaces ends in the same transaction, under its `lock_scope`."""
    scope = {name: row[name] for name in SCOPE}
    others = await tx.rows(ACTIVE_OF_SAME_SCOPE, consent_id=row["id"], **scope)
    for other in others:
        facts = ConsentFacts(
            today=today,
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            is_successor_active=True,
        )
        state = CONSENT_LIFECYCLE.next_state(ConsentState.ACTIVE, ConsentAction.SUPERSEDE, facts)
        await tx.update(ConsentRow, other["id"], state=state, version=other["version"] + 1)
        await record_change(
            tx, AuditEntry, action="supersede-consent", kind="consent", record_id=other["id"]
        )
