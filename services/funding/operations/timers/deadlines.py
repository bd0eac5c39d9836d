"""What the day does to deadlines and alerts."""

from services.funding.operations.each_tenant import each_tenant
from services.funding.operations.keep_alerts import keep_alerts
from services.funding.operations.keep_deadlines import keep_deadlines
from services.funding.settings import Settings
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.service.worker import Timer

PART = "deadline-timer"


def timers(settings: Settings) -> tuple[Timer, ...]:
    async def of_tenant(tx: Transaction) -> None:
        today = berlin_date(now())
        await keep_deadlines(tx, today, settings.deadline_warn_days)
        await keep_alerts(tx, today)

    async def run(database: Database) -> None:
        await each_tenant(database, PART, of_tenant)

    return (Timer("deadlines", settings.deadline_timer_s, run),)
