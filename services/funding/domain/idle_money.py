"""Money that came and lay idle: for how long, and what interest the Land could ask for it.

§ 49a (4) VwVfG: interest may be asked for money not used promptly after its payout, at five
percentage points above the base rate (R-Z1). The exposure is shown and never posted: interest is
owed when an act says so. What the guideline leaves open stands beside every figure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from services.funding.domain.interest import BaseRate, DayCount, InterestPiece, pieces_of
from services.funding.domain.use_matching import Payout, Use
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text


class InterestFrom(StrEnum):
    """The first day that bears interest: after the two months, or after the payout."""

    AFTER_GRACE = "AFTER_GRACE"
    PAYOUT = "PAYOUT"


class Assumption(StrEnum):
    """What the figure rests on where the guideline says nothing."""

    RECIPIENT_PAYMENT_IS_USE = "RECIPIENT_PAYMENT_IS_USE"
    INTEREST_AFTER_GRACE = "INTEREST_AFTER_GRACE"
    INTEREST_FROM_PAYOUT = "INTEREST_FROM_PAYOUT"
    DAYS_OF_365 = "DAYS_OF_365"


ASSUMPTION_TEXTS: Final[Mapping[Assumption, Text]] = {
    Assumption.RECIPIENT_PAYMENT_IS_USE: Text(
        de="Eine bestätigte Zahlung an einen Letztempfänger zählt als Verwendung.",
        en="A confirmed payment to a recipient counts as use.",
    ),
    Assumption.INTEREST_AFTER_GRACE: Text(
        de="Zinsen laufen ab dem Tag nach Ende der zwei Monate.",
        en="Interest runs from the day after the two months.",
    ),
    Assumption.INTEREST_FROM_PAYOUT: Text(
        de="Zinsen laufen ab dem Tag nach der Auszahlung.",
        en="Interest runs from the day after the payout.",
    ),
    Assumption.DAYS_OF_365: Text(
        de="Gezählt werden Kalendertage, das Jahr zu 365 Tagen.",
        en="Calendar days are counted, 365 to the year.",
    ),
}


def assumptions(interest_from: InterestFrom) -> tuple[Assumption, ...]:
    starts = {
        InterestFrom.AFTER_GRACE: Assumption.INTEREST_AFTER_GRACE,
        InterestFrom.PAYOUT: Assumption.INTEREST_FROM_PAYOUT,
    }
    return (
        Assumption.RECIPIENT_PAYMENT_IS_USE,
        starts[interest_from],
        Assumption.DAYS_OF_365,
    )


@dataclass(frozen=True, slots=True)
class IdleMoney:
    """An amount that lay idle from its first to its last interest day, both counted."""

    amount: Money
    first_day: date
    last_day: date


def idle_money(
    payout: Payout,
    uses: Sequence[Use],
    until: date,
    interest_from: InterestFrom,
    repaid: Use | None = None,
) -> tuple[IdleMoney, ...]:
    """What was used or paid back late, and what is unused at the end of `until`.

    What is used within the two months never bears interest; the day of the use counts.
    """
    start = payout.use_by if interest_from is InterestFrom.AFTER_GRACE else payout.value_date
    first = start + timedelta(days=1)
    ended = [*uses, *([repaid] if repaid else [])]
    late = [use for use in ended if payout.use_by < use.day <= until]
    whole = payout.amount + (repaid.amount if repaid else ZERO)
    gone = sum((use.amount for use in ended if use.day <= until), ZERO)
    spans = [IdleMoney(use.amount, first, use.day) for use in late]
    if until > payout.use_by and whole > gone:
        spans.append(IdleMoney(whole - gone, first, until))
    return tuple(spans)


def interest_of_idle(
    idle: Iterable[IdleMoney], rates: Sequence[BaseRate]
) -> tuple[InterestPiece, ...]:
    """The spans cut where the base rate changes. Raises BaseRateMissing."""
    return tuple(
        piece
        for span in idle
        for piece in pieces_of(
            span.amount,
            span.first_day - timedelta(days=1),
            span.last_day,
            rates,
            DayCount.ACT_365,
        )
    )
