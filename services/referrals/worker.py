"""Composition root of the referral service's second process: relay, consumers, timers."""

import asyncio
from datetime import timedelta

from services.referrals.api.integration import INTEGRATION
from services.referrals.messaging.consumers import SUBSCRIPTION, rights_subscription
from services.referrals.operations.abandoned import forget_abandoned_drafts
from services.referrals.operations.due import do_due_work
from services.referrals.operations.forget_restored import forget_restored
from services.referrals.operations.look_after_attachments import (
    remove_objects,
    rescan,
    sweep_objects,
)
from services.referrals.operations.simulate_rules import forget_old_samples
from services.referrals.operations.terms import terms_of
from services.referrals.settings import Settings
from services.referrals.storage.base import ConsumedEvent
from shared.database.connection import Database
from shared.kernel.clock import berlin_date, now
from shared.objects.intake import Archive
from shared.objects.scanner import Scanner
from shared.objects.store import Objects
from shared.observability.logs import configure_logs
from shared.service.worker import Timer, Worker, run_worker

SAMPLES_EVERY_S = 6 * 3600.0


def create_worker(settings: Settings) -> Worker:
    terms = terms_of(settings)

    async def due(database: Database) -> None:
        await do_due_work(database, terms, now())

    async def samples(database: Database) -> None:
        await forget_old_samples(database, berlin_date(now()))

    async def drafts(database: Database) -> None:
        before = now() - timedelta(days=settings.drafts_kept_days)
        await forget_abandoned_drafts(database, before, now())

    archive = Archive(
        objects=Objects(settings.attachments_location),
        scanner=Scanner(settings.attachments_scanner),
    )

    async def look_after_attachments(database: Database) -> None:
        await remove_objects(database, archive.objects)
        await rescan(database, archive)

    async def sweep(database: Database) -> None:
        await sweep_objects(database, archive.objects, settings.attachment_sweep_grace_s)

    return Worker(
        name="referrals",
        settings=settings,
        integration=INTEGRATION,
        subscriptions=(
            SUBSCRIPTION,
            rights_subscription(Objects(settings.exchange_location)),
        ),
        consumed=ConsumedEvent,
        forget=forget_restored,
        timers=(
            Timer("due", settings.timer_every_s, due),
            Timer("samples", SAMPLES_EVERY_S, samples),
            Timer("drafts", SAMPLES_EVERY_S, drafts),
            Timer("attachments", settings.attachment_timer_s, look_after_attachments),
            Timer("attachment-sweep", settings.attachment_sweep_timer_s, sweep),
        ),
    )


def main() -> None:
    settings = Settings()
    configure_logs(part="referrals-worker", level=settings.log_level)
    asyncio.run(run_worker(create_worker(settings)))


if __name__ == "__main__":
    main()
