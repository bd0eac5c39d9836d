"""Hand the bookings to the finance system: each leaves once, the file stays as it left (R-I3)."""

from hashlib import sha256

import asyncpg

from services.funding.domain.finance_file import (
    DEBIT,
    FileEncoding,
    FinanceLine,
    NothingToExport,
    print_file,
)
from services.funding.domain.ledger.accounts import AccountCode, Book
from services.funding.domain.ledger.entries import LedgerEvent
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.storage.ledger_records import head
from services.funding.storage.queries.finance_exports import (
    EXPORT_LOCK,
    EXPORT_VIEW,
    LAST_BATCH,
    LINES,
)
from services.funding.storage.tables import FinanceBatchRow
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.kernel.money import Money
from shared.service.writes import Answer

KIND = "finance-export"
# So that a file fits into memory; what is left goes with the next.
ENTRIES_MAX = 5_000


async def export_finance(
    tx: Transaction, encoding: FileEncoding, entries_max: int = ENTRIES_MAX
) -> Answer:
    """The next file, with the entries of the live book that have not left yet.

    Raises NothingToExport.
    """
    await tx.execute(EXPORT_LOCK, tenant_id=tx.caller.tenant_id)
    last = await tx.row(LAST_BATCH)
    number, left = (last["number"], last["to_sequence"]) if last else (0, 0)
    # Entries are committed in the order of their sequence: up to the head there is no gap.
    to_sequence = min((await head(tx, Book.LIVE))[0], left + entries_max)
    if to_sequence <= left:
        raise NothingToExport
    rows = await tx.rows(LINES, from_sequence=left + 1, to_sequence=to_sequence)
    lines = [_line(row) for row in rows]
    file = print_file([line.cells() for line in lines], encoding)
    export_id, number = new_id(), number + 1
    await tx.insert(
        FinanceBatchRow,
        id=export_id,
        number=number,
        from_sequence=left + 1,
        to_sequence=to_sequence,
        encoding=encoding.value,
        line_count=len(lines),
        total_cents=sum(line.stated.cents for line in lines if line.side == DEBIT),
        sha256=sha256(file.content).hexdigest(),
        content=file.content,
        replacements=list(file.replacements),
        created_at=now(),
        created_by=tx.caller.actor,
    )
    changes = {"number": number, "fromSequence": left + 1, "toSequence": to_sequence}
    await leave_trace(tx, action="export-finance", kind=KIND, record_id=export_id, changes=changes)
    return await answer_with(tx, EXPORT_VIEW, f"/v1/finance-exports/{number}", number=number)


def _line(row: asyncpg.Record) -> FinanceLine:
    stored = dict(row)
    return FinanceLine(
        amount=Money(stored.pop("amount_cents")),
        code=AccountCode(stored.pop("code")),
        event=LedgerEvent(stored.pop("event")),
        **stored,
    )
