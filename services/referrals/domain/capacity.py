"""What a unit can take on of a service: seats, waiting time, languages, opening hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from services.referrals.domain.agencies import Agency, EndpointStatus
from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text


class Weekday(StrEnum):
    """As in iCalendar (RFC 5545, BYDAY), which HSDS uses too."""

    MO = "MO"
    TU = "TU"
    WE = "WE"
    TH = "TH"
    FR = "FR"
    SA = "SA"
    SU = "SU"


class CapacityUnusable(RuleViolated):
    code = "capacity-unusable"
    title = Text(
        de="Freie Plätze gibt es höchstens so viele wie Plätze; der letzte Tag liegt nicht vor dem "
        "ersten.",
        en="There are at most as many free seats as seats; the last day is not before the first.",
    )


class OpeningUnusable(RuleViolated):
    code = "opening-unusable"
    title = Text(
        de="Eine Öffnungszeit endet nach ihrem Beginn, und zwei überschneiden sich nicht.",
        en="Opening hours end after they begin, and no two of them overlap.",
    )


class ServiceNotOffered(RuleViolated):
    code = "service-not-offered"
    title = Text(
        de="Diese Stelle bietet die Leistung nach dem Verzeichnis nicht an.",
        en="According to the directory this unit does not offer the service.",
    )


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """Local time of Berlin as "HH:MM"."""

    day: Weekday
    opens_at: str
    closes_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """What the unit last said; None where it said nothing.

    `accepts` is the unit's own word: a service with free seats may still be closed.
    """

    accepts: bool
    seats_total: int | None = None
    seats_free: int | None = None
    waiting_days: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        total, free = self.seats_total, self.seats_free
        has_too_many = total is not None and free is not None and free > total
        is_backwards = (
            self.valid_from is not None
            and self.valid_to is not None
            and self.valid_to < self.valid_from
        )
        if has_too_many or is_backwards:
            raise CapacityUnusable

    def accepts_on(self, day: date) -> bool:
        """Whether somebody can be taken on that day: open, in its term, and not full."""
        has_begun = self.valid_from is None or self.valid_from <= day
        has_ended = self.valid_to is not None and self.valid_to < day
        return self.accepts and has_begun and not has_ended and self.seats_free != 0


def can_take(
    agency: Agency | None, service_code: str, capacity: Capacity | None, day: date
) -> bool:
    """Whether a referral is worth sending there; who said nothing takes all."""
    if agency is None or agency.endpoint_status is not EndpointStatus.ACTIVE:
        return False
    if service_code not in agency.services:
        return False
    return capacity is None or capacity.accepts_on(day)


def in_order(hours: Iterable[Opening]) -> tuple[Opening, ...]:
    """Opening hours by day and time. Raises OpeningUnusable."""
    days = list(Weekday)
    ordered = sorted(hours, key=lambda one: (days.index(one.day), one.opens_at))
    is_empty = any(one.closes_at <= one.opens_at for one in ordered)
    overlaps = any(
        one.day is other.day and other.opens_at < one.closes_at for one, other in pairwise(ordered)
    )
    if is_empty or overlaps:
        raise OpeningUnusable
    return tuple(ordered)
