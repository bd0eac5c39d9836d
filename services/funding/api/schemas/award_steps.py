"""What each step of an award brings with it."""

from typing import Self
from uuid import UUID

from pydantic import Field, model_validator

from services.funding.api.schemas.fields import Reason
from services.funding.domain.award_guards import Revocation
from services.funding.operations.act_on_award import AwardStep
from shared.web.fields import Amount, LegalDate, RequestModel


class AwardStepBody(RequestModel):
    """A step; most bring nothing with them."""

    def step(self) -> AwardStep:
        return AwardStep()


class Notification(AwardStepBody):
    notified_on: LegalDate

    def step(self) -> AwardStep:
        return AwardStep(notified_on=self.notified_on)


class Waiver(AwardStepBody):
    """`remediesWaivedOn` when the applicant waived remedies; otherwise the month must be over."""

    remedies_waived_on: LegalDate | None = None

    def step(self) -> AwardStep:
        return AwardStep(remedies_waived_on=self.remedies_waived_on)


class BudgetRelease(AwardStepBody):
    budget_released_on: LegalDate

    def step(self) -> AwardStep:
        return AwardStep(budget_released_on=self.budget_released_on)


class ProofDemand(AwardStepBody):
    proof_due_on: LegalDate | None = None

    def step(self) -> AwardStep:
        return AwardStep(proof_due_on=self.proof_due_on)


class RevokedLine(RequestModel):
    """What of a line a partial revocation takes back."""

    award_line_id: UUID
    amount: Amount


class RevocationBody(AwardStepBody):
    """The act, the hearing before it, and since when all facts were known (VV 8.4)."""

    reason: Reason
    effective_on: LegalDate
    hearing_on: LegalDate | None = None
    known_since: LegalDate
    revoked_amount: Amount | None = None
    revoked_lines: list[RevokedLine] | None = Field(default=None, min_length=1, max_length=50)

    @model_validator(mode="after")
    def _lines_are_told_apart(self) -> Self:
        lines = self.revoked_lines or []
        if len({one.award_line_id for one in lines}) < len(lines):
            raise ValueError("Each line is named once.")
        return self

    def step(self) -> AwardStep:
        return AwardStep(
            revocation=Revocation(
                self.reason, self.effective_on, self.hearing_on, self.known_since
            ),
            revoked=self.revoked_amount,
            revoked_lines=(
                {one.award_line_id: one.amount for one in self.revoked_lines}
                if self.revoked_lines is not None
                else None
            ),
        )
