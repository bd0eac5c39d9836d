"""Record a counselling contact that took place."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.cases.domain.contacts import (
    ContactKind,
    ContactOutcome,
    InterpreterKind,
    cost_reference,
)
from services.cases.domain.errors import DateInFuture
from services.cases.operations.on_case import advance_case, file_columns, lock_open_case
from services.cases.storage.queries.work import CONTACT_VIEW
from services.cases.storage.tables import ContactRow
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    case_id: UUID
    kind: ContactKind
    held_on: date
    minutes: int
    language: str
    outcome: ContactOutcome
    interpreter_kind: InterpreterKind | None = None


async def record_contact(tx: Transaction, contact: Contact) -> Answer:
    """Raises NotFound, CaseIsNotOpen, ProcessingIsRestricted, DateInFuture."""
    case = await lock_open_case(tx, contact.case_id)
    if contact.held_on > berlin_date(now()):
        raise DateInFuture
    columns = file_columns(tx, case)
    await tx.insert(
        ContactRow,
        **columns,
        kind=contact.kind,
        held_on=contact.held_on,
        minutes=contact.minutes,
        language=contact.language,
        interpreter_kind=contact.interpreter_kind,
        cost_reference=cost_reference(contact.interpreter_kind),
        outcome=contact.outcome,
    )
    await advance_case(tx, case, "record-contact")
    document = await CONTACT_VIEW.one_in(tx, contact_id=columns["id"])
    assert document is not None
    return Answer(document)
