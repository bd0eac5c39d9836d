"""What meetings and the concept take."""

import strawberry

from gateway.schema.codes.meetings import ConceptAction, MeetingBody
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input(
    description=both("Record a meeting of a body.", "Die Sitzung eines Gremiums festhalten.")
)
class RecordMeetingInput(Command):
    body: MeetingBody = needed("The body.", "Das Gremium.")
    body_name: str = needed("Name of the body.", "Name des Gremiums.")
    held_on: Date = needed("Day on which it was held.", "Tag, an dem es stattfand.")
    topics: list[str] = needed("Topics.", "Themen.")
    decisions: list[str] | None = given("Decisions.", "Beschlüsse.")
    participant_units: list[str] | None = given("Units that take part.", "Beteiligte Stellen.")


@strawberry.input(
    description=both(
        "Draft a version of the concept.", "Eine Fassung des Handlungskonzepts anlegen."
    )
)
class DraftConceptInput(Command):
    title: str = needed(
        "What it is about; no names are needed.", "Worum es geht; Namen sind nicht nötig."
    )
    document_reference: str = needed("Where the document lies.", "Wo das Dokument liegt.")
    dated_on: Date = needed("Date of the document.", "Datum des Dokuments.")


@strawberry.input(
    description=both(
        "Endorse, approve or withdraw a version of the concept.",
        "Einer Fassung des Handlungskonzepts zustimmen, sie genehmigen oder zurückziehen.",
    )
)
class PerformConceptActionInput(Change):
    concept_id: strawberry.ID = needed(
        "UUID of the version of the concept.", "UUID der Fassung des Handlungskonzepts."
    )
    action: ConceptAction = needed("The action.", "Die Aktion.")
    on_date: Date = needed("Day of the step.", "Tag des Schritts.")
    meeting_id: strawberry.ID | None = given(
        "To endorse: the meeting of the steering group on that day.",
        "Zur Zustimmung: die Sitzung der Lenkungsgruppe an diesem Tag.",
    )
    approved_by: str | None = given("The granting authority.", "Die Bewilligungsbehörde.")
    approval_reference: str | None = given(
        "Reference of the approval.", "Aktenzeichen der Genehmigung."
    )
