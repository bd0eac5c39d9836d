"""What can be asked about the books."""

import strawberry

from gateway.schema.asking import FiscalYear, WhichBook, asked, asked_items
from gateway.schema.codes.ledger import AccountCode, Book, JournalProposalState, LedgerEvent
from gateway.schema.filters import by
from gateway.schema.ledger import (
    JournalEntry,
    JournalProposal,
    LedgerAccount,
    LedgerPeriod,
    LedgerVerification,
)
from gateway.schema.published import both
from gateway.schema.reads import record, records
from gateway.schema.scalars import Date, DateTime
from gateway.schema.year_close import YearClose


@strawberry.input(description=both("Which accounts, on which day.", "Welche Konten, wann."))
class LedgerAccountFilter:
    award_line_id: strawberry.ID | None = by("Of this award line.", "Dieser Bescheidzeile.")
    allocation_id: strawberry.ID | None = by("Of this allocation.", "Dieser Weiterleitung.")
    code: list[AccountCode] | None = by("With this meaning.", "Mit dieser Bedeutung.")
    book: Book | None = by("In this book.", "In diesem Buch.")
    as_of: Date | None = by(
        "Balances by value date up to this day.", "Salden nach Wertstellung bis zu diesem Tag."
    )
    known_at: DateTime | None = by(
        "Balances as they were known at this instant.", "Salden nach diesem Kenntnisstand."
    )


@strawberry.input(description=both("Which entries.", "Welche Buchungen."))
class JournalEntryFilter:
    award_line_id: strawberry.ID | None = by("Of this award line.", "Dieser Bescheidzeile.")
    account_id: strawberry.ID | None = by("On this account.", "Auf diesem Konto.")
    source_id: strawberry.ID | None = by("Caused by this record.", "Durch diesen Datensatz.")
    event: list[LedgerEvent] | None = by("Of these facts.", "Dieser Vorgänge.")
    book: Book | None = by("In this book.", "In diesem Buch.")
    fiscal_year: int | None = by("Of this fiscal year.", "Dieses Haushaltsjahres.")
    value_date_gte: Date | None = by("Value date from.", "Wertstellung ab.")
    value_date_lte: Date | None = by("Value date up to.", "Wertstellung bis.")
    recorded_at_gte: DateTime | None = by("Entered from.", "Erfasst ab.")


@strawberry.input(description=both("Which proposed entries.", "Welche Buchungsvorschläge."))
class JournalProposalFilter:
    state: list[JournalProposalState] | None = by("In these states.", "In diesen Ständen.")
    award_line_id: strawberry.ID | None = by("Of this award line.", "Dieser Bescheidzeile.")


@strawberry.type
class LedgerQueries:
    ledger_accounts = records(
        "funding /v1/ledger/accounts",
        LedgerAccount,
        LedgerAccountFilter,
        en="Accounts with their balances of any day.",
        de="Konten mit ihren Salden an einem beliebigen Tag.",
    )
    journal_entry = record(
        "funding /v1/journal-entries", JournalEntry, en="One entry.", de="Eine Buchung."
    )
    journal_entries = records(
        "funding /v1/journal-entries",
        JournalEntry,
        JournalEntryFilter,
        en="Entries, the newest first.",
        de="Buchungen, die neueste zuerst.",
    )
    journal_proposals = records(
        "funding /v1/journal-proposals",
        JournalProposal,
        JournalProposalFilter,
        en="Proposed entries, the newest first.",
        de="Buchungsvorschläge, der neueste zuerst.",
    )

    journal_proposal = record(
        "funding /v1/journal-proposals",
        JournalProposal,
        en="One proposed entry.",
        de="Ein Buchungsvorschlag.",
    )
    ledger_verification = asked(
        "funding /v1/ledger/verify",
        LedgerVerification,
        en="A book verified from its first entry on.",
        de="Ein Buch, vom ersten Eintrag an geprüft.",
        book=WhichBook,
    )
    ledger_periods = asked_items(
        "funding /v1/ledger/periods",
        LedgerPeriod,
        en="The twelve months of a year.",
        de="Die zwölf Monate eines Jahres.",
        fiscal_year=FiscalYear,
        book=WhichBook,
    )
    year_close = asked(
        "funding /v1/fiscal-years/{year}/close",
        YearClose,
        en="The close of a year; null when it is open.",
        de="Der Abschluss eines Jahres; null, wenn es offen ist.",
        year=FiscalYear,
        book=WhichBook,
    )
