"""Sources of money for one allocation: what the Land pays is proved apart from own money."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from shared.kernel.money import ZERO, Money


class MoneySource(StrEnum):
    LAND = "LAND"
    MUNICIPAL_OWN = "MUNICIPAL_OWN"


@dataclass(frozen=True, slots=True)
class SourcedAmount:
    """Money from one source: Heinsberg adds 5,000 per post of its own to the Land's 55,000."""

    source: MoneySource
    amount: Money


def total_from(source: MoneySource, items: Iterable[SourcedAmount]) -> Money:
    """The money of one source: a proof towards the Land ignores what came from elsewhere."""
    return sum((item.amount for item in items if item.source is source), ZERO)
