"""Record a try to reach the client: contact is lost only after several of them (C15)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.cases.domain.choices import ContactChannel
from services.cases.domain.errors import DateInFuture
from services.cases.operations.on_case import advance_case, file_columns, lock_open_case
from services.cases.storage.queries.care import CONTACT_ATTEMPT_VIEW
from services.cases.storage.tables import ContactAttemptRow
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAttempt:
    case_id: UUID
    channel: ContactChannel
    attempted_on: date
    was_reached: bool


async def record_contact_attempt(tx: Transaction, attempt: ContactAttempt) -> Answer:
    """Raises NotFound, CaseIsNotOpen, DateInFuture."""
    case = await lock_open_case(tx, attempt.case_id)
    if attempt.attempted_on > berlin_date(now()):
        raise DateInFuture
    columns = file_columns(tx, case)
    await tx.insert(
        ContactAttemptRow,
        **columns,
        channel=attempt.channel,
        attempted_on=attempt.attempted_on,
        was_reached=attempt.was_reached,
    )
    await advance_case(tx, case, "record-contact-attempt")
    document = await CONTACT_ATTEMPT_VIEW.one_in(tx, entry_id=columns["id"])
    assert document is not None
    return Answer(document)
