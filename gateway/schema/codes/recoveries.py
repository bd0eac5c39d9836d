"""Codes of recoveries and interest, as the funding service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("Who owes whom.", "Wer wem schuldet."))
class RecoveryDirection(Enum):
    UPWARD = code("UPWARD", "We owe the Land", "Wir schulden dem Land")
    DOWNWARD = code("DOWNWARD", "A recipient owes us", "Ein Empfänger schuldet uns")


@strawberry.enum(description=both("Why money goes back.", "Warum Geld zurückgeht."))
class RecoveryReason(Enum):
    UNSPENT = code("UNSPENT", "Unspent", "Nicht verbraucht")
    INELIGIBLE = code("INELIGIBLE", "Ineligible", "Nicht förderfähig")
    DOUBLE_FUNDED = code("DOUBLE_FUNDED", "Double funded", "Doppelt gefördert")
    LATE = code("LATE", "Used too late", "Zu spät verwendet")
    REVOKED = code("REVOKED", "Revoked or terminated", "Widerrufen oder gekündigt")
    OVERPAID = code("OVERPAID", "Overpaid", "Zu viel gezahlt")


@strawberry.enum(description=both("What led to a recovery.", "Was zur Rückforderung führte."))
class RecoverySource(Enum):
    PERSON = code("PERSON", "A person raised it", "Von Hand erfasst")
    PROOF = code("PROOF", "A proof of use", "Ein Verwendungsnachweis")
    CUT = code("CUT", "An award cut", "Eine Kürzung")
    PARTIAL_REVOCATION = code("PARTIAL_REVOCATION", "A partial revocation", "Ein Teilwiderruf")
    REVOCATION = code("REVOCATION", "A revocation", "Ein Widerruf")
    TERMINATION = code("TERMINATION", "A contract terminated", "Eine Kündigung")


@strawberry.enum(description=both("State of a recovery.", "Stand einer Rückforderung."))
class RecoveryState(Enum):
    DRAFT = code("DRAFT", "Draft", "Entwurf")
    HEARD = code("HEARD", "Heard", "Angehört")
    DEMANDED = code("DEMANDED", "Demanded", "Gefordert")
    PARTLY_PAID = code("PARTLY_PAID", "Being paid", "In Zahlung")
    SETTLED = code("SETTLED", "Settled", "Abgeschlossen")
    WITHDRAWN = code("WITHDRAWN", "Withdrawn", "Zurückgenommen")


@strawberry.enum(description=both("A step of a recovery.", "Ein Schritt einer Rückforderung."))
class RecoveryAction(Enum):
    HEAR = code("hear", "Record the hearing", "Anhörung erfassen")
    DEMAND = code("demand", "Demand", "Fordern")
    RECORD_PAYMENT = code("record-payment", "Record a payment", "Zahlung erfassen")
    FIX_INTEREST = code("fix-interest", "Fix the interest", "Zinsen festsetzen")
    WAIVE_INTEREST = code("waive-interest", "Waive the interest", "Auf Zinsen verzichten")
    SETTLE = code("settle", "Settle", "Abschließen")
    WITHDRAW = code("withdraw", "Withdraw", "Zurücknehmen")


@strawberry.enum(description=both("How days are counted.", "Wie Zinstage zählen."))
class DayCount(Enum):
    ACT_365 = code("ACT_365", "Actual days, year of 365", "Taggenau, Jahr zu 365 Tagen")
    ACT_360 = code("ACT_360", "Actual days, year of 360", "Taggenau, Jahr zu 360 Tagen")
    E30_360 = code("E30_360", "Months of 30 days", "Monate zu 30 Tagen (30E/360)")
    ACT_ACT = code("ACT_ACT", "Actual days, year as it is", "Taggenau, Jahr wie es ist")
