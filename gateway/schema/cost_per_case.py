"""What a case costs: the cost of a year by the funding service, divided by the cases of the case
service. Each gives its own sums only; no cost knows its case here.

A cost per case tells the number of cases to whoever knows the cost. So wherever the case service
hides a number, what would be divided by it is hidden as well.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import strawberry

from gateway.clients.conversation import Record
from gateway.schema.codes.awards import FundingLine
from gateway.schema.codes.cases import ClosingReason
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Amount, Date
from gateway.schema.texts import BothLanguages, label_of
from shared.kernel.money import ZERO, Money

CASE_WORK = FundingLine.B2_CASE_MANAGEMENT.value
# Line 3 works on cases of the authorities, which nobody here may count.
COUNTED_LINES = (FundingLine.B1_COORDINATION.value, CASE_WORK)
RUNNING = "RUNNING"
STILL_RUNNING = {"de": "Läuft noch", "en": "Still running"}

Sums = Mapping[str, tuple[Money, Money]]


@strawberry.type(
    description=both(
        "What a funding line costs for each case. Null is a small group that stays hidden; line 3"
        " works on no case of the case management.",
        "Was ein Baustein je Fall kostet. Null ist eine kleine Gruppe, die verborgen bleibt;"
        " Baustein 3 arbeitet an keinem Fall des Case Managements.",
    )
)
class CostPerCaseOfLine(Published):
    funding_line: FundingLine = field("Funding line.", "Baustein.")
    actual: Amount = field("Euros spent.", "Ausgegebene Euro.")
    eligible: Amount = field("Euros that count.", "Förderfähige Euro.")
    cost_per_case: Amount | None = field("Euros spent for each case.", "Ausgegebene Euro je Fall.")
    label: BothLanguages = field("Name of the line.", "Bezeichnung des Bausteins.")


@strawberry.type(
    description=both(
        "Cost of the case management for each case with this outcome.",
        "Kosten des Case Managements je Fall mit diesem Ergebnis.",
    )
)
class CostPerOutcome(Published):
    outcome: ClosingReason | None = field(
        "Why the cases ended; null while they run.",
        "Warum die Fälle endeten; null, solange sie laufen.",
    )
    cases: int | None = field(
        "Cases; null is a small group.", "Fälle; null ist eine kleine Gruppe."
    )
    cost_per_case: Amount | None = field("Euros spent for each case.", "Ausgegebene Euro je Fall.")
    label: BothLanguages = field("Name of the outcome.", "Bezeichnung des Ergebnisses.")


@strawberry.type(
    description=both(
        "What a case cost in a year; groups below `smallCellMin` are hidden, and what would tell"
        " them.",
        "Was ein Fall im Jahr kostete; Gruppen unter `smallCellMin` sind verborgen, und was sie"
        " verriete.",
    )
)
class CostPerCase(Published):
    fiscal_year: int = field("Fiscal year.", "Haushaltsjahr.")
    counted_until: Date = field("Cases are counted up to this day.", "Fälle bis zu diesem Tag.")
    small_cell_min: int = field(
        "Smaller groups are not shown.", "Kleinere Gruppen werden nicht gezeigt."
    )
    cases: int | None = field("Cases of the year.", "Fälle des Jahres.")
    cost_per_case: Amount | None = field(
        "Cost of the case management for each case.", "Kosten des Case Managements je Fall."
    )
    lines: list[CostPerCaseOfLine] = field("By funding line.", "Je Baustein.")
    outcomes: list[CostPerOutcome] = field("By outcome.", "Je Ergebnis.")


def cost_per_case(costs: Record, counted: Record) -> CostPerCase:
    """From `CostPerLine` of the funding service and `CaseOutcomes` of the case service."""
    sums, cases = _sums(costs["items"]), counted["cases"]
    case_work, _ = sums.get(CASE_WORK, (ZERO, ZERO))
    return CostPerCase.from_record(
        {
            "fiscalYear": costs["fiscalYear"],
            "countedUntil": counted["countedUntil"],
            "smallCellMin": counted["smallCellMin"],
            "cases": cases,
            "costPerCase": _divided(case_work, cases),
            "lines": [
                {
                    "fundingLine": line,
                    "actual": str(actual),
                    "eligible": str(eligible),
                    "costPerCase": _divided(actual, cases if line in COUNTED_LINES else None),
                    "label": label_of(FundingLine, line),
                }
                for line, (actual, eligible) in sorted(sums.items())
            ],
            "outcomes": [
                {
                    "outcome": None if one["outcome"] == RUNNING else one["outcome"],
                    "cases": one["cases"],
                    "costPerCase": _divided(case_work, one["cases"]),
                    "label": STILL_RUNNING
                    if one["outcome"] == RUNNING
                    else label_of(ClosingReason, one["outcome"]),
                }
                for one in counted["outcomes"]
            ],
        }
    )


def _sums(items: Iterable[Mapping[str, Any]]) -> Sums:
    """Actual and eligible cost by funding line, own and recipients'."""
    found: dict[str, tuple[Money, Money]] = {}
    for item in items:
        actual, eligible = found.get(item["fundingLine"], (ZERO, ZERO))
        found[item["fundingLine"]] = (
            actual + Money.parse(item["actual"]),
            eligible + Money.parse(item["eligible"]),
        )
    return found


def _divided(cost: Money, cases: int | None) -> str | None:
    """Half-up to the cent; nothing where there is no case or the number is hidden."""
    return str(cost.times(Fraction(1, cases))) if cases else None
