"""Allocations: the bodies of requests and what each step brings with it."""

from decimal import Decimal
from typing import Self
from uuid import UUID

from pydantic import Field, model_validator

from services.funding.api.schemas.fields import (
    Flag,
    Name,
    PeriodBody,
    Reason,
    Reference,
    TerritoryBody,
    given,
)
from services.funding.domain.allocation_facts import (
    AllocationForm,
    ContractTerms,
    DataProtectionRole,
    ProofForm,
    RecipientKind,
)
from services.funding.domain.allocation_tree import Share
from services.funding.domain.costs import CostKind
from services.funding.domain.territory import Area, Territory
from services.funding.operations.act_on_allocation import (
    AllocationStep,
)
from services.funding.operations.amend_allocation import NewAllocationVersion
from services.funding.operations.change_allocation import AllocationCorrection
from services.funding.operations.plan_allocation import NewAllocation
from shared.kernel.money import ZERO
from shared.web.fields import (
    ZERO_AMOUNT,
    Amount,
    Code,
    Count,
    Fte,
    LegalDate,
    RequestModel,
    UnitKey,
)

NO_POSTS = Decimal("0.00")


class AllocationBody(PeriodBody):
    """A share of exactly one level: an award line or another allocation."""

    award_line_id: UUID | None = None
    parent_allocation_id: UUID | None = None
    fte: Fte = NO_POSTS
    amount: Amount
    own_use_fte: Fte = NO_POSTS
    own_use_amount: Amount = ZERO_AMOUNT
    own_money: Amount = Field(
        ZERO,
        json_schema_extra={"default": str(ZERO)},
        description="Municipal money on top, proved apart from the Land's. / Eigene Mittel.",
    )
    recipient_unit: UnitKey | None = None
    recipient_name: Name | None = None
    recipient_kind: RecipientKind | None = None
    target_group: Code = "ALL"
    territory: TerritoryBody | None = None
    overlap_reason: Reason | None = None
    authority_consent_ref: Reference | None = None
    double_funding_checked_on: LegalDate | None = None
    proof_margin_days: Count = 0

    @model_validator(mode="after")
    def _has_one_parent(self) -> Self:
        if (self.award_line_id is None) is (self.parent_allocation_id is None):
            raise ValueError("Name either awardLineId or parentAllocationId.")
        return self

    def command(self, tenant_id: str) -> NewAllocation:
        """`tenant_id` is the Kreis: the territory of an allocation that names none."""
        whole = Territory((Area(tenant_id),))
        return NewAllocation(
            share=Share(self.fte, self.amount),
            period=self.period,
            territory=self.territory.territory() if self.territory else whole,
            award_line_id=self.award_line_id,
            parent_allocation_id=self.parent_allocation_id,
            own_use=Share(self.own_use_fte, self.own_use_amount),
            own_money=self.own_money,
            recipient_unit=self.recipient_unit,
            recipient_name=self.recipient_name,
            recipient_kind=self.recipient_kind,
            target_group=self.target_group,
            overlap_reason=self.overlap_reason or "",
            authority_consent_ref=self.authority_consent_ref or "",
            double_funding_checked_on=self.double_funding_checked_on,
            proof_margin_days=self.proof_margin_days,
        )


class AllocationVersionBody(PeriodBody):
    """An amended contract: what it passes on from `effectiveFrom` on."""

    effective_from: LegalDate
    fte: Fte = NO_POSTS
    amount: Amount
    own_use_fte: Fte = NO_POSTS
    own_use_amount: Amount = ZERO_AMOUNT
    reason: Reason | None = None

    def command(self) -> NewAllocationVersion:
        return NewAllocationVersion(
            Share(self.fte, self.amount),
            Share(self.own_use_fte, self.own_use_amount),
            self.period,
            self.effective_from,
            self.reason,
        )


class AllocationChangeBody(RequestModel):
    target_group: Code | None = None
    territory: TerritoryBody | None = None
    overlap_reason: Reason | None = None
    authority_consent_ref: Reference | None = None
    double_funding_checked_on: LegalDate | None = None

    def correction(self) -> AllocationCorrection:
        return AllocationCorrection(
            **given(self, "territory"),
            territory=self.territory.territory() if self.territory else None,
        )


class AllocationStepBody(RequestModel):
    """A step; some bring nothing with them."""

    def step(self) -> AllocationStep:
        return AllocationStep()


class Selection(AllocationStepBody):
    recipient_unit: UnitKey | None = None
    recipient_name: Name | None = None
    recipient_kind: RecipientKind | None = None

    def step(self) -> AllocationStep:
        return AllocationStep(**given(self))


class DirectSelection(Selection):
    """Without a call for interest a reason is needed."""

    selection_reason: Reason


class Contract(AllocationStepBody):
    """What the notice or contract lays down; what is missing is named by the guards."""

    form: AllocationForm
    cost_kinds: list[CostKind] = Field(min_length=1, max_length=12)
    ceiling: Amount
    proof_form: ProofForm = ProofForm.QUALIFIED
    proof_due_on: LegalDate
    data_protection_role: DataProtectionRole | None = None
    passes_on_conditions: Flag = False
    has_reporting_duty: Flag = False
    has_supervision_clause: Flag = False
    proof_margin_days: Count | None = None
    authority_consent_ref: Reference | None = None
    double_funding_checked_on: LegalDate | None = None
    overlap_reason: Reason | None = None

    def step(self) -> AllocationStep:
        terms = ContractTerms(
            form=self.form,
            cost_kinds=frozenset(self.cost_kinds),
            ceiling=self.ceiling,
            proof_form=self.proof_form,
            proof_due_on=self.proof_due_on,
            data_protection_role=self.data_protection_role,
            passes_on_conditions=self.passes_on_conditions,
            has_reporting_duty=self.has_reporting_duty,
            has_supervision_clause=self.has_supervision_clause,
        )
        return AllocationStep(
            terms=terms,
            proof_margin_days=self.proof_margin_days,
            authority_consent_ref=self.authority_consent_ref,
            double_funding_checked_on=self.double_funding_checked_on,
            overlap_reason=self.overlap_reason,
        )


class Suspension(AllocationStepBody):
    reason: Reason

    def step(self) -> AllocationStep:
        return AllocationStep(suspension_reason=self.reason)


class Resumption(AllocationStepBody):
    reason: Reason

    def step(self) -> AllocationStep:
        return AllocationStep(resumption_reason=self.reason)


class Ending(AllocationStepBody):
    """`earlyEndOn` when an end before the period's was agreed."""

    early_end_on: LegalDate | None = None

    def step(self) -> AllocationStep:
        return AllocationStep(early_end_on=self.early_end_on)


class Termination(AllocationStepBody):
    reason: Reason

    def step(self) -> AllocationStep:
        return AllocationStep(termination_reason=self.reason)


class ProofWaiver(AllocationStepBody):
    """Why the recipient's proof is not asked for (R-Z3)."""

    reason: Reason

    def step(self) -> AllocationStep:
        return AllocationStep(proof_waived_reason=self.reason)
