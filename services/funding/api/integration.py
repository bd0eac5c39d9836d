"""What this service offers as all do; composed in `shared.service.integration`."""

from typing import Final

from services.funding.api.doors import (
    may_follow,
    may_manage_webhooks,
    may_read_audit,
    may_read_requests,
)
from services.funding.api.exports import JOBS
from services.funding.domain.events import EVENTS
from services.funding.domain.events.webhooks import WEBHOOK_EVENTS
from services.funding.storage.tables import (
    AllocationRow,
    AuditAnchor,
    AuditEntry,
    AwardRow,
    DrawdownRow,
    FeedEntry,
    FeedHorizon,
    LostSight,
    OutboxMessage,
    PartnerRequest,
    PaymentRow,
    PositionRow,
    ProofRow,
    RecordChange,
    RecoveryRow,
    ReservationRow,
    WebhookAttemptRow,
    WebhookDeliveryRow,
    WebhookEndpointRow,
)
from shared.database.feed import ChangeKind
from shared.service.integration import Integration
from shared.service.webhooks import Webhooks
from shared.webhooks.tables import WebhookTables

WEBHOOKS: Final = Webhooks(
    service="funding",
    keeper=may_manage_webhooks,
    follower=may_follow,
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
INTEGRATION: Final = Integration(
    audit=AuditEntry,
    anchors=AuditAnchor,
    audit_reader=may_read_audit,
    feed=FeedEntry,
    changes=RecordChange,
    lost=LostSight,
    horizons=FeedHorizon,
    kinds=(
        ChangeKind("award", AwardRow),
        ChangeKind("allocation", AllocationRow),
        ChangeKind("position", PositionRow),
        ChangeKind("drawdown", DrawdownRow),
        ChangeKind("payment", PaymentRow),
        ChangeKind("proof", ProofRow),
        ChangeKind("recovery", RecoveryRow),
        ChangeKind("reservation", ReservationRow),
    ),
    feed_reader=may_follow,
    webhooks=WEBHOOKS,
    requests=PartnerRequest,
    requests_reader=may_read_requests,
    jobs=JOBS,
)
