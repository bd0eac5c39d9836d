"""Open a case without a referral: self-contact or outreach (C1)."""

from dataclasses import dataclass

from services.cases.domain.events import CaseRequested
from services.cases.domain.lifecycle import CASE_LIFECYCLE
from services.cases.storage.queries import CASE_VIEW
from services.cases.storage.tables import AuditEntry, CaseRow, OutboxMessage
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.kernel.ids import new_id
from shared.messaging.outbox import record_event
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True)
class OpenCase:
    pseudonym: str


async def open_case(tx: Transaction, command: OpenCase) -> Answer:
    """A case in REQUESTED, controlled by the caller's unit."""
    case_id, instant = new_id(), now()
    await tx.insert(
        CaseRow,
        id=case_id,
        unit_id=tx.caller.unit_id,
        reference="KIM-2026-000001",
        pseudonym=command.pseudonym,
        state=CASE_LIFECYCLE.initial.value,
        opened_on=berlin_date(instant),
        version=1,
        created_at=instant,
        updated_at=instant,
    )
    await record_change(tx, AuditEntry, action="open-case", kind="case", record_id=case_id)
    event = CaseRequested(
        case_id=case_id,
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        referral_id=None,
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=case_id)
    document = await CASE_VIEW.one_in(tx, case_id=case_id)
    assert document is not None
    return Answer(document, location=f"/v1/cases/{case_id}")
