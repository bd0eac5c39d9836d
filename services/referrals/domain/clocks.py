"""The clocks of a referral: how long it may lie uncollected, and how long unanswered.

The pattern is that of agency-to-agency posting in Germany: a reminder after three days, the end
after fourteen. What was collected never ends by itself: it is brought before somebody else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from shared.kernel.clock import BERLIN
from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text
from shared.kernel.working_days import add_working_days, last_day_of_term

NOTICE_WORKING_DAYS: Final = 5
"""Working days in which a recipient says what became of data it was told to delete or correct."""
HOLD_DAYS_MAX: Final = 30
"""Days by which holds move the end of a term, all together; so long may one of them last, too,
before the referral is brought before somebody else: nothing waits for an answer for ever."""


class ClockOrderWrong(RuleViolated):
    code = "clock-order-wrong"
    title = Text(
        de="Die Erinnerung liegt vor dem Ende der Frist.",
        en="A reminder comes before the end of its term.",
    )


class DayKind(StrEnum):
    """What is counted: every day, the end moved on to a working day, or working days only."""

    CALENDAR = "CALENDAR"
    WORKING = "WORKING"


class Clock(StrEnum):
    REMIND_UNPULLED = "REMIND_UNPULLED"
    EXPIRE_UNPULLED = "EXPIRE_UNPULLED"
    REMIND_UNANSWERED = "REMIND_UNANSWERED"
    ESCALATE_UNANSWERED = "ESCALATE_UNANSWERED"


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which no clock runs, because the recipient has put the referral on hold."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The terms of one type of referral, in days of `day_kind`. Raises ClockOrderWrong.

    `unpulled` count from the sending, `unanswered` from the collecting.
    """

    day_kind: DayKind = DayKind.CALENDAR
    remind_unpulled: int = 3
    expire_unpulled: int = 14
    remind_unanswered: int = 5
    escalate_unanswered: int = 10

    def __post_init__(self) -> None:
        if not 0 < self.remind_unpulled < self.expire_unpulled:
            raise ClockOrderWrong(first="remindUnpulled", second="expireUnpulled")
        if not 0 < self.remind_unanswered < self.escalate_unanswered:
            raise ClockOrderWrong(first="remindUnanswered", second="escalateUnanswered")

    def days(self, clock: Clock) -> int:
        found: int = getattr(self, clock.value.lower())
        return found


def due(policy: Policy, clock: Clock, start: datetime, pauses: Iterable[Pause] = ()) -> datetime:
    """When the clock that began at `start` is due, at the same time of day in Germany.

    A term whose last day is no working day ends on the next one (§ 31 (3) VwVfG NRW); a pause
    moves the end by its length, all of them by HOLD_DAYS_MAX at most, and never to an earlier hour:
    moved from a Saturday's morning to a Sunday's midnight, the term ends no earlier on Monday.
    """
    return _due(start, policy.days(clock), policy.day_kind, pauses)


def is_due(at: datetime, end: datetime, held_since: datetime | None) -> bool:
    """Whether it is time to bring an unanswered referral before somebody else.

    On hold it is time when the hold, or the wait for an answer, has lasted too long.
    """
    if held_since is None:
        return end <= at
    return min(end, held_since) + timedelta(days=HOLD_DAYS_MAX) <= at


def notice_due(raised_at: datetime) -> datetime:
    """Until when the recipient answers a notice."""
    return _due(raised_at, NOTICE_WORKING_DAYS, DayKind.WORKING, ())


def _due(start: datetime, days: int, kind: DayKind, pauses: Iterable[Pause]) -> datetime:
    local = _wall(start)
    if kind is DayKind.WORKING:
        end_day = add_working_days(local.date(), days)
    else:
        end_day = local.date() + timedelta(days=days)
    end = datetime.combine(end_day, local.time())
    # On the wall clock, so that two days on hold are two days over a change of the hour too.
    on_hold = sum((_wall(one.until) - _wall(one.since) for one in pauses), timedelta())
    held = min(on_hold, timedelta(days=HOLD_DAYS_MAX))
    last = max(_last_moment(end), _last_moment(end + held))
    return last.replace(tzinfo=BERLIN).astimezone(start.tzinfo)


def _last_moment(end: datetime) -> datetime:
    return datetime.combine(last_day_of_term(end.date()), end.time())


def _wall(instant: datetime) -> datetime:
    return instant.astimezone(BERLIN).replace(tzinfo=None)


def policy_form(policy: Policy) -> dict[str, Any]:
    """The policy as it is kept beside the referral it governs."""
    return {
        "dayKind": policy.day_kind.value,
        "remindUnpulled": policy.remind_unpulled,
        "expireUnpulled": policy.expire_unpulled,
        "remindUnanswered": policy.remind_unanswered,
        "escalateUnanswered": policy.escalate_unanswered,
    }


def read_policy(form: Mapping[str, Any] | None) -> Policy:
    """The policy a referral was sent under; the usual one for what was sent before there were
    any.
    """
    if form is None:
        return Policy()
    return Policy(
        day_kind=DayKind(form["dayKind"]),
        remind_unpulled=form["remindUnpulled"],
        expire_unpulled=form["expireUnpulled"],
        remind_unanswered=form["remindUnanswered"],
        escalate_unanswered=form["escalateUnanswered"],
    )
