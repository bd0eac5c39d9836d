"""What happens to allocations."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from services.funding.domain.allocation_lifecycle import AllocationAction, AllocationState
from services.funding.domain.programme import FundingLine


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationPlanned:
    """A share of an award line or of another allocation is held for a recipient."""

    event_type: ClassVar[str] = "kim.funding.allocation-planned.v1"

    tenant_id: str
    allocation_id: UUID
    award_id: UUID
    parent_allocation_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationStateChanged:
    event_type: ClassVar[str] = "kim.funding.allocation-state-changed.v1"

    tenant_id: str
    allocation_id: UUID
    action: AllocationAction
    from_state: AllocationState
    to_state: AllocationState


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationActivated:
    """A recipient may work with its share; `recipient_unit` is an organisational unit's key."""

    event_type: ClassVar[str] = "kim.funding.allocation-activated.v1"

    tenant_id: str
    allocation_id: UUID
    award_id: UUID
    recipient_unit: str
    funding_line: FundingLine


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationAmended:
    event_type: ClassVar[str] = "kim.funding.allocation-amended.v1"

    tenant_id: str
    allocation_id: UUID
    version_number: int


EVENTS: tuple[type, ...] = (
    AllocationPlanned,
    AllocationStateChanged,
    AllocationActivated,
    AllocationAmended,
)
