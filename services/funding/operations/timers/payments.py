"""What the day does to drawdowns."""

from services.funding.operations.follow_use import follow_all_use
from services.funding.settings import Settings
from shared.service.worker import Timer


def timers(settings: Settings) -> tuple[Timer, ...]:
    return (Timer("drawdown-use", settings.drawdown_timer_s, follow_all_use),)
