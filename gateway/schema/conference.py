"""Case conferences, and how often they are held."""

import strawberry

from gateway.schema.codes.conferences import (
    ConferenceGround,
    ConferenceOutcomeKind,
    DisclosureBasis,
    UnitType,
)
from gateway.schema.codes.consents import ConsentDataCategory
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Date, DateTime


@strawberry.type(
    description=both(
        "A unit at the table, with what it was told and why.",
        "Eine Stelle am Tisch, mit dem, was sie erfuhr und warum.",
    )
)
class ConferenceParticipant(Published):
    unit: str = field("The unit.", "Die Stelle.")
    unit_type: UnitType = field("Type of the unit.", "Art der Stelle.")
    basis: DisclosureBasis = field("The legal basis.", "Die Rechtsgrundlage.")
    fields_disclosed: list[ConsentDataCategory] = field(
        "Categories of data beyond the extract.", "Datenarten über den Auszug hinaus."
    )
    consent_id: strawberry.ID | None = field("UUID of the consent.", "UUID der Einwilligung.")
    release_id: strawberry.ID | None = field(
        "UUID of the release from secrecy.", "UUID der Schweigepflichtentbindung."
    )
    ground: ConferenceGround | None = field("The statute.", "Die Vorschrift.")
    decision_reason: str | None = field(
        "Why it was decided to disclose.", "Warum offengelegt werden durfte."
    )
    is_client_informed: bool | None = field("The person was told.", "Die Person weiß es.")
    request_reference: str | None = field("Reference of the request.", "Aktenzeichen der Anfrage.")
    decided_by: str = field("Who decided.", "Wer entschied.")
    decided_at: DateTime = field("When it was decided.", "Wann entschieden wurde.")


@strawberry.type(
    description=both(
        "A decision or task of a conference.",
        "Ein Beschluss oder eine Aufgabe einer Fallbesprechung.",
    )
)
class ConferenceOutcome(Published):
    kind: ConferenceOutcomeKind = field("Decision or task.", "Beschluss oder Aufgabe.")
    text: str = field("Text.", "Text.")
    responsible_unit: str | None = field(
        "The unit that sees to it.", "Die Stelle, die sich kümmert."
    )
    due_on: Date | None = field("Day on which it is due.", "Tag der Fälligkeit.")


@strawberry.type(
    description=both(
        "A case conference: who was told what on which basis.",
        "Eine Fallbesprechung: wer was auf welcher Grundlage erfuhr.",
    )
)
class CaseConference(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    held_on: Date = field("Day on which it was held.", "Tag, an dem es stattfand.")
    topics: list[str] = field("Fields of action.", "Handlungsfelder.")
    extract: str = field(
        "What all at the table see: pseudonymised.", "Was alle am Tisch sehen: pseudonymisiert."
    )
    recorded_by: str = field("Who recorded it.", "Wer es erfasste.")
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    participants: list[ConferenceParticipant] = field(
        "Units at the table, with what each was told.",
        "Stellen am Tisch, mit dem, was jede erfuhr.",
    )
    outcomes: list[ConferenceOutcome] = field("Decisions and tasks.", "Beschlüsse und Aufgaben.")


@strawberry.type(description=both("Conferences with a topic.", "Fallbesprechungen zu einem Thema."))
class TopicFigure(Published):
    topic: str = field("Field of action.", "Handlungsfeld.")
    conferences: int | None = field(
        "How many; null is a small figure that is not shown.",
        "Wie viele; null ist eine kleine Zahl, die nicht gezeigt wird.",
    )


@strawberry.type(description=both("Conferences of a quarter.", "Fallbesprechungen eines Quartals."))
class QuarterFigures(Published):
    quarter: str = field("Quarter, for example 2022-Q1.", "Quartal, zum Beispiel 2022-Q1.")
    conferences: int | None = field(
        "How many; null is a small figure that is not shown.",
        "Wie viele; null ist eine kleine Zahl, die nicht gezeigt wird.",
    )
    topics: list[TopicFigure] = field("Topics.", "Themen.")


@strawberry.type(
    description=both(
        "Conferences of a year, counted over the whole tenant.",
        "Fallbesprechungen eines Jahres, im ganzen Gebiet gezählt.",
    )
)
class ConferenceStatistics(Published):
    year: int = field("Year.", "Jahr.")
    small_cell_min: int = field(
        "The smallest figure that is shown.", "Die kleinste Zahl, die gezeigt wird."
    )
    total: int | None = field(
        "Of the whole year; null is a small figure that is not shown.",
        "Im ganzen Jahr; null ist eine kleine Zahl, die nicht gezeigt wird.",
    )
    by_quarter: list[QuarterFigures] = field("Figures of each quarter.", "Zahlen je Quartal.")
