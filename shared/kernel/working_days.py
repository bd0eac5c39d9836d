"""Working days of North Rhine-Westphalia: what a term of an authority counts and where it ends."""

from datetime import date, timedelta
from functools import cache
from typing import Final

import holidays

from shared.kernel.clock import is_weekend

STATE: Final = "NW"
DAY: Final = timedelta(days=1)


@cache
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DE", subdiv=STATE, years=year))


def is_working_day(day: date) -> bool:
    """Neither Saturday nor Sunday nor a public holiday of the state."""
    return not is_weekend(day) and day not in _holidays_of(day.year)


def last_day_of_term(day: date) -> date:
    """`day`, or the next working day where it falls on a day on which nobody works.

    § 31 (3) VwVfG NRW: 31 March 2024 was Easter Sunday, so the term ended on Tuesday 2 April.
    """
    while not is_working_day(day):
        day += DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`; the day itself does not count (§ 187 (1) BGB)."""
    for _ in range(count):
        day = last_day_of_term(day + DAY)
    return day
