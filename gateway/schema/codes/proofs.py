"""Codes of proofs of use, as the funding service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("How use is proved.", "Wie die Verwendung nachgewiesen wird."))
class ProofRegime(Enum):
    SIMPLE = code("SIMPLE", "Narrative and numbers", "Sachbericht und Zahlen")
    QUALIFIED = code("QUALIFIED", "With vouchers", "Mit Belegen")
    HVB_CONFIRMATION = code(
        "HVB_CONFIRMATION",
        "Confirmed by the head of the administration",
        "Bestätigt durch die Hauptverwaltungsbeamtin oder den Hauptverwaltungsbeamten",
    )


@strawberry.enum(description=both("State of a proof of use.", "Stand eines Verwendungsnachweises."))
class ProofState(Enum):
    NOT_DUE = code("NOT_DUE", "Not due", "Noch nicht fällig")
    OPEN = code("OPEN", "Open", "Offen")
    SUBMITTED = code("SUBMITTED", "Submitted", "Vorgelegt")
    UNDER_REVIEW = code("UNDER_REVIEW", "Under review", "In Prüfung")
    QUERY = code("QUERY", "The authority asks back", "Rückfrage der Behörde")
    ACCEPTED = code("ACCEPTED", "Accepted", "Anerkannt")
    ACCEPTED_WITH_RECOVERY = code(
        "ACCEPTED_WITH_RECOVERY", "Accepted with a recovery", "Anerkannt mit Rückforderung"
    )
    REJECTED = code("REJECTED", "Rejected", "Abgelehnt")
    RECOVERY_OPEN = code("RECOVERY_OPEN", "Recovery open", "Rückforderung offen")
    SETTLED = code("SETTLED", "Settled", "Abgeschlossen")


@strawberry.enum(
    description=both("A step of a proof of use.", "Ein Schritt eines Verwendungsnachweises.")
)
class ProofAction(Enum):
    OPEN = code("open", "Open", "Eröffnen")
    SUBMIT = code("submit", "Submit", "Freigeben und vorlegen")
    REVIEW = code("review", "Record the review", "Prüfung der Behörde vermerken")
    QUERY = code("query", "Record a query", "Rückfrage der Behörde erfassen")
    ACCEPT = code("accept", "Record the acceptance", "Anerkennung erfassen")
    ACCEPT_WITH_RECOVERY = code(
        "accept-with-recovery",
        "Record the acceptance with a recovery",
        "Anerkennung mit Rückforderung erfassen",
    )
    REJECT = code("reject", "Record the rejection", "Ablehnung erfassen")
    DEMAND = code("demand", "Record the demand", "Rückforderungsbescheid erfassen")
    SETTLE = code("settle", "Settle", "Abschließen")


@strawberry.enum(description=both("Why money is asked back.", "Warum Geld zurückgefordert wird."))
class RecoveryGround(Enum):
    UNSPENT = code("UNSPENT", "Unspent", "Nicht verbraucht")
    INELIGIBLE = code("INELIGIBLE", "Ineligible", "Nicht förderfähig")
    DOUBLE_FUNDED = code("DOUBLE_FUNDED", "Funded twice", "Doppelt gefördert")
    LATE = code("LATE", "Late", "Verspätet")
