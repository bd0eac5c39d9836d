"""Figures for reports: families in counselling on a day, and anonymised extracts."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

import asyncpg

from services.cases.domain.statistics import CountingUnit, Thereof
from services.cases.storage.queries.reports import CASE_EXTRACTS, FAMILIES_IN_COUNSELLING
from shared.database.transaction import Transaction
from shared.kernel.suppression import TOTAL, SafeTable, reporting_day, suppress

FLED_UKRAINE = "UKRAINE_TEMP_PROTECTION"
FLED, OTHERS = "fled", "others"
EXTRACTS_MAX = 200


async def count_families(tx: Transaction, as_of: date, *, small_cell_min: int) -> dict[str, Any]:
    """Families in counselling at the end of a day in the whole tenant, thereof those recorded as
    having fled Ukraine: in all, by phase and by municipality. None is a hidden small cell.

    By municipality they are counted on the last reporting day, so that two reports a day apart
    do not tell where somebody came in between. A headline figure is shown only if neither table
    had to hide it.
    """
    rows = await tx.rows(FAMILIES_IN_COUNSELLING, as_of=as_of)
    by_state = suppress(_table(rows, "state"), k=small_cell_min)
    places_as_of = reporting_day(as_of)
    placed = await tx.rows(FAMILIES_IN_COUNSELLING, as_of=places_as_of)
    by_municipality = suppress(_table(placed, "municipality_ags"), k=small_cell_min)
    whole = sum(row["families"] for row in rows)
    fled = sum(row["families"] for row in rows if row["arrival_cohort"] == FLED_UKRAINE)
    thereof = Thereof(CountingUnit.FAMILY, total=whole, thereof=fled)
    both = (by_state, by_municipality)
    return {
        "asOf": as_of.isoformat(),
        "unit": thereof.unit.value,
        "smallCellMin": small_cell_min,
        "families": {
            "total": _headline(thereof.total, TOTAL, both),
            "thereofFledUkraine": _headline(thereof.thereof, FLED, both),
            "others": _headline(thereof.others, OTHERS, both),
        },
        "byState": [{"state": key, **figures} for key, figures in _lines(by_state)],
        "municipalitiesAsOf": places_as_of.isoformat(),
        "byMunicipality": [
            {"municipalityAgs": key or None, **figures} for key, figures in _lines(by_municipality)
        ],
    }


async def anonymised_extracts(tx: Transaction) -> list[dict[str, Any]]:
    """Cases of the unit without anything that points to a person, in no telling order."""
    rows = await tx.rows(CASE_EXTRACTS, rows_max=EXTRACTS_MAX)
    return [
        {
            "state": row["state"],
            "openedYear": row["opened_year"],
            "closingReason": row["closing_reason"],
            "fieldsOfAction": list(row["fields_of_action"]),
        }
        for row in rows
    ]


def _table(rows: list[asyncpg.Record], by: str) -> Mapping[str, Mapping[str, int]]:
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        column = FLED if row["arrival_cohort"] == FLED_UKRAINE else OTHERS
        table[row[by] or ""][column] += row["families"]
    return {
        key: {FLED: counts[FLED], OTHERS: counts[OTHERS]} for key, counts in sorted(table.items())
    }


def _headline(value: int, column: str, tables: tuple[SafeTable, ...]) -> int | None:
    is_hidden = any(
        table.cells[TOTAL, column] is None for table in tables if column in table.columns
    )
    return None if is_hidden else value


def _lines(table: SafeTable) -> list[tuple[str, dict[str, int | None]]]:
    return [
        (
            row,
            {
                "families": table.cells[row, TOTAL],
                "thereofFledUkraine": table.cells[row, FLED],
                "others": table.cells[row, OTHERS],
            },
        )
        for row in table.rows
        if row != TOTAL
    ]
