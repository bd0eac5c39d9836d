"""Composition root of the case service's HTTP process: settings → app."""

from pathlib import Path

import uvicorn
from fastapi import FastAPI

from services.cases.api import cases
from services.cases.settings import Settings
from services.cases.storage.tables import IdempotencyKey
from shared.observability.logs import configure_logs
from shared.service.compose import Service, compose

MIGRATIONS = Path(__file__).parent / "storage" / "migrations"


def create_app(settings: Settings) -> FastAPI:
    return compose(
        Service(
            name="cases",
            title="KIM cases",
            description="Case records of the case management. / Fallakten des Case Managements.",
            settings=settings,
            routers=[cases.router],
            idempotency_keys=IdempotencyKey,
            migrations=MIGRATIONS,
        )
    )


def main() -> None:
    settings = Settings()
    configure_logs(part="cases", level=settings.log_level)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
    )


if __name__ == "__main__":
    main()
