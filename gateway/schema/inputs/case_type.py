"""What case types and custom fields take."""

import strawberry

from gateway.schema.codes.documents import CaseTypeAction
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Json


@strawberry.input(description=both("Name in both languages.", "Bezeichnung in beiden Sprachen."))
class LabelInput:
    de: str = needed("In German.", "Auf Deutsch.")
    en: str = needed("In English.", "Auf Englisch.")


@strawberry.input(
    description=both("A result that a case type offers.", "Ein Ergebnis, das ein Falltyp anbietet.")
)
class CaseTypeResultInput:
    closing_reason: str = needed("Why a case ends with it.", "Warum ein Fall damit endet.")
    retention_years: int = needed(
        "Whole years after the year of closing.", "Volle Jahre nach dem Jahr des Abschlusses."
    )


@strawberry.input(
    description=both(
        "Draft the next version of a case type.", "Die nächste Fassung eines Falltyps entwerfen."
    )
)
class DraftCaseTypeInput(Command):
    label: LabelInput = needed("Name in both languages.", "Bezeichnung in beiden Sprachen.")
    results: list[CaseTypeResultInput] = needed(
        "Results the type offers.", "Ergebnisse, die der Typ anbietet."
    )
    fields_schema: Json = needed(
        "JSON Schema of the custom fields.", "JSON-Schema der Zusatzfelder."
    )
    code: str = needed("Code.", "Schlüssel.")
    needs_plan_approval: bool | None = given(
        "A second person approves the plan.", "Eine zweite Person gibt den Hilfeplan frei."
    )


@strawberry.input(description=both("Change a draft.", "Einen Entwurf ändern."))
class ChangeCaseTypeInput(Change):
    case_type_id: strawberry.ID = needed(
        "UUID of the version of the case type.", "UUID der Fassung des Falltyps."
    )
    label: LabelInput = needed("Name in both languages.", "Bezeichnung in beiden Sprachen.")
    results: list[CaseTypeResultInput] = needed(
        "Results the type offers.", "Ergebnisse, die der Typ anbietet."
    )
    fields_schema: Json = needed(
        "JSON Schema of the custom fields.", "JSON-Schema der Zusatzfelder."
    )
    needs_plan_approval: bool | None = given(
        "A second person approves the plan.", "Eine zweite Person gibt den Hilfeplan frei."
    )


@strawberry.input(
    description=both(
        "Publish or retire a case type.", "Einen Falltyp veröffentlichen oder zurückziehen."
    )
)
class PerformCaseTypeActionInput(Change):
    case_type_id: strawberry.ID = needed(
        "UUID of the version of the case type.", "UUID der Fassung des Falltyps."
    )
    action: CaseTypeAction = needed("The action.", "Die Aktion.")


@strawberry.input(
    description=both(
        "Store the custom fields of a case.", "Die Zusatzfelder eines Falls speichern."
    )
)
class SetCustomFieldsInput(Change):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    fields: Json = needed(
        "All custom fields, as the case type describes them.",
        "Alle Zusatzfelder, wie der Falltyp sie beschreibt.",
    )
