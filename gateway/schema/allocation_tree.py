"""An award passed on down every level, and what is odd about it."""

import strawberry

from gateway.schema.codes.allocations import AllocationState
from gateway.schema.funding_status import Finding
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Amount, Fte


@strawberry.type(
    description=both("A line, or what is passed on from it.", "Eine Zeile oder Weiterleitung.")
)
class AllocationNode(Published):
    id: strawberry.ID = field(
        "UUID of the award line or allocation.", "UUID der Bescheidzeile oder Weiterleitung."
    )
    parent_id: strawberry.ID | None = field("UUID of the level above.", "UUID der Ebene darüber.")
    depth: int = field("Level; 0 for a line.", "Ebene; 0 für eine Zeile.")
    state: AllocationState | None = field("State; null for a line.", "Stand; null für eine Zeile.")
    recipient_unit: str | None = field("The receiving unit.", "Die empfangende Stelle.")
    recipient_name: str | None = field("Name of the recipient.", "Name des Empfängers.")
    amount: Amount = field("Euros.", "Euro.")
    fte: Fte = field("Full-time equivalents.", "Stellenanteile.")
    own_use_amount: Amount = field("Euros kept for own use.", "Selbst verwendete Euro.")
    own_use_fte: Fte = field("Posts kept for own use.", "Selbst besetzte Stellen.")
    free_amount: Amount = field("Euros free.", "Freie Euro.")
    free_fte: Fte = field("Posts free.", "Freie Stellenanteile.")


@strawberry.type(
    description=both("How an award is passed on.", "Wie ein Bescheid weitergeleitet ist.")
)
class AllocationTree(Published):
    nodes: list[AllocationNode] = field("Parents before children.", "Eltern vor Kindern.")
    findings: list[Finding] = field("What is odd about it.", "Was daran auffällt.")
