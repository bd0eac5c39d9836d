"""What the day does to proofs of use."""

from services.funding.operations.each_tenant import each_tenant
from services.funding.operations.keep_proofs import keep_proofs
from services.funding.settings import Settings
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.service.worker import Timer

PART = "proof-timer"


def timers(settings: Settings) -> tuple[Timer, ...]:
    async def of_tenant(tx: Transaction) -> None:
        await keep_proofs(tx, berlin_date(now()))

    async def run(database: Database) -> None:
        await each_tenant(database, PART, of_tenant)

    return (Timer("proofs", settings.deadline_timer_s, run),)
