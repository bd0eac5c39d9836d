"""How many cases a year had and how they ended, for those who see no case."""

from datetime import date
from typing import Any

from services.cases.domain.statistics import CountingUnit
from services.cases.operations.count_cases import edition_of_cases
from shared.database.transaction import Transaction
from shared.kernel.periods import Period
from shared.kernel.suppression import reporting_day

STILL_RUNNING = "RUNNING"


async def count_outcomes(
    tx: Transaction, year: int, today: date, *, small_cell_min: int
) -> dict[str, Any]:
    """Cases of the whole tenant that were open in the year; one that did not end in it is RUNNING.

    Whole years only, and of the running year what its quarters have ended with, from the same
    edition as all figures of this quarter (R-ST3). The figures are made to be divided by, in
    public: groups below five are hidden, whatever a house has set, and a further one where a
    difference would tell them.
    """
    last = min(date(year, 12, 31), reporting_day(today))
    edition = await edition_of_cases(tx, today, small_cell_min=small_cell_min)
    whole = Period(year)
    running = edition.running(Period.quarter_of(last)) if last.year == year else 0
    closed = edition.closed(whole)
    outcomes = {**edition.closed_by_reason(whole), STILL_RUNNING: running}
    return {
        "year": year,
        "countedUntil": last.isoformat(),
        "unit": CountingUnit.CASE.value,
        "smallCellMin": edition.k,
        "cases": None if running is None or closed is None else running + closed,
        "outcomes": [
            {"outcome": outcome, "cases": cases}
            for outcome, cases in sorted(outcomes.items())
            if cases != 0
        ],
    }
