"""An invalid consent allowed nothing: what was disclosed under it may be a breach (K8)."""

from datetime import timedelta
from typing import Final

import asyncpg

from services.cases.domain.events import ConsentInvalidated
from services.cases.domain.work import TaskState
from services.cases.operations.on_case import file_columns
from services.cases.storage.tables import OutboxMessage, TaskRow
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.messaging.outbox import record_event

# Art. 33 (1) DSGVO: a breach is reported within 72 hours of becoming known.
REPORT_WITHIN: Final = timedelta(days=3)
TASK_TITLE: Final = "Datenschutzvorfall prüfen: Übermittlungen unter unwirksamer Einwilligung"


async def begin_incident_check(
    tx: Transaction, case: asyncpg.Record, consent: asyncpg.Record
) -> None:
    """A task for whoever holds the case, due before the report would be; and the others hear it,
    so that nothing more is disclosed under this consent.
    """
    await tx.insert(
        TaskRow,
        **file_columns(tx, case),
        title=TASK_TITLE,
        due_on=berlin_date(now()) + REPORT_WITHIN,
        assignee=case["case_manager"] or tx.caller.actor,
        state=TaskState.OPEN.value,
        version=1,
    )
    event = ConsentInvalidated(
        consent_id=consent["id"],
        case_id=consent["case_id"],
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        recipient_unit_id=consent["recipient_unit"],
        purpose=consent["purpose"],
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=consent["case_id"])
