"""Vouchers, expenditure and eligibility: what is sent and what is answered."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BeforeValidator, Field, WithJsonSchema

from services.funding.api.schemas.fields import ClientId, Currency, FindingView, Flag, Reason, given
from services.funding.api.schemas.ledger import EntryReference, ReasonCode
from services.funding.domain.costs import (
    CostKind,
    CostKindUnknown,
    Eligibility,
    Payer,
    read_cost_kind,
)
from services.funding.domain.expenditure_lifecycle import ExpenditureAction, ExpenditureState
from services.funding.domain.findings import FindingCode
from services.funding.operations.act_on_expenditure import Correction, EligibilityDecision
from services.funding.operations.record_expenditure import NewExpenditure, NewVoucher
from services.funding.operations.report_eligibility import (
    CostOfLine,
    LineEligibility,
    PostOfLine,
)
from shared.web.fields import Amount, LegalDate, RequestModel, ResponseModel, coded

Sha256 = coded(r"^[0-9a-f]{64}$", 64)
DocumentRef = coded(r"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$", 200)


def _cost_kind(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return read_cost_kind(value)
    except CostKindUnknown as unknown:
        raise ValueError(unknown.title.en) from unknown


CostKindName = Annotated[
    CostKind,
    BeforeValidator(_cost_kind),
    WithJsonSchema(
        {
            "type": "string",
            "minLength": 4,
            "maxLength": 60,
            "description": "Code, or the German term of a paper; answers carry the code.",
            "examples": ["PERSONNEL", "Sach- und Overheadkosten"],
        }
    ),
]


class VoucherBody(RequestModel):
    """A voucher: what it says stays in the document system, `documentRef` is its key there."""

    id: ClientId | None = None
    number: EntryReference
    voucher_date: LegalDate
    amount: Amount
    currency: Currency = "EUR"
    sha256: Sha256 | None = None  # type: ignore[valid-type] # built by a function
    document_ref: DocumentRef | None = None  # type: ignore[valid-type] # built by a function

    def command(self) -> NewVoucher:
        return NewVoucher(**given(self, "currency"))


class VoucherView(ResponseModel):
    """`freeAmount`: what of the voucher no cost stands on yet."""

    id: UUID
    version: int
    number: str
    voucher_date: date
    amount: str
    free_amount: str
    sha256: str | None
    document_ref: str | None
    created_at: datetime


class VoucherPage(ResponseModel):
    items: list[VoucherView]
    cursors: list[str] | None = None
    next_cursor: str | None


class ExpenditureBody(RequestModel):
    """A cost. With `allocationId` it is a recipient's, kept for the proof and not booked here.

    `positionId` for kinds with a ceiling for each post, `payer` for kinds that are not eligible,
    `structuralFindingId` for interface measures. `subjectRef` is an opaque case reference;
    `reservationId` posts what was set aside for the cost.
    """

    id: ClientId | None = None
    award_line_id: UUID
    allocation_id: UUID | None = None
    position_id: UUID | None = None
    cost_kind: CostKindName
    period_from: LegalDate
    period_to: LegalDate
    value_date: LegalDate
    amount: Amount
    currency: Currency = "EUR"
    voucher_id: UUID
    payer: Payer | None = None
    structural_finding_id: UUID | None = None
    subject_ref: UUID | None = None
    reservation_id: UUID | None = None

    def command(self) -> NewExpenditure:
        return NewExpenditure(**given(self, "currency"))


class EligibilityDecisionBody(RequestModel):
    """What a second person decides where no rule answers; `valueDate` is today if left out."""

    is_eligible: Flag
    reason: Reason
    value_date: LegalDate | None = None

    def decision(self) -> EligibilityDecision:
        return EligibilityDecision(self.is_eligible, self.reason, self.value_date)


class CorrectionBody(RequestModel):
    """Why the cost was wrong, and the day of an open month on which its entries are reversed."""

    reason_code: ReasonCode
    value_date: LegalDate | None = None

    def correction(self) -> Correction:
        return Correction(self.reason_code, self.value_date)


class AdjustmentBody(RequestModel):
    """The day of an open month on which the books follow the facts."""

    value_date: LegalDate


class ExpenditureItem(ResponseModel):
    """A cost and how it is recognised: the four parts sum to `amount`, always.

    `maskedFields` are the members of the whole cost that are hidden from the caller.
    """

    id: UUID
    version: int
    award_line_id: UUID
    award_id: UUID
    allocation_id: UUID | None
    position_id: UUID | None
    cost_kind: CostKind
    period_from: date
    period_to: date
    value_date: date
    amount: str
    voucher_id: UUID
    reservation_id: UUID | None
    payer: Payer | None
    structural_finding_id: UUID | None
    ruled: Eligibility
    rule_source: str | None
    decided: Eligibility | None
    decision_reason: str | None
    decided_at: datetime | None
    eligible: str
    own_share: str
    ineligible: str
    undecided: str
    findings: list[FindingCode]
    state: ExpenditureState
    allowed_actions: list[ExpenditureAction]
    is_recipient_cost: bool
    correction_code: str | None
    corrected_on: date | None
    created_at: datetime
    updated_at: datetime
    masked_fields: list[str]


class ExpenditureView(ExpenditureItem):
    """`subjectRef` is empty for auditors and once the case is erased."""

    subject_ref: UUID | None


class ExpenditurePage(ResponseModel):
    items: list[ExpenditureItem]
    cursors: list[str] | None = None
    next_cursor: str | None


class EligibilityOfPostView(ResponseModel):
    """One post and kind of cost as booked; `ceiling` is that of the months occupied."""

    position_id: UUID
    allocation_id: UUID | None
    cost_kind: CostKind
    person_months: str
    actual: str
    ceiling: str
    eligible: str
    own_share: str
    undecided: str

    @classmethod
    def of(cls, one: PostOfLine) -> Self:
        post = one.post
        return cls(
            position_id=post.position_id,
            allocation_id=one.allocation_id,
            cost_kind=one.cost_kind,
            person_months=f"{post.person_months:.2f}",
            actual=str(post.actual),
            ceiling=str(post.ceiling),
            eligible=str(post.eligible),
            own_share=str(post.own_share),
            undecided=str(post.undecided),
        )


class LineEligibilityView(ResponseModel):
    """A line as booked. `roundedOnce` is the personnel of all posts within their ceilings rounded
    once, `difference` what the posts, each rounded for itself, fall short of it.
    """

    award_line_id: UUID
    key: str
    actual: str
    eligible: str
    own_share: str
    ineligible: str
    undecided: str
    recipients_actual: str
    recipients_eligible: str
    posts: list[EligibilityOfPostView]
    rounded_once: str
    difference: str
    findings: list[FindingView]

    @classmethod
    def of(cls, one: LineEligibility) -> Self:
        return cls(
            award_line_id=one.line_id,
            key=one.key,
            actual=str(one.total.total),
            eligible=str(one.total.eligible),
            own_share=str(one.total.own_share),
            ineligible=str(one.total.ineligible),
            undecided=str(one.total.undecided),
            recipients_actual=str(one.recipients.total),
            recipients_eligible=str(one.recipients.eligible),
            posts=[EligibilityOfPostView.of(post) for post in one.posts],
            rounded_once=str(one.rounding.whole),
            difference=str(one.rounding.difference),
            findings=[FindingView.of(finding) for finding in one.findings],
        )


class AwardEligibilityView(ResponseModel):
    award_id: UUID
    lines: list[LineEligibilityView]


class CostOfLineView(ResponseModel):
    award_id: UUID
    award_line_id: UUID
    key: str
    funding_line: str
    name_de: str
    name_en: str
    cost_kind: CostKind
    is_recipient_cost: bool
    expenditures: int = Field(ge=0)
    actual: str
    eligible: str
    own_share: str
    ineligible: str
    undecided: str

    @classmethod
    def of(cls, one: CostOfLine) -> Self:
        return cls(
            award_id=one.award_id,
            award_line_id=one.award_line_id,
            key=one.key,
            funding_line=one.funding_line,
            name_de=one.name_de,
            name_en=one.name_en,
            cost_kind=one.cost_kind,
            is_recipient_cost=one.is_recipient_cost,
            expenditures=one.expenditures,
            actual=str(one.actual),
            eligible=str(one.parts.eligible),
            own_share=str(one.parts.own_share),
            ineligible=str(one.parts.ineligible),
            undecided=str(one.parts.undecided),
        )


class CostPerLine(ResponseModel):
    fiscal_year: int
    items: list[CostOfLineView]
