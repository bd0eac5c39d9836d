"""What correcting and handing on a note take."""

import strawberry

from gateway.schema.codes.consents import ConsentDataCategory
from gateway.schema.codes.work import NoteReleaseReason, SecrecyGround
from gateway.schema.inputs.base import Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input(
    description=both(
        "Correct a note by a new version; the one before stays.",
        "Einen Vermerk durch eine neue Fassung berichtigen; die alte bleibt.",
    )
)
class CorrectNoteInput(Command):
    note_id: strawberry.ID = needed("UUID of the note.", "UUID des Vermerks.")
    text: str = needed("Text.", "Text.")
    held_on: Date = needed("Day on which it was held.", "Tag, an dem es stattfand.")
    reason: str = needed("Reason.", "Begründung.")


@strawberry.input(
    description=both(
        "Hand an entrusted note on, by its owner alone.",
        "Einen anvertrauten Vermerk weitergeben; das darf nur, wem er anvertraut ist.",
    )
)
class HandOnNoteInput(Command):
    note_id: strawberry.ID = needed("UUID of the note.", "UUID des Vermerks.")
    reason: NoteReleaseReason = needed("Reason.", "Begründung.")
    justification: str = needed(
        "The purpose, to which the receiver is bound.",
        "Der Zweck, an den die empfangende Person gebunden ist.",
    )
    receiver: str | None = given(
        "A colleague of the unit, who then reads it.",
        "Eine Fachkraft der Stelle, die ihn dann liest.",
    )
    outside_receiver: str | None = given(
        "Family court or expert outside, who reads nothing here.",
        "Familiengericht oder Fachkraft außerhalb; liest hier nichts.",
    )
    data_categories: list[ConsentDataCategory] | None = given(
        "What the note is about.", "Worum es in dem Vermerk geht."
    )
    consent_id: strawberry.ID | None = given("UUID of the consent.", "UUID der Einwilligung.")
    release_id: strawberry.ID | None = given(
        "UUID of the release from secrecy.", "UUID der Schweigepflichtentbindung."
    )
    danger_signs: str | None = given(
        "Signs of danger to a child.", "Anhaltspunkte für eine Gefährdung."
    )
    is_needed_for_assessment: bool | None = given(
        "Needed to assess the danger.", "Für die Gefährdungseinschätzung nötig."
    )
    is_pseudonymised: bool | None = given(
        "What is told is pseudonymised.", "Das Mitgeteilte ist pseudonymisiert."
    )
    court_reference: str | None = given("Reference of the court.", "Aktenzeichen des Gerichts.")
    is_decision_impossible_otherwise: bool | None = given(
        "The court could not decide without it.", "Ohne ihn könnte das Gericht nicht entscheiden."
    )
    secrecy_ground: SecrecyGround | None = given(
        "Ground under § 203 StGB.", "Befugnis nach § 203 StGB."
    )
