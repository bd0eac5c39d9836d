"""Recognise all costs of a line, or of an allocation, as the rules now say, and post what changed.

The books follow at every touch: a new cost, a decision, a correction, or the command to adjust.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from services.funding.domain.award_lifecycle import DRAFT_STATES
from services.funding.domain.costs import CostKind
from services.funding.domain.ledger.accounts import Book
from services.funding.domain.ledger.entries import LedgerEvent, NewEntry, Source
from services.funding.domain.ledger.rules import adjusted
from services.funding.domain.spending import AwardNotGranted, CostFact, Verdict, verdicts_of
from services.funding.operations.record_position import AwardLineUnknown
from services.funding.storage.ledger_records import book_of_line, free_of_line
from services.funding.storage.queries.allocations import ALLOCATION_BY_ID
from services.funding.storage.queries.awards import AWARD_LINE_FOR_UPDATE
from services.funding.storage.spending_records import (
    SpendingLine,
    cost_fact,
    living_costs,
    post_years,
    spending_lines,
    stored_verdict,
    verdict_columns,
)
from services.funding.storage.tables import ExpenditureRow
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.money import ZERO, Money

KIND = "expenditure"


@dataclass(frozen=True, slots=True)
class Recognised:
    """`added`: how the new cost is recognised; `entries`: what changes for the others, to post."""

    added: Verdict | None
    entries: tuple[NewEntry, ...]


async def locked_line(tx: Transaction, line_id: UUID) -> SpendingLine:
    """The line, locked until commit. Raises AwardLineUnknown, AwardNotGranted."""
    if await tx.row(AWARD_LINE_FOR_UPDATE, line_id=line_id) is None:
        raise AwardLineUnknown
    [line] = await spending_lines(tx, [line_id])
    if line.award_state in DRAFT_STATES:
        raise AwardNotGranted
    return line


async def recognise(
    tx: Transaction,
    line: SpendingLine,
    allocation_id: UUID | None,
    value_date: date,
    *,
    added: CostFact | None = None,
) -> Recognised:
    """Write every changed recognition into its cost; own costs have entries to post besides.

    The line must be locked.
    """
    rows = [
        row for row in await living_costs(tx, [line.id]) if row["allocation_id"] == allocation_id
    ]
    facts = [cost_fact(row) for row in rows] + ([added] if added else [])
    available = await _available(tx, line, allocation_id, rows)
    verdicts = verdicts_of(facts, await post_years(tx, line, facts), available)
    changed = [
        (row, before, after)
        for row, after in zip(rows, verdicts, strict=False)
        if (before := stored_verdict(row)) != after
    ]
    instant = now()
    for row, _, after in changed:
        await tx.update(
            ExpenditureRow,
            row["id"],
            version=row["version"] + 1,
            updated_at=instant,
            **verdict_columns(after),
        )
    entries: tuple[NewEntry, ...] = ()
    if allocation_id is None:
        book = await book_of_line(tx, line.id)
        entries = _entries(line.id, changed, value_date, book)
    return Recognised(verdicts[-1] if added else None, entries)


async def _available(
    tx: Transaction,
    line: SpendingLine,
    allocation_id: UUID | None,
    rows: Sequence[asyncpg.Record],
) -> Money:
    """What the grant has for these costs together: what they use already and what is free."""
    if allocation_id is None:
        used = sum((Money(row["eligible_cents"]) for row in rows), ZERO)
        return used + max(await free_of_line(tx, line.id), ZERO)
    allocation = await tx.row(ALLOCATION_BY_ID, allocation_id=allocation_id)
    if allocation is None:
        raise NotFound
    return Money(allocation["amount_cents"] - allocation["allocated_cents"])


def _entries(
    line_id: UUID,
    changed: Sequence[tuple[asyncpg.Record, Verdict, Verdict]],
    value_date: date,
    book: Book,
) -> tuple[NewEntry, ...]:
    """Less comes before more, so that what one cost gives back is free for the next."""
    ordered = sorted(
        changed,
        key=lambda one: one[2].recognition.eligible - one[1].recognition.eligible,
    )
    return tuple(
        NewEntry(
            event=LedgerEvent.ELIGIBILITY_ADJUSTED
            if after.recognition.undecided == before.recognition.undecided
            else LedgerEvent.ELIGIBILITY_DECIDED,
            award_line_id=line_id,
            value_date=value_date,
            source=Source(KIND, row["id"]),
            postings=adjusted(
                line_id,
                CostKind(row["cost_kind"]),
                before.recognition,
                after.recognition,
                row["position_id"],
            ),
            book=book,
        )
        for row, before, after in ordered
        if before.recognition != after.recognition
    )
