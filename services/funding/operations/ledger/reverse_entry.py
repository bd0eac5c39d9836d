"""Reverse a manual entry; whatever a command has posted is undone by that command."""

from datetime import date
from uuid import UUID

from services.funding.domain.ledger.entries import LedgerEvent
from services.funding.domain.ledger.refusals import COMMAND_OF_EVENT, ReversedByItsCommand
from services.funding.operations.changes import answer_with
from services.funding.operations.ledger.post import reverse
from services.funding.storage.ledger_records import entry_by_id
from services.funding.storage.queries.journal import ENTRY_VIEW
from shared.database.transaction import Transaction
from shared.service.writes import Answer


async def reverse_entry(
    tx: Transaction, entry_id: UUID, value_date: date, reason_code: str
) -> Answer:
    """The entry that turns it. Raises NotFound, ReversedByItsCommand (with the command's path),
    and what `reverse` raises.
    """
    original = await entry_by_id(tx, entry_id)
    command = COMMAND_OF_EVENT.get(original.entry.event)
    if original.entry.event is not LedgerEvent.REVERSED and command is not None:
        raise ReversedByItsCommand(command=command, sourceId=str(original.entry.source.id))
    turned = await reverse(tx, entry_id, value_date, reason_code)
    location = f"/v1/journal-entries/{turned.id}"
    return await answer_with(tx, ENTRY_VIEW, location, entry_id=turned.id)
