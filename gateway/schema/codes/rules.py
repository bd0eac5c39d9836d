"""Codes of rules, rates and reservations, as the funding service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("What one rate pays for.", "Wofür ein Fördersatz zahlt."))
class RateUnit(Enum):
    POST_YEAR = code("POST_YEAR", "A post for a year", "Eine Stelle für ein Jahr")
    ADMIN_ASSISTANCE_HALF_POST_YEAR = code(
        "ADMIN_ASSISTANCE_HALF_POST_YEAR",
        "Half a post of administrative assistance for a year",
        "Eine halbe Stelle Verwaltungsassistenz für ein Jahr",
    )
    WORKPLACE_SETUP_PER_POST = code(
        "WORKPLACE_SETUP_PER_POST",
        "Setting up the workplace of a post",
        "Einrichtung des Arbeitsplatzes einer Stelle",
    )


@strawberry.enum(description=both("State of a reservation.", "Stand einer Mittelbindung."))
class ReservationState(Enum):
    OPEN = code("OPEN", "Set aside", "Gebunden")
    POSTED = code("POSTED", "Used", "Verbraucht")
    VOIDED = code("VOIDED", "Given up", "Aufgehoben")
    EXPIRED = code("EXPIRED", "Run out", "Abgelaufen")


@strawberry.enum(
    description=both(
        "What can be done with a reservation.", "Was mit einer Mittelbindung getan werden kann."
    )
)
class ReservationAction(Enum):
    POST = code("post", "Book its use, by a second person", "Verbrauch durch zweite Person buchen")
    VOID = code("void", "Give it up", "Aufheben")
    EXPIRE = code("expire", "Let it run out; done by itself", "Ablaufen lassen; von selbst")
