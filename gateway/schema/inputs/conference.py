"""What case conferences take."""

import strawberry

from gateway.schema.codes.conferences import (
    ConferenceGround,
    ConferenceOutcomeKind,
    DisclosureBasis,
    UnitType,
)
from gateway.schema.codes.consents import ConsentDataCategory
from gateway.schema.inputs.base import Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input(
    description=both(
        "The decision to disclose; needed for authorities.",
        "Die Entscheidung zur Offenlegung; bei Behörden nötig.",
    )
)
class ConferenceDecisionInput:
    reason: str = needed("Reason.", "Begründung.")
    is_client_informed: bool = needed("The person was told.", "Die Person weiß es.")
    request_reference: str | None = given("Reference of the request.", "Aktenzeichen der Anfrage.")


@strawberry.input(description=both("A unit at the table.", "Eine Stelle am Tisch."))
class ConferenceParticipantInput:
    unit: str = needed("The unit.", "Die Stelle.")
    unit_type: UnitType = needed("Type of the unit.", "Art der Stelle.")
    basis: DisclosureBasis = needed("The legal basis.", "Die Rechtsgrundlage.")
    fields_disclosed: list[ConsentDataCategory] = needed(
        "Categories of data beyond the extract.", "Datenarten über den Auszug hinaus."
    )
    consent_id: strawberry.ID | None = given("UUID of the consent.", "UUID der Einwilligung.")
    release_id: strawberry.ID | None = given(
        "UUID of the release from secrecy.", "UUID der Schweigepflichtentbindung."
    )
    ground: ConferenceGround | None = given("The statute.", "Die Vorschrift.")
    decision: ConferenceDecisionInput | None = given(
        "The decision to disclose; needed for authorities.",
        "Die Entscheidung zur Offenlegung; bei Behörden nötig.",
    )


@strawberry.input(description=both("A decision or task.", "Ein Beschluss oder eine Aufgabe."))
class ConferenceOutcomeInput:
    kind: ConferenceOutcomeKind = needed("Kind.", "Art.")
    text: str = needed("Text.", "Text.")
    responsible_unit: str | None = given(
        "The unit that sees to it.", "Die Stelle, die sich kümmert."
    )
    due_on: Date | None = given("Day on which it is due.", "Tag der Fälligkeit.")


@strawberry.input(description=both("Record a case conference.", "Eine Fallbesprechung festhalten."))
class RecordConferenceInput(Command):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    held_on: Date = needed("Day on which it was held.", "Tag, an dem es stattfand.")
    topics: list[str] = needed("Topics.", "Themen.")
    extract: str = needed(
        "What all at the table see: pseudonymised.", "Was alle am Tisch sehen: pseudonymisiert."
    )
    participants: list[ConferenceParticipantInput] = needed(
        "Units at the table, with what each was told.",
        "Stellen am Tisch, mit dem, was jede erfuhr.",
    )
    outcomes: list[ConferenceOutcomeInput] | None = given(
        "Decisions and tasks.", "Beschlüsse und Aufgaben."
    )
    is_text_checked: bool | None = given(
        "Somebody looked at what seemed a name, number or date.",
        "Was wie Name, Nummer oder Datum aussah, ist geprüft.",
    )
