"""Composition root of the case service's HTTP process: settings → app."""

from functools import partial
from pathlib import Path

from fastapi import FastAPI

from services.cases.api import (
    access_explanations,
    access_scopes,
    across_cases,
    case_parts,
    case_types,
    cases,
    conferences,
    consents,
    deliveries,
    documents,
    families,
    files,
    findings,
    imports,
    machines,
    meetings,
    notes,
    offers,
    people,
    person_parts,
    plans,
    reports,
    restrictions,
    retention,
    rights,
    standing_in,
    timeline,
    work,
    work_lists,
)
from services.cases.api.integration import INTEGRATION
from services.cases.operations.forget_restored import forget_restored
from services.cases.operations.practice import practice_of
from services.cases.settings import Settings
from services.cases.storage.tables import IdempotencyKey
from shared.objects.intake import Archive
from shared.objects.scanner import Scanner
from shared.objects.store import Objects
from shared.observability.logs import configure_logs
from shared.service.compose import Service, compose
from shared.web.server import serve

MIGRATIONS = Path(__file__).parent / "storage" / "migrations"
MODULES = (
    # Before cases and people: `by-external` must not be taken for an id.
    deliveries,
    cases,
    across_cases,
    case_parts,
    notes,
    consents,
    plans,
    # Before people: `/persons/search` must not be taken for the id of a person.
    person_parts,
    restrictions,
    people,
    families,
    conferences,
    findings,
    offers,
    meetings,
    reports,
    imports,
    retention,
    rights,
    case_types,
    documents,
    files,
    machines,
    timeline,
    work,
    work_lists,
    standing_in,
    access_scopes,
    access_explanations,
)
# In one request and one transaction; larger files are imports of their own.
SMALL_IMPORT_BYTES_MAX = 10_000_000
# An opening may bring the evidence of its consent: 1 MB, in base64 a third more.
OPENING_BYTES_MAX = 2_400_000


def create_app(settings: Settings) -> FastAPI:
    practice = practice_of(settings)
    app = compose(
        Service(
            name="cases",
            title="KIM cases",
            description="Case records of the case management. / Fallakten des Case Managements.",
            settings=settings,
            routers=[m.router for m in MODULES],
            integration=INTEGRATION,
            idempotency_keys=IdempotencyKey,
            migrations=MIGRATIONS,
            forget=partial(forget_restored, practice=practice),
            larger={cases.router.prefix: OPENING_BYTES_MAX},
            bulk={imports.IMPORT_PATH: SMALL_IMPORT_BYTES_MAX},
            streams={
                documents.CONTENT_PATH: settings.document_bytes_max,
                imports.CONTENT_PATH: settings.import_bytes_max,
            },
        )
    )
    app.state.practice = practice
    app.state.exchange = Objects(settings.exchange_location)
    app.state.archive = Archive(
        objects=Objects(settings.documents_location), scanner=Scanner(settings.documents_scanner)
    )
    return app


def main() -> None:
    settings = Settings()
    configure_logs(part="cases", level=settings.log_level)
    serve(create_app(settings), settings)


if __name__ == "__main__":
    main()
