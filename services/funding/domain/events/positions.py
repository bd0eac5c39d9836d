"""What happens to posts."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionReportRecorded:
    """A table of posts was stored as reported."""

    event_type: ClassVar[str] = "kim.funding.position-report-recorded.v1"

    tenant_id: str
    report_id: UUID


EVENTS: tuple[type, ...] = (PositionReportRecorded,)
