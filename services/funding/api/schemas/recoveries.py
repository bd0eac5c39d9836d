"""Base rates, recoveries and their interest."""

from datetime import date, datetime
from decimal import Decimal
from typing import Self
from uuid import UUID

from pydantic import Field, model_validator

from services.funding.api.schemas.drawdowns import PositiveAmounts
from services.funding.api.schemas.fields import Currency, Reason, Reference, Source
from services.funding.api.schemas.ledger import EntryReference
from services.funding.domain.costs import CostKind
from services.funding.domain.interest import DayCount
from services.funding.domain.recovery_facts import Direction, Ground, RecoverySource
from services.funding.domain.recovery_lifecycle import RecoveryAction, RecoveryState
from services.funding.operations.act_on_recovery import RecoveryStep, UsedMoney
from services.funding.operations.keep_base_rates import NewBaseRate
from services.funding.operations.raise_recovery import NewRecovery
from shared.kernel.money import ZERO
from shared.web.fields import (
    ZERO_AMOUNT,
    Amount,
    LegalDate,
    RequestModel,
    ResponseModel,
    coded,
)

Percent = coded(r"^-?(0|[1-9][0-9]?)\.[0-9]{2}$", 6)
PERCENT_MIN, PERCENT_MAX = Decimal(-20), Decimal(50)


class BaseRateBody(RequestModel):
    """The base rate in percent, as the Bundesbank publishes it; it may be negative."""

    valid_from: LegalDate
    percent: Percent  # type: ignore[valid-type] # built by a function
    source: Source

    @model_validator(mode="after")
    def _within_reason(self) -> Self:
        if not PERCENT_MIN <= Decimal(self.percent) <= PERCENT_MAX:
            raise ValueError("The base rate lies between -20 and 50 percent.")
        return self

    def command(self) -> NewBaseRate:
        return NewBaseRate(self.valid_from, Decimal(self.percent), self.source)


class BaseRateView(ResponseModel):
    id: UUID
    valid_from: date
    percent: str
    source: str
    created_at: datetime


class BaseRatePage(ResponseModel):
    items: list[BaseRateView]
    cursors: list[str] | None = None
    next_cursor: str | None


class RecoveryBody(PositiveAmounts):
    """Towards the Land (`UPWARD`), or from a recipient (`DOWNWARD`, with its allocation)."""

    direction: Direction
    award_line_id: UUID
    allocation_id: UUID | None = None
    ground: Ground
    amount: Amount
    currency: Currency = "EUR"
    claim_since: LegalDate

    def command(self) -> NewRecovery:
        return NewRecovery(
            direction=self.direction,
            award_line_id=self.award_line_id,
            allocation_id=self.allocation_id,
            ground=self.ground,
            principal=self.amount,
            claim_since=self.claim_since,
        )


class RecoveryStepBody(PositiveAmounts):
    """A step that brings nothing with it."""

    def step(self) -> RecoveryStep:
        return RecoveryStep()


class Hearing(RecoveryStepBody):
    heard_on: LegalDate

    def step(self) -> RecoveryStep:
        return RecoveryStep(heard_on=self.heard_on)


class UsedMoneyBody(PositiveAmounts):
    """A cost that had counted as use of the grant and goes back."""

    cost_kind: CostKind
    amount: Amount

    def used(self) -> UsedMoney:
        return UsedMoney(self.cost_kind, self.amount)


class Demand(RecoveryStepBody):
    """The act or declaration. `used` is the part that is not free in the books any more."""

    act_reference: Reference
    demanded_on: LegalDate
    due_on: LegalDate
    used: list[UsedMoneyBody] = Field(default_factory=list, max_length=20)

    def step(self) -> RecoveryStep:
        return RecoveryStep(
            act_reference=self.act_reference,
            demanded_on=self.demanded_on,
            due_on=self.due_on,
            used=tuple(one.used() for one in self.used),
        )


class RecoveryPaymentBody(RecoveryStepBody):
    """What the bank statement says: principal, interest, or both."""

    paid_on: LegalDate
    amount: Amount | None = None
    interest_amount: Amount = ZERO_AMOUNT
    currency: Currency = "EUR"
    bank_reference: EntryReference

    @model_validator(mode="after")
    def _pays_something(self) -> Self:
        if self.amount is None and self.interest_amount == ZERO:
            raise ValueError("A payment is more than 0.00.")
        return self

    def step(self) -> RecoveryStep:
        return RecoveryStep(
            paid_on=self.paid_on,
            amount=self.amount or ZERO,
            interest=self.interest_amount,
            bank_reference=self.bank_reference,
        )


class InterestAct(RecoveryStepBody):
    """The act that fixes the interest; the amount follows from the payments."""

    act_reference: Reference
    fixed_on: LegalDate

    def step(self) -> RecoveryStep:
        return RecoveryStep(
            interest_act_reference=self.act_reference, interest_fixed_on=self.fixed_on
        )


class InterestWaiver(RecoveryStepBody):
    """The decision not to claim interest, and why."""

    reference: Reference
    reason: Reason

    def step(self) -> RecoveryStep:
        return RecoveryStep(waiver_reference=self.reference, waiver_reason=self.reason)


class Withdrawal(RecoveryStepBody):
    reason: Reason
    withdrawn_on: LegalDate

    def step(self) -> RecoveryStep:
        return RecoveryStep(withdrawal_reason=self.reason, ended_on=self.withdrawn_on)


class RecoveryPaymentView(ResponseModel):
    id: UUID
    paid_on: date
    amount: str
    interest_amount: str
    bank_reference: str


class RecoveryView(ResponseModel):
    """`interestAmount` is null until an act has fixed the interest; `sourceId` is the proof,
    award, version or allocation that raised it, null for a person.
    """

    id: UUID
    version: int
    direction: Direction
    award_id: UUID
    award_line_id: UUID
    allocation_id: UUID | None
    ground: Ground
    source_kind: RecoverySource
    source_id: UUID | None
    state: RecoveryState
    allowed_actions: list[RecoveryAction]
    principal_amount: str
    claim_since: date
    heard_on: date | None
    demanded_on: date | None
    due_on: date | None
    act_reference: str
    paid_amount: str
    interest_amount: str | None
    interest_paid_amount: str
    interest_fixed_on: date | None
    interest_act_reference: str
    day_count: DayCount | None
    waiver_reference: str
    waiver_reason: str
    withdrawal_reason: str
    payments: list[RecoveryPaymentView]
    created_at: datetime
    updated_at: datetime


class RecoveryPage(ResponseModel):
    items: list[RecoveryView]
    cursors: list[str] | None = None
    next_cursor: str | None


class InterestPieceView(ResponseModel):
    """Days of one principal at one rate; the pieces are shown in euros to eight places."""

    first_day: date
    last_day: date
    days: int
    principal_amount: str
    percent: str
    exact_amount: str


class InterestView(ResponseModel):
    """What interest would be, and posts none; rounded once, over all pieces."""

    paid_on: date
    day_count: DayCount
    pieces: list[InterestPieceView]
    amount: str
