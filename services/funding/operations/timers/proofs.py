"""What the day does to proofs of use."""

from services.funding.settings import Settings
from shared.service.worker import Timer


def timers(_settings: Settings) -> tuple[Timer, ...]:
    return ()
