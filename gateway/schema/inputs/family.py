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
        "Record when a family arrived, as it told.",
        "Festhalten, wann eine Familie ankam, wie sie angab.",
    )
)
class RecordArrivalCohortInput(Change):
    family_id: strawberry.ID = needed("UUID of the family.", "UUID der Familie.")
    arrival_cohort: str | None = needed(
        "Arrival cohort, as told by the family.", "Ankunftsgruppe, wie von der Familie angegeben."
    )
