"""What of an award's money is set aside, used and free."""

import strawberry

from gateway.schema.codes.awards import FundingLine
from gateway.schema.codes.contracts import CostKind
from gateway.schema.codes.rules import ReservationAction, ReservationState
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Amount, Date, DateTime


@strawberry.type(
    description=both(
        "A line of an award on the books, by value date and by what was known.",
        "Eine Bescheidzeile in den Büchern, nach Wertstellung und Kenntnisstand.",
    )
)
class BudgetLine(Published):
    award_line_id: strawberry.ID = field("UUID of the award line.", "UUID der Bescheidzeile.")
    key: str = field("Key.", "Schlüssel.")
    funding_line: FundingLine = field("Funding line.", "Baustein.")
    granted: Amount = field("Euros granted.", "Bewilligte Euro.")
    claim: Amount = field("Euros not called yet.", "Noch nicht abgerufene Euro.")
    requested: Amount = field("Euros called, not paid yet.", "Abgerufene, nicht gezahlte Euro.")
    received: Amount = field("Euros received.", "Erhaltene Euro.")
    reserved: Amount = field("Euros set aside.", "Vorgemerkte Euro.")
    committed: Amount = field("Euros committed to recipients.", "An Träger gebundene Euro.")
    used: Amount = field("Euros used.", "Verbrauchte Euro.")
    free: Amount = field("Euros free.", "Freie Euro.")
    shortfall: Amount = field("Euros missing after a cut.", "Nach Kürzung fehlende Euro.")
    repayable: Amount = field("Euros to be repaid.", "Zurückzuzahlende Euro.")


@strawberry.type(
    description=both(
        "Money set aside until it is used, given up, or until it runs out.",
        "Gebundene Mittel, bis sie verbraucht, aufgehoben oder abgelaufen sind.",
    )
)
class Reservation(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    award_line_id: strawberry.ID = field("UUID of the award line.", "UUID der Bescheidzeile.")
    state: ReservationState = field("State.", "Stand.")
    allowed_actions: list[ReservationAction] = field("What can be done.", "Was möglich ist.")
    amount: Amount = field("Euros set aside.", "Gebundene Euro.")
    posted: Amount = field("Euros used of it.", "Davon verbrauchte Euro.")
    held: Amount = field("Euros of it on their way.", "Davon unterwegs, in Euro.")
    cost_kind: CostKind = field("Kind of cost.", "Kostenart.")
    reserved_on: Date = field("First day.", "Erster Tag.")
    expires_on: Date = field("Last day.", "Letzter Tag.")
    reference: str = field("Reference for people.", "Belegnummer.")
    created_at: DateTime = field("When it was recorded.", "Wann sie erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
