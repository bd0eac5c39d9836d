"""What funding tells the other services: past facts as ids and codes, never names or texts."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from services.funding.domain.allocation_lifecycle import AllocationAction, AllocationState
from services.funding.domain.award_lifecycle import AwardAction, AwardState
from services.funding.domain.programme import FundingLine
from services.funding.domain.versions import VersionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRecorded:
    """An award is on record with its lines, whatever its state."""

    event_type: ClassVar[str] = "kim.funding.award-recorded.v1"

    tenant_id: str
    award_id: UUID
    fiscal_year: int
    state: AwardState
    funding_lines: tuple[FundingLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardStateChanged:
    event_type: ClassVar[str] = "kim.funding.award-state-changed.v1"

    tenant_id: str
    award_id: UUID
    action: AwardAction
    from_state: AwardState
    to_state: AwardState


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardAmended:
    """A new version of an award is in force from its own date on; the old ones stay."""

    event_type: ClassVar[str] = "kim.funding.award-amended.v1"

    tenant_id: str
    award_id: UUID
    version_number: int
    kind: VersionKind


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionReportRecorded:
    """A table of posts was stored as reported."""

    event_type: ClassVar[str] = "kim.funding.position-report-recorded.v1"

    tenant_id: str
    report_id: UUID


EVENTS: tuple[type, ...] = (
    AwardRecorded,
    AwardStateChanged,
    AwardAmended,
    AllocationPlanned,
    AllocationStateChanged,
    AllocationActivated,
    AllocationAmended,
    PositionReportRecorded,
)
