"""The clocks of a referral against the calendar of North Rhine-Westphalia."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referrals.domain.clocks import (
    Clock,
    ClockOrderWrong,
    DayKind,
    Pause,
    Policy,
    due,
    notice_due,
    policy_form,
    read_policy,
)
from shared.kernel.clock import BERLIN
from shared.kernel.working_days import is_working_day

INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants naive bounds
DAYS = st.integers(1, 60)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("sent", "reminder", "end"),
    [
        ("2026-04-01T10:00", "2026-04-07T10:00", "2026-04-15T10:00"),  # Easter in between
        ("2026-05-21T10:00", "2026-05-26T10:00", "2026-06-05T10:00"),  # Whitsun, Corpus Christi
        ("2026-06-01T10:00", "2026-06-05T10:00", "2026-06-15T10:00"),
        ("2026-12-22T10:00", "2026-12-28T10:00", "2027-01-05T10:00"),  # Christmas, New Year
    ],
)
def test_clocks_follow_nrw_holidays(sent: str, reminder: str, end: str) -> None:
    start = berlin(sent).astimezone(UTC)
    assert due(Policy(), Clock.REMIND_UNPULLED, start) == berlin(reminder)
    assert due(Policy(), Clock.EXPIRE_UNPULLED, start) == berlin(end)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-04-01T10:00", "2026-04-10T10:00"),
        ("2026-12-22T10:00", "2026-12-30T10:00"),
    ],
)
def test_working_days_are_counted_without_holidays(start: str, end: str) -> None:
    policy = Policy(day_kind=DayKind.WORKING)
    assert due(policy, Clock.REMIND_UNANSWERED, berlin(start)) == berlin(end)
    assert notice_due(berlin(start)) == berlin(end)


def test_a_hold_of_two_days_moves_the_end_by_two_days() -> None:
    start = berlin("2026-02-27T09:30")
    plain = due(Policy(), Clock.ESCALATE_UNANSWERED, start)
    pause = Pause(berlin("2026-03-03T08:00"), berlin("2026-03-05T08:00"))
    assert plain == berlin("2026-03-09T09:30")
    assert due(Policy(), Clock.ESCALATE_UNANSWERED, start, [pause]) == berlin("2026-03-11T09:30")
    longer = Pause(berlin("2026-03-03T08:00"), berlin("2026-03-08T08:00"))  # ends on a Saturday
    assert due(Policy(), Clock.ESCALATE_UNANSWERED, start, [longer]) == berlin("2026-03-16T09:30")
    short = Pause(berlin("2026-03-03T08:00"), berlin("2026-03-03T10:00"))
    assert due(Policy(), Clock.ESCALATE_UNANSWERED, start, [short]) == berlin("2026-03-09T11:30")
    wednesday = berlin("2026-03-25T09:30")
    over = Pause(berlin("2026-03-28T08:00"), berlin("2026-03-30T08:00"))  # the hour changes
    assert due(Policy(), Clock.EXPIRE_UNPULLED, wednesday, [over]) == berlin("2026-04-10T09:30")


def test_a_term_keeps_its_time_of_day_when_the_hour_changes() -> None:
    start = berlin("2026-03-27T16:00")
    end = due(Policy(), Clock.REMIND_UNPULLED, start.astimezone(UTC))
    assert end == berlin("2026-03-30T16:00")
    assert end - start == timedelta(days=3) - timedelta(hours=1)


def test_a_pause_that_moves_a_term_within_its_weekend_does_not_shorten_it() -> None:
    tuesday = berlin("2025-02-18T06:39")
    policy = Policy(day_kind=DayKind.CALENDAR, remind_unpulled=4)  # ends on a Saturday
    assert due(policy, Clock.REMIND_UNPULLED, tuesday) == berlin("2025-02-24T06:39")
    held = Pause(tuesday, tuesday + timedelta(hours=18))  # to Sunday, after midnight
    assert due(policy, Clock.REMIND_UNPULLED, tuesday, [held]) == berlin("2025-02-24T06:39")


@given(INSTANTS, DAYS, st.sampled_from(DayKind), st.timedeltas(timedelta(0), timedelta(days=30)))
def test_every_term_ends_on_a_working_day_and_a_pause_never_shortens_it(
    start: datetime, days: int, kind: DayKind, held: timedelta
) -> None:
    policy = Policy(day_kind=kind, remind_unpulled=days, expire_unpulled=days + 1)
    plain = due(policy, Clock.REMIND_UNPULLED, start)
    paused = due(policy, Clock.REMIND_UNPULLED, start, [Pause(start, start + held)])
    assert start < plain <= due(policy, Clock.EXPIRE_UNPULLED, start)
    assert plain - timedelta(hours=1) <= paused
    for end in (plain, paused):
        assert is_working_day(end.astimezone(BERLIN).date())


def test_a_reminder_comes_before_its_end() -> None:
    with pytest.raises(ClockOrderWrong):
        Policy(remind_unpulled=14)
    with pytest.raises(ClockOrderWrong):
        Policy(remind_unanswered=10)


def test_a_policy_is_kept_as_it_was() -> None:
    policy = Policy(day_kind=DayKind.WORKING, remind_unpulled=1, expire_unpulled=2)
    assert read_policy(policy_form(policy)) == policy
    assert read_policy(None) == Policy()
