"""What steps of the books take."""

import strawberry

from gateway.schema.codes.contracts import CostKind
from gateway.schema.codes.ledger import AccountCode, Book
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Amount, Date


@strawberry.input(
    description=both("A posting of a manual entry.", "Eine Zeile einer manuellen Buchung.")
)
class ManualPostingInput:
    code: AccountCode = needed("What the account means.", "Was das Konto bedeutet.")
    cost_kind: CostKind | None = given("Kind of cost.", "Kostenart.")
    amount: Amount = needed(
        "Euros: debit positive, credit negative.", "Euro: Soll positiv, Haben negativ."
    )


@strawberry.input(description=both("A manual entry.", "Eine manuelle Buchung."))
class ManualEntryInput:
    id: strawberry.ID | None = given("UUID of your own choice.", "UUID nach eigener Wahl.")
    award_line_id: strawberry.ID = needed("UUID of the award line.", "UUID der Bescheidzeile.")
    value_date: Date = needed("Legal date.", "Wertstellung.")
    reference: str | None = given("Reference for people.", "Belegnummer.")
    reason_code: str | None = given("Why, as a code.", "Warum, als Code.")
    book: Book | None = given("The book.", "Das Buch.")
    currency: str | None = given("EUR.", "EUR.")
    postings: list[ManualPostingInput] = needed("Postings.", "Zeilen.")


@strawberry.input(description=both("Propose a manual entry.", "Eine manuelle Buchung vorschlagen."))
class ProposeJournalEntryInput(Command, ManualEntryInput):
    pass


@strawberry.input(
    description=both("Propose many entries at once.", "Viele Buchungen auf einmal vorschlagen.")
)
class ProposeJournalEntriesInput(Command):
    items: list[ManualEntryInput] = needed("Up to 500 entries.", "Bis zu 500 Buchungen.")


@strawberry.input(
    description=both("Decide a proposed entry.", "Über einen Buchungsvorschlag entscheiden.")
)
class DecideJournalProposalInput(Change):
    proposal_id: strawberry.ID = needed("UUID of the proposal.", "UUID des Vorschlags.")


@strawberry.input(description=both("Reverse a manual entry.", "Eine manuelle Buchung stornieren."))
class ReverseJournalEntryInput(Command):
    entry_id: strawberry.ID = needed("UUID of the entry.", "UUID der Buchung.")
    value_date: Date = needed("A day in an open month.", "Ein Tag in einem offenen Monat.")
    reason_code: str = needed("Why, as a code.", "Warum, als Code.")


@strawberry.input(description=both("Close a month.", "Einen Monat abschließen."))
class ClosePeriodInput(Command):
    year: int = needed("Year.", "Jahr.")
    month: int = needed("Month, 1 to 12.", "Monat, 1 bis 12.")
    book: Book | None = given("The book.", "Das Buch.")


@strawberry.input(description=both("Close a year.", "Ein Jahr abschließen."))
class CloseYearInput(Command):
    year: int = needed("Year.", "Jahr.")
    book: Book | None = given("The book.", "Das Buch.")


@strawberry.input(description=both("End what was never called.", "Nie Abgerufenes ausbuchen."))
class LapseClaimsInput(CloseYearInput):
    value_date: Date = needed("Legal date.", "Wertstellung.")
