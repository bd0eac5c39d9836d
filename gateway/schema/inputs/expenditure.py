"""What changes of costs and vouchers take."""

import strawberry

from gateway.schema.codes.contracts import CostKind
from gateway.schema.codes.expenditures import Payer
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Amount, Date


@strawberry.input(description=both("A voucher.", "Ein Beleg."))
class RecordVoucherInput(Command):
    number: str = needed("Number.", "Nummer.")
    voucher_date: Date = needed("Date.", "Datum.")
    amount: Amount = needed("Euros.", "Euro.")
    id: strawberry.ID | None = given("UUID of your own.", "Eigene UUID.")
    currency: str | None = given("EUR.", "EUR.")
    sha256: str | None = given("Hash of the document.", "Prüfsumme des Dokuments.")
    document_ref: str | None = given(
        "Key in the document system.", "Schlüssel in der Dokumentenverwaltung."
    )


@strawberry.input(description=both("A cost.", "Eine Ausgabe."))
class RecordExpenditureInput(Command):
    award_line_id: strawberry.ID = needed("UUID of the award line.", "UUID der Bescheidzeile.")
    cost_kind: CostKind = needed("Kind of cost.", "Kostenart.")
    period_from: Date = needed("First day it is for.", "Erster Tag, für den sie gilt.")
    period_to: Date = needed("Last day it is for.", "Letzter Tag, für den sie gilt.")
    value_date: Date = needed("Value date.", "Wertstellung.")
    amount: Amount = needed("Euros.", "Euro.")
    voucher_id: strawberry.ID = needed("UUID of the voucher.", "UUID des Belegs.")
    id: strawberry.ID | None = given("UUID of your own.", "Eigene UUID.")
    allocation_id: strawberry.ID | None = given(
        "UUID of the recipient's allocation.", "UUID der Weiterleitung des Trägers."
    )
    position_id: strawberry.ID | None = given("UUID of the post.", "UUID der Stelle.")
    currency: str | None = given("EUR.", "EUR.")
    payer: Payer | None = given("Who bears what does not count.", "Wer den Rest trägt.")
    structural_finding_id: strawberry.ID | None = given(
        "The structural finding it answers.", "Der strukturelle Befund dazu."
    )
    subject_ref: strawberry.ID | None = given(
        "Opaque reference of a case.", "Verdeckter Verweis auf einen Fall."
    )
    reservation_id: strawberry.ID | None = given(
        "UUID of the reservation it uses.", "UUID der Mittelbindung, die sie verbraucht."
    )


@strawberry.input(
    description=both("A decision where no rule answers.", "Eine Entscheidung, wo keine Regel gilt.")
)
class DecideEligibilityInput(Change):
    expenditure_id: strawberry.ID = needed("UUID of the cost.", "UUID der Ausgabe.")
    is_eligible: bool = needed("Whether it counts.", "Ob sie förderfähig ist.")
    reason: str = needed("Why.", "Warum.")
    value_date: Date | None = given("Value date; today.", "Wertstellung; heute.")


@strawberry.input(description=both("A reversal.", "Ein Storno."))
class CorrectExpenditureInput(Change):
    expenditure_id: strawberry.ID = needed("UUID of the cost.", "UUID der Ausgabe.")
    reason_code: str = needed("Why, as a code.", "Warum, als Code.")
    value_date: Date | None = given("Value date; today.", "Wertstellung; heute.")


@strawberry.input(
    description=both("Let the books follow posts and rates.", "Förderfähigkeit nachbuchen.")
)
class AdjustEligibilityInput(Command):
    award_id: strawberry.ID = needed("UUID of the award.", "UUID des Bescheids.")
    value_date: Date = needed("Value date.", "Wertstellung.")
