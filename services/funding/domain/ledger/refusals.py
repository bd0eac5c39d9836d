"""Why an entry is not posted or not undone."""

from collections.abc import Mapping
from typing import Final

from services.funding.domain.ledger.entries import LedgerEvent
from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.text import Text


class InsufficientFunds(Conflict):
    """`free` is what the account still has, `account` its code."""

    code = "insufficient-funds"
    title = Text(de="So viel ist nicht mehr frei.", en="There is not that much left.")


class LineOfAnotherBook(RuleViolated):
    code = "line-of-another-book"
    title = Text(
        de="Diese Zeile gehört in das andere Buch (Echt- oder Übungsbetrieb).",
        en="This line belongs to the other book (live or practice).",
    )


class AlreadyReversed(Conflict):
    code = "already-reversed"
    title = Text(de="Diese Buchung ist schon storniert.", en="This entry is reversed already.")


class ReversalNotReversible(RuleViolated):
    code = "reversal-not-reversible"
    title = Text(
        de="Eine Stornobuchung wird nicht storniert; buchen Sie neu.",
        en="A reversal is not reversed; post anew.",
    )


class ReversedByItsCommand(Conflict):
    """`command` names what undoes this entry together with the record behind it."""

    code = "reversed-by-its-command"
    title = Text(
        de="Diese Buchung macht nur der Vorgang rückgängig, der sie ausgelöst hat.",
        en="Only the step that caused this entry can undo it.",
    )


COMMAND_OF_EVENT: Final[Mapping[LedgerEvent, str]] = {
    LedgerEvent.AWARD_GRANTED: "awards/{id}/actions/revoke",
    LedgerEvent.AWARD_AMENDED: "awards/{id}/versions",
    LedgerEvent.RESERVED: "reservations/{id}/actions/void",
    LedgerEvent.RESERVATION_VOIDED: "reservations",
    LedgerEvent.RESERVATION_EXPIRED: "reservations",
    LedgerEvent.RESERVATION_POSTED: "expenditures/{id}/actions/correct",
    LedgerEvent.ALLOCATION_ACTIVATED: "allocations/{id}/actions/terminate",
    LedgerEvent.ALLOCATION_AMENDED: "allocations/{id}/versions",
    LedgerEvent.ALLOCATION_RELEASED: "allocations",
    LedgerEvent.DRAWDOWN_REQUESTED: "drawdowns/{id}/actions/return",
    LedgerEvent.DRAWDOWN_RETURNED: "drawdowns/{id}/actions/revise",
    LedgerEvent.DRAWDOWN_PAID: "drawdowns/{id}/actions/repay",
    LedgerEvent.PAYMENT_SENT: "payment-runs/{id}/confirmations",
    LedgerEvent.PAYMENT_CONFIRMED: "recoveries",
    LedgerEvent.PAYMENT_FAILED: "payment-runs",
    LedgerEvent.PASSED_ON: "allocations/{id}/actions/pass-on",
    LedgerEvent.EXPENDITURE_BOOKED: "expenditures/{id}/actions/correct",
    LedgerEvent.ELIGIBILITY_DECIDED: "expenditures/{id}/actions/correct",
    LedgerEvent.ELIGIBILITY_ADJUSTED: "expenditures/{id}/actions/correct",
    LedgerEvent.PROOF_CHECKED: "proofs/{id}/actions/query",
    LedgerEvent.RECOVERED: "recoveries/{id}/actions/record-payment",
    LedgerEvent.REPAYMENT_OWED: "recoveries/{id}/actions/withdraw",
    LedgerEvent.CLAIM_LAPSED: "awards/{id}/actions/carry-over",
    LedgerEvent.REPAID: "recoveries/{id}/actions/record-payment",
    LedgerEvent.INTEREST_FIXED: "recoveries/{id}/actions/waive-interest",
    LedgerEvent.INTEREST_PAID: "recoveries/{id}/actions/record-payment",
    LedgerEvent.CARRIED_OVER: "awards/{id}/actions/carry-over",
}
