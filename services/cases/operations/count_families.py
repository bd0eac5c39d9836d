"""Figures for reports: families in counselling on a reporting day, and anonymised extracts."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from services.cases.domain.statistics import CountingUnit, Thereof
from services.cases.storage.queries.reports import (
    CASE_EXTRACTS,
    FAMILY_EDITION,
    TAKE_FAMILY_EDITION,
)
from shared.database.transaction import Transaction
from shared.kernel.suppression import K_PUBLIC, TOTAL, SafeTable, reporting_day, suppress

FLED_UKRAINE = "UKRAINE_TEMP_PROTECTION"
FLED, OTHERS = "fled", "others"
EXTRACTS_MAX = 200


async def count_families(
    tx: Transaction, as_of: date, today: date, *, small_cell_min: int
) -> dict[str, Any]:
    """Families in counselling in the whole tenant at the end of the last reporting day up to
    `as_of`, thereof those recorded as having fled Ukraine: in all, by phase and by municipality.
    None is a hidden small cell.

    The last day of a quarter is a reporting day. The first answer for it is kept: neither two days
    side by side nor the same day asked twice tell who came in between (R-ST3). The report goes to
    committees: groups below five are hidden, whatever a house has set below that (R-ST1). The
    municipalities add up to the totals of the phases, so they are made safe with them.
    """
    day = reporting_day(min(as_of, today))
    rows = await _edition(tx, day)
    k = max(K_PUBLIC, small_cell_min)
    by_state = suppress(_table(rows, "state"), k=k)
    totals = {(TOTAL, column): by_state.cells[TOTAL, column] for column in by_state.columns}
    by_municipality = suppress(_table(rows, "municipality_ags"), k=k, elsewhere=totals)
    whole = sum(row["families"] for row in rows)
    fled = sum(row["families"] for row in rows if row["arrival_cohort"] == FLED_UKRAINE)
    thereof = Thereof(CountingUnit.FAMILY, total=whole, thereof=fled)
    both = (by_state, by_municipality)
    return {
        "asOf": as_of.isoformat(),
        "countedOn": day.isoformat(),
        "unit": thereof.unit.value,
        "smallCellMin": k,
        "families": {
            "total": _headline(thereof.total, TOTAL, both),
            "thereofFledUkraine": _headline(thereof.thereof, FLED, both),
            "others": _headline(thereof.others, OTHERS, both),
        },
        "byState": [{"state": key, **figures} for key, figures in _lines(by_state)],
        "municipalitiesAsOf": day.isoformat(),
        "byMunicipality": [
            {"municipalityAgs": key or None, **figures} for key, figures in _lines(by_municipality)
        ],
    }


async def _edition(tx: Transaction, day: date) -> list[Mapping[str, Any]]:
    """What was told of the day first; now, if nobody has asked yet."""
    row = await tx.row(FAMILY_EDITION, counted_on=day)
    if row is None:
        await tx.execute(TAKE_FAMILY_EDITION, tenant_id=tx.caller.tenant_id, counted_on=day)
        row = await tx.row(FAMILY_EDITION, counted_on=day)
    assert row is not None
    counts: list[Mapping[str, Any]] = row["counts"]
    return counts


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


def _table(rows: Sequence[Mapping[str, Any]], by: str) -> Mapping[str, Mapping[str, int]]:
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
