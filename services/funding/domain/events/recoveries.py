"""What happens to recoveries, interest and the export to the finance system."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from services.funding.domain.recovery_facts import Direction, Ground
from services.funding.domain.recovery_lifecycle import RecoveryState


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryStateChanged:
    """A recovery was raised (`from_state` is then null) or took a step."""

    event_type: ClassVar[str] = "kim.funding.recovery-state-changed.v1"

    tenant_id: str
    recovery_id: UUID
    award_id: UUID
    direction: Direction
    ground: Ground
    from_state: RecoveryState | None
    to_state: RecoveryState


EVENTS: tuple[type, ...] = (RecoveryStateChanged,)
