"""Which use belongs to which drawdown: the oldest money is used first.

Eligible costs and payments to recipients that the bank confirmed count as use at the
municipality; what went back to the Land by a recovery is no longer idle, either. What was paid
before any money came is met by the next drawdown on the day it comes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from services.funding.domain.drawdown_facts import two_months_after
from shared.kernel.money import ZERO, Money

__all__ = ["FIRST", "Payout", "Use", "match_uses", "used_of"]

FIRST: Final = 0


@dataclass(frozen=True, slots=True)
class Use:
    """Money used on a day; a correction is negative and takes back the newest use before it."""

    day: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Payout:
    """Money that came: what may still be used of it, repayments taken off."""

    id: UUID
    value_date: date
    amount: Money

    @property
    def use_by(self) -> date:
        return two_months_after(self.value_date)


def match_uses(payouts: Sequence[Payout], uses: Iterable[Use]) -> dict[UUID, tuple[Use, ...]]:
    """The uses of each payout, first in first out, none before its money came.

    No cent is matched twice; what exceeds all payouts is prefinanced and matched to none.
    """
    waiting = _net(uses)
    found: dict[UUID, tuple[Use, ...]] = {}
    for payout in sorted(payouts, key=lambda one: (one.value_date, one.id.bytes)):
        rest, taken = payout.amount, list[Use]()
        while rest > ZERO and waiting:
            use = waiting[FIRST]
            part = min(rest, use.amount)
            taken.append(Use(max(use.day, payout.value_date), part))
            rest -= part
            if part == use.amount:
                waiting.pop(FIRST)
            else:
                waiting[FIRST] = replace(use, amount=use.amount - part)
        found[payout.id] = tuple(taken)
    return found


def used_of(uses: Iterable[Use], until: date | None = None) -> Money:
    """What was used, of late uses only those up to a day."""
    return sum((use.amount for use in uses if until is None or use.day <= until), ZERO)


def _net(uses: Iterable[Use]) -> list[Use]:
    """The uses by day, with every correction taken off the newest use before it."""
    kept: list[Use] = []
    for use in sorted(uses, key=lambda one: one.day):
        if use.amount > ZERO:
            kept.append(use)
            continue
        rest = -use.amount
        while rest > ZERO and kept:
            last = kept.pop()
            part = min(rest, last.amount)
            rest -= part
            if last.amount > part:
                kept.append(replace(last, amount=last.amount - part))
    return kept
