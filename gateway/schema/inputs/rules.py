"""What steps of rules, rates and calls for interest take."""

import strawberry

from gateway.schema.codes.awards import FundingLine
from gateway.schema.codes.contracts import CostKind, LegalForm
from gateway.schema.codes.expenditures import Eligibility
from gateway.schema.codes.proofs import ProofRegime
from gateway.schema.codes.rules import RateUnit
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Amount, Date, Fte


@strawberry.input
class DatedRuleInput(Command):
    """Base of what a rule takes."""

    funding_line: FundingLine = needed("Funding line.", "Baustein.")
    valid_from: Date = needed("First day.", "Erster Tag.")
    valid_to: Date | None = given("Last day.", "Letzter Tag.")
    source: str = needed("Where it stands.", "Wo es steht.")


@strawberry.input(
    description=both(
        "Record what a line is from a day on.", "Erfassen, was ein Baustein ab einem Tag ist."
    )
)
class SetFundingLineRuleInput(DatedRuleInput):
    legal_form: LegalForm = needed("Legal form.", "Rechtsform.")
    proof_regime: ProofRegime = needed("How its use is proved.", "Wie die Verwendung belegt wird.")
    has_two_month_rule: bool = needed(
        "What is called must be used within two months.",
        "Abgerufenes ist binnen zwei Monaten zu verwenden.",
    )


@strawberry.input(
    description=both("Record a rule about a kind of cost.", "Eine Regel zu Kosten erfassen.")
)
class SetCostRuleInput(DatedRuleInput):
    cost_kind: CostKind = needed("Kind of cost.", "Kostenart.")
    answer: Eligibility = needed("What the rule says.", "Was die Regel sagt.")


@strawberry.input(description=both("Put a rule in force.", "Eine Regel in Kraft setzen."))
class ReleaseRuleInput(Change):
    rule_id: strawberry.ID = needed("UUID of the rule.", "UUID der Regel.")


@strawberry.input(description=both("Record a rate.", "Einen Fördersatz erfassen."))
class RecordRateInput(Command):
    funding_line: FundingLine = needed("Funding line.", "Baustein.")
    unit_kind: RateUnit | None = given("What it pays for.", "Wofür er zahlt.")
    fiscal_year: int = needed("Fiscal year.", "Haushaltsjahr.")
    ceiling: Amount = needed("Euros at most.", "Höchstens Euro.")
    source: str = needed("Where it stands.", "Wo es steht.")
    valid_from: Date | None = given("First day.", "Erster Tag.")
    valid_to: Date | None = given("Last day.", "Letzter Tag.")


@strawberry.input(
    description=both("Replace a rate, keeping the old one.", "Einen Fördersatz ersetzen.")
)
class ReplaceRateInput(Change):
    rate_id: strawberry.ID = needed("UUID of the rate.", "UUID des Fördersatzes.")
    ceiling: Amount = needed("Euros at most.", "Höchstens Euro.")
    source: str = needed("Where it stands.", "Wo es steht.")


@strawberry.input(
    description=both(
        "Announce or change a call; a change names the version.",
        "Einen Aufruf bekannt machen oder ändern; eine Änderung nennt die Fassung.",
    )
)
class SetCallForInterestInput(Command):
    allocation_id: strawberry.ID = needed("UUID of the allocation.", "UUID der Weiterleitung.")
    expected_version: int | None = given(
        "Version of the call; none for a new one.", "Fassung des Aufrufs; keine beim ersten Mal."
    )
    opens_on: Date = needed("First day.", "Erster Tag.")
    closes_on: Date = needed("Last day.", "Letzter Tag.")
    criteria: str = needed("What counts.", "Was zählt.")


@strawberry.input(
    description=both("Record an answer to a call.", "Eine Interessenbekundung erfassen.")
)
class RecordInterestInput(Change):
    allocation_id: strawberry.ID = needed("UUID of the allocation.", "UUID der Weiterleitung.")
    respondent_name: str = needed("Name of the organisation.", "Name des Trägers.")
    respondent_unit: str | None = given("The unit, if it is one here.", "Die Stelle, falls hier.")
    fte: Fte = needed("Posts.", "Stellenanteile.")
    requested_amount: Amount = needed("Euros requested.", "Beantragte Euro.")
    currency: str | None = given("EUR.", "EUR.")


@strawberry.input(
    description=both("Select a recipient from a call.", "Einen Träger aus dem Aufruf auswählen.")
)
class SelectInterestInput(Change):
    allocation_id: strawberry.ID = needed("UUID of the allocation.", "UUID der Weiterleitung.")
    number: int = needed("Number of the answer.", "Nummer der Antwort.")


@strawberry.input(
    description=both("Say an amount for an answer.", "Einen Betrag zu einer Antwort nennen.")
)
class InterestAmountInput(SelectInterestInput):
    amount: Amount = needed("Euros.", "Euro.")
    currency: str | None = given("EUR.", "EUR.")
