"""Composition root of the case service's second process: relay, consumers, timers."""

import asyncio

from services.cases.settings import Settings
from services.cases.storage.tables import ConsumedEvent
from shared.observability.logs import configure_logs
from shared.service.worker import Worker, run_worker


def main() -> None:
    settings = Settings()
    configure_logs(part="cases-worker", level=settings.log_level)
    asyncio.run(run_worker(Worker(name="cases", settings=settings, consumed=ConsumedEvent)))


if __name__ == "__main__":
    main()
