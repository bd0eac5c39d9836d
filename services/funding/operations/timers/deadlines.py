"""What the day does to deadlines and alerts."""

from services.funding.settings import Settings
from shared.service.worker import Timer


def timers(_settings: Settings) -> tuple[Timer, ...]:
    return ()
