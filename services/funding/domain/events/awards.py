"""What happens to awards."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

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


EVENTS: tuple[type, ...] = (AwardRecorded, AwardStateChanged, AwardAmended)
