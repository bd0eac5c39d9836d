"""How many case conferences a year had, by quarter and topic, for those who see no case."""

from typing import Any

import asyncpg

from services.cases.storage.queries.conferences import CONFERENCES_HELD
from shared.database.transaction import Transaction
from shared.kernel.suppression import TOTAL, SafeTable, suppress

QUARTERS = ("Q1", "Q2", "Q3", "Q4")
HELD = "held"


async def count_conferences(tx: Transaction, year: int, *, small_cell_min: int) -> dict[str, Any]:
    """Conferences of the whole tenant in fixed quarters (R-ST3); None is a hidden small cell.

    A conference with several topics counts once for each of them, so topics do not add up.
    """
    rows = await tx.rows(CONFERENCES_HELD, year=year)
    held = suppress(
        {quarter: {HELD: _sum(rows, quarter, None)} for quarter in QUARTERS}, k=small_cell_min
    )
    topics = sorted({row["topic"] for row in rows if row["topic"] is not None})
    by_topic = suppress(
        {quarter: {t: _sum(rows, quarter, t) for t in topics} for quarter in QUARTERS},
        k=small_cell_min,
    )
    return {
        "year": year,
        "smallCellMin": small_cell_min,
        "total": held.cells[TOTAL, HELD],
        "byQuarter": [
            {
                "quarter": quarter,
                "conferences": held.cells[quarter, HELD],
                "topics": _topics(by_topic, quarter, topics),
            }
            for quarter in QUARTERS
        ],
    }


def _topics(table: SafeTable, quarter: str, topics: list[str]) -> list[dict[str, Any]]:
    return [{"topic": topic, "conferences": table.cells[quarter, topic]} for topic in topics]


def _sum(rows: list[asyncpg.Record], quarter: str, topic: str | None) -> int:
    """Rows without a topic count conferences, rows with one count mentions."""
    return sum(
        row["conferences"] for row in rows if row["quarter"] == quarter and row["topic"] == topic
    )
