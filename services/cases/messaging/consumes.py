"""What this service reads of other services' events: the fields it declares, and no more."""

from typing import Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from services.cases.domain.choices import SentReferralState

REFERRAL_ACCEPTED: Final = "kim.referrals.referral-accepted.v1"
# What became of a referral that a case here has sent.
SENT_REFERRAL_STATES: Final = {
    REFERRAL_ACCEPTED: SentReferralState.ACCEPTED,
    "kim.referrals.referral-rejected.v1": SentReferralState.ENDED,
    "kim.referrals.referral-withdrawn.v1": SentReferralState.ENDED,
    "kim.referrals.referral-expired.v1": SentReferralState.ENDED,
    "kim.referrals.referral-completed.v1": SentReferralState.ENDED,
    "kim.referrals.referral-returned.v1": SentReferralState.ENDED,
}
CASE_MANAGEMENT: Final = "CASE_MANAGEMENT"
# Advice about an unnamed person and a conference open no case.
MODES_WITHOUT_CASE: Final = frozenset({"ANONYMOUS_CONSULT", "CASE_CONFERENCE"})


class ReferralFact(BaseModel):
    model_config = ConfigDict(extra="ignore", alias_generator=to_camel, frozen=True)

    referral_id: UUID
    transfers_ownership: bool = False


class AcceptedReferral(ReferralFact):
    sender_unit: str
    service_code: str
    mode: str
    language: str = ""

    @property
    def opens_case(self) -> bool:
        """A referral to another service than case management becomes no case here."""
        return self.service_code == CASE_MANAGEMENT and self.mode not in MODES_WITHOUT_CASE
