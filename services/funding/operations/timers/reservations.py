"""What the day does to reservations."""

from services.funding.operations.each_tenant import each_tenant
from services.funding.operations.reserve import expire_reservations
from services.funding.settings import Settings
from shared.database.connection import Database
from shared.service.worker import Timer


async def expire_everywhere(database: Database) -> None:
    await each_tenant(database, "reservations", expire_reservations)


def timers(settings: Settings) -> tuple[Timer, ...]:
    return (Timer("reservations", settings.reservation_timer_s, expire_everywhere),)
