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
    role: FamilyRole = field("Role in the family.", "Rolle in der Familie.")
    from_on: Date = field("First day.", "Erster Tag.")
    to_on: Date | None = field("Last day.", "Letzter Tag.")
    person = related("cases /v1/persons", Person, "personId", en="The person.", de="Die Person.")


@strawberry.type(description=both("A family.", "Eine Familie."))
class Family(Published, Node):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    arrival_cohort: str | None = field(
        "Arrival cohort, as told by the family.", "Ankunftsgruppe, wie von der Familie angegeben."
    )
    unit_id: str = field("The unit that is responsible.", "Die verantwortliche Stelle.")
    created_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
    members: list[FamilyMember] = field("Members, also former ones.", "Mitglieder, auch ehemalige.")
