"""The steps of a referral, as they are told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final
from uuid import UUID

from services.referrals.domain.codes import ReferralAction


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralEvent:
    """What every event of a referral says. `language` is ISO 639-3 or empty."""

    event_type: ClassVar[str] = ""

    referral_id: UUID
    tenant_id: str
    sender_unit: str
    recipient_unit: str | None
    service_code: str
    mode: str
    language: str
    urgency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralSubmitted(ReferralEvent):
    """The sender has sent it; the recipient can pull it."""

    event_type: ClassVar[str] = "kim.referrals.referral-submitted.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRouted(ReferralEvent):
    """A person of the coordination chose the unit; the sender can now send it there."""

    event_type: ClassVar[str] = "kim.referrals.referral-routed.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralReminderDue(ReferralEvent):
    """Nobody has pulled it for some days."""

    event_type: ClassVar[str] = "kim.referrals.referral-reminder-due.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralDelivered(ReferralEvent):
    """The recipient has pulled it and sees the preview."""

    event_type: ClassVar[str] = "kim.referrals.referral-delivered.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralReviewStarted(ReferralEvent):
    """The recipient looks into whether it can take the person on."""

    event_type: ClassVar[str] = "kim.referrals.referral-review-started.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralServiceStarted(ReferralEvent):
    """The recipient has begun what it was asked for."""

    event_type: ClassVar[str] = "kim.referrals.referral-service-started.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralForwarded(ReferralEvent):
    """Another sub-unit of the same controller has it now: the new `recipient_unit`."""

    event_type: ClassVar[str] = "kim.referrals.referral-forwarded.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAccepted(ReferralEvent):
    """The recipient has taken the person on and may read the content.

    With `transfers_ownership` it leads the case from now on; nobody's case is closed by that.
    """

    event_type: ClassVar[str] = "kim.referrals.referral-accepted.v1"

    transfers_ownership: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRejected(ReferralEvent):
    """`problem_types` are the codes of the recipient's reasons."""

    event_type: ClassVar[str] = "kim.referrals.referral-rejected.v1"

    problem_types: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralWithdrawn(ReferralEvent):
    """Taken back; the recipient deletes what it holds unless it has a basis of its own."""

    event_type: ClassVar[str] = "kim.referrals.referral-withdrawn.v1"

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralExpired(ReferralEvent):
    """Never pulled; the content is gone."""

    event_type: ClassVar[str] = "kim.referrals.referral-expired.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralCompleted(ReferralEvent):
    """`outcome` is absent where no legal ground covers telling it."""

    event_type: ClassVar[str] = "kim.referrals.referral-completed.v1"

    outcome: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralReturned(ReferralEvent):
    """Ended without the service; `outcome` is absent where nothing covers telling it."""

    event_type: ClassVar[str] = "kim.referrals.referral-returned.v1"

    outcome: str | None


EVENTS_OF_STEPS: Final[tuple[type[ReferralEvent], ...]] = (
    ReferralSubmitted,
    ReferralRouted,
    ReferralReminderDue,
    ReferralDelivered,
    ReferralReviewStarted,
    ReferralServiceStarted,
    ReferralForwarded,
    ReferralAccepted,
    ReferralRejected,
    ReferralWithdrawn,
    ReferralExpired,
    ReferralCompleted,
    ReferralReturned,
)
FACTS: Final[Mapping[ReferralAction, str]] = {
    ReferralAction.PREPARE: "prepared",
    ReferralAction.SUBMIT: "submitted",
    ReferralAction.PULL: "delivered",
    ReferralAction.START_REVIEW: "review-started",
    ReferralAction.ACCEPT: "accepted",
    ReferralAction.REJECT: "rejected",
    ReferralAction.FORWARD: "forwarded",
    ReferralAction.EXPIRE: "expired",
    ReferralAction.WITHDRAW: "withdrawn",
    ReferralAction.START_SERVICE: "service-started",
    ReferralAction.RETURN: "returned",
    ReferralAction.COMPLETE: "completed",
}
"""What an action makes true; the feed names every step by it, the bus only those in EVENTS."""


def fact_type(fact: str) -> str:
    return f"kim.referrals.referral-{fact}.v1"
