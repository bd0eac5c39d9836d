"""What of a post's cost the grant pays: the actual cost, never above the ceiling (R-S1-1).

The ceiling of a year holds for a full post; it counts for the months in which somebody whom the
programme pays sat there. Months are exact fractions, so that rounding happens once: half-up, at
the end, for each post and year.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from uuid import UUID

from services.funding.domain.costs import CostNegative
from services.funding.domain.ledger.rules import Recognition
from services.funding.domain.legal_dates import Period
from services.funding.domain.occupancies import KIM, Occupancy
from services.funding.domain.part_year import MONTHS_PER_YEAR, PartYearDecision, months_of
from shared.kernel.money import ZERO, Money

WHOLE_YEAR = Fraction(MONTHS_PER_YEAR)
CENT_OF_MONTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class EligibilityOfPost:
    """One post and year as the proof of use prints it; the last three sum to `actual`.

    `person_months` is for reading, two places; the amounts were computed from exact months.
    `ceiling` is that of the months occupied.
    """

    position_id: UUID
    person_months: Decimal
    actual: Money
    ceiling: Money
    eligible: Money
    own_share: Money
    undecided: Money


def target(
    actual: Money,
    ceiling_per_year: Money,
    share_months: Fraction,
    *,
    decision: PartYearDecision | None = None,
    post_months: Fraction = WHOLE_YEAR,
) -> Recognition:
    """How the whole personnel cost of a post and year has to stand in the books.

    `share_months` is Σ share × months occupied, `post_months` how long the post existed in the
    year. A post of part of a year is granted in full or pro rata: while nobody has `decision`, the
    difference is undecided (R-S1-16). Raises CostNegative.
    """
    if actual < ZERO:
        raise CostNegative
    pro_rata = min(actual, ceiling_of_months(ceiling_per_year, share_months))
    full = pro_rata
    if post_months < WHOLE_YEAR and decision is not PartYearDecision.PRO_RATA:
        full = min(actual, ceiling_per_year.times(_mean_share(share_months, post_months)))
    if decision is PartYearDecision.FULL_AMOUNT:
        return Recognition(full, actual - full, ZERO, ZERO)
    return Recognition(pro_rata, actual - full, ZERO, full - pro_rata)


def ceiling_of_months(ceiling_per_year: Money, share_months: Fraction) -> Money:
    """The ceiling for months occupied, half-up to the cent."""
    return ceiling_per_year.times(share_months / MONTHS_PER_YEAR)


def share_months(occupancies: Iterable[Occupancy], within: Period) -> Fraction:
    """Σ share × months of the seats that KIM pays within a period; an open end runs to its end."""
    total = Fraction(0)
    for held in occupancies:
        start, end = max(held.since, within.start), min(held.until or within.end, within.end)
        if held.programme == KIM and start <= end:
            total += Fraction(held.share) * months_of(Period(start, end))
    return total


def months_shown(months: Fraction) -> Decimal:
    """Months to read: two places, half-up."""
    hundredths = Money(1).times(months * 100).cents
    return hundredths * CENT_OF_MONTH


@dataclass(frozen=True, slots=True)
class RoundedParts:
    """Parts that were rounded each for itself beside the whole that was rounded once."""

    parts: tuple[Money, ...]
    whole: Money

    @property
    def difference(self) -> Money:
        """What has to be added to the parts to reach the whole."""
        return self.whole - sum(self.parts, ZERO)


def eligible_of_posts(
    posts: Iterable[tuple[Money, Fraction]], ceiling_per_year: Money
) -> RoundedParts:
    """Pro-rata eligible cost of posts with one ceiling, given as (actual, share-months).

    The parts are what the books hold; the difference to the sum rounded once is shown, not posted.
    """
    given = tuple(posts)
    exact = sum(
        (
            min(Fraction(actual.cents), ceiling_per_year.cents * months / MONTHS_PER_YEAR)
            for actual, months in given
        ),
        Fraction(0),
    )
    parts = tuple(
        target(actual, ceiling_per_year, months, decision=PartYearDecision.PRO_RATA).eligible
        for actual, months in given
    )
    return RoundedParts(parts, Money(1).times(exact))


def steps_of(
    actuals: Iterable[Money],
    ceiling_per_year: Money,
    share_months: Fraction,
    *,
    decision: PartYearDecision | None = None,
    post_months: Fraction = WHOLE_YEAR,
) -> tuple[Recognition, ...]:
    """How each of several costs of one post is recognised, in the order they were recorded.

    Each takes what the ones before it left of the ceiling; together they are exactly the target
    of their sum.
    """
    sums = [ZERO]
    for actual in actuals:
        sums.append(sums[-1] + actual)
    reached = [
        target(total, ceiling_per_year, share_months, decision=decision, post_months=post_months)
        for total in sums
    ]
    return tuple(
        Recognition(
            after.eligible - before.eligible,
            after.own_share - before.own_share,
            after.ineligible - before.ineligible,
            after.undecided - before.undecided,
        )
        for before, after in pairwise(reached)
    )


def _mean_share(share_months: Fraction, post_months: Fraction) -> Fraction:
    return share_months / post_months if post_months else Fraction(0)
