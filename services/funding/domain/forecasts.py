"""What a year's money will come to: what is used by now, and what the filled posts can use."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from services.funding.domain.alerts import Alert
from services.funding.domain.deadlines import SubjectKind
from services.funding.domain.eligibility import months_shown, share_months
from services.funding.domain.findings import FindingCode
from services.funding.domain.legal_dates import Period
from services.funding.domain.occupancies import Occupancy, vacant_periods
from services.funding.domain.part_year import MONTHS_PER_YEAR, months_of
from services.funding.domain.programme import FundingLine
from shared.kernel.errors import RuleViolated
from shared.kernel.money import ZERO, Money, fte_text
from shared.kernel.text import Text


class DayOutsideFiscalYear(RuleViolated):
    code = "day-outside-fiscal-year"
    title = Text(
        de="Der Stichtag liegt nicht im Haushaltsjahr.",
        en="The day lies outside the fiscal year.",
    )


@dataclass(frozen=True, slots=True)
class LineOutlook:
    """One funding line in a fiscal year, seen from a day.

    `used` is what the books say, `usable_at_filled` the most that the posts filled on the day use
    in a full year (R-S4-4), `usable_as_occupied` the same by the months in which seats are
    occupied; both are None where no rate or no post is on record.
    """

    funding_line: FundingLine
    granted: Money
    used: Money
    months_gone: Fraction
    filled_fte: Decimal | None
    usable_at_filled: Money | None
    occupied_months: Fraction | None
    usable_as_occupied: Money | None

    @property
    def burn_per_month(self) -> Money:
        """Used in a month on average, half-up to the cent."""
        return self.used.times(1 / self.months_gone) if self.months_gone else ZERO

    @property
    def expected_use(self) -> Money:
        """What is used at the year's end if it goes on like this; never more than is granted."""
        if not self.months_gone:
            return ZERO
        whole = self.used.times(Fraction(MONTHS_PER_YEAR) / self.months_gone)
        return min(self.granted, max(self.used, whole))

    @property
    def usable(self) -> Money | None:
        """By the posts as filled; where nobody says, by the months as occupied."""
        by_posts = self.usable_at_filled
        return self.usable_as_occupied if by_posts is None else by_posts

    @property
    def expected_unspent(self) -> Money | None:
        return None if self.usable is None else max(ZERO, self.granted - self.usable)

    @property
    def has_repayment_warning(self) -> bool:
        return bool(self.expected_unspent and self.expected_unspent.cents)


@dataclass(frozen=True, slots=True)
class Outlook:
    """All funding lines with money in the year."""

    fiscal_year: int
    as_of: date
    lines: tuple[LineOutlook, ...]

    @property
    def alerts(self) -> tuple[Alert, ...]:
        return tuple(
            Alert(
                FindingCode.UNSPENT_FUNDS_EXPECTED,
                SubjectKind.FUNDING_LINE,
                f"{line.funding_line.value}-{self.fiscal_year}",
                {
                    "granted": str(line.granted),
                    "usable": str(line.usable),
                    "unspent": str(line.expected_unspent),
                },
            )
            for line in self.lines
            if line.has_repayment_warning
        )


def months_gone(as_of: date) -> Fraction:
    """Months of the fiscal year up to the day, which counts."""
    return months_of(Period(as_of.replace(month=1, day=1), as_of))


@dataclass(frozen=True, slots=True)
class OccupiedMonth:
    """Share-months of one calendar month; `vacant` is counted, not what somebody reported."""

    month: Period
    approved: Fraction
    occupied: Fraction

    @property
    def vacant(self) -> Fraction:
        return max(Fraction(0), self.approved - self.occupied)

    @property
    def shown(self) -> tuple[str, str, str]:
        """Approved, occupied and vacant to read, two places."""
        return tuple(  # type: ignore[return-value] # three in, three out
            fte_text(months_shown(one)) for one in (self.approved, self.occupied, self.vacant)
        )


@dataclass(frozen=True, slots=True)
class YearOfPost:
    """`vacant` are the days on which nobody is on the post at all (R-S3-1)."""

    months: tuple[OccupiedMonth, ...]
    vacant: tuple[Period, ...]


def vacant_within(
    occupancies: Iterable[Occupancy], fiscal_year: int, life: Period
) -> tuple[Period, ...]:
    """The gaps of a year, within the life of the post."""
    year = Period.of_year(fiscal_year)
    if not year.overlaps(life):
        return ()
    within = Period(max(year.start, life.start), min(year.end, life.end))
    return vacant_periods(occupancies, within)


def occupied_months(
    occupancies: Iterable[Occupancy],
    versions: Sequence[tuple[date, Decimal]],
    fiscal_year: int,
    within: Period,
) -> tuple[OccupiedMonth, ...]:
    """The twelve months of a post; `versions` are (effective_from, approved), the newest last.

    `within` is the life of the post: nothing is approved outside it.
    """
    held = tuple(occupancies)
    return tuple(
        OccupiedMonth(month, _approved(versions, month, within), share_months(held, month))
        for month in _months_of_year(fiscal_year)
    )


def _months_of_year(fiscal_year: int) -> Iterable[Period]:
    for month in range(1, MONTHS_PER_YEAR + 1):
        first = date(fiscal_year, month, 1)
        yield Period(first, first.replace(day=monthrange(fiscal_year, month)[1]))


def _approved(versions: Sequence[tuple[date, Decimal]], month: Period, within: Period) -> Fraction:
    """Day by day, since a later version may begin before an earlier one."""
    days = (month.start + timedelta(days=n) for n in range(month.days))
    total = sum((_on(versions, day) for day in days if within.contains(day)), Decimal(0))
    return Fraction(total) / month.days


def _on(versions: Sequence[tuple[date, Decimal]], day: date) -> Decimal:
    return next((fte for start, fte in reversed(versions) if start <= day), Decimal(0))
