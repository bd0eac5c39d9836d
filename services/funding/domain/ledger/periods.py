"""Months and years of the books: open, then closed by a second person, and never open again."""

from datetime import date
from enum import StrEnum
from typing import Final

from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.text import Text

MONTHS: Final = range(1, 13)


class PeriodState(StrEnum):
    OPEN = "OPEN"
    CLOSED = "CLOSED"


class PeriodIsClosed(RuleViolated):
    """`period` is the month of the value date, as `2022-11`."""

    code = "period-closed"
    title = Text(
        de="Dieser Monat ist abgeschlossen; gebucht wird mit einem Datum in einem offenen Monat.",
        en="This month is closed; post with a date in an open month.",
    )


class PeriodNotOver(RuleViolated):
    code = "period-not-over"
    title = Text(
        de="Ein Monat wird erst abgeschlossen, wenn er vorbei ist.",
        en="A month is closed only when it is over.",
    )


class ClosingNotRequested(Conflict):
    code = "closing-not-requested"
    title = Text(
        de="Der Abschluss wurde noch nicht beantragt.", en="Closing was not requested yet."
    )


class PeriodAlreadyClosed(Conflict):
    code = "period-already-closed"
    title = Text(
        de="Dieser Monat ist schon abgeschlossen und bleibt es.",
        en="This month is closed already and stays so.",
    )


class MonthsStillOpen(Conflict):
    """`months` lists those that are not closed."""

    code = "months-still-open"
    title = Text(
        de="Das Jahr wird abgeschlossen, wenn alle seine Monate abgeschlossen sind.",
        en="A year is closed when all its months are closed.",
    )


def period_of(day: date) -> str:
    """`2022-11`"""
    return f"{day.year:04d}-{day.month:02d}"


def require_over(year: int, month: int, today: date) -> None:
    """Raises PeriodNotOver while the month lasts or lies ahead."""
    if (year, month) >= (today.year, today.month):
        raise PeriodNotOver(period=f"{year:04d}-{month:02d}")
