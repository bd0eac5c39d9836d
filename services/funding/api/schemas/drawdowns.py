"""Drawdowns: money called from the Land, lump sums on their dates."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from services.funding.api.schemas.fields import ClientId, Currency, Reason
from services.funding.api.schemas.ledger import EntryReference
from services.funding.domain.costs import CostKind
from services.funding.domain.drawdown_facts import DrawdownRegime, Need
from services.funding.domain.drawdown_lifecycle import DrawdownAction, DrawdownState
from services.funding.domain.idle_money import ASSUMPTION_TEXTS, Assumption
from services.funding.domain.programme import FundingLine
from services.funding.operations.act_on_drawdown import DrawdownStep
from services.funding.operations.request_drawdown import LumpSumDate, NewDrawdown
from services.funding.operations.show_exposure import Exposure
from shared.kernel.money import ZERO
from shared.web.fields import Amount, LegalDate, RequestModel, ResponseModel

NEEDS_MAX = 100


class PositiveAmounts(RequestModel):
    """Base of bodies about money that moves: 0.00 moves nothing."""

    @model_validator(mode="after")
    def _moves_something(self) -> Self:
        if getattr(self, "amount", None) == ZERO:
            raise PydanticCustomError("amount_zero", "The amount is more than 0.00.")
        return self


class NeedBody(PositiveAmounts):
    """A payment that falls due, for which the money is needed (VV 7.2 zu § 44 LHO)."""

    due_on: LegalDate
    amount: Amount
    cost_kind: CostKind

    def need(self) -> Need:
        return Need(self.due_on, self.amount, self.cost_kind)


class DrawdownBody(PositiveAmounts):
    """A call for money of one line, with the payments it is needed for."""

    id: ClientId | None = None
    award_line_id: UUID
    amount: Amount
    currency: Currency = "EUR"
    needs: list[NeedBody] = Field(min_length=1, max_length=NEEDS_MAX)

    def command(self) -> NewDrawdown:
        needs = tuple(one.need() for one in self.needs)
        return NewDrawdown(self.award_line_id, self.amount, needs, self.id)


class LumpSumBody(PositiveAmounts):
    """The day the money comes: of one line, or of all lump sums of the award."""

    due_on: LegalDate
    award_line_id: UUID | None = None
    amount: Amount | None = None
    currency: Currency = "EUR"

    @model_validator(mode="after")
    def _amount_has_a_line(self) -> Self:
        if self.amount is not None and self.award_line_id is None:
            raise ValueError("An amount needs the line that it comes from.")
        return self

    def command(self) -> LumpSumDate:
        return LumpSumDate(self.due_on, self.award_line_id, self.amount)


class DrawdownStepBody(PositiveAmounts):
    """A step that brings nothing with it."""

    def step(self) -> DrawdownStep:
        return DrawdownStep()


class Submission(DrawdownStepBody):
    """The day of the request; today if left out. The two months of need begin on it."""

    requested_on: LegalDate | None = None

    def step(self) -> DrawdownStep:
        return DrawdownStep(requested_on=self.requested_on)


class DrawdownReturn(DrawdownStepBody):
    reason: Reason

    def step(self) -> DrawdownStep:
        return DrawdownStep(return_reason=self.reason)


class DrawdownRevision(DrawdownStepBody):
    """A new amount, a new need list, or both; what is left out stays."""

    amount: Amount | None = None
    needs: list[NeedBody] | None = Field(default=None, min_length=1, max_length=NEEDS_MAX)

    def step(self) -> DrawdownStep:
        needs = None if self.needs is None else tuple(one.need() for one in self.needs)
        return DrawdownStep(amount=self.amount, needs=needs)


class DrawdownApproval(DrawdownStepBody):
    """What the authority approves; the whole if left out. The rest may be called again."""

    amount: Amount | None = None

    def step(self) -> DrawdownStep:
        return DrawdownStep(amount=self.amount)


class DrawdownPayment(DrawdownStepBody):
    """What the bank statement says. `amount`, where given, has to be what was approved."""

    value_date: LegalDate
    bank_reference: EntryReference
    amount: Amount | None = None
    currency: Currency = "EUR"

    def step(self) -> DrawdownStep:
        return DrawdownStep(
            value_date=self.value_date, bank_reference=self.bank_reference, amount=self.amount
        )


class DrawdownRepayment(DrawdownStepBody):
    """The day on which all that is unused went back to the Land."""

    repaid_on: LegalDate

    def step(self) -> DrawdownStep:
        return DrawdownStep(repaid_on=self.repaid_on)


class NeedView(ResponseModel):
    due_on: date
    amount: str
    cost_kind: CostKind


class DrawdownView(ResponseModel):
    """`useBy` is the last day of the two months; null where the rule does not apply."""

    id: UUID
    version: int
    award_id: UUID
    award_line_id: UUID
    funding_line: FundingLine
    fiscal_year: int
    regime: DrawdownRegime
    state: DrawdownState
    allowed_actions: list[DrawdownAction]
    revision: int
    amount: str
    approved_amount: str | None
    paid_amount: str | None
    requested_on: date | None
    due_on: date | None
    value_date: date | None
    bank_reference: str
    use_by: date | None
    used_amount: str
    repaid_amount: str
    repaid_on: date | None
    return_reason: str
    needs: list[NeedView]
    created_at: datetime
    updated_at: datetime


class DrawdownPage(ResponseModel):
    items: list[DrawdownView]
    cursors: list[str] | None = None
    next_cursor: str | None


class ScheduledLumpSums(ResponseModel):
    items: list[DrawdownView]


class InterestShareView(ResponseModel):
    """Idle money under one rate; `percent` is the base rate and five points a year."""

    amount: str
    first_day: date
    last_day: date
    days: int
    percent: str


class AssumptionView(ResponseModel):
    code: Assumption
    text_de: str
    text_en: str


class ExposureView(ResponseModel):
    """What the Land could ask for, on what assumptions. It is shown and never posted."""

    drawdown_id: UUID
    as_of: date
    received_amount: str
    used_amount: str
    unused_amount: str
    use_by: date | None
    interest: str
    pieces: list[InterestShareView]
    assumptions: list[AssumptionView]

    @classmethod
    def of(cls, shown: Exposure) -> Self:
        return cls(
            drawdown_id=shown.drawdown_id,
            as_of=shown.as_of,
            received_amount=str(shown.received),
            used_amount=str(shown.used),
            unused_amount=str(shown.unused),
            use_by=shown.use_by,
            interest=str(shown.interest),
            pieces=[
                InterestShareView(
                    amount=str(one.principal),
                    first_day=one.first_day,
                    last_day=one.last_day,
                    days=one.days,
                    percent=str(one.percent),
                )
                for one in shown.pieces
            ],
            assumptions=[
                AssumptionView(
                    code=one, text_de=ASSUMPTION_TEXTS[one].de, text_en=ASSUMPTION_TEXTS[one].en
                )
                for one in shown.assumptions
            ],
        )
