"""What is delivered under the number of another system, and what a delivery may not do."""

from enum import StrEnum
from typing import Final

from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.text import Text

IMPORT_SYSTEM: Final = "import"
REFERRAL_SYSTEM: Final = "referral"


class ExternalKind(StrEnum):
    PERSON = "PERSON"
    CASE = "CASE"


class DeliveredWayDiffers(Conflict):
    code = "delivered-way-differs"
    title = Text(
        de="Zustand, Daten und Zuständigkeit eines übernommenen Falls ändern sich hier nur durch "
        "die Schritte des Falls, nicht durch eine Lieferung.",
        en="State, dates and case manager of a case taken over change by the steps of the case "
        "only, not by a delivery.",
    )


class CaseWasErased(Conflict):
    code = "case-was-erased"
    title = Text(
        de="Der Fall dieser Nummer wurde gelöscht und kommt durch eine Lieferung nicht zurück; ist "
        "es ein neuer Fall, sagt das isNewCase.",
        en="The case of this number was erased and does not come back by a delivery; should it be "
        "a new case, isNewCase says so.",
    )


class MemberHasNoNumber(RuleViolated):
    code = "member-has-no-number"
    title = Text(
        de="Angehörige ohne eigene externalId werden einmal übernommen; um sie zu ändern, braucht "
        "jede Person eine.",
        en="Members without an externalId of their own are taken over once; to change them, each "
        "person needs one.",
    )


def client_number(case_key: str) -> str:
    """What the client of a case is known by who has no number of their own."""
    return f"case:{case_key}"
