"""Words of a request under Chapter III GDPR: which right, who asks, how far it is, on what ground.

Codes only. What the person wrote is a document of the file, named by its id: a free text here
would have to be erased with everything else.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from shared.kernel.text import Text


class DataRight(StrEnum):
    ACCESS = "ACCESS"
    RECTIFICATION = "RECTIFICATION"
    ERASURE = "ERASURE"
    RESTRICTION = "RESTRICTION"
    OBJECTION = "OBJECTION"


class RightsState(StrEnum):
    RECEIVED = "RECEIVED"
    EXAMINATION = "EXAMINATION"
    GRANTED = "GRANTED"
    COMPLETED = "COMPLETED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


# The clock of Art. 12 (3) runs until the person has an answer.
UNANSWERED: Final = frozenset({RightsState.RECEIVED, RightsState.EXAMINATION})


class RightsAction(StrEnum):
    CONFIRM_IDENTITY = "confirm-identity"
    EXTEND = "extend"
    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    COMPLETE = "complete"


class AskedBy(StrEnum):
    SELF = "SELF"
    LEGAL_REPRESENTATIVE = "LEGAL_REPRESENTATIVE"
    AUTHORISED_PERSON = "AUTHORISED_PERSON"
    LAWYER = "LAWYER"


class ReceivedVia(StrEnum):
    IN_PERSON = "IN_PERSON"
    LETTER = "LETTER"
    EMAIL = "EMAIL"
    PHONE = "PHONE"
    ONLINE = "ONLINE"


class IdentityCheck(StrEnum):
    """How the unit made sure who asks (Art. 12 (6)); the number of a paper is never kept."""

    KNOWN_IN_PERSON = "KNOWN_IN_PERSON"
    IDENTITY_PAPER_SEEN = "IDENTITY_PAPER_SEEN"
    ELECTRONIC_IDENTITY = "ELECTRONIC_IDENTITY"
    POWER_OF_ATTORNEY_SEEN = "POWER_OF_ATTORNEY_SEEN"
    QUESTION_ANSWERED = "QUESTION_ANSWERED"


class ExtensionReason(StrEnum):
    """The two that Art. 12 (3) sentence 2 knows."""

    COMPLEXITY = "COMPLEXITY"
    NUMBER_OF_REQUESTS = "NUMBER_OF_REQUESTS"


class AskedOn(StrEnum):
    """The ground that the person names, by article."""

    GDPR_17_1_A = "GDPR_17_1_A"
    GDPR_17_1_B = "GDPR_17_1_B"
    GDPR_17_1_C = "GDPR_17_1_C"
    GDPR_17_1_D = "GDPR_17_1_D"
    GDPR_17_1_E = "GDPR_17_1_E"
    GDPR_18_1_A = "GDPR_18_1_A"
    GDPR_18_1_B = "GDPR_18_1_B"
    GDPR_18_1_C = "GDPR_18_1_C"
    GDPR_18_1_D = "GDPR_18_1_D"
    GDPR_21_1 = "GDPR_21_1"


_R = DataRight
# What may be named for which right; the others need no ground.
GROUNDS_TO_ASK: Final[Mapping[DataRight, frozenset[AskedOn]]] = {
    right: frozenset(one for one in AskedOn if one.value.startswith(article))
    for right, article in {
        _R.ERASURE: "GDPR_17",
        _R.RESTRICTION: "GDPR_18",
        _R.OBJECTION: "GDPR_21",
    }.items()
}


class Settlement(StrEnum):
    """How a contested value was settled (Art. 16; § 84 (2) SGB X)."""

    CORRECTED = "CORRECTED"
    ACCURACY_DISPUTED = "ACCURACY_DISPUTED"


class HandedOver(StrEnum):
    """How the answer reached the person."""

    IN_PERSON = "IN_PERSON"
    LETTER = "LETTER"
    ENCRYPTED = "ENCRYPTED"
    PORTAL = "PORTAL"


class ChangeToTell(StrEnum):
    """What recipients are told (Art. 19); the word of the notice they get."""

    DATA_CORRECTED = "DATA_CORRECTED"
    ACCURACY_DISPUTED = "ACCURACY_DISPUTED"
    DATA_ERASED = "DATA_ERASED"
    RESTRICTED = "RESTRICTED"
    OBJECTED = "OBJECTED"


# Rights that change data which others may have received; of an erasure each confirmation says it.
TOLD_AT_ONCE: Final = frozenset({_R.RECTIFICATION, _R.RESTRICTION, _R.OBJECTION})

RIGHT_LABELS: Final[Mapping[DataRight, Text]] = {
    _R.ACCESS: Text(de="Auskunft (Art. 15 DSGVO, § 83 SGB X)", en="Access (Art. 15 GDPR)"),
    _R.RECTIFICATION: Text(
        de="Berichtigung (Art. 16 DSGVO, § 84 SGB X)", en="Rectification (Art. 16 GDPR)"
    ),
    _R.ERASURE: Text(de="Löschung (Art. 17 DSGVO, § 84 SGB X)", en="Erasure (Art. 17 GDPR)"),
    _R.RESTRICTION: Text(
        de="Einschränkung der Verarbeitung (Art. 18 DSGVO)",
        en="Restriction of processing (Art. 18 GDPR)",
    ),
    _R.OBJECTION: Text(
        de="Widerspruch (Art. 21 DSGVO, § 84 Abs. 5 SGB X)", en="Objection (Art. 21 GDPR)"
    ),
}
_A = RightsAction
ACTION_LABELS: Final[Mapping[RightsAction, Text]] = {
    _A.CONFIRM_IDENTITY: Text(de="Identität bestätigen", en="Confirm the identity"),
    _A.EXTEND: Text(de="Frist verlängern", en="Extend the time limit"),
    _A.GRANT: Text(de="Stattgeben", en="Grant"),
    _A.REFUSE: Text(de="Ablehnen", en="Refuse"),
    _A.WITHDRAW: Text(de="Zurückgenommen", en="Withdrawn"),
    _A.COMPLETE: Text(de="Abschließen", en="Complete"),
}
