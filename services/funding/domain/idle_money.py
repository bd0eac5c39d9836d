"""Money that came and lay idle: for how long, and what interest the Land could ask for it.

§ 49a (4) VwVfG: interest may be asked for money not used promptly after its payout, at five
percentage points above the base rate (R-Z1). The exposure is shown and never posted: interest is
owed when an act says so. What the guideline leaves open stands beside every figure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from services.funding.domain.interest import BaseRate, BaseRateMissing
from services.funding.domain.use_matching import Payout, Use
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text

POINTS_ABOVE_BASE: Final = Decimal(5)
DAYS_PER_YEAR: Final = 365
PERCENT: Final = 100


class InterestFrom(StrEnum):
    """The first day that bears interest: after the two months, or after the payout."""

    AFTER_GRACE = "AFTER_GRACE"
    PAYOUT = "PAYOUT"


# As published by the Bundesbank on each 1 January and 1 July.
PUBLISHED_BASE_RATES: Final[tuple[BaseRate, ...]] = tuple(
    BaseRate(date.fromisoformat(day), Decimal(percent))
    for day, percent in (
        ("2016-07-01", "-0.88"),
        ("2023-01-01", "1.62"),
        ("2023-07-01", "3.12"),
        ("2024-01-01", "3.62"),
        ("2024-07-01", "3.37"),
        ("2025-01-01", "2.27"),
        ("2025-07-01", "1.27"),
    )
)
# The last rate above holds until this day; what follows is not guessed.
PUBLISHED_UNTIL: Final = date(2025, 12, 31)


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


@dataclass(frozen=True, slots=True)
class InterestShare:
    """Idle money under one rate; `interest` is exact, in cents, not rounded."""

    amount: Money
    first_day: date
    last_day: date
    percent: Decimal
    interest: Decimal

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1


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


def shares(
    idle: Iterable[IdleMoney], rates: Sequence[BaseRate], known_until: date = PUBLISHED_UNTIL
) -> tuple[InterestShare, ...]:
    """The spans cut where the base rate changes. Raises BaseRateMissing."""
    return tuple(share for span in idle for share in _cut(span, rates, known_until))


def interest(parts: Iterable[InterestShare]) -> Money:
    """The sum, rounded half-up to the cent once, at the end."""
    exact = sum((part.interest for part in parts), Decimal(0))
    return Money(int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)))


def _cut(span: IdleMoney, rates: Sequence[BaseRate], known_until: date) -> Iterable[InterestShare]:
    ordered = sorted(rates, key=lambda rate: rate.valid_from)
    if not ordered or span.first_day < ordered[0].valid_from:
        raise BaseRateMissing(day=span.first_day.isoformat())
    if span.last_day > known_until:
        raise BaseRateMissing(day=max(span.first_day, known_until + timedelta(1)).isoformat())
    ends = [rate.valid_from - timedelta(days=1) for rate in ordered[1:]] + [date.max]
    for rate, end in zip(ordered, ends, strict=True):
        first, last = max(span.first_day, rate.valid_from), min(span.last_day, end)
        if first > last:
            continue
        percent = rate.percent + POINTS_ABOVE_BASE
        days = (last - first).days + 1
        exact = Decimal(span.amount.cents) * percent * days / (PERCENT * DAYS_PER_YEAR)
        yield InterestShare(span.amount, first, last, percent, exact)
