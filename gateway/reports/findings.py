"""Findings in the words of the report: what they are about, and their figures in German print."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from gateway.clients.conversation import Record
from gateway.reports import german
from gateway.reports.figures import ReportFinding
from gateway.reports.wording import COLUMNS, DAY, EUROS, FACTS, FUNDING_LINES, POSTS, TOTAL
from shared.kernel.money import Money

PRINT: Mapping[str, Callable[[str], str]] = {
    POSTS: lambda text: german.posts(Decimal(text)),
    EUROS: lambda text: german.euros(Money.parse(text)),
    DAY: lambda text: german.day(date.fromisoformat(text)),
}
OTHER_SUBJECTS = {"TOTAL": TOTAL, "awardedOn": "Bescheid", "forecast": "Prognose"}


def findings_of(record: Record) -> tuple[ReportFinding, ...]:
    """First those about the table of posts, then those about money."""
    names = dict(_names(record))
    found = (*record["positions"]["findings"], *record["findings"])
    return tuple(
        ReportFinding(
            code=one["code"],
            subject=names.get(one["subject"], one["subject"]),
            message=one["messageDe"],
            figures=tuple(_figure(name, value) for name, value in one["facts"].items()),
        )
        for one in found
    )


def _names(record: Record) -> Iterable[tuple[str, str]]:
    """What the subjects of findings are called: rows, lines, columns."""
    yield from COLUMNS.items()
    yield from FUNDING_LINES.items()
    yield from OTHER_SUBJECTS.items()
    for row in record["positions"]["rows"]:
        yield row["postType"], row["label"]
    for line in record["lines"]:
        yield line["key"], line["nameDe"] or line["key"]


def _figure(name: str, value: str) -> tuple[str, str]:
    """A figure unknown here is printed as it came."""
    label, kind = FACTS.get(name, (name, ""))
    return label, PRINT[kind](value) if kind else value
