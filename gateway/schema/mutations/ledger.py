"""What can be changed about the books."""

import strawberry

from gateway.clients.conversation import Written
from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.ledger import (
    ClosePeriodInput,
    CloseYearInput,
    DecideJournalProposalInput,
    LapseClaimsInput,
    ProposeJournalEntriesInput,
    ProposeJournalEntryInput,
    ReverseJournalEntryInput,
)
from gateway.schema.ledger import (
    JournalEntry,
    JournalProposal,
    LedgerPeriod,
    NewJournalProposal,
)
from gateway.schema.published import both, field
from gateway.schema.year_close import LapsedClaims, YearClose


@strawberry.type(description=both("The proposed entry.", "Der Buchungsvorschlag."))
class JournalProposalSuccess(Success):
    proposal: JournalProposal = field("As it now stands.", "Wie er jetzt ist.")


@strawberry.type(description=both("The entry that turns another.", "Die Stornobuchung."))
class JournalEntrySuccess(Success):
    entry: JournalEntry = field("The new entry.", "Die neue Buchung.")


@strawberry.type(description=both("The month after the change.", "Der Monat nach der Änderung."))
class LedgerPeriodSuccess(Success):
    period: LedgerPeriod = field("As it now stands.", "Wie er jetzt ist.")


@strawberry.type(description=both("The closed year.", "Das abgeschlossene Jahr."))
class YearCloseSuccess(Success):
    close: YearClose = field("As it was closed.", "Wie es abgeschlossen wurde.")


@strawberry.type(description=both("What lapsed.", "Was verfallen ist."))
class LapsedClaimsSuccess(Success):
    claims: LapsedClaims = field("What was ended.", "Was ausgebucht wurde.")


@strawberry.type(description=both("The proposed entries.", "Die Buchungsvorschläge."))
class JournalProposalsSuccess(Success):
    proposals: list[NewJournalProposal] = field("In their order.", "In ihrer Reihenfolge.")


def _proposals(written: Written) -> JournalProposalsSuccess:
    found = [NewJournalProposal.from_record(one) for one in written.record["items"]]
    return JournalProposalsSuccess(proposals=found, is_replayed=written.is_replayed)


_year = made(YearCloseSuccess, "close", YearClose)
_lapsed = made(LapsedClaimsSuccess, "claims", LapsedClaims)
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


ProposalsResult = outcome(
    "JournalProposalsResult",
    JournalProposalsSuccess,
    en="The proposed entries, or why none.",
    de="Die Buchungsvorschläge, oder warum keine.",
)
YearResult = outcome(
    "YearCloseResult",
    YearCloseSuccess,
    en="The closed year, or why not.",
    de="Das abgeschlossene Jahr, oder warum nicht.",
)
LapsedResult = outcome(
    "LapsedClaimsResult",
    LapsedClaimsSuccess,
    en="What lapsed, or why not.",
    de="Was verfallen ist, oder warum nicht.",
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
    propose_journal_entries = command(
        "POST funding /v1/journal-proposals/bulk",
        ProposeJournalEntriesInput,
        _proposals,
        ProposalsResult,
        en="Propose up to 500 manual entries, all or none.",
        de="Bis zu 500 manuelle Buchungen vorschlagen, alle oder keine.",
    )
    close_year = command(
        "POST funding /v1/fiscal-years/{year}/actions/close",
        CloseYearInput,
        _year,
        YearResult,
        en="Close a year after its months; it never opens again.",
        de="Ein Jahr nach seinen Monaten abschließen; es öffnet nie wieder.",
    )
    lapse_claims = command(
        "POST funding /v1/fiscal-years/{year}/actions/lapse-claims",
        LapseClaimsInput,
        _lapsed,
        LapsedResult,
        en="End what was granted and never called.",
        de="Ausbuchen, was bewilligt und nie abgerufen wurde.",
    )
