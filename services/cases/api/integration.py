"""What this service offers as all do; composed in `shared.service.integration`."""

from typing import Final

from services.cases.api.access import (
    may_follow,
    may_manage_webhooks,
    may_read_audit,
    may_read_requests,
)
from services.cases.api.exports import JOBS
from services.cases.domain.events import EVENTS
from services.cases.domain.webhook_events import WEBHOOK_EVENTS
from services.cases.storage.tables import (
    AuditAnchor,
    AuditEntry,
    CaseRow,
    ConsentRow,
    DocumentRow,
    FamilyRow,
    FeedEntry,
    FeedHorizon,
    LostSight,
    OutboxMessage,
    PartnerRequest,
    PersonRow,
    PlanVersionRow,
    RecordChange,
    TaskRow,
    WebhookAttemptRow,
    WebhookDeliveryRow,
    WebhookEndpointRow,
)
from shared.database.feed import ChangeKind
from shared.service.integration import Integration
from shared.service.webhooks import Webhooks
from shared.webhooks.tables import WebhookTables

WEBHOOKS: Final = Webhooks(
    service="cases",
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
        ChangeKind("case", CaseRow),
        ChangeKind("person", PersonRow),
        ChangeKind("family", FamilyRow),
        ChangeKind("consent", ConsentRow),
        ChangeKind("document", DocumentRow),
        ChangeKind("task", TaskRow),
        ChangeKind("plan-version", PlanVersionRow),
    ),
    feed_reader=may_follow,
    webhooks=WEBHOOKS,
    requests=PartnerRequest,
    requests_reader=may_read_requests,
    jobs=JOBS,
)
