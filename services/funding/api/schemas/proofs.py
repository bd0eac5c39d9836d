"""Proofs of use: what is sent and what is answered."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import Field, model_validator

from services.funding.api.schemas.fields import (
    Currency,
    FigureName,
    Heading,
    LongText,
    QueryText,
    Reason,
    Reference,
)
from services.funding.domain.currency import EUR
from services.funding.domain.narrative import Section
from services.funding.domain.proof_decision import RefusedFigure
from services.funding.domain.proof_lifecycle import ProofRegime, RecoveryGround
from services.funding.operations.act_on_proof import ProofStep
from services.funding.operations.read_proof import FigureDrilldown, PostingOfFigure
from services.funding.operations.record_proof import NewProof
from shared.web.fields import Amount, LegalDate, RequestModel, ResponseModel

SECTIONS_MAX = 30
REFUSED_MAX = 200


class ProofBody(RequestModel):
    """Of an award, or of what one recipient got; exactly one of the two ids."""

    award_id: UUID | None = None
    allocation_id: UUID | None = None
    regime: ProofRegime | None = None
    due_on: LegalDate | None = None

    @model_validator(mode="after")
    def _one_subject(self) -> Self:
        if (self.award_id is None) == (self.allocation_id is None):
            raise ValueError("Exactly one of awardId and allocationId is given.")
        return self

    def new(self) -> NewProof:
        return NewProof(self.award_id, self.allocation_id, self.regime, self.due_on)


class SectionBody(RequestModel):
    heading: Heading
    text: LongText


class ProofVersionBody(RequestModel):
    """The narrative; every number comes from the books. No names of people."""

    narrative: list[SectionBody] = Field(default_factory=list, max_length=SECTIONS_MAX)

    def sections(self) -> tuple[Section, ...]:
        return tuple(Section(one.heading, one.text) for one in self.narrative)


class ProofStepBody(RequestModel):
    """A step that brings nothing with it."""

    def step(self) -> ProofStep:
        return ProofStep()


class ProofQuery(ProofStepBody):
    text: QueryText

    def step(self) -> ProofStep:
        return ProofStep(query=self.text)


class ProofDecision(ProofStepBody):
    """`reference` is that of the authority's letter."""

    reference: Reference

    def step(self) -> ProofStep:
        return ProofStep(reference=self.reference)


class RefusedFigureBody(RequestModel):
    """A cost of the proof that is not accepted: `used/<line>/<kind>` or `forwarded/<id>` of an
    award's proof, `eligible/<id>/<kind>` of a recipient's.
    """

    figure: FigureName
    amount: Amount
    reason: Reason

    def item(self) -> RefusedFigure:
        return RefusedFigure(self.figure, self.amount, self.reason)


class ProofRejection(ProofDecision):
    """Everything that came and was not asked back goes back."""

    ground: RecoveryGround

    def step(self) -> ProofStep:
        return ProofStep(ground=self.ground, reference=self.reference)


class ProofRecovery(ProofRejection):
    """What is unspent follows from the frozen figures; any other ground names what it refuses."""

    currency: Currency = EUR
    refused: list[RefusedFigureBody] = Field(default_factory=list, max_length=REFUSED_MAX)

    @model_validator(mode="after")
    def _ground_fits(self) -> Self:
        if (self.ground is RecoveryGround.UNSPENT) is bool(self.refused):
            raise ValueError("Refused figures come with every ground but UNSPENT.")
        return self

    def step(self) -> ProofStep:
        return ProofStep(
            ground=self.ground,
            refused=tuple(one.item() for one in self.refused),
            reference=self.reference,
        )


class ProofSettlement(ProofStepBody):
    """`reference` is that of the payment or of the waiver; an accepted proof needs none."""

    reference: Reference | None = None

    def step(self) -> ProofStep:
        return ProofStep(reference=self.reference or "")


class ProofVersionView(ResponseModel):
    """One frozen version; `ledgerHash` is the last entry of the book it was made from, `query`
    what the authority asked back about it.
    """

    number: int
    book: str
    ledger_sequence: int
    ledger_hash: str
    made_at: datetime
    submitted_at: datetime | None
    signed_at: datetime | None
    signed_role: str | None
    query: str
    sha256_json: str
    sha256_csv: str
    sha256_pdf: str


class RefusedFigureView(ResponseModel):
    figure: str
    amount: str
    reason: str


class ProofView(ResponseModel):
    id: UUID
    version: int
    award_id: UUID
    allocation_id: UUID | None
    regime: str
    state: str
    due_on: date
    is_overdue: bool
    query: str
    accepted_on: date | None
    recovery: str
    recovery_ground: str | None
    refused_items: list[RefusedFigureView]
    decision_ref: str
    settlement_ref: str
    versions: list[ProofVersionView]
    allowed_actions: list[str]
    created_at: datetime
    updated_at: datetime


class ProofPage(ResponseModel):
    items: list[ProofView]
    cursors: list[str] | None = None
    next_cursor: str | None


class FigurePostingView(ResponseModel):
    """A posting as its figure counts it, with the voucher where it books a cost."""

    entry_id: UUID
    sequence: int
    event: str
    value_date: date
    reference: str
    source_kind: str
    source_id: UUID
    account: str
    code: str
    amount: str
    position_id: UUID | None
    voucher_id: UUID | None
    voucher_number: str | None

    @classmethod
    def of(cls, posting: PostingOfFigure) -> Self:
        row = posting.row
        return cls(
            entry_id=row["entry_id"],
            sequence=row["sequence"],
            event=row["event"],
            value_date=row["value_date"],
            reference=row["reference"],
            source_kind=row["source_kind"],
            source_id=row["source_id"],
            account=row["path"],
            code=row["code"],
            amount=str(posting.amount),
            position_id=row["position_id"],
            voucher_id=row["voucher_id"],
            voucher_number=row["voucher_number"],
        )


class CostOfKindView(ResponseModel):
    """Cost of one kind by the vouchers of the list."""

    cost_kind: str
    amount: str
    eligible_amount: str


class ListedVoucherView(ResponseModel):
    """What of one voucher is cost of one kind for one line. No name stands in the list."""

    number: str
    voucher_date: date
    award_line_id: UUID
    cost_kind: str
    amount: str
    eligible_amount: str


class VoucherListView(ResponseModel):
    """The frozen list of vouchers; items and costs by kind sum to the same two amounts."""

    costs_by_kind: list[CostOfKindView]
    items: list[ListedVoucherView]
    amount: str
    eligible_amount: str


class FigurePostingsView(ResponseModel):
    """`items` sum to `amount`. Months and ceilings have no postings and no amount or no items."""

    key: str
    amount: str | None
    items: list[FigurePostingView]

    @classmethod
    def of(cls, found: FigureDrilldown) -> Self:
        return cls(
            key=found.key,
            amount=None if found.amount is None else str(found.amount),
            items=[FigurePostingView.of(one) for one in found.postings],
        )
