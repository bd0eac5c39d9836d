"""What is told of deletions."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseErasedConfirmed:
    """What was held of a case is deleted: the answer to one `erasure_id`.

    Where a data subject has asked for it, the three lists name who was told; they go together.
    """

    event_type: ClassVar[str] = "kim.referrals.case-erased-confirmed.v1"

    erasure_id: UUID
    case_id: UUID
    tenant_id: str
    unit_id: str
    records: int
    rights_request_id: UUID | None = None
    notice_ids: tuple[UUID, ...] = ()
    referral_ids: tuple[UUID, ...] = ()
    recipient_units: tuple[str, ...] = ()
