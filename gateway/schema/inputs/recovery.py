"""What steps of a recovery take."""

import strawberry

from gateway.schema.codes.contracts import CostKind
from gateway.schema.codes.recoveries import RecoveryDirection, RecoveryReason
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Amount, Date


@strawberry.input(description=both("Record a base rate.", "Einen Basiszinssatz erfassen."))
class RecordBaseRateInput(Command):
    valid_from: Date = needed("First day.", "Erster Tag.")
    percent: str = needed("Percent, as 1.62 or -0.88.", "Prozent, wie 1.62 oder -0.88.")
    source: str = needed("Where it is published.", "Wo er bekannt gemacht ist.")


@strawberry.input(description=both("Raise a recovery.", "Eine Rückforderung erfassen."))
class RaiseRecoveryInput(Command):
    direction: RecoveryDirection = needed("Who owes whom.", "Wer wem schuldet.")
    award_line_id: strawberry.ID = needed("UUID of the award line.", "UUID der Bescheidzeile.")
    allocation_id: strawberry.ID | None = given(
        "UUID of the recipient's allocation.", "UUID der Weiterleitung."
    )
    ground: RecoveryReason = needed("Why.", "Warum.")
    amount: Amount = needed("What is claimed.", "Hauptforderung.")
    currency: str | None = given("EUR.", "EUR.")
    claim_since: Date = needed("When the claim arose.", "Wann die Forderung entstand.")


@strawberry.input
class RecoveryStepInput(Change):
    """Base of the inputs of steps."""

    recovery_id: strawberry.ID = needed("UUID of the recovery.", "UUID der Rückforderung.")


@strawberry.input(description=both("Record the hearing.", "Die Anhörung erfassen."))
class HearRecoveryInput(RecoveryStepInput):
    heard_on: Date = needed("Day of the hearing.", "Tag der Anhörung.")


@strawberry.input(description=both("A cost that goes back.", "Kosten, die zurückgehen."))
class UsedMoneyInput:
    cost_kind: CostKind = needed("Kind of cost.", "Kostenart.")
    amount: Amount = needed("Amount.", "Betrag.")


@strawberry.input(description=both("Demand the money.", "Das Geld fordern."))
class DemandRecoveryInput(RecoveryStepInput):
    act_reference: str = needed("Reference of the act.", "Zeichen des Bescheids.")
    demanded_on: Date = needed("Day of the demand.", "Tag der Forderung.")
    due_on: Date = needed("When it is due.", "Fälligkeit.")
    used: list[UsedMoneyInput] | None = given(
        "The part that is not free any more.", "Der Teil, der nicht mehr frei ist."
    )


@strawberry.input(description=both("Record a payment.", "Eine Zahlung erfassen."))
class RecordRecoveryPaymentInput(RecoveryStepInput):
    paid_on: Date = needed("Value date of the bank.", "Wertstellung der Bank.")
    amount: Amount | None = given("On the principal.", "Auf die Hauptforderung.")
    interest_amount: Amount | None = given("On the interest.", "Auf die Zinsen.")
    currency: str | None = given("EUR.", "EUR.")
    bank_reference: str = needed("The bank's reference.", "Referenz der Bank.")


@strawberry.input(description=both("Fix the interest.", "Die Zinsen festsetzen."))
class FixRecoveryInterestInput(RecoveryStepInput):
    act_reference: str = needed("Reference of the act.", "Zeichen des Bescheids.")
    fixed_on: Date = needed("Day of the act.", "Tag der Festsetzung.")


@strawberry.input(description=both("Waive the interest.", "Auf die Zinsen verzichten."))
class WaiveRecoveryInterestInput(RecoveryStepInput):
    reference: str = needed("Reference of the decision.", "Zeichen der Entscheidung.")
    reason: str = needed("Why.", "Warum.")


@strawberry.input(description=both("Settle a recovery.", "Eine Rückforderung abschließen."))
class SettleRecoveryInput(RecoveryStepInput):
    pass


@strawberry.input(description=both("Withdraw a recovery.", "Eine Rückforderung zurücknehmen."))
class WithdrawRecoveryInput(RecoveryStepInput):
    reason: str = needed("Why.", "Warum.")
    withdrawn_on: Date = needed("Day of the withdrawal.", "Tag der Rücknahme.")
