"""The municipal budget: plan entries gross, changes read correctly, blocked until approved."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.funding.domain.figures import FigureLocale, read_amount
from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text


class EntryKind(StrEnum):
    REVENUE = "REVENUE"
    EXPENSE = "EXPENSE"


class BudgetChangeUnreadable(RuleViolated):
    code = "budget-change-unreadable"
    title = Text(
        de="Aus diesem Text geht keine eindeutige Änderung des Ansatzes hervor.",
        en="This text states no unambiguous change of the budget line.",
    )


class BudgetNotReleased(Conflict):
    """Voluntary spending waits for the approved budget (vorläufige Haushaltsführung, R-S3-16)."""

    code = "budget-not-released"
    title = Text(
        de="Der Haushalt ist noch nicht genehmigt; freiwillige Ausgaben sind gesperrt.",
        en="The budget is not yet approved; voluntary spending is blocked.",
    )


@dataclass(frozen=True, slots=True)
class BudgetEntry:
    """One planned revenue or expense. The account may be missing where a paper names none."""

    kind: EntryKind
    amount: Money
    fiscal_year: int
    product: str
    account: str | None = None


@dataclass(frozen=True, slots=True)
class GrossTotals:
    """Revenue and expense side by side; there is no netted figure (gross principle, R-S1-9)."""

    revenue: Money
    expense: Money


def gross_totals(entries: Iterable[BudgetEntry]) -> GrossTotals:
    held = tuple(entries)
    return GrossTotals(
        sum((entry.amount for entry in held if entry.kind is EntryKind.REVENUE), ZERO),
        sum((entry.amount for entry in held if entry.kind is EntryKind.EXPENSE), ZERO),
    )


@dataclass(frozen=True, slots=True)
class AssumedAmount:
    """A figure that rests on assumptions which the source does not state."""

    amount: Money
    assumptions: tuple[str, ...]


def coordination_residual(
    planned_revenue: Money, case_management: Money, assumed_b3: Money
) -> AssumedAmount:
    """What of the planned revenue is left for line 1, marked with the assumption about line 3.

    Aachen 2021: 570,000 − 330,000 − 55,000 = 185,000; the paper gives no split.
    """
    residual = planned_revenue - case_management - assumed_b3
    return AssumedAmount(residual, (f"B3_FOREIGNERS_NATURALISATION={assumed_b3}",))


@dataclass(frozen=True, slots=True)
class BudgetChange:
    """A change of a budget line; `base + delta = total`."""

    base: Money
    delta: Money
    total: Money


_CHANGE = re.compile(
    r"um\s+(?P<delta>[0-9.,]+)\s*(?:€|EUR|Euro)\s+auf\s+(?:insgesamt\s+)?"
    r"(?P<total>[0-9.,]+)\s*(?:€|EUR|Euro)",
    re.IGNORECASE,
)


def read_budget_change(text: str) -> BudgetChange:
    """Read "um 7.000 € auf insgesamt 11.000 €": the new total is 11,000, the base was 4,000.

    Raises BudgetChangeUnreadable when the text has no such phrase or more than one, or when the
    raise exceeds the total.
    """
    phrases = list(_CHANGE.finditer(text))
    if len(phrases) != 1:
        raise BudgetChangeUnreadable
    delta = read_amount(phrases[0]["delta"].rstrip(".,"), FigureLocale.DE)
    total = read_amount(phrases[0]["total"].rstrip(".,"), FigureLocale.DE)
    if delta > total:
        raise BudgetChangeUnreadable
    return BudgetChange(total - delta, delta, total)


def refuse_blocked_spending(budget_approved_on: date | None, day: date) -> None:
    """Raises BudgetNotReleased while the budget of the year has not been approved."""
    if budget_approved_on is None or day < budget_approved_on:
        raise BudgetNotReleased


def read_budget_effect(text: str) -> Money | None:
    """The box "Finanzielle Auswirkungen": "Nein" means nothing stated, never zero (R-S0-4).

    Raises FigureUnreadable.
    """
    return (
        None
        if text.strip().lower() in {"nein", "keine", ""}
        else read_amount(text, FigureLocale.DE)
    )
