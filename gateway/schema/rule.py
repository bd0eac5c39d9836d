"""Rules and rates as dated rows."""

import strawberry

from gateway.schema.codes.awards import FundingLine
from gateway.schema.codes.contracts import CostKind, LegalForm
from gateway.schema.codes.expenditures import Eligibility
from gateway.schema.codes.proofs import ProofRegime
from gateway.schema.codes.rules import RateUnit
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Amount, Date, DateTime


@strawberry.type
class DatedRule(Published):
    """Base of a rule; only a released one is in force."""

    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    funding_line: FundingLine = field("Funding line.", "Baustein.")
    valid_from: Date = field("First day.", "Erster Tag.")
    valid_to: Date | None = field("Last day; open when empty.", "Letzter Tag; offen, wenn leer.")
    source: str = field("Where it stands.", "Wo es steht.")
    is_released: bool = field(
        "In force, released by a second person.", "In Kraft, von einer zweiten Person freigegeben."
    )
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")


@strawberry.type(
    description=both("What kind of money a line is.", "Welche Art Geld ein Baustein ist.")
)
class FundingLineRule(DatedRule):
    legal_form: LegalForm = field("Legal form.", "Rechtsform.")
    proof_regime: ProofRegime = field("How its use is proved.", "Wie die Verwendung belegt wird.")
    has_two_month_rule: bool = field(
        "What is called must be used within two months.",
        "Abgerufenes ist binnen zwei Monaten zu verwenden.",
    )


@strawberry.type(
    description=both(
        "Whether a line pays a kind of cost; unknown is left to a person.",
        "Ob ein Baustein eine Kostenart zahlt; bei offen entscheidet ein Mensch.",
    )
)
class CostRule(DatedRule):
    cost_kind: CostKind = field("Kind of cost.", "Kostenart.")
    answer: Eligibility = field("What the rule says.", "Was die Regel sagt.")


@strawberry.type(
    description=both(
        "A ceiling for one unit of a line in a year.",
        "Ein Höchstsatz für eine Einheit eines Bausteins in einem Jahr.",
    )
)
class Rate(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    funding_line: FundingLine = field("Funding line.", "Baustein.")
    unit_kind: RateUnit = field("What it pays for.", "Wofür er zahlt.")
    fiscal_year: int = field("Fiscal year.", "Haushaltsjahr.")
    ceiling: Amount = field("Euros at most.", "Höchstens Euro.")
    source: str = field("Where it stands.", "Wo es steht.")
    valid_from: Date | None = field("First day.", "Erster Tag.")
    valid_to: Date | None = field("Last day.", "Letzter Tag.")
    replaced_by: strawberry.ID | None = field(
        "UUID of the rate that replaced it.", "UUID des Satzes, der ihn ersetzt."
    )
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
