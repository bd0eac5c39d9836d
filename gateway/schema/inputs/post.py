"""What changes of posts and deadlines take."""

import strawberry

from gateway.schema.codes.posts import DeadlineKind, FundingSubjectKind
from gateway.schema.inputs.award import PositionOfLineInput
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Date, Fte


@strawberry.input(description=both("Record a post.", "Eine Stelle erfassen."))
class RecordPositionInput(PositionOfLineInput, Command):
    effective_from: Date = needed("Approved from this day on.", "Bewilligt ab diesem Tag.")
    award_line_id: strawberry.ID | None = given(
        "UUID of the award line that pays it.", "UUID der Bescheidzeile, die sie bezahlt."
    )


@strawberry.input(
    description=both("Approve posts from a day on.", "Stellen ab einem Tag bewilligen.")
)
class ApprovePostsInput(Change):
    position_id: strawberry.ID = needed("UUID of the post.", "UUID der Stelle.")
    approved_fte: Fte = needed("Posts approved.", "Bewilligte Stellen.")
    effective_from: Date = needed("First day.", "Erster Tag.")
    reason: str | None = given("Reason.", "Grund.")


@strawberry.input(
    description=both(
        "Set the products from a fiscal year on.", "Produkte ab einem Haushaltsjahr setzen."
    )
)
class SetPositionProductsInput(Change):
    position_id: strawberry.ID = needed("UUID of the post.", "UUID der Stelle.")
    fiscal_year: int = needed("First fiscal year.", "Erstes Haushaltsjahr.")
    products: list[str] = needed("Products of the municipal budget.", "Produkte des Haushalts.")


@strawberry.input(
    description=both("Record that a seat is occupied.", "Die Besetzung eines Platzes erfassen.")
)
class OccupyPositionInput(Change):
    position_id: strawberry.ID = needed("UUID of the post.", "UUID der Stelle.")
    share: Fte = needed("Share of the seat.", "Anteil am Platz.")
    since: Date = needed("First day.", "Erster Tag.")
    until: Date | None = given("Last day.", "Letzter Tag.")
    seat: int | None = given("Number of the seat.", "Nummer des Platzes.")
    programme: str | None = given("Programme that pays.", "Programm, das bezahlt.")
    holder_ref: strawberry.ID | None = given(
        "Random UUID of one person on several posts.",
        "Zufällige UUID einer Person auf mehreren Stellen.",
    )
    source: str | None = given("Where the figure comes from.", "Woher die Angabe stammt.")


@strawberry.input(description=both("End an occupancy.", "Eine Besetzung beenden."))
class EndOccupancyInput(Change):
    position_id: strawberry.ID = needed("UUID of the post.", "UUID der Stelle.")
    occupancy_id: strawberry.ID = needed("UUID of the occupancy.", "UUID der Besetzung.")
    until: Date = needed("Last day.", "Letzter Tag.")


@strawberry.input(
    description=both(
        "Record a deadline that only a person knows.",
        "Eine Frist erfassen, die nur Menschen kennen.",
    )
)
class RecordDeadlineInput(Command):
    subject_kind: FundingSubjectKind = needed("AWARD or ALLOCATION.", "AWARD oder ALLOCATION.")
    subject_id: strawberry.ID = needed("UUID of that.", "UUID davon.")
    kind: DeadlineKind = needed("What it is for.", "Wofür sie gilt.")
    stated_on: Date = needed("The day.", "Der Tag.")


@strawberry.input(description=both("Tick a deadline off.", "Eine Frist als erledigt vermerken."))
class CompleteDeadlineInput(Change):
    deadline_id: strawberry.ID = needed("UUID of the deadline.", "UUID der Frist.")
