"""The webhooks of one service's worker as a process of its own, by a clock that a test moves.

    python -m tests.webhook_worker SERVICE CLOCK

Settings come from the environment, as in the real worker; CLOCK is a file with the seconds by
which the clock is ahead.
"""

import asyncio
import importlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from deploy.local.settings import PROJECT_DIR
from shared.database.connection import open_database
from shared.kernel.clock import now
from shared.service.webhooks import webhook_parts


def set_clock(file: Path, ahead: timedelta) -> None:
    fresh = file.with_suffix(".new")
    fresh.write_text(str(ahead.total_seconds()))
    fresh.replace(file)


def clock_of(file: Path) -> datetime:
    return now() + timedelta(seconds=float(file.read_text()))


@contextmanager
def working(
    service: str, clock: Path, settings: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """The process while the block runs; killed at its end."""
    command = [sys.executable, "-m", "tests.webhook_worker", service, str(clock)]
    process = subprocess.Popen(command, cwd=PROJECT_DIR, env={**os.environ, **settings})
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def work(service: str, clock: Path) -> None:
    settings = importlib.import_module(f"services.{service}.settings").Settings()
    integration = importlib.import_module(f"services.{service}.api.integration").INTEGRATION
    database = await open_database(
        settings.database_dsn.get_secret_value(), application="tests-webhook-worker"
    )
    parts = webhook_parts(integration.webhooks, settings, partial(clock_of, clock))
    await asyncio.gather(*(part(database) for part in parts.values()))


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], Path(sys.argv[2])))
