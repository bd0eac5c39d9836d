"""Notes: who may read what was said in confidence.

Data entrusted to a member of staff for personal help bind that *person*, not the team (§ 65 SGB
VIII; R-J1). Handing the case over does not hand over the note; a supervisor, deputy or
administrator sees neither its content nor that it exists. A confidential note is for whoever is in
charge of the case and their deputies; supervision works with figures and samples (hazard H6), so
the role of team lead reads none.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from shared.kernel.errors import Conflict, FieldFault, NotPermitted, RuleViolated
from shared.kernel.text import Text


class Confidentiality(StrEnum):
    """NORMAL: the case managers of the unit. CONFIDENTIAL: the writer, the person in charge of the
    case, their deputies in force. ENTRUSTED: the writer, and to whom the writer handed it on.
    """

    NORMAL = "NORMAL"
    CONFIDENTIAL = "CONFIDENTIAL"
    ENTRUSTED = "ENTRUSTED"


class NoteKind(StrEnum):
    CONVERSATION = "CONVERSATION"
    FILE = "FILE"
    MEETING = "MEETING"


class ReleaseReason(StrEnum):
    """The only grounds on which the owner may pass an entrusted note on: § 65 (1) Nr. 1 to 5."""

    CONSENT_OF_ENTRUSTER = "CONSENT_OF_ENTRUSTER"
    FAMILY_COURT_8A = "FAMILY_COURT_8A"
    SUCCESSOR_ON_DANGER = "SUCCESSOR_ON_DANGER"
    RISK_ASSESSMENT = "RISK_ASSESSMENT"
    AS_203_PERSON = "AS_203_PERSON"


class NoteAction(StrEnum):
    CORRECT = "correct"
    HAND_ON = "hand-on"


class NoteReader(StrEnum):
    """As what somebody reads a note. IN_CHARGE are the person in charge of the case and that
    person's deputies of today, RECEIVER is to whom the owner handed it on.
    """

    OWNER = "OWNER"
    RECEIVER = "RECEIVER"
    IN_CHARGE = "IN_CHARGE"
    UNIT = "UNIT"


class ClassReasonMissing(RuleViolated):
    code = "confidentiality-reason-missing"
    title = Text(
        de="Ein Gesprächsvermerk gilt als anvertraut; eine andere Einstufung braucht einen Grund.",
        en="A conversation note counts as entrusted; another class needs a reason.",
    )


class NoteIsCorrected(Conflict):
    code = "note-is-corrected"
    title = Text(
        de="Zu dieser Fassung gibt es eine neuere; bitte diese berichtigen.",
        en="A newer version of this note exists; correct that one.",
    )


class NotTheWriter(NotPermitted):
    code = "not-the-writer"
    title = Text(
        de="Das darf nur, wer den Vermerk geschrieben hat.",
        en="Only whoever wrote the note may do this.",
    )


@dataclass(frozen=True, slots=True)
class NoteClass:
    """The class is set per note at entry (R-J2) and the owner is the person who wrote it."""

    confidentiality: Confidentiality
    owner: str

    def may_read(
        self,
        reader: str,
        *,
        in_charge: Collection[str] = (),
        handed_on_to: Collection[str] = (),
    ) -> bool:
        """`in_charge`: the case manager and the deputies of today. The policy of the table says
        the same, whatever the application asks.
        """
        if reader == self.owner or self.confidentiality is Confidentiality.NORMAL:
            return True
        is_confidential = self.confidentiality is Confidentiality.CONFIDENTIAL
        return reader in (in_charge if is_confidential else handed_on_to)


def classify(
    kind: NoteKind, author: str, wanted: Confidentiality | None, reason: str | None
) -> NoteClass:
    """The class of a new note. Conversation notes are entrusted unless a reason says otherwise.

    Raises ClassReasonMissing.
    """
    is_conversation = kind is NoteKind.CONVERSATION
    usual = Confidentiality.ENTRUSTED if is_conversation else Confidentiality.NORMAL
    chosen = wanted or usual
    loosened = is_conversation and chosen is not Confidentiality.ENTRUSTED
    if loosened and not (reason or "").strip():
        raise ClassReasonMissing
    return NoteClass(chosen, author)


# What is written down may have to be told (R-A3): the writer is warned, never hindered.
_RESIDENCE_HINTS: Final = (
    "illegal",
    "ohne titel",
    "ohne aufenthaltstitel",
    "ohne papiere",
    "untergetaucht",
    "azr-nummer",
    "undocumented",
)


def text_warnings(text: str, pointer: str = "/text") -> tuple[FieldFault, ...]:
    """Warnings for free text that records knowledge about a stay without title."""
    lowered = text.casefold()
    if not any(hint in lowered for hint in _RESIDENCE_HINTS):
        return ()
    return (
        FieldFault(
            pointer,
            "residence-knowledge-in-free-text",
            Text(
                de="Bitte prüfen: Angaben zum Aufenthaltsrecht gehören nur hierher, wenn sie für "
                "die Beratung nötig sind; sie können Mitteilungspflichten auslösen.",
                en="Please check: residence details belong here only if counselling needs them; "
                "they can create duties to report.",
            ),
        ),
    )
