"""How many cases a year had and how they ended, for those who see no case."""

from datetime import date
from typing import Any

from services.cases.domain.statistics import CountingUnit
from services.cases.storage.queries.reports import CASE_OUTCOMES
from shared.database.transaction import Transaction
from shared.kernel.suppression import K_PUBLIC, TOTAL, reporting_day, suppress

CASES = "cases"


async def count_outcomes(
    tx: Transaction, year: int, today: date, *, small_cell_min: int
) -> dict[str, Any]:
    """Cases of the whole tenant that were open in the year; one that did not end in it is RUNNING.

    Whole years only, and of the running year what its quarters have ended with, so that no two
    periods can be subtracted (R-ST3). The figures are made to be divided by, in public: groups
    below five are hidden, whatever a house has set, and a further one where a difference would
    tell them.
    """
    first, last = date(year, 1, 1), min(date(year, 12, 31), reporting_day(today))
    k = max(K_PUBLIC, small_cell_min)
    rows = await tx.rows(CASE_OUTCOMES, first_day=first, last_day=last)
    counted = suppress({row["outcome"]: {CASES: row["cases"]} for row in rows}, k=k)
    return {
        "year": year,
        "countedUntil": last.isoformat(),
        "unit": CountingUnit.CASE.value,
        "smallCellMin": k,
        "cases": counted.cells[TOTAL, TOTAL],
        "outcomes": [
            {"outcome": outcome, "cases": counted.cells[outcome, TOTAL]}
            for outcome in counted.rows
            if outcome != TOTAL
        ],
    }
