"""What structural findings take."""

import strawberry

from gateway.schema.codes.findings import FindingAction, MethodStep
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input(
    description=both(
        "An anonymised extract of a case of the own unit.",
        "Ein anonymisierter Auszug aus einem Fall der eigenen Stelle.",
    )
)
class FindingExtractInput:
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    field_of_action: str = needed("Field of action.", "Handlungsfeld.")
    problem: str = needed(
        "The problem, without anything that points to a person.",
        "Das Problem, ohne alles, was auf eine Person hinweist.",
    )
    arrival_year: int | None = given(
        "Year of arrival; becomes a band and is not stored.",
        "Jahr der Ankunft; wird zum Zeitraum und nicht gespeichert.",
    )
    is_municipality_named: bool | None = given(
        "Name the municipality, where enough cases look the same.",
        "Die Gemeinde nennen, wo genug Fälle gleich aussehen.",
    )
    is_text_checked: bool | None = given(
        "Somebody looked at what seemed a name, number or date.",
        "Was wie Name, Nummer oder Datum aussah, ist geprüft.",
    )


@strawberry.input(description=both("Record a structural finding.", "Eine Fallanalyse anlegen."))
class RecordFindingInput(Command):
    title: str = needed(
        "What it is about; no names are needed.", "Worum es geht; Namen sind nicht nötig."
    )
    field_of_action: str = needed("Field of action.", "Handlungsfeld.")
    extracts: list[FindingExtractInput] = needed(
        "Anonymised extracts, one at least.", "Anonymisierte Auszüge, mindestens einer."
    )
    participant_units: list[str] | None = given("Units that take part.", "Beteiligte Stellen.")
    partner_units: list[str] | None = given("Partner units.", "Partnerstellen.")


@strawberry.input(
    description=both("Describe a structural finding.", "Eine Fallanalyse beschreiben.")
)
class DescribeFindingInput(Change):
    finding_id: strawberry.ID = needed("UUID of the structural finding.", "UUID der Fallanalyse.")
    title: str = needed(
        "What it is about; no names are needed.", "Worum es geht; Namen sind nicht nötig."
    )
    field_of_action: str = needed("Field of action.", "Handlungsfeld.")
    participant_units: list[str] = needed("Units that take part.", "Beteiligte Stellen.")
    partner_units: list[str] = needed("Partner units.", "Partnerstellen.")
    proposed_measure: str | None = needed("The measure proposed.", "Die vorgeschlagene Maßnahme.")
    funding_reference: str | None = needed(
        "Key of the funding line that pays.", "Schlüssel des Bausteins, der bezahlt."
    )
    funding_line_id: strawberry.ID | None = given(
        "UUID of the line of an award that pays.", "UUID der Bescheidzeile, die bezahlt."
    )


@strawberry.input(
    description=both("Add an anonymised extract.", "Einen anonymisierten Auszug ergänzen.")
)
class AddFindingExtractInput(Command):
    finding_id: strawberry.ID = needed("UUID of the structural finding.", "UUID der Fallanalyse.")
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    field_of_action: str = needed("Field of action.", "Handlungsfeld.")
    problem: str = needed(
        "The problem, without anything that points to a person.",
        "Das Problem, ohne alles, was auf eine Person hinweist.",
    )
    arrival_year: int | None = given(
        "Year of arrival; becomes a band and is not stored.",
        "Jahr der Ankunft; wird zum Zeitraum und nicht gespeichert.",
    )
    is_municipality_named: bool | None = given(
        "Name the municipality, where enough cases look the same.",
        "Die Gemeinde nennen, wo genug Fälle gleich aussehen.",
    )
    is_text_checked: bool | None = given(
        "Somebody looked at what seemed a name, number or date.",
        "Was wie Name, Nummer oder Datum aussah, ist geprüft.",
    )


@strawberry.input(
    description=both(
        "Record a step of the case analysis.", "Einen Schritt der Fallanalyse festhalten."
    )
)
class RecordFindingStepInput(Command):
    finding_id: strawberry.ID = needed("UUID of the structural finding.", "UUID der Fallanalyse.")
    step: MethodStep = needed("The step.", "Der Schritt.")
    done_on: Date = needed("Day on which it was done.", "Tag, an dem er getan wurde.")
    result: str = needed("Result.", "Ergebnis.")


@strawberry.input(
    description=both("Move a structural finding on.", "Eine Fallanalyse weiterführen.")
)
class PerformFindingActionInput(Change):
    finding_id: strawberry.ID = needed("UUID of the structural finding.", "UUID der Fallanalyse.")
    action: FindingAction = needed("The action.", "Die Aktion.")
    reason: str | None = given("Reason.", "Begründung.")
