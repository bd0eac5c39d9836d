"""What happens to drawdowns, instalments and payments."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from services.funding.domain.drawdown_lifecycle import DrawdownState
from services.funding.domain.payment_lifecycle import PaymentState


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawdownStateChanged:
    """A drawdown was recorded (`from_state` is then null) or took a step."""

    event_type: ClassVar[str] = "kim.funding.drawdown-state-changed.v1"

    tenant_id: str
    drawdown_id: UUID
    award_id: UUID
    from_state: DrawdownState | None
    to_state: DrawdownState


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentStateChanged:
    """A payment to a recipient was recorded (`from_state` is then null) or took a step."""

    event_type: ClassVar[str] = "kim.funding.payment-state-changed.v1"

    tenant_id: str
    payment_id: UUID
    allocation_id: UUID
    from_state: PaymentState | None
    to_state: PaymentState


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRunSent:
    """Payments left together; the bank answers for each of them."""

    event_type: ClassVar[str] = "kim.funding.payment-run-sent.v1"

    tenant_id: str
    run_id: UUID
    fiscal_year: int
    number: int


EVENTS: tuple[type, ...] = (DrawdownStateChanged, PaymentStateChanged, PaymentRunSent)
