"""Endpoints and deliveries as their unit sees them: everything but the secret."""

from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import bindparam, func, select, text

from shared.database.filter_values import instant
from shared.database.filters import Filter
from shared.database.lists import ListView
from shared.database.publish import json_list
from shared.database.statements import table_of
from shared.database.views import Document, View
from shared.webhooks.codes import WebhookDeliveryState, WebhookEndpointState
from shared.webhooks.signing import secret_text
from shared.webhooks.tables import WebhookTables

_ENDPOINT: Final = (
    "id", "version", "url", "description", "types", "includes_own", "profile", "state",
    "disabled_reason", "silence_hours", "is_silent", "last_success_at", "missed_until",
    "created_by", "created_at", "updated_at",
)  # fmt: skip
_DELIVERY: Final = (
    "id", "endpoint_id", "event_id", "type", "subject", "state", "attempts", "created_at",
    "first_at", "next_attempt_at", "replay_id", "is_test",
)  # fmt: skip


class WebhookViews:
    """The views of one service's tables, compiled once."""

    def __init__(self, tables: WebhookTables) -> None:
        endpoint, delivery = table_of(tables.endpoint), table_of(tables.delivery)
        endpoints, deliveries = _endpoints(tables), _deliveries(tables)
        self.endpoint = View(endpoints.where(endpoint.c.id == bindparam("endpoint_id")))
        self.endpoints = ListView(
            endpoints,
            filters={"state": Filter(endpoint.c.state, WebhookEndpointState, ("eq", "in"))},
            sorts={"createdAt": "created_at"},
            default_sort="createdAt",
        )
        self.delivery = View(deliveries.where(delivery.c.id == bindparam("delivery_id")))
        self.deliveries = ListView(
            deliveries.where(delivery.c.endpoint_id == bindparam("endpoint_id")),
            filters={
                "state": Filter(delivery.c.state, WebhookDeliveryState, ("eq", "in")),
                "type": Filter(delivery.c.type, str, ("eq", "in")),
                "eventId": Filter(delivery.c.event_id, UUID, ("eq",)),
                "replayId": Filter(delivery.c.replay_id, UUID, ("eq",)),
                "createdAt": Filter(delivery.c.created_at, instant, ("gte", "lt")),
            },
            sorts={"createdAt": "created_at"},
            default_sort="-createdAt",
        )


def _endpoints(tables: WebhookTables) -> Any:
    endpoint, delivery = table_of(tables.endpoint), table_of(tables.delivery)
    waiting = (
        select(func.count())
        .where(
            delivery.c.tenant_id == endpoint.c.tenant_id,
            delivery.c.endpoint_id == endpoint.c.id,
            text("webhook_delivery.state in ('WAITING', 'SENDING')"),  # as the partial index has it
        )
        .correlate(endpoint)
        .scalar_subquery()
    )
    return select(
        *(endpoint.c[name] for name in _ENDPOINT),
        endpoint.c.previous_until.label("previous_secret_until"),
        waiting.label("deliveries_waiting"),
    )


def _deliveries(tables: WebhookTables) -> Any:
    delivery, attempt = table_of(tables.delivery), table_of(tables.attempt)
    tries = (
        select(attempt.c.at, attempt.c.outcome, attempt.c.status, attempt.c.duration_ms)
        .where(attempt.c.tenant_id == delivery.c.tenant_id, attempt.c.delivery_id == delivery.c.id)
        .order_by(attempt.c.at, attempt.c.id)
        .correlate(delivery)
    )
    return select(*(delivery.c[name] for name in _DELIVERY), json_list(tries).label("tries"))


def with_secret(document: Document, secret: bytes | None) -> Document:
    """The endpoint with its secret, or with null where it was shown before."""
    text = orjson.dumps(secret_text(secret) if secret is not None else None)
    return Document(document.body[:-1] + b',"secret":' + text + b"}", document.version)
