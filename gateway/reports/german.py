"""Figures and dates in German print."""

from datetime import date
from decimal import Decimal

from shared.kernel.money import Money, fte_german

NO_FIGURE = "–"
HIDDEN = "."


def posts(fte: Decimal | None) -> str:
    """`7,62`; a dash where nothing was reported."""
    return NO_FIGURE if fte is None else fte_german(fte)


def euros(amount: Money | None) -> str:
    """`1.222.800,00 €`; a dash where there is none."""
    return NO_FIGURE if amount is None else f"{amount.german()} €"


def day(on: date | None) -> str:
    """`30.11.2022`."""
    return NO_FIGURE if on is None else f"{on:%d.%m.%Y}"


def day_of(text: str) -> str:
    """An ISO date of a service in German print."""
    return day(date.fromisoformat(text))


def count(number: int | None) -> str:
    """`1.379`; a full stop for a number that is not shown."""
    return HIDDEN if number is None else f"{number:,}".replace(",", ".")
