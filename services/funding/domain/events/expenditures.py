"""What happens to expenditure. Which case it was for is told to nobody."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from services.funding.domain.costs import CostKind, Eligibility


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenditureRecorded:
    event_type: ClassVar[str] = "kim.funding.expenditure-recorded.v1"

    tenant_id: str
    expenditure_id: UUID
    award_line_id: UUID
    allocation_id: UUID | None
    cost_kind: CostKind
    ruled: Eligibility


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityDecided:
    """A person said whether a cost counts about which the rules say nothing."""

    event_type: ClassVar[str] = "kim.funding.eligibility-decided.v1"

    tenant_id: str
    expenditure_id: UUID
    award_line_id: UUID
    decided: Eligibility


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenditureCorrected:
    """A cost was recorded wrongly; its entries are reversed."""

    event_type: ClassVar[str] = "kim.funding.expenditure-corrected.v1"

    tenant_id: str
    expenditure_id: UUID
    award_line_id: UUID


EVENTS: tuple[type, ...] = (ExpenditureRecorded, EligibilityDecided, ExpenditureCorrected)
