"""Who sits on a post when: intervals with gaps, and no hour of work paid twice."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from services.funding.domain.findings import Finding, FindingCode
from services.funding.domain.legal_dates import Period
from shared.kernel.errors import RuleViolated
from shared.kernel.money import fte_text
from shared.kernel.text import Text

FULL_SHARE = Decimal("1.00")
ONE_DAY = timedelta(days=1)
KIM = "KIM"


class PostPaidTwice(RuleViolated):
    """Double funding is forbidden, not merely remarkable (§ 9 (4) TIntG, R-T2, hazard H11)."""

    code = "post-paid-twice"
    title = Text(
        de="Die Anteile einer Stelle übersteigen an einem Tag 1,00.",
        en="The shares of a post exceed 1.00 on one day.",
    )


class OccupanciesOverlap(RuleViolated):
    """One programme pays a seat at most once a day; a second person needs a seat of its own."""

    code = "occupancies-overlap"
    title = Text(
        de="Dieses Programm bezahlt den Platz an diesen Tagen schon.",
        en="This programme pays the seat on these days already.",
    )


class MoreFilledThanApproved(RuleViolated):
    code = "more-filled-than-approved"
    title = Text(
        de="Es wären mehr Stellen besetzt als bewilligt.",
        en="More posts would be filled than are approved.",
    )


class ShareOutOfRange(RuleViolated):
    code = "share-out-of-range"
    title = Text(
        de="Ein Stellenanteil liegt über 0,00 und höchstens bei 1,00.",
        en="A share of a post is above 0.00 and at most 1.00.",
    )


class OccupancyEndsBeforeItStarts(RuleViolated):
    code = "occupancy-ends-before-it-starts"
    title = Text(
        de="Die Besetzung endet vor ihrem Beginn.",
        en="The occupancy ends before it starts.",
    )


@dataclass(frozen=True, slots=True)
class Occupancy:
    """A share of one seat from a day on, paid by one programme; `until` None means still running.

    A seat is one person's post within a group of posts; who sits there is not stored here.
    `holder_ref` is a random number that the personnel office gives one person on several posts.
    """

    seat: int
    share: Decimal
    since: date
    until: date | None = None
    programme: str = KIM
    holder_ref: UUID | None = None

    def __post_init__(self) -> None:
        """Raises ShareOutOfRange, OccupancyEndsBeforeItStarts."""
        if not 0 < self.share <= FULL_SHARE:
            raise ShareOutOfRange
        if self.until is not None and self.until < self.since:
            raise OccupancyEndsBeforeItStarts

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)

    def overlaps(self, other: "Occupancy") -> bool:
        """Whether the same programme pays the same seat twice on some day."""
        is_same = (self.seat, self.programme) == (other.seat, other.programme)
        return is_same and (self.covers(other.since) or other.covers(self.since))


def filled_fte(occupancies: Iterable[Occupancy], day: date, programme: str = KIM) -> Decimal:
    """The shares that one programme pays on a day."""
    return sum(
        (held.share for held in occupancies if held.programme == programme and held.covers(day)),
        Decimal("0.00"),
    )


def refuse_overlap(held: Iterable[Occupancy], added: Occupancy) -> None:
    """Raises OccupanciesOverlap with the days of the occupancy that is there already."""
    for one in held:
        if one.overlaps(added):
            until = one.until.isoformat() if one.until else None
            raise OccupanciesOverlap(seat=one.seat, since=one.since.isoformat(), until=until)


def refuse_double_funding(occupancies: Iterable[Occupancy]) -> None:
    """Over all programmes, one seat is paid at most 1.00 on any day (R-S1-12).

    The sum can only rise on a day on which an occupancy begins, so those days are enough.
    Raises PostPaidTwice with the first such day.
    """
    held = tuple(occupancies)
    for start in sorted({one.since for one in held}):
        for seat in sorted({one.seat for one in held}):
            share = sum((o.share for o in held if o.seat == seat and o.covers(start)), Decimal(0))
            if share > FULL_SHARE:
                raise PostPaidTwice(day=start.isoformat(), seat=seat, share=fte_text(share))


def refuse_overstaffing(
    occupancies: Iterable[Occupancy], approved_on: Callable[[date], Decimal]
) -> None:
    """Whenever somebody begins, the programme pays no more than the posts approved on that day.

    Posts taken away later leave people on them; that is no fault of who recorded them.
    Raises MoreFilledThanApproved.
    """
    held = tuple(occupancies)
    for start in sorted({one.since for one in held if one.programme == KIM}):
        filled, approved = filled_fte(held, start), approved_on(start)
        if filled > approved:
            raise MoreFilledThanApproved(
                day=start.isoformat(), filled=fte_text(filled), approved=fte_text(approved)
            )


def vacant_periods(
    occupancies: Iterable[Occupancy], within: Period, programme: str = KIM
) -> tuple[Period, ...]:
    """The gaps: days of `within` on which the programme pays nobody on the post (R-S3-1)."""
    gaps: list[Period] = []
    free_from = within.start
    paid = (held for held in occupancies if held.programme == programme)
    for held in sorted(paid, key=lambda one: one.since):
        if held.since > free_from and free_from <= within.end:
            gaps.append(Period(free_from, min(held.since - ONE_DAY, within.end)))
        if held.until is None:
            return tuple(gaps)
        free_from = max(free_from, held.until + ONE_DAY)
    if free_from <= within.end:
        gaps.append(Period(free_from, within.end))
    return tuple(gaps)


def outlasting_findings(
    subject: str, position_until: date, award_until: date, *, has_other_source: bool
) -> tuple[Finding, ...]:
    """A post that outlasts its award without other money raises an alert (R-S1-10)."""
    if position_until <= award_until or has_other_source:
        return ()
    facts = {"positionUntil": position_until.isoformat(), "awardUntil": award_until.isoformat()}
    return (Finding(FindingCode.POSITION_OUTLASTS_AWARD, subject, facts),)
