"""What a recipient is told of data it holds, and its answer."""

from dataclasses import dataclass
from typing import ClassVar, Final
from uuid import UUID

from services.referrals.domain.events.steps import ReferralEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralNoticeRaised(ReferralEvent):
    """The recipient has to answer it within five working days. `fields` are the names of what
    changed, where that is known.
    """

    event_type: ClassVar[str] = "kim.referrals.referral-notice-raised.v1"

    notice_id: UUID
    kind: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralNoticeAcknowledged(ReferralEvent):
    event_type: ClassVar[str] = "kim.referrals.referral-notice-acknowledged.v1"

    notice_id: UUID
    kind: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralNoticeOverdue(ReferralEvent):
    """Nobody has answered it in time."""

    event_type: ClassVar[str] = "kim.referrals.referral-notice-overdue.v1"

    notice_id: UUID
    kind: str


EVENTS_OF_NOTICES: Final[tuple[type[ReferralEvent], ...]] = (
    ReferralNoticeRaised,
    ReferralNoticeAcknowledged,
    ReferralNoticeOverdue,
)
