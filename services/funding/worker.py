"""Composition root of the funding service's second process: relay, consumers, timers."""

import asyncio

from services.funding.api.integration import INTEGRATION
from services.funding.messaging.handlers import subscriptions
from services.funding.operations.timers import timers
from services.funding.settings import Settings
from services.funding.storage.tables import ConsumedEvent
from shared.objects.store import Objects
from shared.observability.logs import configure_logs
from shared.service.worker import Worker, run_worker


def create_worker(settings: Settings) -> Worker:
    return Worker(
        name="funding",
        settings=settings,
        integration=INTEGRATION,
        subscriptions=subscriptions(Objects(settings.exchange_location)),
        consumed=ConsumedEvent,
        timers=timers(settings),
    )


def main() -> None:
    settings = Settings()
    configure_logs(part="funding-worker", level=settings.log_level)
    asyncio.run(run_worker(create_worker(settings)))


if __name__ == "__main__":
    main()
