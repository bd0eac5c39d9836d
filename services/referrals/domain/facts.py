"""The facts over which the guards of a referral decide, gathered by the operation."""

from dataclasses import dataclass, field
from datetime import date, datetime

from services.referrals.domain.agencies import Agency
from services.referrals.domain.answers import Problem
from services.referrals.domain.attachments import AttachedFile
from services.referrals.domain.catalogue import Service
from services.referrals.domain.codes import Mode, Outcome, Purpose
from services.referrals.domain.legal_ground import DisclosureDecision, LegalGround, ProtectionSteps
from services.referrals.domain.sharing import PayloadFacts
from shared.kernel.clock import berlin_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """What the sender brings: judged when the referral is made ready and when it is sent."""

    mode: Mode
    service: Service
    purpose: Purpose
    sender: Agency
    payload: PayloadFacts
    recipient: Agency | None = None
    ground: LegalGround | None = None
    disclosure: DisclosureDecision | None = None
    protection_steps: ProtectionSteps | None = None
    attachments: tuple[AttachedFile, ...] = ()
    had_by: frozenset[str] = frozenset()
    """Units of the recipient's controller from which it was passed on, § 67 (4) SGB X."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the recipient brings with its command."""

    problems: tuple[Problem, ...] = ()
    outcome: Outcome | None = None
    integrity_confirmed: bool = False
    first_contact_on: date | None = None
    recipient: Agency | None = None
    forward_to: Agency | None = None
    service_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralFacts:
    """`now` is the moment of the transaction; legal dates follow from it in Europe/Berlin."""

    now: datetime
    sending: Sending | None = None
    answer: Answer = field(default_factory=Answer)
    expires_at: datetime | None = None
    consent_revoked_at: datetime | None = None

    @property
    def today(self) -> date:
        return berlin_date(self.now)
