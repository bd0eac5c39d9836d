"""Charts as data: lengths in thousandths of the longest bar, and the words that say the same.

`charts.typ` draws them. Whoever does not see a chart hears its alternative text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gateway.reports import german

THOUSAND = 1000
NOT_SHOWN = "nicht gezeigt"
Chart = dict[str, Any]
Bar = tuple[str, int | None]


def bar_chart(title: str, bars: Sequence[Bar], unit: str, hidden: str = german.HIDDEN) -> Chart:
    """One bar for each count; a count that is hidden has none."""
    longest = max((number or 0 for _, number in bars), default=0)
    told = ", ".join(
        f"{label} {NOT_SHOWN if number is None else german.count(number)}" for label, number in bars
    )
    return {
        "title": title,
        "alt": f"Balkendiagramm: {title} ({unit}). {told}.",
        "rows": [
            {
                "label": label,
                "text": hidden if number is None else german.count(number),
                "share": None if number is None else number * THOUSAND // max(longest, 1),
            }
            for label, number in bars
        ],
    }


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar of several parts; `text` stands beside it, `told` is said instead of it."""

    label: str
    text: str
    parts: tuple[int | Fraction, ...]
    told: str


def stack_chart(title: str, key: Sequence[str], stacks: Sequence[Stack]) -> Chart:
    """Parts below zero, such as more posts filled than approved, have no length."""
    longest = max((sum(_lengths(one)) for one in stacks), default=Fraction(0)) or Fraction(1)
    told = "; ".join(f"{one.label}: {one.told}" for one in stacks)
    return {
        "title": title,
        "alt": f"Gestapeltes Balkendiagramm: {title}. {told}.",
        "key": list(key),
        "rows": [
            {
                "label": one.label,
                "text": one.text,
                "shares": [int(part * THOUSAND / longest) for part in _lengths(one)],
            }
            for one in stacks
        ],
    }


def _lengths(one: Stack) -> list[Fraction]:
    return [max(Fraction(part), Fraction(0)) for part in one.parts]
