"""What drawdowns and payments take."""

import strawberry

from gateway.schema.codes.contracts import CostKind
from gateway.schema.codes.payments import MoneySource, PaymentAction
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Amount, Date

CURRENCY = ("EUR, the only one.", "EUR, die einzige.")
DRAWDOWN = ("UUID of the drawdown.", "UUID des Mittelabrufs.")
ALLOCATION = ("UUID of the allocation.", "UUID der Weiterleitung.")
EUROS = ("Euros.", "Euro.")


@strawberry.input(description=both("A payment that falls due.", "Eine Zahlung, die fällig wird."))
class DrawdownNeedInput:
    due_on: Date = needed("Day on which it is due.", "Fälligkeitstag.")
    amount: Amount = needed(*EUROS)
    cost_kind: CostKind = needed("Cost kind.", "Kostenart.")


@strawberry.input(
    description=both("Call money of an award line.", "Geld einer Bescheidzeile abrufen.")
)
class RequestDrawdownInput(Command):
    award_line_id: strawberry.ID = needed("UUID of the award line.", "UUID der Bescheidzeile.")
    amount: Amount = needed(*EUROS)
    needs: list[DrawdownNeedInput] = needed("What it is needed for.", "Wofür es gebraucht wird.")
    id: strawberry.ID | None = given("UUID of your own.", "Eigene UUID.")
    currency: str | None = given(*CURRENCY)


@strawberry.input(
    description=both("Submit a drawdown, by a second person.", "Einen Abruf freigeben.")
)
class SubmitDrawdownInput(Change):
    drawdown_id: strawberry.ID = needed(*DRAWDOWN)
    requested_on: Date | None = given("Day of the request.", "Tag des Abrufs.")


@strawberry.input(
    description=both("Record why a drawdown came back.", "Eine Zurückweisung erfassen.")
)
class ReturnDrawdownInput(Change):
    drawdown_id: strawberry.ID = needed(*DRAWDOWN)
    reason: str = needed("Reason.", "Begründung.")


@strawberry.input(
    description=both("Revise a returned drawdown.", "Einen zurückgewiesenen Abruf überarbeiten.")
)
class ReviseDrawdownInput(Change):
    drawdown_id: strawberry.ID = needed(*DRAWDOWN)
    amount: Amount | None = given(*EUROS)
    needs: list[DrawdownNeedInput] | None = given(
        "The new need list, whole.", "Die neue Bedarfsliste, vollständig."
    )


@strawberry.input(description=both("Record what is approved.", "Erfassen, was bewilligt ist."))
class ApproveDrawdownInput(Change):
    drawdown_id: strawberry.ID = needed(*DRAWDOWN)
    amount: Amount | None = given(
        "Euros, if less than was called.", "Euro, wenn weniger als abgerufen."
    )


@strawberry.input(description=both("Record that the money came.", "Den Zahlungseingang erfassen."))
class RecordDrawdownPaymentInput(Change):
    drawdown_id: strawberry.ID = needed(*DRAWDOWN)
    value_date: Date = needed("Value date.", "Wertstellung.")
    bank_reference: str = needed("Reference of the bank.", "Referenz der Bank.")
    amount: Amount | None = given(*EUROS)
    currency: str | None = given(*CURRENCY)


@strawberry.input(
    description=both("Record that the rest went back.", "Die Rückzahlung des Restes erfassen.")
)
class RepayDrawdownInput(Change):
    drawdown_id: strawberry.ID = needed(*DRAWDOWN)
    repaid_on: Date = needed("Day of the repayment.", "Tag der Rückzahlung.")


@strawberry.input(description=both("Cancel a drawdown.", "Einen Mittelabruf zurücknehmen."))
class CancelDrawdownInput(Change):
    drawdown_id: strawberry.ID = needed(*DRAWDOWN)


@strawberry.input(
    description=both("Set the date of a lump sum.", "Den Termin einer Pauschale festlegen.")
)
class ScheduleLumpSumInput(Change):
    award_id: strawberry.ID = needed("UUID of the award.", "UUID des Bescheids.")
    due_on: Date = needed("Day the money comes.", "Tag, an dem das Geld kommt.")
    award_line_id: strawberry.ID | None = given(
        "UUID of the award line; all lump sums if left out.",
        "UUID der Bescheidzeile; ohne sie alle Pauschalen.",
    )
    amount: Amount | None = given("Euros, with a line only.", "Euro, nur mit einer Zeile.")
    currency: str | None = given(*CURRENCY)


@strawberry.input(description=both("An instalment.", "Eine Rate."))
class InstalmentInput:
    number: int = needed("Number.", "Nummer.")
    due_on: Date = needed("Day on which it is due.", "Fälligkeitstag.")
    amount: Amount = needed(*EUROS)


@strawberry.input(description=both("Replace the plan of instalments.", "Den Ratenplan ersetzen."))
class PlanInstalmentsInput(Change):
    allocation_id: strawberry.ID = needed(*ALLOCATION)
    instalments: list[InstalmentInput] = needed("The whole plan.", "Der ganze Plan.")
    currency: str | None = given(*CURRENCY)


@strawberry.input(description=both("Record a payment.", "Eine Zahlung erfassen."))
class CreatePaymentInput(Command):
    allocation_id: strawberry.ID = needed(*ALLOCATION)
    amount: Amount = needed(*EUROS)
    payee_number: str = needed(
        "Number of the payee in the finance software.", "Kreditorennummer im Finanzverfahren."
    )
    id: strawberry.ID | None = given("UUID of your own.", "Eigene UUID.")
    instalment_id: strawberry.ID | None = given("UUID of the instalment.", "UUID der Rate.")
    reservation_id: strawberry.ID | None = given(
        "UUID of the reservation it uses.", "UUID der Mittelbindung, die sie verbraucht."
    )
    source: MoneySource | None = given("Whose money it is.", "Wessen Geld es ist.")
    currency: str | None = given(*CURRENCY)


@strawberry.input(description=both("Take a payment a step further.", "Eine Zahlung weiterführen."))
class PerformPaymentActionInput(Change):
    payment_id: strawberry.ID = needed("UUID of the payment.", "UUID der Zahlung.")
    action: PaymentAction = needed("The action.", "Die Aktion.")


@strawberry.input(
    description=both("Send released payments together.", "Freigegebene Zahlungen senden.")
)
class StartPaymentRunInput(Command):
    payment_ids: list[strawberry.ID] = needed("UUIDs of the payments.", "UUIDs der Zahlungen.")
    sent_on: Date | None = given("Day; today if left out.", "Tag; ohne Angabe heute.")


@strawberry.input(
    description=both("What the bank says of one payment.", "Was die Bank zu einer Zahlung sagt.")
)
class ConfirmationInput:
    payment_id: strawberry.ID = needed("UUID of the payment.", "UUID der Zahlung.")
    is_paid: bool = needed("Whether it arrived.", "Ob sie ankam.")
    value_date: Date = needed("Value date.", "Wertstellung.")
    bank_reference: str = needed("Reference of the bank.", "Referenz der Bank.")
    amount: Amount | None = given(
        "Euros, if only a part arrived.", "Euro, wenn nur ein Teil ankam."
    )
    failure_code: str | None = given("Why it failed.", "Warum sie fehlschlug.")


@strawberry.input(
    description=both("Take the bank's confirmations.", "Bestätigungen der Bank übernehmen.")
)
class ConfirmPaymentsInput(Command):
    run_id: strawberry.ID = needed("UUID of the payment run.", "UUID des Zahllaufs.")
    items: list[ConfirmationInput] = needed("The confirmations.", "Die Bestätigungen.")


@strawberry.input(
    description=both("Record what a recipient passed on.", "Eine Weitergabe erfassen.")
)
class PassOnInput(Change):
    allocation_id: strawberry.ID = needed(
        "UUID of the allocation that pays.", "UUID der zahlenden Weiterleitung."
    )
    child_id: strawberry.ID = needed(
        "UUID of the allocation below.", "UUID der Weiterleitung darunter."
    )
    amount: Amount = needed(*EUROS)
    paid_on: Date = needed("Day of the payment.", "Tag der Zahlung.")
    currency: str | None = given(*CURRENCY)
