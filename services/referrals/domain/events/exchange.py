"""What happens between sending and answering, beside the steps of the lifecycle."""

from dataclasses import dataclass
from typing import ClassVar, Final
from uuid import UUID

from services.referrals.domain.events.steps import ReferralEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAnswerDue(ReferralEvent):
    """Collected some days ago and not answered yet."""

    event_type: ClassVar[str] = "kim.referrals.referral-answer-due.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralEscalated(ReferralEvent):
    """Still unanswered: brought before whoever stands in. `deputy_unit` is empty where the
    recipient has named no other unit.
    """

    event_type: ClassVar[str] = "kim.referrals.referral-escalated.v1"

    deputy_unit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralHeld(ReferralEvent):
    """The recipient cannot go on for a while; its clocks stand still."""

    event_type: ClassVar[str] = "kim.referrals.referral-held.v1"

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralResumed(ReferralEvent):
    """The clocks run again, moved on by the length of the hold."""

    event_type: ClassVar[str] = "kim.referrals.referral-resumed.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAmended(ReferralEvent):
    """The sender has changed what it sent; `number` is that of the entry in the change log."""

    event_type: ClassVar[str] = "kim.referrals.referral-amended.v1"

    number: int
    content_version: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralMessagePosted(ReferralEvent):
    """One side has written to the other."""

    event_type: ClassVar[str] = "kim.referrals.referral-message-posted.v1"

    number: int
    author_unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralContentDeleted(ReferralEvent):
    """The window in which the refused referral could be corrected is over."""

    event_type: ClassVar[str] = "kim.referrals.referral-content-deleted.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralCounterProposed(ReferralEvent):
    """The recipient proposes something else; until the sender answers it cannot accept."""

    event_type: ClassVar[str] = "kim.referrals.referral-counter-proposed.v1"

    proposal_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralCounterAnswered(ReferralEvent):
    """`answer` is ACCEPTED or DECLINED; accepted, the referral is as proposed."""

    event_type: ClassVar[str] = "kim.referrals.referral-counter-answered.v1"

    proposal_id: UUID
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAssigned(ReferralEvent):
    """Somebody of the recipient's unit takes care of it, or nobody any more. The recipient alone
    is told, and nobody is named.
    """

    event_type: ClassVar[str] = "kim.referrals.referral-assigned.v1"


EVENTS_OF_EXCHANGE: Final[tuple[type[ReferralEvent], ...]] = (
    ReferralAmended,
    ReferralAnswerDue,
    ReferralContentDeleted,
    ReferralCounterAnswered,
    ReferralCounterProposed,
    ReferralEscalated,
    ReferralHeld,
    ReferralMessagePosted,
    ReferralResumed,
)
