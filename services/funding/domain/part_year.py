"""A post that begins or ends during the year: both amounts are shown, a person decides."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from services.funding.domain.findings import Finding, FindingCode
from services.funding.domain.legal_dates import Period
from shared.kernel.money import Money

MONTHS_PER_YEAR = 12


class PartYearDecision(StrEnum):
    """Which of the two amounts holds. No source says; never reduced silently (R-S1-16)."""

    FULL_AMOUNT = "FULL_AMOUNT"
    PRO_RATA = "PRO_RATA"


@dataclass(frozen=True, slots=True)
class PartYearAmounts:
    """Both readings of a grant for a post that did not run all year."""

    full: Money
    pro_rata: Money
    decision: PartYearDecision | None = None

    @property
    def decided(self) -> Money | None:
        """The amount that counts; None while nobody has decided."""
        if self.decision is None:
            return self.full if self.full == self.pro_rata else None
        return self.full if self.decision is PartYearDecision.FULL_AMOUNT else self.pro_rata

    def findings(self, subject: str) -> tuple[Finding, ...]:
        """One finding about `subject` while nobody has decided."""
        if self.decided is not None:
            return ()
        facts = {"full": str(self.full), "proRata": str(self.pro_rata)}
        return (Finding(FindingCode.PART_YEAR_UNDECIDED, subject, facts),)


def part_year_amounts(
    granted: Money, occupied: Period, decision: PartYearDecision | None = None
) -> PartYearAmounts:
    """The full amount and the one for the months of `occupied`, half-up to the cent.

    A month that is occupied in part counts by its days: the convention is this product's own,
    no source names one.
    """
    pro_rata = granted.times(months_of(occupied) / MONTHS_PER_YEAR)
    return PartYearAmounts(granted, pro_rata, decision)


def months_of(period: Period) -> Fraction:
    """Months of a period, a month in part as days over its length; exact."""
    months = Fraction(0)
    first = period.start.replace(day=1)
    while first <= period.end:
        following = _next_month(first)
        start, end = max(first, period.start), min(following - timedelta(days=1), period.end)
        months += Fraction((end - start).days + 1, (following - first).days)
        first = following
    return months


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
