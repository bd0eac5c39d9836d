"""What changes of a family take."""

import strawberry

from gateway.schema.codes.case_files import FamilyRole
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input(
    description=both("A recorded person as a member.", "Eine erfasste Person als Mitglied.")
)
class FamilyMemberInput:
    person_id: strawberry.ID = needed("UUID of the person.", "UUID der Person.")
    role: FamilyRole = needed("Role in the family.", "Rolle in der Familie.")
    from_on: Date = needed("First day.", "Erster Tag.")


@strawberry.input(
    description=both(
        "Compose a family of recorded persons.", "Eine Familie aus erfassten Personen bilden."
    )
)
class ComposeFamilyInput(Command):
    arrival_cohort: str | None = given(
        "Arrival cohort, as told by the family.", "Ankunftsgruppe, wie von der Familie angegeben."
    )
    members: list[FamilyMemberInput] | None = given("Members.", "Mitglieder.")


@strawberry.input(
    description=both("Add a member to a family.", "Ein Mitglied in eine Familie aufnehmen.")
)
class AddFamilyMemberInput(Change):
    family_id: strawberry.ID = needed("UUID of the family.", "UUID der Familie.")
    person_id: strawberry.ID = needed("UUID of the person.", "UUID der Person.")
    role: FamilyRole = needed("Role in the family.", "Rolle in der Familie.")
    from_on: Date = needed("First day.", "Erster Tag.")


@strawberry.input(
    description=both(
        "End a membership; the history stays.", "Eine Zugehörigkeit beenden; der Verlauf bleibt."
    )
)
class EndFamilyMembershipInput(Change):
    family_id: strawberry.ID = needed("UUID of the family.", "UUID der Familie.")
    member_id: strawberry.ID = needed("UUID of the membership.", "UUID der Zugehörigkeit.")
    to_on: Date = needed("Last day.", "Letzter Tag.")


@strawberry.input(
    description=both(
        "Part a family; each open case is named once.",
        "Eine Familie teilen; jeder offene Fall wird einmal genannt.",
    )
)
class SplitFamilyInput(Change):
    family_id: strawberry.ID = needed("UUID of the family.", "UUID der Familie.")
    effective_on: Date = needed("First day in the new family.", "Erster Tag in der neuen Familie.")
    member_ids: list[strawberry.ID] = needed(
        "UUIDs of the memberships that go.", "UUIDs der Zugehörigkeiten, die mitgehen."
    )
    moving_case_ids: list[strawberry.ID] | None = given(
        "UUIDs of the open cases that go along.", "UUIDs der offenen Fälle, die mitgehen."
    )
    staying_case_ids: list[strawberry.ID] | None = given(
        "UUIDs of the open cases that stay.", "UUIDs der offenen Fälle, die bleiben."
    )


@strawberry.input(
    description=both(
        "Let another family end in this one.", "Eine andere Familie in dieser aufgehen lassen."
    )
)
class JoinFamiliesInput(Change):
    family_id: strawberry.ID = needed("UUID of the family.", "UUID der Familie.")
    other_family_id: strawberry.ID = needed(
        "UUID of the family that ends in this one.", "UUID der Familie, die in dieser aufgeht."
    )
    other_version: int = needed(
        "Version of that family that the caller has seen.",
        "Fassung jener Familie, die der anfragenden Person vorlag.",
    )
    effective_on: Date = needed("First day in this family.", "Erster Tag in dieser Familie.")
    arrival_cohort: str | None = given(
        "Which one holds; to be told where the two families differ.",
        "Welche gilt; nötig, wo sich die beiden Familien unterscheiden.",
    )


@strawberry.input(
    description=both(
        "Record when a family arrived, as it told.",
        "Festhalten, wann eine Familie ankam, wie sie angab.",
    )
)
class RecordArrivalCohortInput(Change):
    family_id: strawberry.ID = needed("UUID of the family.", "UUID der Familie.")
    arrival_cohort: str | None = needed(
        "Arrival cohort, as told by the family.", "Ankunftsgruppe, wie von der Familie angegeben."
    )
