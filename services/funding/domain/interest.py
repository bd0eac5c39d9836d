"""Interest on money: five points over the base rate (§ 49a (3) and (4) VwVfG NRW).

The first day that bears interest is the day after the claim arose, the last is the day of payment.
"""

from calendar import isleap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from shared.kernel.errors import RuleViolated
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text

POINTS_OVER_BASE: Final = Decimal(5)
DAYS_OF_MONTH: Final = 30
DAYS_OF_BANK_YEAR: Final = 360
DAYS_OF_YEAR: Final = 365
LAST_MONTH_OF_FIRST_HALF: Final = 6
_DAY: Final = timedelta(days=1)


class DayCount(StrEnum):
    """How days become parts of a year; the law names none."""

    ACT_365 = "ACT_365"
    ACT_360 = "ACT_360"
    E30_360 = "E30_360"
    ACT_ACT = "ACT_ACT"


DAY_COUNTS: Final[Mapping[DayCount, Text]] = {
    DayCount.ACT_365: Text(de="Taggenau, Jahr zu 365 Tagen", en="Actual days, year of 365"),
    DayCount.ACT_360: Text(de="Taggenau, Jahr zu 360 Tagen", en="Actual days, year of 360"),
    DayCount.E30_360: Text(de="Monate zu 30 Tagen (30E/360)", en="Months of 30 days (30E/360)"),
    DayCount.ACT_ACT: Text(de="Taggenau, Jahr wie es ist", en="Actual days, year as it is"),
}


class BaseRateMissing(RuleViolated):
    code = "base-rate-missing"
    title = Text(
        de="Für einen Tag der Verzinsung ist kein Basiszinssatz hinterlegt.",
        en="No base rate is on record for a day that bears interest.",
    )


class PaidBeforeClaim(RuleViolated):
    code = "paid-before-claim"
    title = Text(
        de="Gezahlt wurde nicht vor der Entstehung der Forderung.",
        en="A payment does not lie before the claim arose.",
    )


@dataclass(frozen=True, slots=True)
class BaseRate:
    """The base rate (§ 247 BGB) in percent, in force from a day on; it may be negative."""

    valid_from: date
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Repayment:
    """What was paid on a principal, on a day."""

    paid_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class InterestPiece:
    """Days of one principal at one rate; `amount_cents` is exact, not rounded."""

    first_day: date
    last_day: date
    days: int
    principal: Money
    percent: Decimal
    amount_cents: Fraction


def interest(
    principal: Money,
    claim_since: date,
    repayments: Iterable[Repayment],
    until: date,
    rates: Iterable[BaseRate],
    day_count: DayCount,
) -> tuple[InterestPiece, ...]:
    """The interest up to `until`, on what is still owed on each day, rate by rate.

    Raises PaidBeforeClaim, BaseRateMissing with the first day without a rate.
    """
    paid = sorted(repayments, key=lambda one: one.paid_on)
    if any(one.paid_on < claim_since for one in paid) or until < claim_since:
        raise PaidBeforeClaim(claimSince=claim_since.isoformat())
    known = tuple(rates)
    pieces: list[InterestPiece] = []
    start, left = claim_since, principal
    for one in (*paid, Repayment(until, ZERO)):
        end = min(one.paid_on, until)
        if end > start and left > ZERO:
            pieces += pieces_of(left, start, end, known, day_count)
        start = max(start, end)
        left -= one.amount
    return tuple(pieces)


def rounded(pieces: Sequence[InterestPiece]) -> Money:
    """The interest in cents, rounded half-up once, at the end."""
    return Money(1).times(sum((one.amount_cents for one in pieces), Fraction(0)))


def pieces_of(
    principal: Money,
    after: date,
    until: date,
    rates: Iterable[BaseRate],
    day_count: DayCount,
) -> list[InterestPiece]:
    """One principal, rate by rate: `after` itself bears no interest, a new rate begins on its day.

    Raises BaseRateMissing with the first day without a rate.
    """
    known = sorted(rates, key=lambda one: one.valid_from)
    _require_rates(known, after + _DAY, until)
    ends = [one.valid_from - _DAY for one in known[1:]]
    pieces = []
    for rate, end in zip(known, [*ends, until], strict=True):
        first, last = max(after, rate.valid_from - _DAY), min(until, end)
        if last <= first:
            continue
        percent = rate.percent + POINTS_OVER_BASE
        share = Fraction(percent) / 100 * years_between(first, last, day_count)
        days = _days(first, last, day_count)
        amount = principal.cents * share
        pieces.append(InterestPiece(first + _DAY, last, days, principal, percent, amount))
    return pieces


def _require_rates(known: Sequence[BaseRate], first: date, last: date) -> None:
    if not known or known[0].valid_from > first:
        raise BaseRateMissing(day=first.isoformat())
    end = _end_of_half_year(known[-1].valid_from)
    if last > end:
        raise BaseRateMissing(day=max(first, end + _DAY).isoformat())


def _end_of_half_year(day: date) -> date:
    """The base rate changes on 1 January and 1 July (§ 247 BGB); what follows is not guessed."""
    return (
        date(day.year, 6, 30) if day.month <= LAST_MONTH_OF_FIRST_HALF else date(day.year, 12, 31)
    )


def years_between(after: date, until: date, day_count: DayCount) -> Fraction:
    """The days after `after` up to and with `until`, as exact parts of a year.

    Splitting the days anywhere gives parts that sum to the whole, whichever way they are counted.
    """
    days = _days(after, until, day_count)
    match day_count:
        case DayCount.ACT_365:
            return Fraction(days, DAYS_OF_YEAR)
        case DayCount.ACT_360 | DayCount.E30_360:
            return Fraction(days, DAYS_OF_BANK_YEAR)
        case DayCount.ACT_ACT:
            return sum(
                (_share_of_year(after, until, year) for year in range(after.year, until.year + 1)),
                Fraction(0),
            )


def _share_of_year(after: date, until: date, year: int) -> Fraction:
    first = max(after, date(year - 1, 12, 31))
    last = min(until, date(year, 12, 31))
    return Fraction(max(0, (last - first).days), DAYS_OF_YEAR + isleap(year))


def _days(after: date, until: date, day_count: DayCount) -> int:
    if day_count is not DayCount.E30_360:
        return (until - after).days
    return _bank_days(until) - _bank_days(after)


def _bank_days(day: date) -> int:
    """Days since year 0 where every month has thirty; the 31st is the 30th."""
    months = day.year * 12 + day.month
    return months * DAYS_OF_MONTH + min(day.day, DAYS_OF_MONTH)
