"""Referrals for the steering group: by agency, by outcome, and from which agencies to which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import asyncpg

from services.referrals.domain.statistics import (
    FLOW,
    OUTCOME_OF_TYPE,
    Group,
    GroupBy,
    Median,
    YearOfReferrals,
)
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.kernel.clock import BERLIN
from shared.kernel.periods import Period
from shared.kernel.suppression import K_PUBLIC, TOTAL, SafeTable

CONTROLLING = Statement("select * from referral_controlling(:year, :settled_at)")
Key = tuple[str, str]
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class YearCounted:
    """Everything that was counted of a year, unsafe."""

    rows: tuple[asyncpg.Record, ...]

    def groups(self, by: str) -> list[Group]:
        """Of the quarters and, without a quarter, of the year."""
        return [
            Group(row["value"], row["referrals"], row["within"], row["quarter"])
            for row in self._of(by)
            if row["is_value"]
        ]

    def whole(self, by: str) -> list[Group]:
        return [group for group in self.groups(by) if group.quarter is None]

    def days(self, by: str, key: Key | None, quarter: int | None, count: int | None) -> Document:
        """Medians of the group, or of all (None); of five and more that are shown."""
        found = next((row for row in self._of(by) if _is(row, key, quarter)), None)
        pull, answer = Median(None, 0), Median(None, 0)
        if found is not None:
            pull = Median(found["days_to_pull"], found["pulled"])
            answer = Median(found["days_to_answer"], found["answered"])
        return {"medianDaysToPull": pull.shown(count), "medianDaysToAnswer": answer.shown(count)}

    def _of(self, by: str) -> Iterable[asyncpg.Record]:
        return (row for row in self.rows if row["by_group"] == by)


def _place(row: asyncpg.Record) -> Key:
    return (row["within"] or "", row["value"] or "")


def _is(row: asyncpg.Record, key: Key | None, quarter: int | None) -> bool:
    its_key = (row["value"], row["within"]) if row["is_value"] else None
    return (its_key, row["quarter"]) == (key, quarter)


async def count_for_controlling(tx: Transaction, period: Period, today: date) -> Document:
    """Agencies and outcomes of a settled quarter or year; agency by outcome and the ways between
    agencies of a settled year. Before that day only the number of referrals is told.

    Raises FiguresNotSettled (409) while the period runs.
    """
    period.require_ended(today)
    settled_at = datetime.combine(period.settled_on + timedelta(days=1), time(), BERLIN)
    rows = await tx.rows(CONTROLLING, year=period.year, settled_at=settled_at)
    counted = YearCounted(tuple(sorted(rows, key=_place)))
    year = YearOfReferrals(counted.whole(GroupBy.MONTH.value))
    total = year.total(period)
    is_settled = today > period.settled_on
    known = total if is_settled else None
    return {
        "fromOn": period.first.isoformat(),
        "toOn": period.last.isoformat(),
        "unit": "REFERRAL",
        "smallCellMin": K_PUBLIC,
        "settledOn": period.settled_on.isoformat(),
        "isSettled": is_settled,
        "referrals": total,
        **counted.days(GroupBy.MONTH.value, None, period.quarter, known),
        **(_groups(counted, year, period) if is_settled else _NO_GROUPS),
    }


_NO_GROUPS: Document = {"senders": [], "recipients": [], "outcomes": [], "flows": []}


def _groups(counted: YearCounted, year: YearOfReferrals, period: Period) -> Document:
    tables = {
        by: year.by_value(Period(period.year), counted.groups(by.value))
        for by in (GroupBy.SENDER_TYPE, GroupBy.RECIPIENT_TYPE, GroupBy.OUTCOME)
    }
    senders = _column(tables[GroupBy.SENDER_TYPE], period)
    recipients = _column(tables[GroupBy.RECIPIENT_TYPE], period)
    outcomes = _column(tables[GroupBy.OUTCOME], period)
    by_outcome: Mapping[str, list[Document]] = {}
    flows: list[Document] = []
    if period.quarter is None:
        types = tables[GroupBy.RECIPIENT_TYPE]
        ended = year.crossed(counted.whole(OUTCOME_OF_TYPE), types, tables[GroupBy.OUTCOME])
        ways = year.crossed(counted.whole(FLOW), tables[GroupBy.SENDER_TYPE], types)
        by_outcome = _outcomes_of(ended)
        flows = _ways(ways, counted)
    return {
        "senders": [{"agencyType": kind, "referrals": count} for kind, count in senders.items()],
        "recipients": [
            {
                "agencyType": kind,
                "referrals": count,
                **counted.days(GroupBy.RECIPIENT_TYPE.value, (kind, ""), period.quarter, count),
                "outcomes": by_outcome.get(kind, []),
            }
            for kind, count in recipients.items()
        ],
        "outcomes": [
            {"outcome": outcome, "referrals": count} for outcome, count in outcomes.items()
        ],
        "flows": flows,
    }


def _column(table: SafeTable, period: Period) -> dict[str, int | None]:
    column = TOTAL if period.quarter is None else f"Q{period.quarter}"
    return {row: table.cells[row, column] for row in table.rows if row != TOTAL}


def _outcomes_of(table: SafeTable) -> dict[str, list[Document]]:
    """By agency type; what never happened is left out."""
    return {
        kind: [
            {"outcome": outcome, "referrals": table.cells[kind, outcome]}
            for outcome in table.columns
            if outcome != TOTAL and table.cells[kind, outcome] != 0
        ]
        for kind in table.rows
        if kind != TOTAL
    }


def _ways(table: SafeTable, counted: YearCounted) -> list[Document]:
    return [
        {
            "senderType": sender,
            "recipientType": recipient,
            "referrals": count,
            **counted.days(FLOW, (recipient, sender), None, count),
        }
        for (sender, recipient), count in table.cells.items()
        if TOTAL not in {sender, recipient} and count != 0
    ]
