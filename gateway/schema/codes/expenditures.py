"""Codes of expenditure, as the funding service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(
    description=both("Whether a kind of cost counts.", "Ob eine Kostenart förderfähig ist.")
)
class Eligibility(Enum):
    ELIGIBLE = code("ELIGIBLE", "Eligible", "Förderfähig")
    NOT_ELIGIBLE = code("NOT_ELIGIBLE", "Not eligible", "Nicht förderfähig")
    UNKNOWN = code(
        "UNKNOWN", "No rule says; a person decides", "Keine Regel; ein Mensch entscheidet"
    )


@strawberry.enum(
    description=both("Who bears what does not count.", "Wer trägt, was nicht förderfähig ist.")
)
class Payer(Enum):
    MUNICIPALITY = code("MUNICIPALITY", "Municipality", "Kommune")
    TRAEGER = code("TRAEGER", "Provider", "Träger")
    UNDECIDED = code("UNDECIDED", "Undecided", "Offen")


@strawberry.enum(description=both("State of a cost.", "Stand einer Ausgabe."))
class ExpenditureState(Enum):
    RECORDED = code("RECORDED", "Kept for a recipient's proof", "Für den Nachweis des Trägers")
    BOOKED = code("BOOKED", "Booked", "Gebucht")
    CORRECTED = code("CORRECTED", "Reversed", "Storniert")


@strawberry.enum(
    description=both("What can be done with a cost.", "Was mit einer Ausgabe getan werden kann.")
)
class ExpenditureAction(Enum):
    DECIDE = code("decide", "Decide whether it counts", "Über die Förderfähigkeit entscheiden")
    CORRECT = code("correct", "Reverse it", "Stornieren")
