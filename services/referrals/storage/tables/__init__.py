"""The tables of the referral service; the database repeats the sharpest rules of `domain/`."""

from services.referrals.storage.tables.attachments import AttachmentRow, ObjectRemovalRow
from services.referrals.storage.tables.clocks import (
    ClockPauseRow,
    ClockPolicyRow,
    DeputyshipRow,
)
from services.referrals.storage.tables.directory import (
    ConsentRevocationRow,
    OrgUnitRow,
    RoutingRuleSetRow,
    RoutingSampleRow,
    SignpostingRow,
    UnitServiceRow,
)
from services.referrals.storage.tables.disclosures import DisclosureDecisionRow, DisclosureRow
from services.referrals.storage.tables.exchange import AmendmentRow, MessageRow
from services.referrals.storage.tables.keys import EncryptedContentRow, UnitKeyRow
from services.referrals.storage.tables.links import AccessLinkRow
from services.referrals.storage.tables.notices import CounterProposalRow, NoticeRow
from services.referrals.storage.tables.referrals import (
    ContentRow,
    PlaceRow,
    RecipientRecordRow,
    ReferralEventRow,
    ReferralRow,
    SenderRecordRow,
)
from services.referrals.storage.tables.webhooks import (
    WebhookAttemptRow,
    WebhookDeliveryRow,
    WebhookEndpointRow,
)

__all__ = [
    "AccessLinkRow",
    "AmendmentRow",
    "AttachmentRow",
    "ClockPauseRow",
    "ClockPolicyRow",
    "ConsentRevocationRow",
    "ContentRow",
    "CounterProposalRow",
    "DeputyshipRow",
    "DisclosureDecisionRow",
    "DisclosureRow",
    "EncryptedContentRow",
    "MessageRow",
    "NoticeRow",
    "ObjectRemovalRow",
    "OrgUnitRow",
    "PlaceRow",
    "RecipientRecordRow",
    "ReferralEventRow",
    "ReferralRow",
    "RoutingRuleSetRow",
    "RoutingSampleRow",
    "SenderRecordRow",
    "SignpostingRow",
    "UnitKeyRow",
    "UnitServiceRow",
    "WebhookAttemptRow",
    "WebhookDeliveryRow",
    "WebhookEndpointRow",
]
