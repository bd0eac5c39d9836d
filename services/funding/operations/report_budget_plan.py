"""The budget plan of a product and year: gross, with what would be left for coordination."""

from dataclasses import dataclass

from services.funding.domain.budget import (
    AssumedAmount,
    BudgetEntry,
    EntryKind,
    GrossTotals,
    coordination_residual,
    gross_totals,
)
from services.funding.storage.queries.plans import BUDGET_OF_YEAR
from shared.database.transaction import Transaction
from shared.kernel.money import Money


@dataclass(frozen=True, slots=True)
class BudgetPlan:
    fiscal_year: int
    product: str
    totals: GrossTotals
    coordination_residual: AssumedAmount | None


async def report_budget_plan(
    tx: Transaction,
    fiscal_year: int,
    product: str,
    *,
    case_management: Money | None,
    assumed_b3: Money | None,
) -> BudgetPlan:
    """The residual for line 1 is told only when both figures it rests on are given."""
    rows = await tx.rows(BUDGET_OF_YEAR, fiscal_year=fiscal_year, product=product)
    totals = gross_totals(
        BudgetEntry(
            EntryKind(row["kind"]),
            Money(row["amount_cents"]),
            row["fiscal_year"],
            row["product"],
            row["account"],
        )
        for row in rows
    )
    residual = None
    if case_management is not None and assumed_b3 is not None:
        residual = coordination_residual(totals.revenue, case_management, assumed_b3)
    return BudgetPlan(fiscal_year, product, totals, residual)
