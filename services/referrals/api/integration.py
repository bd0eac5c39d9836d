"""What this service offers as all do; composed in `shared.service.integration`."""

from typing import Final

from services.referrals.api.access import (
    may_follow,
    may_manage_webhooks,
    may_read_audit,
    may_read_requests,
)
from services.referrals.api.exports import JOBS
from services.referrals.domain.events import EVENTS, WEBHOOK_EVENTS
from services.referrals.storage.base import (
    AuditAnchor,
    AuditEntry,
    FeedEntry,
    FeedHorizon,
    LostSight,
    OutboxMessage,
    PartnerRequest,
    RecordChange,
)
from services.referrals.storage.tables import (
    OrgUnitRow,
    ReferralRow,
    RoutingRuleSetRow,
    SignpostingRow,
    UnitServiceRow,
)
from services.referrals.storage.tables.webhooks import (
    WebhookAttemptRow,
    WebhookDeliveryRow,
    WebhookEndpointRow,
)
from shared.database.feed import ChangeKind
from shared.service.integration import Integration
from shared.service.webhooks import Webhooks
from shared.webhooks.tables import WebhookTables

WEBHOOKS: Final = Webhooks(
    service="referrals",
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
        ChangeKind("referral", ReferralRow),
        ChangeKind("org-unit", OrgUnitRow),
        ChangeKind("unit-service", UnitServiceRow),
        ChangeKind("routing-rule-set", RoutingRuleSetRow),
        ChangeKind("signposting", SignpostingRow),
    ),
    feed_reader=may_follow,
    webhooks=WEBHOOKS,
    requests=PartnerRequest,
    requests_reader=may_read_requests,
    jobs=JOBS,
)
