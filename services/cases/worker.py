"""Composition root of the case service's second process: relay, consumers, timers."""

import asyncio
from functools import partial

from services.cases.api.import_lines import read_fields, read_line
from services.cases.api.integration import INTEGRATION
from services.cases.messaging.erasure import erasure_subscription
from services.cases.messaging.handlers import SUBSCRIPTIONS
from services.cases.messaging.rights import rights_subscriptions
from services.cases.operations.forget_restored import forget_restored
from services.cases.operations.keep_consents_current import keep_consents_current
from services.cases.operations.keep_retention import keep_retention
from services.cases.operations.keep_rights_clock import keep_rights_clock
from services.cases.operations.keep_search_keys import keep_search_keys
from services.cases.operations.look_after_documents import (
    remove_objects,
    rescan_documents,
    sweep_objects,
)
from services.cases.operations.practice import practice_of
from services.cases.operations.read_import_file import RowReaders
from services.cases.operations.run_imports import ImportRun, run_imports
from services.cases.settings import Settings
from services.cases.storage.tables import ConsumedEvent
from shared.database.connection import Database
from shared.objects.intake import Archive
from shared.objects.scanner import Scanner
from shared.objects.store import Objects
from shared.observability.logs import configure_logs
from shared.service.worker import Timer, Worker, run_worker


def create_worker(settings: Settings) -> Worker:
    objects = Objects(settings.documents_location)

    archive = Archive(objects=objects, scanner=Scanner(settings.documents_scanner))

    async def remove_erased(database: Database) -> None:
        await remove_objects(database, objects)

    run = ImportRun(
        objects=objects,
        readers=RowReaders(line=read_line, fields=read_fields),
        batch_rows=settings.import_batch_rows,
        report_days=settings.import_report_days,
    )

    async def run_waiting(database: Database) -> None:
        await run_imports(database, run)

    practice = practice_of(settings)

    async def retain(database: Database) -> None:
        await keep_retention(database, practice)

    exchange = Objects(settings.exchange_location)

    async def keep_clocks(database: Database) -> None:
        await keep_rights_clock(database, exchange, practice)

    async def rescan(database: Database) -> None:
        await rescan_documents(database, archive)

    async def sweep(database: Database) -> None:
        await sweep_objects(database, objects, settings.object_sweep_grace_s)

    async def renew_search_keys(database: Database) -> None:
        while await keep_search_keys(database):
            pass

    return Worker(
        name="cases",
        settings=settings,
        integration=INTEGRATION,
        subscriptions=(
            *SUBSCRIPTIONS,
            erasure_subscription(practice),
            *rights_subscriptions(exchange),
        ),
        consumed=ConsumedEvent,
        forget=partial(forget_restored, practice=practice),
        timers=(
            Timer("consents", settings.consent_timer_s, keep_consents_current),
            Timer("search-keys", settings.search_key_timer_s, renew_search_keys),
            Timer("object-removal", settings.object_removal_timer_s, remove_erased),
            Timer("imports", settings.import_timer_s, run_waiting),
            Timer("retention", settings.retention_timer_s, retain),
            Timer("rights", settings.rights_timer_s, keep_clocks),
            Timer("document-rescan", settings.document_rescan_timer_s, rescan),
            Timer("object-sweep", settings.object_sweep_timer_s, sweep),
        ),
    )


def main() -> None:
    settings = Settings()
    configure_logs(part="cases-worker", level=settings.log_level)
    asyncio.run(run_worker(create_worker(settings)))


if __name__ == "__main__":
    main()
