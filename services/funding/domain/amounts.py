"""Amounts with their standing: what was announced or is expected is not money that was granted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.kernel.errors import RuleViolated
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text


class AmountStatus(StrEnum):
    """How firm an amount is. An expectation never creates money (R-S0-9, R-S1-11)."""

    ANNOUNCED = "ANNOUNCED"
    EXPECTED = "EXPECTED"
    GRANTED = "GRANTED"


class AmountsOfDifferentStatus(RuleViolated):
    code = "amounts-of-different-status"
    title = Text(
        de="Angekündigte, erwartete und bewilligte Beträge werden nie zusammengezählt.",
        en="Announced, expected and granted amounts are never added together.",
    )


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """An amount together with its standing and where it was stated."""

    amount: Money
    status: AmountStatus
    source: str = ""

    def __add__(self, other: "StatedAmount") -> "StatedAmount":
        """The sum of two amounts of one status. Raises AmountsOfDifferentStatus."""
        if self.status is not other.status:
            raise AmountsOfDifferentStatus(statuses=sorted({self.status, other.status}))
        return StatedAmount(self.amount + other.amount, self.status)


def totals_by_status(amounts: Iterable[StatedAmount]) -> Mapping[AmountStatus, Money]:
    """One total per status, zero where nothing was stated; there is no total over all three."""
    totals = dict.fromkeys(AmountStatus, ZERO)
    for stated in amounts:
        totals[stated.status] += stated.amount
    return totals
