"""Case types in versions."""

import strawberry

from gateway.schema.codes.documents import CaseTypeState
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import DateTime, Json
from gateway.schema.texts import BothLanguages


@strawberry.type(
    description=both("A result that a case type offers.", "Ein Ergebnis, das ein Falltyp anbietet.")
)
class CaseTypeResult(Published):
    closing_reason: str = field("Why a case ends with it.", "Warum ein Fall damit endet.")
    retention_years: int = field(
        "Whole years after the year of closing.", "Volle Jahre nach dem Jahr des Abschlusses."
    )


@strawberry.type(description=both("A version of a case type.", "Eine Fassung eines Falltyps."))
class CaseType(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    code: str = field("Code.", "Schlüssel.")
    number: int = field("Number of the version.", "Nummer der Fassung.")
    state: CaseTypeState = field("State.", "Stand.")
    label: BothLanguages = field("Name in both languages.", "Bezeichnung in beiden Sprachen.")
    results: list[CaseTypeResult] = field(
        "Results the type offers.", "Ergebnisse, die der Typ anbietet."
    )
    fields_schema: Json = field(
        "JSON Schema of the custom fields.", "JSON-Schema der Zusatzfelder."
    )
    needs_plan_approval: bool = field(
        "A second person approves the plan.", "Eine zweite Person gibt den Hilfeplan frei."
    )
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")


@strawberry.type(
    description=both(
        "The version of the case type that a case has.",
        "Die Fassung des Falltyps, die ein Fall hat.",
    )
)
class TypeOfCase(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    code: str = field("Code.", "Schlüssel.")
    number: int = field("Number of the version.", "Nummer der Fassung.")
