"""What happens to proofs of use."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from services.funding.domain.proof_lifecycle import ProofAction, ProofState


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofStateChanged:
    """A proof was opened, submitted, decided …"""

    event_type: ClassVar[str] = "kim.funding.proof-state-changed.v1"

    tenant_id: str
    proof_id: UUID
    award_id: UUID
    action: ProofAction
    from_state: ProofState
    to_state: ProofState


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofOverdue:
    """The day of the proof is over and nothing was submitted; told once."""

    event_type: ClassVar[str] = "kim.funding.proof-overdue.v1"

    tenant_id: str
    proof_id: UUID
    award_id: UUID
    due_on: date


EVENTS: tuple[type, ...] = (ProofStateChanged, ProofOverdue)
