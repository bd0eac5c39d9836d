"""Drawdowns: money called from the Land."""

import strawberry

from gateway.schema.asking import AsOf, asked_of
from gateway.schema.award import Award
from gateway.schema.codes.awards import FundingLine
from gateway.schema.codes.contracts import CostKind
from gateway.schema.codes.payments import DrawdownAction, DrawdownRegime, DrawdownState
from gateway.schema.exposure import MoneyExposure
from gateway.schema.published import Published, both, field
from gateway.schema.reads import related
from gateway.schema.scalars import Amount, Date, DateTime


@strawberry.type(
    description=both(
        "A payment that falls due, for which money is called.",
        "Eine fällige Zahlung, für die Geld abgerufen wird.",
    )
)
class DrawdownNeed(Published):
    due_on: Date = field("Day on which it is due.", "Fälligkeitstag.")
    amount: Amount = field("Euros.", "Euro.")
    cost_kind: CostKind = field("Cost kind.", "Kostenart.")


@strawberry.type(
    description=both(
        "A call for money of one award line, or a lump sum with its date.",
        "Ein Mittelabruf aus einer Bescheidzeile, oder eine Pauschale mit ihrem Termin.",
    )
)
class Drawdown(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    award_id: strawberry.ID = field("UUID of the award.", "UUID des Bescheids.")
    award_line_id: strawberry.ID = field("UUID of the award line.", "UUID der Bescheidzeile.")
    funding_line: FundingLine = field("Funding line.", "Baustein.")
    fiscal_year: int = field("Fiscal year.", "Haushaltsjahr.")
    regime: DrawdownRegime = field("How the money comes.", "Wie das Geld kommt.")
    state: DrawdownState = field("State.", "Stand.")
    allowed_actions: list[DrawdownAction] = field(
        "What can be done now: the buttons to draw.",
        "Was jetzt möglich ist: die Knöpfe, die zu zeigen sind.",
    )
    revision: int = field("Number of the need list.", "Nummer der Bedarfsliste.")
    amount: Amount = field("Euros called.", "Abgerufene Euro.")
    approved_amount: Amount | None = field("Euros approved.", "Bewilligte Euro.")
    paid_amount: Amount | None = field("Euros received.", "Eingegangene Euro.")
    requested_on: Date | None = field("Day of the request.", "Tag des Abrufs.")
    due_on: Date | None = field("Date of a lump sum.", "Termin einer Pauschale.")
    value_date: Date | None = field("Value date at the bank.", "Wertstellung bei der Bank.")
    bank_reference: str = field("Reference of the bank.", "Referenz der Bank.")
    use_by: Date | None = field(
        "Last day of the two months; null where the rule does not apply.",
        "Letzter Tag der zwei Monate; null, wo die Regel nicht gilt.",
    )
    used_amount: Amount = field("Euros used.", "Verwendete Euro.")
    repaid_amount: Amount = field("Euros paid back.", "Zurückgezahlte Euro.")
    repaid_on: Date | None = field("Day of the repayment.", "Tag der Rückzahlung.")
    return_reason: str = field("Why it came back.", "Warum er zurückkam.")
    needs: list[DrawdownNeed] = field("The need list.", "Die Bedarfsliste.")
    created_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
    award = related("funding /v1/awards", Award, "awardId", en="The award.", de="Der Bescheid.")
    exposure = asked_of(
        "funding /v1/drawdowns/{id}/exposure",
        MoneyExposure,
        en="What of it lies idle on a day, and what interest that might cost; nothing is posted.",
        de="Was davon an einem Tag ungenutzt liegt und an Zinsen kosten kann, ohne Buchung.",
        as_of=AsOf,
    )
