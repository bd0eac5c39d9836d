"""Composition root of the case service's HTTP process: settings → app."""

from pathlib import Path

import uvicorn
from fastapi import FastAPI

from services.cases.api import (
    case_parts,
    cases,
    consents,
    people,
    plans,
    reports,
    timeline,
    work,
    work_lists,
)
from services.cases.domain.practice import Practice
from services.cases.settings import Settings
from services.cases.storage.tables import IdempotencyKey
from shared.observability.logs import configure_logs
from shared.service.compose import Service, compose

MIGRATIONS = Path(__file__).parent / "storage" / "migrations"
IMPORT_BYTES_MAX = 50_000_000


def create_app(settings: Settings) -> FastAPI:
    app = compose(
        Service(
            name="cases",
            title="KIM cases",
            description="Case records of the case management. / Fallakten des Case Managements.",
            settings=settings,
            routers=[
                module.router
                for module in (
                    cases,
                    case_parts,
                    consents,
                    plans,
                    people,
                    reports,
                    timeline,
                    work,
                    work_lists,
                )
            ],
            idempotency_keys=IdempotencyKey,
            migrations=MIGRATIONS,
            bulk={reports.IMPORT_PATH: IMPORT_BYTES_MAX},
        )
    )
    app.state.practice = practice_of(settings)
    return app


def practice_of(settings: Settings) -> Practice:
    """What the rule book may know of the settings."""
    return Practice(
        contact_attempts_min=settings.contact_attempts_min,
        reopening_days=settings.reopening_days,
        deletion_years=settings.deletion_years,
        declined_deletion_days=settings.declined_deletion_days,
        small_cell_min=settings.small_cell_min,
        information_languages=frozenset(settings.information_languages),
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
