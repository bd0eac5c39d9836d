"""What this service tells the others. Ids and codes only: no name, no free text, ever."""

from typing import Final

from services.referrals.domain.events.erasures import CaseErasedConfirmed
from services.referrals.domain.events.exchange import (
    EVENTS_OF_EXCHANGE,
    ReferralAmended,
    ReferralAnswerDue,
    ReferralAssigned,
    ReferralContentDeleted,
    ReferralCounterAnswered,
    ReferralCounterProposed,
    ReferralEscalated,
    ReferralHeld,
    ReferralMessagePosted,
    ReferralResumed,
)
from services.referrals.domain.events.notices import (
    EVENTS_OF_NOTICES,
    ReferralNoticeAcknowledged,
    ReferralNoticeOverdue,
    ReferralNoticeRaised,
)
from services.referrals.domain.events.rights import EVENTS_OF_RIGHTS
from services.referrals.domain.events.steps import (
    EVENTS_OF_STEPS,
    FACTS,
    ReferralAccepted,
    ReferralCompleted,
    ReferralDelivered,
    ReferralEvent,
    ReferralExpired,
    ReferralForwarded,
    ReferralRejected,
    ReferralReminderDue,
    ReferralReturned,
    ReferralReviewStarted,
    ReferralRouted,
    ReferralServiceStarted,
    ReferralSubmitted,
    ReferralWithdrawn,
    fact_type,
)
from services.referrals.domain.events.webhooks import WEBHOOK_EVENTS

EVENTS_OF_REFERRALS: Final[tuple[type[ReferralEvent], ...]] = (
    *EVENTS_OF_STEPS,
    *EVENTS_OF_EXCHANGE,
    *EVENTS_OF_NOTICES,
)
"""Told to both sides, with a step in the log of the referral."""
EVENTS: Final[tuple[type, ...]] = (
    *EVENTS_OF_REFERRALS,
    ReferralAssigned,
    CaseErasedConfirmed,
    *EVENTS_OF_RIGHTS,
    *WEBHOOK_EVENTS.all,
)

__all__ = [
    "EVENTS",
    "EVENTS_OF_REFERRALS",
    "FACTS",
    "WEBHOOK_EVENTS",
    "CaseErasedConfirmed",
    "ReferralAccepted",
    "ReferralAmended",
    "ReferralAnswerDue",
    "ReferralAssigned",
    "ReferralCompleted",
    "ReferralContentDeleted",
    "ReferralCounterAnswered",
    "ReferralCounterProposed",
    "ReferralDelivered",
    "ReferralEscalated",
    "ReferralEvent",
    "ReferralExpired",
    "ReferralForwarded",
    "ReferralHeld",
    "ReferralMessagePosted",
    "ReferralNoticeAcknowledged",
    "ReferralNoticeOverdue",
    "ReferralNoticeRaised",
    "ReferralRejected",
    "ReferralReminderDue",
    "ReferralResumed",
    "ReferralReturned",
    "ReferralReviewStarted",
    "ReferralRouted",
    "ReferralServiceStarted",
    "ReferralSubmitted",
    "ReferralWithdrawn",
    "fact_type",
]
