"""Conditions, budget lines, reservations and calls for interest: bodies and answers."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import Field, model_validator

from services.funding.api.schemas.fields import ClientId, Criteria, Currency, Flag, Name, Reason
from services.funding.api.schemas.ledger import EntryReference
from services.funding.domain.conditions import ConditionCode
from services.funding.domain.costs import CostKind
from services.funding.operations.carry_over import CarryOver
from services.funding.operations.hold_call import Call, NewResponse
from services.funding.operations.report_budget_lines import BudgetLine
from services.funding.operations.reserve import NewReservation, ReservationUse
from services.funding.operations.set_conditions import Condition
from shared.web.fields import (
    Amount,
    Fte,
    LegalDate,
    RequestModel,
    ResponseModel,
    UnitKey,
)


class ConditionBody(RequestModel):
    code: ConditionCode
    text_de: Reason
    passes_on: Flag = True

    def condition(self) -> Condition:
        return Condition(self.code, self.text_de, self.passes_on)


class ConditionsBody(RequestModel):
    """All ancillary provisions of the notice, in their order."""

    items: list[ConditionBody] = Field(max_length=50)


class CarryOverBody(RequestModel):
    """`consentRef` names the authority's consent; without it nothing is carried over."""

    award_line_id: UUID
    to_award_line_id: UUID
    amount: Amount
    currency: Currency = "EUR"
    consent_ref: EntryReference

    def command(self) -> CarryOver:
        return CarryOver(self.award_line_id, self.to_award_line_id, self.amount, self.consent_ref)


class BudgetLineView(ResponseModel):
    """One line of an award on the books. Everything but `received` and `claim` is of the grant."""

    award_line_id: UUID
    key: str
    funding_line: str
    granted: str
    claim: str
    requested: str
    received: str
    reserved: str
    committed: str
    used: str
    free: str
    shortfall: str
    repayable: str

    @classmethod
    def of(cls, one: BudgetLine) -> Self:
        return cls(
            award_line_id=one.award_line_id,
            key=one.key,
            funding_line=one.funding_line.value,
            granted=str(one.granted),
            claim=str(one.claim),
            requested=str(one.requested),
            received=str(one.received),
            reserved=str(one.reserved),
            committed=str(one.committed),
            used=str(one.used),
            free=str(one.free),
            shortfall=str(one.shortfall),
            repayable=str(one.repayable),
        )


class BudgetLines(ResponseModel):
    items: list[BudgetLineView]


class ReservationBody(RequestModel):
    """Money set aside until it is used, given up, or until `expiresOn` is over."""

    id: ClientId | None = None
    award_line_id: UUID
    amount: Amount
    currency: Currency = "EUR"
    cost_kind: CostKind
    reserved_on: LegalDate | None = None
    expires_on: LegalDate
    reference: EntryReference | None = None

    def command(self) -> NewReservation:
        return NewReservation(
            award_line_id=self.award_line_id,
            amount=self.amount,
            cost_kind=self.cost_kind,
            expires_on=self.expires_on,
            reserved_on=self.reserved_on,
            reference=self.reference or "",
            id=self.id,
        )


class ReservationUseBody(RequestModel):
    """What was paid of what was set aside; the rest is free again."""

    amount: Amount
    currency: Currency = "EUR"
    value_date: LegalDate

    def use(self) -> ReservationUse:
        return ReservationUse(self.amount, self.value_date)


class ReservationView(ResponseModel):
    id: UUID
    version: int
    award_line_id: UUID
    state: str
    allowed_actions: list[str]
    amount: str
    posted: str
    held: str
    cost_kind: str
    reserved_on: date
    expires_on: date
    reference: str
    created_at: datetime
    updated_at: datetime


class ReservationPage(ResponseModel):
    items: list[ReservationView]
    cursors: list[str] | None = None
    next_cursor: str | None


class CallBody(RequestModel):
    """A call for interest: between which days, and what counts."""

    opens_on: LegalDate
    closes_on: LegalDate
    criteria: Criteria

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.closes_on < self.opens_on:
            raise ValueError("closesOn lies before opensOn.")
        return self

    def call(self) -> Call:
        return Call(self.opens_on, self.closes_on, self.criteria)


class InterestBody(RequestModel):
    """An organisation's answer to the call; `respondentUnit` where it is a unit here."""

    respondent_name: Name
    respondent_unit: UnitKey | None = None
    fte: Fte
    requested_amount: Amount
    currency: Currency = "EUR"

    def response(self) -> NewResponse:
        return NewResponse(
            self.respondent_name, self.fte, self.requested_amount, self.respondent_unit
        )


class InterestAmount(RequestModel):
    amount: Amount
    currency: Currency = "EUR"


class InterestResponseView(ResponseModel):
    """Requested, recommended and decided are three facts; empty until they are known."""

    number: int
    respondent_unit: str | None
    respondent_name: str
    fte: str
    requested_amount: str
    recommended_amount: str | None
    decided_amount: str | None
    is_selected: bool


class CallView(ResponseModel):
    id: UUID
    version: int
    allocation_id: UUID
    opens_on: date
    closes_on: date
    criteria: str
    responses: list[InterestResponseView]
    updated_at: datetime
