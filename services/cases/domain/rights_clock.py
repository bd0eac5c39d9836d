"""The time limits of Art. 12 (3) GDPR: one month, and two more with a reason told in time."""

import calendar
from datetime import date
from typing import Final

from shared.kernel.working_days import last_day_of_term

ANSWER_MONTHS: Final = 1
EXTENDED_MONTHS: Final = 3


def answer_due(received_on: date) -> date:
    """The last day of the month in which to answer.

    The day of receipt does not count; what ends on a day on which nobody works ends on the next
    working day (Art. 3 Regulation (EEC, Euratom) 1182/71).
    """
    return last_day_of_term(_months_after(received_on, ANSWER_MONTHS))


def extended_due(received_on: date) -> date:
    """Two further months, counted from the receipt as well."""
    return last_day_of_term(_months_after(received_on, EXTENDED_MONTHS))


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
