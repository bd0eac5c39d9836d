"""Codes of the books, as the funding service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(
    description=both("Live, or for practice only.", "Echtbetrieb, oder nur zur Übung.")
)
class Book(Enum):
    LIVE = code("LIVE", "Live", "Echtbetrieb")
    PRACTICE = code("PRACTICE", "Practice; in no report", "Übung; in keinem Bericht")


@strawberry.enum(description=both("What an account means.", "Was ein Konto bedeutet."))
class AccountCode(Enum):
    CLAIM = code("CLAIM", "Granted, not called", "Bewilligt, nicht abgerufen")
    REQUESTED = code("REQUESTED", "Drawn down, not paid yet", "Abgerufen, noch nicht gezahlt")
    CASH = code("CASH", "Cash; negative: paid in advance", "Geld; negativ: vorgestreckt")
    ADVANCE = code("ADVANCE", "Paid on, not proved", "Weitergeleitet, nicht nachgewiesen")
    RECOVERABLE = code("RECOVERABLE", "Recoverable from the recipient", "Zurückzufordern")
    SHORTFALL = code("SHORTFALL", "Shortfall after a cut", "Fehlbetrag nach Kürzung")
    OWN_BUDGET = code("OWN_BUDGET", "Own budget", "Eigene Haushaltsmittel")
    OWN_ADVANCE = code("OWN_ADVANCE", "Own money, not proved", "Eigenmittel, nicht nachgewiesen")
    FREE = code("FREE", "Free", "Frei")
    RESERVED = code("RESERVED", "Reserved", "Vorgemerkt")
    COMMITTED = code("COMMITTED", "Committed to a recipient", "Gebunden")
    OWN_COMMITTED = code("OWN_COMMITTED", "Own money committed", "Eigenmittel gebunden")
    SENT = code("SENT", "Payment under way", "Auszahlung unterwegs")
    REPAYABLE = code("REPAYABLE", "To be repaid to the Land", "Dem Land zurückzuzahlen")
    INTEREST_DUE = code("INTEREST_DUE", "Interest due", "Zinsen geschuldet")
    GRANT_USED = code("GRANT_USED", "Grant used", "Zuwendung verwendet")
    INTEREST_RECEIVED = code("INTEREST_RECEIVED", "Interest received", "Zinsen erhalten")
    ELIGIBLE = code("ELIGIBLE", "Eligible cost", "Förderfähige Kosten")
    OWN_SHARE = code("OWN_SHARE", "Own share", "Eigenanteil")
    INELIGIBLE = code("INELIGIBLE", "Ineligible cost", "Nicht förderfähige Kosten")
    UNDECIDED = code("UNDECIDED", "Eligibility undecided", "Förderfähigkeit offen")
    FORWARDED = code("FORWARDED", "Paid on and proved", "Weitergeleitet und nachgewiesen")
    OWN_FORWARDED = code("OWN_FORWARDED", "Own money, proved", "Eigenmittel, nachgewiesen")
    INTEREST = code("INTEREST", "Interest expense", "Zinsaufwand")


@strawberry.enum(description=both("The fact that was posted.", "Der Vorgang, der gebucht wurde."))
class LedgerEvent(Enum):
    AWARD_GRANTED = code("AWARD_GRANTED", "Award granted", "Bescheid erteilt")
    AWARD_AMENDED = code("AWARD_AMENDED", "Award amended", "Bescheid geändert")
    RESERVED = code("RESERVED", "Reserved", "Vorgemerkt")
    RESERVATION_VOIDED = code("RESERVATION_VOIDED", "Reservation voided", "Vormerkung aufgehoben")
    RESERVATION_EXPIRED = code(
        "RESERVATION_EXPIRED", "Reservation expired", "Vormerkung abgelaufen"
    )
    RESERVATION_POSTED = code("RESERVATION_POSTED", "Reservation used", "Vormerkung verbraucht")
    ALLOCATION_ACTIVATED = code(
        "ALLOCATION_ACTIVATED", "Allocation activated", "Weiterleitung wirksam"
    )
    ALLOCATION_AMENDED = code("ALLOCATION_AMENDED", "Allocation amended", "Weiterleitung geändert")
    ALLOCATION_RELEASED = code("ALLOCATION_RELEASED", "Allocation released", "Bindung aufgehoben")
    DRAWDOWN_REQUESTED = code("DRAWDOWN_REQUESTED", "Drawdown requested", "Mittel abgerufen")
    DRAWDOWN_RETURNED = code("DRAWDOWN_RETURNED", "Drawdown returned", "Mittelabruf zurückgegeben")
    DRAWDOWN_PAID = code("DRAWDOWN_PAID", "Drawdown paid", "Mittelabruf gezahlt")
    PAYMENT_SENT = code("PAYMENT_SENT", "Payment sent", "Auszahlung angewiesen")
    PAYMENT_CONFIRMED = code("PAYMENT_CONFIRMED", "Payment confirmed", "Auszahlung bestätigt")
    PAYMENT_FAILED = code("PAYMENT_FAILED", "Payment failed", "Auszahlung fehlgeschlagen")
    PASSED_ON = code("PASSED_ON", "Passed on by a recipient", "Vom Träger weitergeleitet")
    EXPENDITURE_BOOKED = code("EXPENDITURE_BOOKED", "Expenditure booked", "Ausgabe gebucht")
    ELIGIBILITY_DECIDED = code(
        "ELIGIBILITY_DECIDED", "Eligibility decided", "Förderfähigkeit entschieden"
    )
    ELIGIBILITY_ADJUSTED = code(
        "ELIGIBILITY_ADJUSTED", "Eligible part adjusted", "Förderfähiger Teil angepasst"
    )
    PROOF_CHECKED = code("PROOF_CHECKED", "Proof checked", "Nachweis des Trägers geprüft")
    RECOVERED = code("RECOVERED", "Recovered from a recipient", "Vom Träger zurückerhalten")
    REPAYMENT_OWED = code("REPAYMENT_OWED", "Repayment owed", "Rückzahlung geschuldet")
    CLAIM_LAPSED = code("CLAIM_LAPSED", "Claim lapsed", "Bewilligung verfallen")
    REPAID = code("REPAID", "Repaid to the Land", "Dem Land zurückgezahlt")
    INTEREST_FIXED = code("INTEREST_FIXED", "Interest fixed", "Zinsen festgesetzt")
    INTEREST_PAID = code("INTEREST_PAID", "Interest paid", "Zinsen gezahlt")
    CARRIED_OVER = code("CARRIED_OVER", "Carried over", "Übertragen")
    REVERSED = code("REVERSED", "Reversed", "Storniert")
    MANUAL = code("MANUAL", "Manual entry", "Manuelle Buchung")


@strawberry.enum(description=both("State of a proposed entry.", "Stand eines Buchungsvorschlags."))
class JournalProposalState(Enum):
    PROPOSED = code("PROPOSED", "Proposed", "Vorgeschlagen")
    POSTED = code("POSTED", "Posted", "Gebucht")
    DISCARDED = code("DISCARDED", "Discarded", "Verworfen")


@strawberry.enum(
    description=both(
        "What can be done with a proposed entry.",
        "Was mit einem Buchungsvorschlag getan werden kann.",
    )
)
class JournalProposalAction(Enum):
    POST = code("post", "Post, by a second person", "Buchen, durch eine zweite Person")
    DISCARD = code("discard", "Discard", "Verwerfen")


@strawberry.enum(description=both("State of a month.", "Stand eines Monats."))
class LedgerPeriodState(Enum):
    OPEN = code("OPEN", "Open", "Offen")
    CLOSED = code("CLOSED", "Closed; it stays so", "Abgeschlossen; das bleibt so")


@strawberry.enum(
    description=both("The side on which an account grows.", "Die Seite, auf der ein Konto wächst.")
)
class LedgerSide(Enum):
    DEBIT = code("D", "Debit", "Soll")
    CREDIT = code("C", "Credit", "Haben")
