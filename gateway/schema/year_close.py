"""The close of a year, and what lapses with it."""

import strawberry

from gateway.schema.codes.ledger import AccountCode, Book
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Amount, DateTime


@strawberry.type(
    description=both("An account at the close.", "Ein Konto zum Zeitpunkt des Abschlusses.")
)
class TrialBalance(Published):
    account: str = field("The account's name.", "Name des Kontos.")
    code: AccountCode = field("What the account means.", "Was das Konto bedeutet.")
    balance: Amount = field("Euros: debit positive.", "Euro: Soll positiv.")


@strawberry.type(description=both("A closed year.", "Ein abgeschlossenes Jahr."))
class YearClose(Published):
    book: Book = field("The book.", "Das Buch.")
    fiscal_year: int = field("Year.", "Jahr.")
    closed_at: DateTime = field("When it was closed.", "Wann es abgeschlossen wurde.")
    trial_balance: list[TrialBalance] = field("Every account.", "Alle Konten.")
    head_sequence: int = field("Last entry.", "Letzte Buchung.")
    head_hash: str = field("Hash of that entry.", "Hash dieser Buchung.")
    is_sealed: bool = field("It has a keyed seal.", "Er hat ein Siegel.")


@strawberry.type(
    description=both(
        "What was granted, never called, and ended.",
        "Was bewilligt, nie abgerufen und ausgebucht ist.",
    )
)
class LapsedClaims(Published):
    book: Book = field("The book.", "Das Buch.")
    fiscal_year: int = field("Year.", "Jahr.")
    lapsed: Amount = field("Euros.", "Euro.")
    entry_ids: list[strawberry.ID] = field("UUIDs of the entries.", "UUIDs der Buchungen.")
