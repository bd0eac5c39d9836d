"""The tables of one service that webhooks work on, and who sealed what for which place."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import SQLModel

from shared.webhooks.events import WebhookEvents


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookTables:
    """Row classes of one service, and the events it records about its webhooks."""

    endpoint: type[SQLModel]
    delivery: type[SQLModel]
    attempt: type[SQLModel]
    outbox: type[SQLModel]
    audit: type[SQLModel]
    events: WebhookEvents


def sealing_place(tenant_id: str, endpoint_id: UUID) -> str:
    """A secret opens at its own endpoint alone."""
    return f"{tenant_id}/webhook-endpoint/{endpoint_id}"
