"""The life of a consent or a release from secrecy: moves K1 to K8 (K1 is the draft itself).

Nothing leads from REVOKED back to ACTIVE: who changes their mind gives a new consent. The scope
of an active one is never edited.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from shared.kernel.lifecycle import Guard, Lifecycle, Move
from shared.kernel.text import Text


class ConsentState(StrEnum):
    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    SCHEDULED = "SCHEDULED"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"
    REFUSED = "REFUSED"
    SUPERSEDED = "SUPERSEDED"
    INVALID = "INVALID"


class ConsentAction(StrEnum):
    GIVE = "give"
    SCHEDULE = "schedule"
    REFUSE = "refuse"
    ACTIVATE = "activate"
    REVOKE = "revoke"
    EXPIRE = "expire"
    SUPERSEDE = "supersede"
    INVALIDATE = "invalidate"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentFacts:
    today: date
    valid_from: date
    valid_to: date
    is_complete: bool = False
    is_evidence_stored: bool = False
    is_successor_active: bool = False
    is_ordered_by_dpo: bool = False


S, A = ConsentState, ConsentAction
# Under these something may have been disclosed.
EVER_EFFECTIVE: Final = frozenset({S.ACTIVE, S.EXPIRED, S.REVOKED, S.SUPERSEDED})
ConsentMove = Move[ConsentState, ConsentFacts]

COMPLETE: Final[Guard[ConsentFacts]] = Guard(
    "consent-complete",
    lambda f: f.is_complete,
    Text(
        de="Der Einwilligung fehlen vorgeschriebene Angaben.",
        en="The consent lacks mandatory particulars.",
    ),
    "§ 67b (2) SGB X, Art. 7 DSGVO",
)
EVIDENCED: Final[Guard[ConsentFacts]] = Guard(
    "evidence-stored",
    lambda f: f.is_evidence_stored,
    Text(
        de="Der Nachweis liegt noch nicht vor: das Dokument hat keinen Inhalt oder enthält "
        "Schadsoftware.",
        en="The evidence is not stored yet: the document has no content or holds malware.",
    ),
    "K2, Art. 7 (1) DSGVO",
)
BEGUN: Final[Guard[ConsentFacts]] = Guard(
    "validity-begun",
    lambda f: f.valid_from <= f.today,
    Text(de="Die Gültigkeit hat noch nicht begonnen.", en="Validity has not begun."),
    "K2, K4",
)
NOT_BEGUN: Final[Guard[ConsentFacts]] = Guard(
    "validity-not-begun",
    lambda f: f.valid_from > f.today,
    Text(de="Die Gültigkeit hat schon begonnen.", en="Validity has already begun."),
    "K2",
)
NOT_OVER: Final[Guard[ConsentFacts]] = Guard(
    "validity-not-over",
    lambda f: f.today <= f.valid_to,
    Text(de="Die Gültigkeit ist schon zu Ende.", en="Validity is already over."),
    "K2, K4",
)
OVER: Final[Guard[ConsentFacts]] = Guard(
    "validity-over",
    lambda f: f.valid_to < f.today,
    Text(de="Der letzte Tag der Gültigkeit ist noch nicht vorbei.", en="Validity is not over."),
    "K6",
)
SUCCESSOR: Final[Guard[ConsentFacts]] = Guard(
    "successor-active",
    lambda f: f.is_successor_active,
    Text(
        de="Keine neue Einwilligung mit demselben Gegenstand wird wirksam.",
        en="No new consent of the same scope becomes active.",
    ),
    "K7",
)
BY_DPO: Final[Guard[ConsentFacts]] = Guard(
    "ordered-by-dpo",
    lambda f: f.is_ordered_by_dpo,
    Text(
        de="Die Unwirksamkeit stellt die oder der Datenschutzbeauftragte fest.",
        en="Only the data protection officer declares a consent invalid.",
    ),
    "K8",
)

_INVALIDATE: Final[dict[ConsentAction, ConsentMove]] = {
    A.INVALIDATE: Move(S.INVALID, "K8", (BY_DPO,))
}

CONSENT_LIFECYCLE: Final[Lifecycle[ConsentState, ConsentAction, ConsentFacts]] = Lifecycle(
    "consent",
    states=ConsentState,
    actions=ConsentAction,
    initial=S.DRAFT,
    moves={
        S.DRAFT: {
            A.GIVE: Move(S.ACTIVE, "K2", (COMPLETE, EVIDENCED, BEGUN, NOT_OVER)),
            A.SCHEDULE: Move(S.SCHEDULED, "K2", (COMPLETE, EVIDENCED, NOT_BEGUN)),
            A.REFUSE: Move(S.REFUSED, "K3"),
            **_INVALIDATE,
        },
        S.SCHEDULED: {
            A.ACTIVATE: Move(S.ACTIVE, "K4", (BEGUN, NOT_OVER)),
            A.REVOKE: Move(S.REVOKED, "K5"),
            **_INVALIDATE,
        },
        S.ACTIVE: {
            A.REVOKE: Move(S.REVOKED, "K5"),
            A.EXPIRE: Move(S.EXPIRED, "K6", (OVER,)),
            A.SUPERSEDE: Move(S.SUPERSEDED, "K7", (SUCCESSOR,)),
            **_INVALIDATE,
        },
        S.EXPIRED: {**_INVALIDATE},
        S.REVOKED: {**_INVALIDATE},
        S.REFUSED: {**_INVALIDATE},
        S.SUPERSEDED: {**_INVALIDATE},
        S.INVALID: {},
    },
)
