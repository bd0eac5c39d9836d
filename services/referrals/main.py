"""Composition root of the referral service's HTTP process: settings → app."""

from pathlib import Path

from fastapi import FastAPI

from services.referrals.api import (
    access_explanations,
    actions,
    amendments,
    attachments,
    boxes,
    capacity,
    clocks,
    deliveries,
    directory,
    disclosures,
    event_tokens,
    hsds,
    keys,
    links,
    messages,
    notices,
    overlays,
    pages,
    parts,
    referrals,
    routing,
    schemas_of_types,
    sealed,
    signpostings,
    simulation,
    statistics,
)
from services.referrals.api.directory_schemas import SendingDryRunView
from services.referrals.api.integration import INTEGRATION
from services.referrals.api.pages import FORM_BYTES_MAX, LINK_PATH
from services.referrals.operations.forget_restored import forget_restored
from services.referrals.operations.terms import link_terms_of, terms_of
from services.referrals.settings import Settings
from services.referrals.storage.base import IdempotencyKey
from shared.auth.signing import EventSigner
from shared.objects.intake import Archive
from shared.objects.scanner import Scanner
from shared.objects.store import Objects
from shared.observability.logs import configure_logs
from shared.service.compose import Service, compose
from shared.service.forgetting import Forget
from shared.web.server import serve

MIGRATIONS = Path(__file__).parent / "storage" / "migrations"
# Pages behind a signed link, which is a token of its own, lie below `/l/`.
PUBLIC = ("/l/", "/.well-known/jwks.json", "/v1/schemas", "/v1/schemas/")
MODULES = (
    # First: `by-external` must not be taken for an id.
    deliveries,
    referrals,
    actions,
    overlays,
    disclosures,
    amendments,
    attachments,
    messages,
    notices,
    links,
    pages,
    parts,
    sealed,
    event_tokens,
    boxes,
    signpostings,
    directory,
    keys,
    capacity,
    hsds,
    routing,
    schemas_of_types,
    simulation,
    statistics,
    clocks,
    access_explanations,
)


def create_app(settings: Settings, *, forget: Forget | None = forget_restored) -> FastAPI:
    """`forget` is what is done before anybody is served; None where nothing is kept."""
    app = compose(
        Service(
            name="referrals",
            title="KIM referrals",
            description=(
                "Referrals between agencies: routing, sharing, legal ground, inbox and outbox. / "
                "Zusteuerung zwischen Stellen: Zuständigkeit, Datenweitergabe, Rechtsgrundlage."
            ),
            settings=settings,
            routers=[m.router for m in MODULES],
            integration=INTEGRATION,
            idempotency_keys=IdempotencyKey,
            migrations=MIGRATIONS,
            forget=forget,
            dry_run_view=SendingDryRunView,
            public=PUBLIC,
            larger={sealed.SEALED_PATH: sealed.SEALED_BYTES_MAX},
            streams={
                attachments.CONTENT_PATH: settings.attachment_bytes_max,
                LINK_PATH: FORM_BYTES_MAX,
            },
        )
    )
    app.state.event_signer = EventSigner(settings.signing_key.get_secret_value())
    app.state.link_terms = link_terms_of(settings)
    app.state.archive = Archive(
        objects=Objects(settings.attachments_location),
        scanner=Scanner(settings.attachments_scanner),
    )
    app.state.deadlines = terms_of(settings).deadlines
    return app


def main() -> None:
    settings = Settings()
    configure_logs(part="referrals", level=settings.log_level)
    serve(create_app(settings), settings)


if __name__ == "__main__":
    main()
