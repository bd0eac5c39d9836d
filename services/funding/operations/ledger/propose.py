"""Manual entries: proposed by one person, posted or discarded by another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.funding.domain.costs import CostKind
from services.funding.domain.ledger.accounts import Account, AccountCode, Book
from services.funding.domain.ledger.entries import LedgerEvent, NewEntry, Posting, Source
from services.funding.domain.ledger.periods import PeriodIsClosed, period_of
from services.funding.domain.ledger.proposals import (
    PROPOSAL_LIFECYCLE,
    ProposalAction,
    ProposalFacts,
    ProposalState,
    require_manual,
)
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.ledger.post import post
from services.funding.operations.record_position import AwardLineUnknown
from services.funding.storage.queries.books import CLOSED_PERIODS
from services.funding.storage.queries.journal import (
    LINES_KNOWN,
    PROPOSAL_FOR_UPDATE,
    PROPOSAL_VIEW,
    PROPOSALS_BY_ID,
)
from services.funding.storage.tables import JournalProposalRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.database.views import Document
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.money import Money
from shared.service.writes import Answer

KIND = "journal-proposal"


@dataclass(frozen=True, slots=True)
class NewProposal:
    """A manual entry that somebody else may post. The entry's id is the proposal's."""

    entry: NewEntry
    id: UUID


def manual_entry(
    *,
    proposal_id: UUID | None,
    award_line_id: UUID,
    value_date: date,
    reference: str,
    reason_code: str,
    book: Book,
    postings: Sequence[tuple[AccountCode, CostKind | None, Money]],
) -> NewProposal:
    """Debit positive, credit negative.

    Raises EntryUnbalanced, EntryTooShort, AmountZero, AccountMalformed, AccountNotManual.
    """
    identity = proposal_id or new_id()
    entry = NewEntry(
        id=identity,
        event=LedgerEvent.MANUAL,
        award_line_id=award_line_id,
        value_date=value_date,
        source=Source(KIND, identity),
        postings=tuple(
            Posting(Account(code, award_line_id, cost_kind=kind), amount)
            for code, kind, amount in postings
        ),
        reference=reference,
        reason_code=reason_code,
        book=book,
    )
    require_manual(entry.postings)
    return NewProposal(entry, identity)


async def propose(tx: Transaction, proposal: NewProposal) -> Answer:
    """Raises AwardLineUnknown, PeriodIsClosed; AlreadyExists (by the database) when the id is
    taken.
    """
    await _insert(tx, [proposal])
    location = f"/v1/journal-proposals/{proposal.id}"
    return await answer_with(tx, PROPOSAL_VIEW, location, proposal_id=proposal.id)


async def propose_all(tx: Transaction, proposals: Sequence[NewProposal]) -> Answer:
    """Many at once, all or none. Raises what `propose` raises."""
    await _insert(tx, proposals)
    body: str = await tx.value(PROPOSALS_BY_ID, ids=[one.id for one in proposals])
    return Answer(Document(body.encode(), version=None))


async def act_on_proposal(
    tx: Transaction, proposal_id: UUID, expected_version: int | None, action: ProposalAction
) -> Answer:
    """Post or discard. Raises NotFound, the refusals of versions, TransitionNotAllowed,
    GuardFailed for the second person, and what `post` raises.
    """
    row = await tx.row(PROPOSAL_FOR_UPDATE, proposal_id=proposal_id)
    if row is None:
        raise NotFound
    require_version(row["version"], expected_version)
    facts = ProposalFacts(row["proposed_by"], tx.caller.actor)
    state = PROPOSAL_LIFECYCLE.next_state(ProposalState(row["state"]), action, facts)
    await leave_trace(tx, action=f"{action.value}-proposal", kind=KIND, record_id=proposal_id)
    entry_id = None
    if state is ProposalState.POSTED:
        entry = _entry_of(row)
        posted = await post(tx, entry, recorded_by=row["proposed_by"], released_by=tx.caller.actor)
        entry_id = posted.id
    await tx.update(
        JournalProposalRow,
        proposal_id,
        version=row["version"] + 1,
        updated_at=now(),
        state=state.value,
        decided_by=tx.caller.actor,
        entry_id=entry_id,
    )
    return await answer_with(tx, PROPOSAL_VIEW, proposal_id=proposal_id)


async def _insert(tx: Transaction, proposals: Sequence[NewProposal]) -> None:
    lines = {one.entry.award_line_id for one in proposals}
    if await tx.value(LINES_KNOWN, line_ids=list(lines)) != len(lines):
        raise AwardLineUnknown
    await _refuse_closed_months(tx, proposals)
    instant = now()
    for one in proposals:
        await tx.insert(
            JournalProposalRow,
            id=one.id,
            version=1,
            created_at=instant,
            updated_at=instant,
            award_line_id=one.entry.award_line_id,
            state=PROPOSAL_LIFECYCLE.initial.value,
            content=_content(one.entry),
            proposed_by=tx.caller.actor,
        )
        await leave_trace(tx, action="propose-entry", kind=KIND, record_id=one.id)


async def _refuse_closed_months(tx: Transaction, proposals: Sequence[NewProposal]) -> None:
    """A month may still be closed before the entry is posted, so posting asks again."""
    closed = {
        (row["book"], row["fiscal_year"], row["month"]) for row in await tx.rows(CLOSED_PERIODS)
    }
    for one in proposals:
        day = one.entry.value_date
        if (one.entry.book.value, day.year, day.month) in closed:
            raise PeriodIsClosed(period=period_of(day))


def _content(entry: NewEntry) -> dict[str, Any]:
    """The entry as it was proposed, in the form in which it is published."""
    return {
        "valueDate": entry.value_date.isoformat(),
        "reference": entry.reference,
        "reasonCode": entry.reason_code,
        "book": entry.book.value,
        "postings": [
            {
                "code": one.account.code.value,
                "costKind": one.account.cost_kind.value if one.account.cost_kind else None,
                "amount": str(one.amount),
            }
            for one in entry.postings
        ],
    }


def _entry_of(row: asyncpg.Record) -> NewEntry:
    content: Mapping[str, Any] = row["content"]
    return manual_entry(
        proposal_id=row["id"],
        award_line_id=row["award_line_id"],
        value_date=date.fromisoformat(content["valueDate"]),
        reference=content["reference"],
        reason_code=content["reasonCode"],
        book=Book(content["book"]),
        postings=[
            (
                AccountCode(one["code"]),
                CostKind(one["costKind"]) if one["costKind"] else None,
                Money.parse(one["amount"]),
            )
            for one in content["postings"]
        ],
    ).entry
