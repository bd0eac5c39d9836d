"""Composition root of the funding service's second process: the relay of its events."""

import asyncio

from services.funding.settings import Settings
from services.funding.storage.tables import ConsumedEvent
from shared.observability.logs import configure_logs
from shared.service.worker import Worker, run_worker


def main() -> None:
    settings = Settings()
    configure_logs(part="funding-worker", level=settings.log_level)
    asyncio.run(run_worker(Worker(name="funding", settings=settings, consumed=ConsumedEvent)))


if __name__ == "__main__":
    main()
