"""Composition root of the funding service's HTTP process: settings → app."""

from pathlib import Path

from fastapi import FastAPI

from services.funding.api.imports import TABLE_BYTES_MAX, TABLE_PATH
from services.funding.api.integration import INTEGRATION
from services.funding.api.routers import ROUTERS
from services.funding.api.schemas.ledger import MoneyDryRunView
from services.funding.domain.idle_money import InterestFrom
from services.funding.domain.interest import DayCount
from services.funding.operations.ledger.rehearsals import watch_postings
from services.funding.settings import Settings
from services.funding.storage.tables import IdempotencyKey
from shared.observability.logs import configure_logs
from shared.service.compose import Service, compose
from shared.web.server import serve

MIGRATIONS = Path(__file__).parent / "storage" / "migrations"


def create_app(settings: Settings) -> FastAPI:
    app = compose(
        Service(
            name="funding",
            title="KIM funding",
            description="Awards, posts and forwarded funds. / Bescheide, Stellen, Weiterleitungen.",
            settings=settings,
            routers=ROUTERS,
            integration=INTEGRATION,
            idempotency_keys=IdempotencyKey,
            migrations=MIGRATIONS,
            streams={TABLE_PATH: TABLE_BYTES_MAX},
            watch=watch_postings,
            dry_run_view=MoneyDryRunView,
        )
    )
    app.state.interest_day_count = DayCount(settings.interest_day_count)
    app.state.ledger_seal_key = settings.ledger_seal_key.get_secret_value().encode()
    app.state.interest_from = InterestFrom(settings.interest_from)
    app.state.hvb_unit_type = settings.hvb_unit_type
    return app


def main() -> None:
    settings = Settings()
    configure_logs(part="funding", level=settings.log_level)
    serve(create_app(settings), settings)


if __name__ == "__main__":
    main()
