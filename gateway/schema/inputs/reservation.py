"""What steps of reservations, provisions and carried-over money take."""

import strawberry

from gateway.schema.codes.awards import ConditionCode
from gateway.schema.codes.contracts import CostKind
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Amount, Date


@strawberry.input(description=both("Set money aside.", "Mittel binden."))
class ReserveFundsInput(Command):
    id: strawberry.ID | None = given("UUID of your own choice.", "UUID nach eigener Wahl.")
    award_line_id: strawberry.ID = needed("UUID of the award line.", "UUID der Bescheidzeile.")
    amount: Amount = needed("Euros.", "Euro.")
    currency: str | None = given("EUR.", "EUR.")
    cost_kind: CostKind = needed("Kind of cost.", "Kostenart.")
    reserved_on: Date | None = given("First day; today if left out.", "Erster Tag; sonst heute.")
    expires_on: Date = needed("Last day.", "Letzter Tag.")
    reference: str | None = given("Reference for people.", "Belegnummer.")


@strawberry.input(
    description=both(
        "Book what was paid of a reservation; the rest is free again.",
        "Buchen, was von einer Mittelbindung gezahlt wurde; der Rest ist wieder frei.",
    )
)
class PostReservationInput(Change):
    reservation_id: strawberry.ID = needed("UUID of the reservation.", "UUID der Mittelbindung.")
    amount: Amount = needed("Euros paid.", "Gezahlte Euro.")
    currency: str | None = given("EUR.", "EUR.")
    value_date: Date = needed("Value date.", "Wertstellung.")


@strawberry.input(description=both("Give a reservation up.", "Eine Mittelbindung aufheben."))
class VoidReservationInput(Change):
    reservation_id: strawberry.ID = needed("UUID of the reservation.", "UUID der Mittelbindung.")


@strawberry.input(description=both("An ancillary provision.", "Eine Nebenbestimmung."))
class AwardConditionInput:
    code: ConditionCode = needed("What it is about.", "Worum es geht.")
    text_de: str = needed("Its text.", "Der Wortlaut.")
    passes_on: bool = strawberry.field(
        default=True,
        description=both(
            "Whoever gets the money on is bound by it.", "Sie gilt auch für Empfänger der Mittel."
        ),
    )


@strawberry.input(
    description=both(
        "Set all ancillary provisions of a notice.",
        "Alle Nebenbestimmungen eines Bescheids setzen.",
    )
)
class SetAwardConditionsInput(Change):
    award_id: strawberry.ID = needed("UUID of the award.", "UUID des Bescheids.")
    items: list[AwardConditionInput] = needed("In their order.", "In ihrer Reihenfolge.")


@strawberry.input(
    description=both(
        "Carry money over into a later year, with the authority's consent.",
        "Mittel mit Zustimmung der Behörde in ein späteres Jahr übertragen.",
    )
)
class CarryOverAwardInput(Change):
    award_id: strawberry.ID = needed("UUID of the award.", "UUID des Bescheids.")
    award_line_id: strawberry.ID = needed("UUID of its line.", "UUID seiner Zeile.")
    to_award_line_id: strawberry.ID = needed(
        "UUID of the line of the later year.", "UUID der Zeile des späteren Jahres."
    )
    amount: Amount = needed("Euros.", "Euro.")
    currency: str | None = given("EUR.", "EUR.")
    consent_ref: str = needed(
        "Reference of the authority's consent.", "Aktenzeichen der Zustimmung der Behörde."
    )
