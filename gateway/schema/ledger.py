"""The books: accounts, entries, proposals, verification, months."""

import strawberry

from gateway.schema.codes.contracts import CostKind
from gateway.schema.codes.ledger import (
    AccountCode,
    Book,
    JournalProposalAction,
    JournalProposalState,
    LedgerEvent,
    LedgerPeriodState,
    LedgerSide,
)
from gateway.schema.published import Published, both, field, record_of
from gateway.schema.scalars import Amount, Date, DateTime


@strawberry.type(
    description=both("An account of one award line.", "Ein Konto einer Bescheidzeile.")
)
class LedgerAccount(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    code: AccountCode = field("What it means.", "Was es bedeutet.")
    path: str = field("Its name in exported books.", "Sein Name in ausgegebenen Büchern.")
    book: Book = field("The book.", "Das Buch.")
    award_line_id: strawberry.ID = field("UUID of the award line.", "UUID der Bescheidzeile.")
    allocation_id: strawberry.ID | None = field(
        "UUID of the allocation.", "UUID der Weiterleitung."
    )
    cost_kind: CostKind | None = field("Kind of cost.", "Kostenart.")
    side: LedgerSide = field("The side on which it grows.", "Die Seite, auf der es wächst.")
    balance: Amount = field(
        "Balance, positive on the account's own side.", "Saldo, positiv auf der eigenen Seite."
    )
    currency: str = field("EUR.", "EUR.")


@strawberry.type(
    description=both("One account's share of an entry.", "Der Anteil eines Kontos an der Buchung.")
)
class Posting(Published):
    ordinal: int = field("Place in the entry.", "Stelle in der Buchung.")
    account: str = field("The account's name.", "Name des Kontos.")
    account_id: strawberry.ID = field("UUID of the account.", "UUID des Kontos.")
    code: AccountCode = field("What the account means.", "Was das Konto bedeutet.")
    side: LedgerSide = field("The account's side.", "Die Seite des Kontos.")
    amount: Amount = field(
        "Euros: debit positive, credit negative.", "Euro: Soll positiv, Haben negativ."
    )
    position_id: strawberry.ID | None = field("UUID of the post.", "UUID der Stelle.")


@strawberry.type(
    description=both(
        "An entry of the journal; it is never changed.", "Eine Buchung; sie wird nie geändert."
    )
)
class JournalEntry(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    book: Book = field("The book.", "Das Buch.")
    sequence: int = field("Number in the book, without gaps.", "Laufende Nummer ohne Lücken.")
    event: LedgerEvent = field("The fact.", "Der Vorgang.")
    award_line_id: strawberry.ID = field("UUID of the award line.", "UUID der Bescheidzeile.")
    fiscal_year: int = field("Fiscal year of the award.", "Haushaltsjahr des Bescheids.")
    value_date: Date = field("Legal date of the fact.", "Wertstellung.")
    recorded_at: DateTime = field("When it was entered.", "Wann sie erfasst wurde.")
    source_kind: str = field("Kind of the record that caused it.", "Art des Auslösers.")
    source_id: strawberry.ID = field("UUID of that record.", "UUID des Auslösers.")
    reference: str = field("Reference for people.", "Belegnummer.")
    reason_code: str = field("Why, as a code.", "Warum, als Code.")
    currency: str = field("EUR.", "EUR.")
    postings: list[Posting] = field("Its postings; they sum to zero.", "Zeilen; Summe null.")
    reverses_id: strawberry.ID | None = field(
        "UUID of the entry it turns.", "UUID der stornierten Buchung."
    )
    reversed_by_id: strawberry.ID | None = field(
        "UUID of the entry that turns it.", "UUID der Stornobuchung."
    )
    previous_hash: str = field("Hash of the entry before.", "Hash der Buchung davor.")
    hash: str = field("SHA-256 of this entry.", "SHA-256 dieser Buchung.")


@strawberry.type(
    description=both("A posting of a proposed entry.", "Eine Zeile eines Buchungsvorschlags.")
)
class ManualPosting(Published):
    code: AccountCode = field("What the account means.", "Was das Konto bedeutet.")
    cost_kind: CostKind | None = field("Kind of cost.", "Kostenart.")
    amount: Amount = field(
        "Euros: debit positive, credit negative.", "Euro: Soll positiv, Haben negativ."
    )


@strawberry.type(
    description=both(
        "A manual entry that waits for a second person.",
        "Eine manuelle Buchung, die auf die zweite Person wartet.",
    )
)
class JournalProposal(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    state: JournalProposalState = field("State.", "Stand.")
    allowed_actions: list[JournalProposalAction] = field(
        "What can be done now.", "Was jetzt möglich ist."
    )
    award_line_id: strawberry.ID = field("UUID of the award line.", "UUID der Bescheidzeile.")
    value_date: Date = field("Legal date.", "Wertstellung.")
    reference: str = field("Reference for people.", "Belegnummer.")
    reason_code: str = field("Why, as a code.", "Warum, als Code.")
    book: Book = field("The book.", "Das Buch.")
    postings: list[ManualPosting] = field("Its postings.", "Ihre Zeilen.")
    currency: str = field("EUR.", "EUR.")
    entry_id: strawberry.ID | None = field(
        "UUID of the entry once posted.", "UUID der Buchung, wenn gebucht."
    )
    created_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")


@strawberry.type(description=both("A proposal just recorded.", "Ein neuer Vorschlag."))
class NewJournalProposal(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field("Version.", "Fassung.")
    state: JournalProposalState = field("State.", "Stand.")


@strawberry.type(
    description=both("A closed month or year.", "Ein abgeschlossener Monat oder ein Jahr.")
)
class LedgerClosing(Published):
    fiscal_year: int = field("Year.", "Jahr.")
    month: int | None = field("Month; null for the year.", "Monat; null für das Jahr.")
    closed_at: DateTime = field("When it was closed.", "Wann abgeschlossen wurde.")
    head_sequence: int = field("Last entry at that time.", "Letzte Buchung zu dieser Zeit.")
    is_sealed: bool = field("A keyed seal is there and fits.", "Ein Siegel ist da und passt.")
    is_intact: bool = field("The book still has that head.", "Das Buch hat diesen Stand noch.")


@strawberry.type(
    description=both("What verifying a book has found.", "Was die Prüfung eines Buchs ergab.")
)
class LedgerVerification(Published):
    book: Book = field("The book.", "Das Buch.")
    is_intact: bool = field("Everything holds.", "Alles stimmt.")
    entries: int = field("Entries read.", "Gelesene Buchungen.")
    head_sequence: int = field("The last entry.", "Die letzte Buchung.")
    head_hash: str = field("Its hash.", "Ihr Hash.")
    first_broken: int | None = field(
        "Entry at which the chain breaks.", "Buchung, an der die Kette bricht."
    )
    balances_differing: int = field(
        "Accounts whose balance is not the sum of their postings.",
        "Konten, deren Saldo nicht die Summe ihrer Zeilen ist.",
    )
    periods: list[LedgerClosing] = field("What is closed.", "Was abgeschlossen ist.")

    @strawberry.field(
        description=both(
            "Path of the book at the funding service, as a file that is verified without it.",
            "Pfad des Buchs im Dienst, als Datei, die ohne ihn prüfbar ist.",
        )
    )
    def export_path(self) -> str:
        return f"/v1/ledger/export?format=ndjson&book={record_of(self)['book']}"


@strawberry.type(description=both("A month of a book.", "Ein Monat eines Buchs."))
class LedgerPeriod(Published):
    period: str = field("Year and month, 2022-11.", "Jahr und Monat, 2022-11.")
    book: Book = field("The book.", "Das Buch.")
    state: LedgerPeriodState = field("State.", "Stand.")
    is_closing_requested: bool = field("Somebody asked to close it.", "Abschluss ist beantragt.")
    closed_at: DateTime | None = field("When it was closed.", "Wann abgeschlossen wurde.")
    head_sequence: int | None = field("Last entry at that time.", "Letzte Buchung zu dieser Zeit.")
    head_hash: str | None = field("Hash of that entry.", "Hash dieser Buchung.")
    is_sealed: bool = field("It has a keyed seal.", "Er hat ein Siegel.")
