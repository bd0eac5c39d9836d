"""How many referrals a year had and how long they took, for those who see no referral."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import asyncpg

from services.referrals.domain.statistics import (
    FLOW,
    Group,
    GroupBy,
    Median,
    YearOfReferrals,
    require_over,
)
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.kernel.clock import BERLIN
from shared.kernel.periods import Period
from shared.kernel.suppression import K_PUBLIC, TOTAL, SafeTable

FIGURES = Statement("select * from referral_figures(:year, :settled_at, :by_group)")
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """The groups of one characteristic, unsafe, and what their referrals took."""

    groups: tuple[Group, ...]
    acceptance: Mapping[tuple[Key | None, int | None], Median]
    completion: Mapping[tuple[Key | None, int | None], Median]

    def medians(
        self, key: Key | None, quarter: int | None, count: int | None
    ) -> dict[str, str | None]:
        nothing = Median(None, 0)
        return {
            "medianDaysToAcceptance": self.acceptance.get((key, quarter), nothing).shown(count),
            "medianDaysToCompletion": self.completion.get((key, quarter), nothing).shown(count),
        }


async def count_referrals(
    tx: Transaction, period: Period, by: GroupBy, today: date
) -> dict[str, Any]:
    """The safe figures of a period by one characteristic.

    Raises PeriodTooShort, FiguresNotSettled (409).
    """
    require_over(period, by.value, today)
    months = await _counted(tx, period, GroupBy.MONTH.value)
    year = YearOfReferrals(group for group in months.groups if group.quarter is None)
    total = year.total(period)
    if by is GroupBy.MONTH:
        counted, shown = months, _months(year.by_month(period), period)
    else:
        counted = await _counted(tx, period, by.value)
        shown = await _values(tx, year, period, by, counted)
    is_settled = today > period.settled_on
    return {
        **_head(period),
        "groupBy": by.value,
        "referrals": total,
        **_medians(counted, None, period, total, is_settled=is_settled),
        "groups": [
            {
                "value": value,
                "agencyType": kind or None,
                "referrals": count,
                **_medians(counted, (value, kind), period, count, is_settled=is_settled),
            }
            for (value, kind), count in shown.items()
        ],
    }


async def count_flows(tx: Transaction, period: Period, today: date) -> dict[str, Any]:
    """From which kind of agency to which kind, for a whole year. Raises as `count_referrals`."""
    require_over(period, FLOW, today)
    months = await _counted(tx, period, GroupBy.MONTH.value)
    year = YearOfReferrals(group for group in months.groups if group.quarter is None)
    senders = await _counted(tx, period, GroupBy.SENDER_TYPE.value)
    recipients = await _counted(tx, period, GroupBy.RECIPIENT_TYPE.value)
    flows = await _counted(tx, period, FLOW)
    table = year.crossed(
        (group for group in flows.groups if group.quarter is None),
        year.by_value(period, senders.groups),
        year.by_value(period, recipients.groups),
    )
    return {
        **_head(period),
        "referrals": table.cells[TOTAL, TOTAL],
        "flows": [
            {
                "senderType": sender,
                "recipientType": recipient,
                "referrals": count,
                **flows.medians((recipient, sender), None, count),
            }
            for (sender, recipient), count in table.cells.items()
            if TOTAL not in {sender, recipient} and count != 0
        ],
    }


def _head(period: Period) -> dict[str, Any]:
    return {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "settledOn": period.settled_on.isoformat(),
        "unit": "REFERRAL",
        "smallCellMin": K_PUBLIC,
    }


def _medians(
    counted: Counted, key: Key | None, period: Period, count: int | None, *, is_settled: bool
) -> dict[str, str | None]:
    """None until the year is settled: what took longer would still be missing."""
    return counted.medians(key, period.quarter, count if is_settled else None)


def _months(table: SafeTable, period: Period) -> dict[Key, int | None]:
    row = "ALL" if period.quarter is not None else TOTAL
    return {(month, ""): table.cells[row, month] for month in period.months()}


async def _values(
    tx: Transaction, year: YearOfReferrals, period: Period, by: GroupBy, counted: Counted
) -> dict[Key, int | None]:
    if by is GroupBy.RECIPIENT_UNIT:
        units = [group for group in counted.groups if group.quarter is None]
        of_types = await _counted(tx, period, GroupBy.RECIPIENT_TYPE.value)
        table = year.by_unit(units, year.by_value(period, of_types.groups))
        return {(unit.value, unit.within): table.cells[TOTAL, unit.value] for unit in units}
    table = year.by_value(Period(period.year), counted.groups)
    column = TOTAL if period.quarter is None else f"Q{period.quarter}"
    return {(row, ""): table.cells[row, column] for row in table.rows if row != TOTAL}


async def _counted(tx: Transaction, period: Period, by: str) -> Counted:
    settled_at = datetime.combine(period.settled_on + timedelta(days=1), time(), BERLIN)
    rows = await tx.rows(FIGURES, year=period.year, settled_at=settled_at, by_group=by)
    by_value = [row for row in rows if row["is_value"]]
    return Counted(
        groups=tuple(
            Group(row["value"], row["referrals"], row["within"], row["quarter"])
            for row in sorted(by_value, key=lambda row: (row["within"], row["value"]))
        ),
        acceptance=_medians_of(rows, lambda row: (row["days_to_acceptance"], row["accepted"])),
        completion=_medians_of(rows, lambda row: (row["days_to_completion"], row["completed"])),
    )


def _medians_of(
    rows: list[asyncpg.Record], read: Callable[[asyncpg.Record], tuple[Any, int]]
) -> dict[tuple[Key | None, int | None], Median]:
    return {
        ((row["value"], row["within"]) if row["is_value"] else None, row["quarter"]): Median(
            *read(row)
        )
        for row in rows
    }
