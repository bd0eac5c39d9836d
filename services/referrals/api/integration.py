"""What this service offers as all do; composed in `shared.service.integration`."""

from typing import Final

from services.referrals.api.access import may_manage_webhooks, may_read_audit
from services.referrals.domain.events import EVENTS, WEBHOOK_EVENTS
from services.referrals.storage.base import AuditEntry, OutboxMessage
from services.referrals.storage.tables.webhooks import (
    WebhookAttemptRow,
    WebhookDeliveryRow,
    WebhookEndpointRow,
)
from shared.service.integration import Integration
from shared.service.webhooks import Webhooks
from shared.webhooks.tables import WebhookTables

WEBHOOKS: Final = Webhooks(
    service="referrals",
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
