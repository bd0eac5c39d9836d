"""Families and their members."""

import strawberry

from gateway.schema.codes.case_files import FamilyRole
from gateway.schema.node import Node
from gateway.schema.person import Person
from gateway.schema.published import Published, both, field
from gateway.schema.reads import related
from gateway.schema.scalars import Date, DateTime


@strawberry.type(
    description=both(
        "A member of a family, with the time.", "Ein Mitglied einer Familie, mit der Zeit."
    )
)
class FamilyMember(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    person_id: strawberry.ID = field("UUID of the person.", "UUID der Person.")
    current_person_id: strawberry.ID = field(
        "UUID of the record that now stands for the person.",
        "UUID des Datensatzes, der jetzt für die Person steht.",
    )
    role: FamilyRole = field("Role in the family.", "Rolle in der Familie.")
    from_on: Date = field("First day.", "Erster Tag.")
    to_on: Date | None = field("Last day.", "Letzter Tag.")
    person = related(
        "cases /v1/persons", Person, "currentPersonId", en="The person.", de="Die Person."
    )


@strawberry.type(
    description=both(
        "A case that went from one family to another.",
        "Ein Fall, der von einer Familie zur anderen ging.",
    )
)
class CaseMove(Published):
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    from_family_id: strawberry.ID = field("UUID of the family before.", "UUID der Familie davor.")
    to_family_id: strawberry.ID = field("UUID of the family after.", "UUID der Familie danach.")
    effective_on: Date = field("Day of the move.", "Tag des Wechsels.")


@strawberry.type(description=both("A family.", "Eine Familie."))
class Family(Published, Node):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    arrival_cohort: str | None = field(
        "Arrival cohort, as told by the family.", "Ankunftsgruppe, wie von der Familie angegeben."
    )
    split_from_id: strawberry.ID | None = field(
        "UUID of the family this one was split from.", "UUID der Familie, aus der diese hervorging."
    )
    joined_into_id: strawberry.ID | None = field(
        "UUID of the family this one was joined into.", "UUID der Familie, in der diese aufging."
    )
    joined_on: Date | None = field("Day of that.", "Tag, an dem das geschah.")
    unit_id: str = field("The unit that is responsible.", "Die verantwortliche Stelle.")
    created_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
    members: list[FamilyMember] = field("Members, also former ones.", "Mitglieder, auch ehemalige.")
    case_moves: list[CaseMove] = field(
        "Cases that came or went when families were split or joined.",
        "Fälle, die beim Teilen oder Verbinden von Familien wechselten.",
    )
