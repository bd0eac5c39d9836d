"""What can be changed about the books."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.ledger import (
    ClosePeriodInput,
    DecideJournalProposalInput,
    ProposeJournalEntryInput,
    ReverseJournalEntryInput,
)
from gateway.schema.ledger import JournalEntry, JournalProposal, LedgerPeriod
from gateway.schema.published import both, field


@strawberry.type(description=both("The proposed entry.", "Der Buchungsvorschlag."))
class JournalProposalSuccess(Success):
    proposal: JournalProposal = field("As it now stands.", "Wie er jetzt ist.")


@strawberry.type(description=both("The entry that turns another.", "Die Stornobuchung."))
class JournalEntrySuccess(Success):
    entry: JournalEntry = field("The new entry.", "Die neue Buchung.")


@strawberry.type(description=both("The month after the change.", "Der Monat nach der Änderung."))
class LedgerPeriodSuccess(Success):
    period: LedgerPeriod = field("As it now stands.", "Wie er jetzt ist.")


_proposal = made(JournalProposalSuccess, "proposal", JournalProposal)
_entry = made(JournalEntrySuccess, "entry", JournalEntry)
_period = made(LedgerPeriodSuccess, "period", LedgerPeriod)
ProposalResult = outcome(
    "JournalProposalResult",
    JournalProposalSuccess,
    en="The proposed entry, or why not.",
    de="Der Buchungsvorschlag, oder warum nicht.",
)
EntryResult = outcome(
    "JournalEntryResult",
    JournalEntrySuccess,
    en="The entry, or why not.",
    de="Die Buchung, oder warum nicht.",
)
PeriodResult = outcome(
    "LedgerPeriodResult",
    LedgerPeriodSuccess,
    en="The month, or why not.",
    de="Der Monat, oder warum nicht.",
)


@strawberry.type
class LedgerMutations:
    propose_journal_entry = command(
        "POST funding /v1/journal-proposals",
        ProposeJournalEntryInput,
        _proposal,
        ProposalResult,
        en="Propose a manual entry.",
        de="Eine manuelle Buchung vorschlagen.",
    )
    post_journal_proposal = command(
        "POST funding /v1/journal-proposals/{proposal_id}/actions/post",
        DecideJournalProposalInput,
        _proposal,
        ProposalResult,
        en="Post a proposed entry, as a second person.",
        de="Eine vorgeschlagene Buchung als zweite Person buchen.",
    )
    discard_journal_proposal = command(
        "POST funding /v1/journal-proposals/{proposal_id}/actions/discard",
        DecideJournalProposalInput,
        _proposal,
        ProposalResult,
        en="Discard a proposed entry.",
        de="Einen Buchungsvorschlag verwerfen.",
    )
    reverse_journal_entry = command(
        "POST funding /v1/journal-entries/{entry_id}/actions/reverse",
        ReverseJournalEntryInput,
        _entry,
        EntryResult,
        en="Reverse a manual entry.",
        de="Eine manuelle Buchung stornieren.",
    )
    request_period_closing = command(
        "POST funding /v1/ledger/periods/{year}-{month}/actions/request-close",
        ClosePeriodInput,
        _period,
        PeriodResult,
        en="Ask for the closing of a month.",
        de="Den Abschluss eines Monats beantragen.",
    )
    close_period = command(
        "POST funding /v1/ledger/periods/{year}-{month}/actions/close",
        ClosePeriodInput,
        _period,
        PeriodResult,
        en="Close a month, as a second person.",
        de="Einen Monat als zweite Person abschließen.",
    )
