"""Families in counselling on a day."""

import strawberry

from gateway.schema.codes.case_files import CountingUnit
from gateway.schema.codes.cases import CaseState
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Date


@strawberry.type(description=both("Families in counselling.", "Familien in Beratung."))
class FamilyFigures(Published):
    total: int | None = field("All families in counselling.", "Alle Familien in Beratung.")
    thereof_fled_ukraine: int | None = field(
        "Thereof fled Ukraine; never to be added to the total.",
        "Darunter aus der Ukraine geflüchtet; nie zur Gesamtzahl zu addieren.",
    )
    others: int | None = field("The rest.", "Die übrigen.")


@strawberry.type(description=both("Families by state.", "Familien nach Stand."))
class FamiliesByState(Published):
    families: int | None = field("Families.", "Familien.")
    thereof_fled_ukraine: int | None = field(
        "Thereof fled Ukraine; never to be added to the total.",
        "Darunter aus der Ukraine geflüchtet; nie zur Gesamtzahl zu addieren.",
    )
    others: int | None = field("The rest.", "Die übrigen.")
    state: CaseState = field("State.", "Stand.")


@strawberry.type(description=both("Families by municipality.", "Familien nach Gemeinde."))
class FamiliesByMunicipality(Published):
    families: int | None = field("Families.", "Familien.")
    thereof_fled_ukraine: int | None = field(
        "Thereof fled Ukraine; never to be added to the total.",
        "Darunter aus der Ukraine geflüchtet; nie zur Gesamtzahl zu addieren.",
    )
    others: int | None = field("The rest.", "Die übrigen.")
    municipality_ags: str | None = field(
        "Municipality by its eight-digit key.", "Gemeinde mit achtstelligem Schlüssel."
    )


@strawberry.type(
    description=both(
        "Families in counselling on a reporting day.", "Familien in Beratung an einem Stichtag."
    )
)
class CaseStatistics(Published):
    as_of: Date = field("The day asked for.", "Der Tag, nach dem gefragt wurde.")
    counted_on: Date = field(
        "The last reporting day (end of a quarter) up to that day: on it all figures were counted."
        " Asked again, they are the same.",
        "Der letzte Berichtsstichtag (Quartalsende) bis zu diesem Tag: an ihm wurde gezählt."
        " Erneut gefragt, bleiben die Zahlen gleich.",
    )
    unit: CountingUnit = field("What is counted.", "Was gezählt wird.")
    small_cell_min: int = field(
        "Smaller counts are not shown.", "Kleinere Zahlen werden nicht gezeigt."
    )
    families: FamilyFigures = field("Families.", "Familien.")
    by_state: list[FamiliesByState] = field("By state.", "Nach Stand.")
    municipalities_as_of: Date = field(
        "The same day as `countedOn`.", "Derselbe Tag wie `countedOn`."
    )
    by_municipality: list[FamiliesByMunicipality] = field("By municipality.", "Nach Gemeinde.")
