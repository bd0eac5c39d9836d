"""When a failed delivery is tried again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.webhooks.back_off import GIVE_UP_AFTER, next_attempt

FIRST = datetime(2026, 6, 1, 10, tzinfo=UTC)
WAITS = [5, 30, 120, 600, 1800, 3600, 7200, 14400, *[28800] * 8]


def test_the_waits_are_those_published_and_the_last_try_is_at_72_hours() -> None:
    now, waits = FIRST, []
    for attempts in range(1, 30):
        again = next_attempt(FIRST, attempts, now)
        if again is None:
            break
        waits.append(int((again - now).total_seconds()))
        now = again
    assert waits == [*WAITS, 1045]
    assert now == FIRST + timedelta(hours=72)
    assert attempts == 18


def test_a_worker_that_was_away_for_four_days_gives_up_after_one_more_try() -> None:
    assert next_attempt(FIRST, 3, FIRST + timedelta(days=4)) is None


@given(
    attempts=st.integers(1, 40),
    late=st.timedeltas(timedelta(0), GIVE_UP_AFTER - timedelta(microseconds=1)),
)
def test_before_72_hours_there_is_always_one_more_try_and_never_after(
    attempts: int, late: timedelta
) -> None:
    now = FIRST + late
    again = next_attempt(FIRST, attempts, now)
    assert again is not None
    assert now < again <= FIRST + GIVE_UP_AFTER
