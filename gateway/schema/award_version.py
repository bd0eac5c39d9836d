"""Notices and contracts with their amendments, as they were at any time."""

import strawberry

from gateway.schema.codes.awards import VersionKind
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Amount, Date, DateTime, Fte


@strawberry.type
class DatedVersion(Published):
    """Base of a version; only an approved one holds."""

    id: strawberry.ID = field("UUID.", "UUID.")
    number: int = field("Number.", "Nummer.")
    kind: VersionKind = field("Original or amendment.", "Urfassung oder Änderung.")
    valid_from: Date = field("First day.", "Erster Tag.")
    valid_to: Date = field("Last day.", "Letzter Tag.")
    effective_from: Date = field("Day from which it holds.", "Tag, ab dem sie gilt.")
    reason: str | None = field("Reason.", "Begründung.")
    recorded_at: DateTime = field("When it was recorded.", "Wann sie erfasst wurde.")
    approved_at: DateTime | None = field(
        "When a second person released it.", "Wann eine zweite Person sie freigab."
    )


@strawberry.type(description=both("A line as a version has it.", "Eine Zeile in einer Fassung."))
class AwardVersionLine(Published):
    key: str = field("Key.", "Schlüssel.")
    amount: Amount = field("Euros.", "Euro.")
    fte: Fte | None = field("Full-time equivalents.", "Stellenanteile.")
    rate: Amount | None = field("Euros per post.", "Euro je Stelle.")
    valid_from: Date | None = field("First day.", "Erster Tag.")
    valid_to: Date | None = field("Last day.", "Letzter Tag.")


@strawberry.type(description=both("A version of an award.", "Eine Fassung eines Bescheids."))
class AwardVersion(DatedVersion):
    total: Amount = field("Volume.", "Fördervolumen.")
    lines: list[AwardVersionLine] = field("Lines.", "Zeilen.")


@strawberry.type(
    description=both("A version of an allocation.", "Eine Fassung einer Weiterleitung.")
)
class AllocationVersion(DatedVersion):
    amount: Amount = field("Euros.", "Euro.")
    fte: Fte = field("Full-time equivalents.", "Stellenanteile.")
    own_use_amount: Amount = field("Euros kept for own use.", "Selbst verwendete Euro.")
    own_use_fte: Fte = field("Posts kept for own use.", "Selbst besetzte Stellen.")
