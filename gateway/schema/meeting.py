"""Meetings of the bodies, and versions of the concept."""

import strawberry

from gateway.schema.codes.meetings import ConceptState, MeetingBody
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Date, DateTime


@strawberry.type(
    description=both(
        "A meeting of a body of the programme.", "Eine Sitzung eines Gremiums des Programms."
    )
)
class Meeting(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    body: MeetingBody = field("The body.", "Das Gremium.")
    body_name: str = field("Name of the body.", "Name des Gremiums.")
    held_on: Date = field("Day on which it was held.", "Tag, an dem es stattfand.")
    participant_units: list[str] = field("Units that take part.", "Beteiligte Stellen.")
    topics: list[str] = field("Topics.", "Themen.")
    decisions: list[str] = field("Decisions.", "Beschlüsse.")
    unit_id: str = field("The unit that is responsible.", "Die verantwortliche Stelle.")
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")


@strawberry.type(
    description=both("A version of the concept.", "Eine Fassung des Handlungskonzepts.")
)
class ConceptVersion(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    number: int = field("Number of the version.", "Nummer der Fassung.")
    state: ConceptState = field("State.", "Stand.")
    title: str = field("Title.", "Titel.")
    document_reference: str = field("Where the document lies.", "Wo das Dokument liegt.")
    dated_on: Date = field("Date of the document.", "Datum des Dokuments.")
    endorsed_on: Date | None = field(
        "Day of the steering group's word.", "Tag der Zustimmung der Lenkungsgruppe."
    )
    endorsed_in: strawberry.ID | None = field(
        "UUID of the meeting that endorsed it.", "UUID der Sitzung, die zustimmte."
    )
    approved_on: Date | None = field("Day of the approval.", "Tag der Genehmigung.")
    approved_by: str | None = field("The granting authority.", "Die Bewilligungsbehörde.")
    approval_reference: str | None = field(
        "Reference of the approval.", "Aktenzeichen der Genehmigung."
    )
    withdrawn_on: Date | None = field("Day of the withdrawal.", "Tag der Rücknahme.")
    unit_id: str = field("The unit that is responsible.", "Die verantwortliche Stelle.")
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
