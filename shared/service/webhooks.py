"""Webhooks of one service: the console over HTTP, and what the worker runs for it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from shared.auth.sealing import SealingKeys
from shared.database.connection import Database
from shared.kernel.clock import now
from shared.service.desk import JSON, CurrentReading, CurrentWriting, Reading
from shared.service.webhook_schemas import (
    SecretRotationBody,
    SignatureBaseView,
    WebhookDeliveryPage,
    WebhookDeliveryView,
    WebhookEndpointBody,
    WebhookEndpointPage,
    WebhookEndpointView,
    WebhookReplayBody,
    WebhookReplayView,
    WebhookSecretView,
)
from shared.web.access import CallerCheck
from shared.web.settings import ServiceSettings
from shared.webhooks.deliveries import DeliveryDesk, range_between
from shared.webhooks.endpoints import EndpointDesk
from shared.webhooks.keeping import keep_webhooks
from shared.webhooks.outgoing import OutgoingHttp
from shared.webhooks.sending import Clock, Sender
from shared.webhooks.serving import Serving
from shared.webhooks.tables import WebhookTables
from shared.webhooks.views import WebhookViews

KEEP_EVERY_S: Final = 60.0
# As long as the feed at least: what can be replayed can be looked up.
KEEP_DAYS: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhooks:
    """What a service has to name. `keeper` is its check of who may manage webhooks; `follower` of
    who may read the feed, which whoever says where events go must, too; `events` are the classes
    of events that can be subscribed to.
    """

    service: str
    tables: WebhookTables
    keeper: CallerCheck
    follower: CallerCheck
    events: tuple[Any, ...]
    views: WebhookViews = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "views", WebhookViews(self.tables))

    def endpoint_desk(self, keys: SealingKeys) -> EndpointDesk:
        known = frozenset(event.event_type for event in self.events)
        return EndpointDesk(tables=self.tables, views=self.views, keys=keys, known_types=known)

    def delivery_desk(self) -> DeliveryDesk:
        return DeliveryDesk(service=self.service, tables=self.tables, views=self.views)


def sealing_keys(settings: ServiceSettings) -> SealingKeys:
    return SealingKeys.parse(settings.sealing_keys.get_secret_value())


def outgoing_http(settings: ServiceSettings) -> OutgoingHttp:
    return OutgoingHttp(plain_hosts=settings.webhook_plain_hosts, ca_file=settings.webhook_ca_file)


def webhook_parts(
    webhooks: Webhooks, settings: ServiceSettings, clock: Clock = now
) -> dict[str, Callable[[Database], Awaitable[None]]]:
    """What the worker runs until it ends, by name: sending, and what happens by the clock."""

    async def send(database: Database) -> None:
        keys, http = sealing_keys(settings), outgoing_http(settings)
        sender = Sender(database, webhooks.tables, http, keys, clock)
        await Serving(database, sender, clock, every_s=settings.webhook_timer_s).run()

    async def keep(database: Database) -> None:
        while True:
            await keep_webhooks(database, webhooks.tables, clock(), KEEP_DAYS)
            await asyncio.sleep(KEEP_EVERY_S)

    return {"webhooks": send, "webhooks.keep": keep}


def webhook_routers(webhooks: Webhooks) -> list[APIRouter]:
    """`/v1/webhook-endpoints` and `/v1/webhook-deliveries`."""
    guard = [Depends(webhooks.keeper)]
    endpoints = APIRouter(prefix="/v1/webhook-endpoints", tags=["webhooks"], dependencies=guard)
    deliveries = APIRouter(prefix="/v1/webhook-deliveries", tags=["webhooks"], dependencies=guard)
    _add_endpoints(endpoints, webhooks)
    _add_actions(endpoints, webhooks)
    _add_trials(endpoints, webhooks)
    _add_deliveries(deliveries, webhooks)
    return [endpoints, deliveries]


async def _current_keys(request: Request) -> SealingKeys:
    keys: SealingKeys = request.app.state.sealing_keys
    return keys


async def _current_http(request: Request) -> OutgoingHttp:
    http: OutgoingHttp = request.app.state.outgoing_http
    return http


CurrentKeys = Annotated[SealingKeys, Depends(_current_keys)]
CurrentHttp = Annotated[OutgoingHttp, Depends(_current_http)]


async def _endpoint(webhooks: Webhooks, reading: Reading, endpoint_id: UUID) -> Response:
    """Never 304: what the worker notes on an endpoint does not change its version."""
    document = await reading.document(webhooks.views.endpoint, endpoint_id=endpoint_id)
    headers = {"ETag": f'"{document.version}"', "Cache-Control": "no-store"}
    return Response(document.body, media_type=JSON, headers=headers)


def _add_endpoints(router: APIRouter, webhooks: Webhooks) -> None:
    views = webhooks.views

    @router.get(
        "",
        response_model=WebhookEndpointPage,
        summary="Webhook endpoints of the own unit / Empfangsadressen der eigenen Stelle",
        openapi_extra={"parameters": views.endpoints.parameters()},
    )
    async def list_webhook_endpoints(reading: CurrentReading) -> Response:
        return await reading.page(views.endpoints)

    @router.post(
        "",
        status_code=201,
        response_model=WebhookSecretView,
        summary="Add an endpoint; its secret is shown once / Empfangsadresse anlegen",
        dependencies=[Depends(webhooks.follower)],
    )
    async def post_webhook_endpoint(
        body: WebhookEndpointBody, writing: CurrentWriting, keys: CurrentKeys, http: CurrentHttp
    ) -> Response:
        await http.check(body.url)
        desk, wishes = webhooks.endpoint_desk(keys), body.wishes()
        return await writing.run(lambda tx: desk.add(tx, wishes), status=201)

    @router.get(
        "/{endpoint_id}",
        response_model=WebhookEndpointView,
        summary="One endpoint / Empfangsadresse lesen",
    )
    async def read_webhook_endpoint(endpoint_id: UUID, reading: CurrentReading) -> Response:
        return await _endpoint(webhooks, reading, endpoint_id)

    @router.put(
        "/{endpoint_id}",
        response_model=WebhookEndpointView,
        summary="Change an endpoint / Empfangsadresse ändern",
        dependencies=[Depends(webhooks.follower)],
    )
    async def put_webhook_endpoint(
        endpoint_id: UUID,
        body: WebhookEndpointBody,
        writing: CurrentWriting,
        keys: CurrentKeys,
        http: CurrentHttp,
    ) -> Response:
        await http.check(body.url)
        desk, version, wishes = (
            webhooks.endpoint_desk(keys),
            writing.expected_version,
            body.wishes(),
        )
        return await writing.run(lambda tx: desk.change(tx, endpoint_id, version, wishes))


def _add_actions(router: APIRouter, webhooks: Webhooks) -> None:
    @router.delete(
        "/{endpoint_id}",
        response_model=WebhookEndpointView,
        summary="Remove an endpoint with its deliveries / Empfangsadresse löschen",
    )
    async def delete_webhook_endpoint(
        endpoint_id: UUID, writing: CurrentWriting, keys: CurrentKeys
    ) -> Response:
        desk, version = webhooks.endpoint_desk(keys), writing.expected_version
        return await writing.run(lambda tx: desk.remove(tx, endpoint_id, version))

    @router.post(
        "/{endpoint_id}/actions/pause",
        response_model=WebhookEndpointView,
        summary="Hold deliveries back, for 40 days without loss / Zustellung anhalten",
    )
    async def pause_webhook_endpoint(
        endpoint_id: UUID, writing: CurrentWriting, keys: CurrentKeys
    ) -> Response:
        desk, version = webhooks.endpoint_desk(keys), writing.expected_version
        return await writing.run(lambda tx: desk.pause(tx, endpoint_id, version))

    @router.post(
        "/{endpoint_id}/actions/resume",
        response_model=WebhookEndpointView,
        summary="Go on, also after 410 / Zustellung fortsetzen",
    )
    async def resume_webhook_endpoint(
        endpoint_id: UUID, writing: CurrentWriting, keys: CurrentKeys
    ) -> Response:
        desk, version = webhooks.endpoint_desk(keys), writing.expected_version
        return await writing.run(lambda tx: desk.resume(tx, endpoint_id, version))

    @router.post(
        "/{endpoint_id}/actions/rotate-secret",
        response_model=WebhookSecretView,
        summary="A new secret, shown once; both sign for a while / Geheimnis wechseln",
    )
    async def rotate_webhook_secret(
        endpoint_id: UUID, body: SecretRotationBody, writing: CurrentWriting, keys: CurrentKeys
    ) -> Response:
        desk, version = webhooks.endpoint_desk(keys), writing.expected_version
        hours = body.overlap_hours
        return await writing.run(lambda tx: desk.rotate(tx, endpoint_id, version, hours))


def _add_trials(router: APIRouter, webhooks: Webhooks) -> None:
    desk = webhooks.delivery_desk()
    views = webhooks.views

    @router.post(
        "/{endpoint_id}/actions/test",
        status_code=201,
        response_model=WebhookDeliveryView,
        summary="Send a test event, once / Testereignis senden",
    )
    async def test_webhook_endpoint(endpoint_id: UUID, writing: CurrentWriting) -> Response:
        return await writing.run(lambda tx: desk.test(tx, endpoint_id), status=201)

    @router.post(
        "/{endpoint_id}/actions/replay",
        status_code=201,
        response_model=WebhookReplayView,
        summary="Send a range of events again / Ereignisse erneut zustellen",
        dependencies=[Depends(webhooks.follower)],
    )
    async def replay_webhook_events(
        endpoint_id: UUID, body: WebhookReplayBody, writing: CurrentWriting
    ) -> Response:
        asked = range_between(body.from_cursor, body.to_cursor, body.since, body.until)
        return await writing.run(lambda tx: desk.replay(tx, endpoint_id, asked), status=201)

    @router.get(
        "/{endpoint_id}/deliveries",
        response_model=WebhookDeliveryPage,
        summary="Deliveries with every try, newest first / Zustellungen auflisten",
        openapi_extra={"parameters": views.deliveries.parameters()},
    )
    async def list_webhook_deliveries(endpoint_id: UUID, reading: CurrentReading) -> Response:
        await reading.document(views.endpoint, endpoint_id=endpoint_id)
        return await reading.page(views.deliveries, endpoint_id=endpoint_id)


def _add_deliveries(router: APIRouter, webhooks: Webhooks) -> None:
    desk = webhooks.delivery_desk()

    @router.post(
        "/{delivery_id}/actions/redeliver",
        response_model=WebhookDeliveryView,
        summary="Send it again from the beginning / Erneut zustellen",
        dependencies=[Depends(webhooks.follower)],
    )
    async def redeliver_webhook(delivery_id: UUID, writing: CurrentWriting) -> Response:
        return await writing.run(lambda tx: desk.redeliver(tx, delivery_id))

    @router.get(
        "/{delivery_id}/signature-base",
        response_model=SignatureBaseView,
        summary="The very bytes that were signed / Signierte Zeichenfolge ansehen",
        dependencies=[Depends(webhooks.follower)],
    )
    async def read_signature_base(delivery_id: UUID, reading: CurrentReading) -> Response:
        async with reading.database.transaction(reading.caller) as tx:
            base = await desk.base(tx, delivery_id)
        return Response(base, media_type=JSON, headers={"Cache-Control": "no-store"})


def start_state(state: Any, settings: ServiceSettings) -> None:
    """What the endpoints find in `app.state`."""
    state.sealing_keys = sealing_keys(settings)
    state.outgoing_http = outgoing_http(settings)
