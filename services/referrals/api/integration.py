"""What this service offers as all do; composed in `shared.service.integration`."""

from typing import Final

from services.referrals.api.access import may_follow, may_read_audit
from services.referrals.storage.base import AuditEntry, FeedEntry, FeedHorizon, RecordChange
from services.referrals.storage.tables import (
    OrgUnitRow,
    ReferralRow,
    RoutingRuleSetRow,
    SignpostingRow,
    UnitServiceRow,
)
from shared.database.feed import ChangeKind
from shared.service.integration import Integration

INTEGRATION: Final = Integration(
    audit=AuditEntry,
    audit_reader=may_read_audit,
    feed=FeedEntry,
    changes=RecordChange,
    horizons=FeedHorizon,
    kinds=(
        ChangeKind("referral", ReferralRow),
        ChangeKind("org-unit", OrgUnitRow),
        ChangeKind("unit-service", UnitServiceRow),
        ChangeKind("routing-rule-set", RoutingRuleSetRow),
        ChangeKind("signposting", SignpostingRow),
    ),
    feed_reader=may_follow,
)
