"""Dates of meetings and events: an unusual day is worth a warning, never a refusal (R-S4-9)."""

from datetime import date

from shared.kernel.clock import is_weekend
from shared.kernel.errors import FieldFault
from shared.kernel.text import Text


def date_warnings(day: date, pointer: str) -> tuple[FieldFault, ...]:
    if not is_weekend(day):
        return ()
    return (
        FieldFault(
            pointer,
            "WEEKEND_DATE",
            Text(de="Das Datum liegt auf einem Wochenende.", en="The date is on a weekend."),
        ),
    )
