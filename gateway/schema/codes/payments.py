"""Codes of drawdowns and payments, as the funding service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("How money of a line comes.", "Wie Geld einer Zeile kommt."))
class DrawdownRegime(Enum):
    ZUWENDUNG = code("ZUWENDUNG", "Called when needed", "Zuwendung, nach Bedarf abgerufen")
    LUMP_SUM = code("LUMP_SUM", "Paid on fixed dates", "Pauschale, zu festen Terminen gezahlt")


@strawberry.enum(description=both("State of a drawdown.", "Stand eines Mittelabrufs."))
class DrawdownState(Enum):
    DRAFT = code("DRAFT", "Draft", "Entwurf")
    SUBMITTED = code("SUBMITTED", "Submitted", "Abgesandt")
    RETURNED = code("RETURNED", "Returned", "Zurückgewiesen")
    APPROVED = code("APPROVED", "Approved", "Bewilligt")
    SCHEDULED = code("SCHEDULED", "Scheduled", "Terminiert")
    PAID = code("PAID", "Paid", "Ausgezahlt")
    USED = code("USED", "Used", "Verwendet")
    PARTLY_UNUSED = code("PARTLY_UNUSED", "Partly unused", "Teilweise nicht verwendet")
    REPAID = code("REPAID", "Repaid", "Zurückgezahlt")
    CANCELLED = code("CANCELLED", "Cancelled", "Zurückgenommen")


@strawberry.enum(
    description=both(
        "What can be done with a drawdown.", "Was mit einem Mittelabruf getan werden kann."
    )
)
class DrawdownAction(Enum):
    SUBMIT = code("submit", "Submit", "Absenden")
    RETURN = code("return", "Record the return", "Zurückweisung erfassen")
    REVISE = code("revise", "Revise", "Überarbeiten")
    APPROVE = code("approve", "Record the approval", "Bewilligung erfassen")
    PAY = code("pay", "Record the payment", "Zahlungseingang erfassen")
    REPAY = code("repay", "Pay back what is unused", "Rest zurückzahlen")
    CANCEL = code("cancel", "Cancel", "Zurücknehmen")
    MARK_USED = code("mark-used", "Used up (by the clock)", "Verwendet (automatisch)")
    MARK_UNUSED = code(
        "mark-unused", "Two months over (by the clock)", "Zwei Monate vorbei (automatisch)"
    )


@strawberry.enum(description=both("Whose money is paid.", "Wessen Geld gezahlt wird."))
class MoneySource(Enum):
    LAND = code("LAND", "Granted by the Land", "Landesmittel")
    MUNICIPAL_OWN = code("MUNICIPAL_OWN", "The municipality's own", "Eigenmittel der Kommune")


@strawberry.enum(description=both("State of a payment.", "Stand einer Zahlung."))
class PaymentState(Enum):
    DRAFT = code("DRAFT", "Draft", "Entwurf")
    RELEASED = code("RELEASED", "Released", "Freigegeben")
    SENT = code("SENT", "Sent", "Gesendet")
    CONFIRMED = code("CONFIRMED", "Confirmed by the bank", "Von der Bank bestätigt")
    PARTLY_CONFIRMED = code("PARTLY_CONFIRMED", "Arrived in part", "Teilweise angekommen")
    FAILED = code("FAILED", "Failed", "Fehlgeschlagen")
    CANCELLED = code("CANCELLED", "Cancelled", "Zurückgenommen")


@strawberry.enum(
    description=both("What can be done with a payment.", "Was mit einer Zahlung getan werden kann.")
)
class PaymentAction(Enum):
    RELEASE = code("release", "Release", "Freigeben")
    CANCEL = code("cancel", "Cancel", "Zurücknehmen")
    SEND = code("send", "Send (by a run)", "Senden (im Zahllauf)")
    CONFIRM = code("confirm", "Confirm (by the bank)", "Bestätigen (durch die Bank)")
    CONFIRM_PARTLY = code(
        "confirm-partly", "Confirm in part (by the bank)", "Teilweise bestätigen (durch die Bank)"
    )
    FAIL = code("fail", "Fail (by the bank)", "Fehlschlagen (durch die Bank)")
    RESEND = code("resend", "Release again", "Erneut freigeben")


@strawberry.enum(description=both("State of a payment run.", "Stand eines Zahllaufs."))
class PaymentRunState(Enum):
    SENT = code("SENT", "Waiting for the bank", "Wartet auf die Bank")
    DONE = code("DONE", "Answered by the bank", "Von der Bank beantwortet")
