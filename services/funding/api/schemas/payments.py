"""Instalments, payments, runs, confirmations, and what recipients pass on."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from services.funding.api.schemas.drawdowns import PositiveAmounts
from services.funding.api.schemas.fields import ClientId, Currency
from services.funding.api.schemas.ledger import EntryReference
from services.funding.domain.payment_lifecycle import PaymentAction, PaymentState, RunState
from services.funding.domain.sources import MoneySource
from services.funding.operations.confirm_payments import Confirmation
from services.funding.operations.pass_on import PassedOn
from services.funding.operations.pay import NewPayment
from services.funding.operations.plan_instalments import PlannedInstalment
from shared.web.fields import Amount, LegalDate, RequestModel, ResponseModel, coded

INSTALMENTS_MAX = 50
RUN_MAX = 200
PayeeNumber = coded(r"^[0-9A-Z][0-9A-Z./-]{0,19}$", 20)
FailureCode = Annotated[
    str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{0,29}$", max_length=30, strict=True)
]


class InstalmentBody(PositiveAmounts):
    number: int = Field(strict=True, ge=1, le=INSTALMENTS_MAX)
    due_on: LegalDate
    amount: Amount

    def planned(self) -> PlannedInstalment:
        return PlannedInstalment(self.number, self.due_on, self.amount)


class InstalmentPlanBody(RequestModel):
    """The whole plan; what it leaves out is no longer planned."""

    instalments: list[InstalmentBody] = Field(max_length=INSTALMENTS_MAX)
    currency: Currency = "EUR"

    @model_validator(mode="after")
    def _numbered_once(self) -> Self:
        if len({one.number for one in self.instalments}) != len(self.instalments):
            raise ValueError("Each number stands for one instalment.")
        return self


class PaymentBody(PositiveAmounts):
    """Money for the recipient of an allocation; `payeeNumber` is that of the finance software.

    `reservationId`: held of that reservation from the release on, posted when the bank confirms.
    """

    id: ClientId | None = None
    allocation_id: UUID
    instalment_id: UUID | None = None
    reservation_id: UUID | None = None
    source: MoneySource = MoneySource.LAND
    amount: Amount
    currency: Currency = "EUR"
    payee_number: PayeeNumber  # type: ignore[valid-type] # built by a function

    def command(self) -> NewPayment:
        return NewPayment(
            allocation_id=self.allocation_id,
            source=self.source,
            amount=self.amount,
            payee_number=self.payee_number,
            instalment_id=self.instalment_id,
            reservation_id=self.reservation_id,
            id=self.id,
        )


class PaymentRunBody(RequestModel):
    """The payments that leave together, on this day; today if left out."""

    payment_ids: list[UUID] = Field(min_length=1, max_length=RUN_MAX)
    sent_on: LegalDate | None = None


class ConfirmationBody(PositiveAmounts):
    """What the bank says of one payment. `amount` is what arrived, the whole if left out."""

    payment_id: UUID
    is_paid: bool = Field(strict=True)
    value_date: LegalDate
    bank_reference: EntryReference
    amount: Amount | None = None
    failure_code: FailureCode | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if not self.is_paid and (self.failure_code is None or self.amount is not None):
            raise ValueError("A failed payment has a failure code and no amount.")
        return self

    def confirmation(self) -> Confirmation:
        return Confirmation(
            payment_id=self.payment_id,
            is_paid=self.is_paid,
            value_date=self.value_date,
            bank_reference=self.bank_reference,
            amount=self.amount,
            failure_code=self.failure_code or "",
        )


class ConfirmationsBody(RequestModel):
    """The bank's answer for payments of one run: all are taken or none."""

    items: list[ConfirmationBody] = Field(min_length=1, max_length=RUN_MAX)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({one.payment_id for one in self.items}) != len(self.items):
            raise ValueError("Each payment is answered for once.")
        return self


class PassingOnBody(PositiveAmounts):
    """What a recipient reports to have paid to the recipient below it."""

    child_id: UUID
    amount: Amount
    currency: Currency = "EUR"
    paid_on: LegalDate

    def command(self) -> PassedOn:
        return PassedOn(self.child_id, self.amount, self.paid_on)


class InstalmentView(ResponseModel):
    """`paidAmount`: what released and sent payments of it hold."""

    id: UUID
    allocation_id: UUID
    number: int
    due_on: date
    amount: str
    paid_amount: str


class InstalmentPage(ResponseModel):
    items: list[InstalmentView]
    cursors: list[str] | None = None
    next_cursor: str | None


class InstalmentPlanView(ResponseModel):
    """The plan of an allocation: `id`, `version` and `amount` are those of the allocation."""

    id: UUID
    version: int
    amount: str
    instalments: list[InstalmentView]


class PaymentView(ResponseModel):
    id: UUID
    version: int
    allocation_id: UUID
    award_line_id: UUID
    recipient_unit: str | None
    instalment_id: UUID | None
    run_id: UUID | None
    reservation_id: UUID | None
    source: MoneySource
    state: PaymentState
    allowed_actions: list[PaymentAction]
    amount: str
    confirmed_amount: str
    payee_number: str
    value_date: date | None
    bank_reference: str
    failure_code: str
    created_at: datetime
    updated_at: datetime


class PaymentPage(ResponseModel):
    items: list[PaymentView]
    cursors: list[str] | None = None
    next_cursor: str | None


class PaymentRunView(ResponseModel):
    """The payments of a run: `GET /v1/payments?runId=…`."""

    id: UUID
    version: int
    fiscal_year: int
    number: int
    state: RunState
    sent_on: date
    payment_count: int
    total: str
    created_at: datetime
    updated_at: datetime


class PaymentRunPage(ResponseModel):
    items: list[PaymentRunView]
    cursors: list[str] | None = None
    next_cursor: str | None
