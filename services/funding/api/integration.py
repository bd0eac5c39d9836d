"""What this service offers as all do; composed in `shared.service.integration`."""

from typing import Final

from services.funding.api.doors import may_manage_webhooks, may_read_audit
from services.funding.domain.events import EVENTS
from services.funding.domain.events.webhooks import WEBHOOK_EVENTS
from services.funding.storage.tables import (
    AuditEntry,
    OutboxMessage,
    WebhookAttemptRow,
    WebhookDeliveryRow,
    WebhookEndpointRow,
)
from shared.service.integration import Integration
from shared.service.webhooks import Webhooks
from shared.webhooks.tables import WebhookTables

WEBHOOKS: Final = Webhooks(
    service="funding",
    keeper=may_manage_webhooks,
    events=EVENTS,
    tables=WebhookTables(
        endpoint=WebhookEndpointRow,
        delivery=WebhookDeliveryRow,
        attempt=WebhookAttemptRow,
        outbox=OutboxMessage,
        audit=AuditEntry,
        events=WEBHOOK_EVENTS,
    ),
)
INTEGRATION: Final = Integration(audit=AuditEntry, audit_reader=may_read_audit, webhooks=WEBHOOKS)
