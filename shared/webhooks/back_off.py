"""When a delivery that failed is tried again: for three days, ever less often."""

from datetime import datetime, timedelta
from typing import Final

# 71 h 42 min 35 s together; one more try at 72 h.
WAITS_S: Final = (5, 30, 120, 600, 1800, 3600, 7200, 14_400, *(28_800,) * 8)
GIVE_UP_AFTER: Final = timedelta(hours=72)


def next_attempt(first_at: datetime, attempts: int, now: datetime) -> datetime | None:
    """When to try again after `attempts` failures, the first of them at `first_at`; None: never
    again, the delivery is a dead letter. The last try is at 72 hours.
    """
    end = first_at + GIVE_UP_AFTER
    if now >= end:
        return None
    if attempts > len(WAITS_S):
        return end
    return min(now + timedelta(seconds=WAITS_S[attempts - 1]), end)
