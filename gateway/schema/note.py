"""Notes, and to whom entrusted ones were handed on."""

import strawberry

from gateway.schema.access import NoteAccess, access_of
from gateway.schema.codes.case_files import Confidentiality, NoteKind
from gateway.schema.codes.consents import ConsentDataCategory
from gateway.schema.codes.work import NoteAction, NoteReader, NoteReleaseReason, SecrecyGround
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Date, DateTime


@strawberry.type(
    description=both(
        "A note; who may read it is decided note by note.",
        "Ein Vermerk; wer ihn lesen darf, steht bei jedem Vermerk.",
    )
)
class Note(Published):
    access = access_of(NoteAccess)
    id: strawberry.ID = field("UUID.", "UUID.")
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    series_id: strawberry.ID = field("UUID of the first version.", "UUID der ersten Fassung.")
    number: int = field("Number of the version.", "Nummer der Fassung.")
    is_current: bool = field(
        "The latest of its field of action.", "Die neueste ihres Handlungsfelds."
    )
    correction_reason: str | None = field("Why it was corrected.", "Warum er berichtigt wurde.")
    kind: NoteKind = field("Kind.", "Art.")
    confidentiality: Confidentiality = field("Who may read it.", "Wer ihn lesen darf.")
    class_reason: str | None = field("Why it is not entrusted.", "Warum er nicht anvertraut ist.")
    owner: str = field("Whose note it is.", "Wessen Vermerk es ist.")
    entrusted_by_id: strawberry.ID | None = field(
        "UUID of the person who entrusted it.", "UUID der Person, die ihn anvertraut hat."
    )
    held_on: Date = field("Day on which it was held.", "Tag, an dem es stattfand.")
    text: str = field("Text.", "Text.")
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    read_as: NoteReader = field(
        "As what the caller reads it.", "Als was die anfragende Person ihn liest."
    )
    allowed_actions: list[NoteAction] = field(
        "What can be done with it: the buttons to draw.",
        "Was damit möglich ist: die Knöpfe, die zu zeigen sind.",
    )


@strawberry.type(
    description=both(
        "An entrusted note was handed on by its owner.",
        "Ein anvertrauter Vermerk wurde weitergegeben.",
    )
)
class NoteRelease(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    note_id: strawberry.ID = field("UUID of the note.", "UUID des Vermerks.")
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    reason: NoteReleaseReason = field("Reason.", "Begründung.")
    receiver: str | None = field(
        "A colleague of the unit, who then reads it.",
        "Eine Fachkraft der Stelle, die ihn dann liest.",
    )
    outside_receiver: str | None = field(
        "Family court or expert outside, who reads nothing here.",
        "Familiengericht oder Fachkraft außerhalb; liest hier nichts.",
    )
    justification: str = field(
        "The purpose, to which the receiver is bound.",
        "Der Zweck, an den die empfangende Person gebunden ist.",
    )
    data_categories: list[ConsentDataCategory] = field(
        "What the note is about.", "Worum es in dem Vermerk geht."
    )
    consent_id: strawberry.ID | None = field("UUID of the consent.", "UUID der Einwilligung.")
    release_id: strawberry.ID | None = field(
        "UUID of the release from secrecy.", "UUID der Schweigepflichtentbindung."
    )
    danger_signs: str | None = field(
        "Signs of danger to a child.", "Anhaltspunkte für eine Gefährdung."
    )
    court_reference: str | None = field("Reference of the court.", "Aktenzeichen des Gerichts.")
    secrecy_ground: SecrecyGround | None = field(
        "Ground under § 203 StGB.", "Befugnis nach § 203 StGB."
    )
    recorded_by: str = field("Who recorded it.", "Wer es erfasste.")
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
