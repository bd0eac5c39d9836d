"""Structural findings, and where their extracts came from."""

import strawberry

from gateway.schema.codes.cases import CaseState, ClosingReason
from gateway.schema.codes.findings import ArrivalBand, ExtractAgeBand, FindingState, MethodStep
from gateway.schema.offer import FoundOffer
from gateway.schema.published import Published, both, field
from gateway.schema.reads import related
from gateway.schema.scalars import Date, DateTime


@strawberry.type(description=both("A step of the case analysis.", "Ein Schritt der Fallanalyse."))
class FindingStep(Published):
    step: MethodStep = field("The step.", "Der Schritt.")
    done_on: Date = field("Day on which it was done.", "Tag, an dem er getan wurde.")
    result: str = field("What came of it.", "Was dabei herauskam.")


@strawberry.type(
    description=both(
        "An anonymised extract: no unit, no person, no case, no time.",
        "Ein anonymisierter Auszug: keine Stelle, keine Person, kein Fall, keine Zeit.",
    )
)
class FindingExtract(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    field_of_action: str = field("Field of action.", "Handlungsfeld.")
    residence_group: str = field("Residence group.", "Aufenthaltsgruppe.")
    arrival_band: ArrivalBand = field("Period of arrival.", "Zeitraum der Ankunft.")
    age_band: ExtractAgeBand = field("Age band.", "Altersgruppe.")
    language: str | None = field("Language, ISO 639-3.", "Sprache, ISO 639-3.")
    municipality_ags: str | None = field(
        "Municipality by its eight-digit key.", "Gemeinde mit achtstelligem Schlüssel."
    )
    problem: str = field(
        "The problem, without anything that points to a person.",
        "Das Problem, ohne alles, was auf eine Person hinweist.",
    )


@strawberry.type(
    description=both(
        "What several cases say about deficient structures.",
        "Was mehrere Fälle über strukturelle Mängel sagen.",
    )
)
class StructuralFinding(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    state: FindingState = field("State.", "Stand.")
    title: str = field("Title.", "Titel.")
    field_of_action: str = field("Field of action.", "Handlungsfeld.")
    participant_units: list[str] = field("Units that take part.", "Beteiligte Stellen.")
    partner_units: list[str] = field("Partner units.", "Partnerstellen.")
    proposed_measure: str | None = field("The measure proposed.", "Die vorgeschlagene Maßnahme.")
    funding_reference: str | None = field(
        "Key of the funding line that pays.", "Schlüssel des Bausteins, der bezahlt."
    )
    funding_line_id: strawberry.ID | None = field(
        "UUID of the line of an award that pays.", "UUID der Bescheidzeile, die bezahlt."
    )
    reason: str | None = field("Reason.", "Begründung.")
    unit_id: str = field("The unit that is responsible.", "Die verantwortliche Stelle.")
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
    steps: list[FindingStep] = field(
        "Steps of the method that were taken.", "Schritte der Methode, die getan sind."
    )
    extracts: list[FindingExtract] = field(
        "Anonymised extracts, in no telling order.",
        "Anonymisierte Auszüge, in einer Reihenfolge, die nichts verrät.",
    )
    offers: list[FoundOffer] = field(
        "What it says about offers of the directory.",
        "Was sie über Angebote des Verzeichnisses sagt.",
    )


@strawberry.type(
    description=both(
        "Which extract was made from a case; for its own unit alone.",
        "Welcher Auszug aus einem Fall entstand; nur für dessen eigene Stelle.",
    )
)
class ExtractOrigin(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    finding_id: strawberry.ID = field("UUID of the structural finding.", "UUID der Fallanalyse.")
    extract_id: strawberry.ID = field("UUID of the extract.", "UUID des Auszugs.")
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    finding = related(
        "cases /v1/structural-findings",
        StructuralFinding,
        "findingId",
        en="The structural finding.",
        de="Die Fallanalyse.",
    )


@strawberry.type(
    description=both(
        "A case without anything that points to a person.",
        "Ein Fall ohne alles, was auf eine Person hinweist.",
    )
)
class CaseExtract(Published):
    state: CaseState = field("State.", "Stand.")
    opened_year: int = field("Year of the opening.", "Jahr der Eröffnung.")
    closing_reason: ClosingReason | None = field(
        "Why a case ends with it.", "Warum ein Fall damit endet."
    )
    fields_of_action: list[str] = field("Fields of action.", "Handlungsfelder.")
