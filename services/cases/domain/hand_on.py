"""Handing an entrusted note on: the grounds of § 65 (1) Nr. 1 to 5 SGB VIII, one by one.

Only the person to whom something was entrusted decides, and only for one note and one named
receiver, who is bound to the purpose. Research (Nr. 6 and 7) is not offered. What each ground
asks for is our reading of the statute: a lawyer of the body must confirm it before use.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.cases.domain.notes import ReleaseReason
from shared.kernel.errors import Conflict, FieldFault
from shared.kernel.lifecycle import Guard, GuardFailed
from shared.kernel.text import Text


class SecrecyGround(StrEnum):
    """Why a person named in § 203 (1) StGB would be allowed to disclose (§ 65 (1) Nr. 5)."""

    RELEASE = "RELEASE"
    JUSTIFYING_EMERGENCY = "JUSTIFYING_EMERGENCY"
    STATUTORY_DUTY = "STATUTORY_DUTY"


class NoteIsNotEntrusted(Conflict):
    code = "note-is-not-entrusted"
    title = Text(
        de="Nur ein anvertrauter Vermerk wird weitergegeben.",
        en="Only an entrusted note is handed on.",
    )


class NoteIsHandedOn(Conflict):
    code = "note-is-handed-on"
    title = Text(
        de="Diese Person hat den Vermerk schon erhalten.",
        en="This person has received the note already.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOnFacts:
    """`is_receiver_bound`: an active colleague of the unit, bound to secrecy (R-203-1).

    `is_release_needed`: the writer is a professional under § 203 (1) StGB, so a consent alone
    does not free them (hazard H5).
    """

    is_receiver_bound: bool = False
    is_receiver_in_charge: bool = False
    is_receiver_outside: bool = False
    is_consent_covering: bool = False
    is_release_needed: bool = False
    is_release_covering: bool = False
    has_danger_signs: bool = False
    is_needed_for_assessment: bool = False
    is_pseudonymised: bool = False
    has_court_reference: bool = False
    is_decision_impossible_otherwise: bool = False
    secrecy_ground: SecrecyGround | None = None


HandOnGuard = Guard[HandOnFacts]

RECEIVER_BOUND: Final[HandOnGuard] = Guard(
    "receiver-bound-to-secrecy",
    lambda f: f.is_receiver_bound and not f.is_receiver_outside,
    Text(
        de="Empfangen kann nur eine tätige, auf das Geheimnis verpflichtete Person der Stelle.",
        en="Only an active colleague of the unit who is bound to secrecy can receive it.",
    ),
    "§ 35 (1) SGB I, § 203 (4) StGB",
)
CONSENT_COVERS: Final[HandOnGuard] = Guard(
    "consent-covers-hand-on",
    lambda f: f.is_consent_covering,
    Text(
        de="Keine wirksame Einwilligung der anvertrauenden Person deckt diese Weitergabe.",
        en="No consent in force of the person who entrusted it covers this.",
    ),
    "§ 65 (1) Nr. 1 SGB VIII",
)
RELEASE_COVERS: Final[HandOnGuard] = Guard(
    "release-covers-hand-on",
    lambda f: f.is_release_covering or not f.is_release_needed,
    Text(
        de="Die Entbindung von der Schweigepflicht fehlt oder deckt diese Weitergabe nicht.",
        en="The release from secrecy is missing or does not cover this.",
    ),
    "§ 203 (1) StGB",
)
TO_THE_COURT: Final[HandOnGuard] = Guard(
    "family-court-named",
    lambda f: f.is_receiver_outside and f.has_court_reference,
    Text(
        de="Familiengericht und Aktenzeichen sind zu nennen.",
        en="The family court and its reference must be named.",
    ),
    "§ 65 (1) Nr. 2, § 8a (2) SGB VIII",
)
COURT_NEEDS_IT: Final[HandOnGuard] = Guard(
    "decision-impossible-otherwise",
    lambda f: f.is_decision_impossible_otherwise,
    Text(
        de="Es ist nicht erklärt, dass das Gericht sonst nicht entscheiden könnte.",
        en="It is not stated that the court could not decide without it.",
    ),
    "§ 65 (1) Nr. 2 SGB VIII",
)
DANGER_SIGNS: Final[HandOnGuard] = Guard(
    "danger-signs-recorded",
    lambda f: f.has_danger_signs,
    Text(
        de="Anhaltspunkte für eine Gefährdung des Kindeswohls sind nicht festgehalten.",
        en="Signs of a danger to a child's welfare are not recorded.",
    ),
    "§ 65 (1) Nr. 2 bis 4 SGB VIII",
)
NEEDED_FOR_ASSESSMENT: Final[HandOnGuard] = Guard(
    "needed-for-risk-assessment",
    lambda f: f.is_needed_for_assessment,
    Text(
        de="Es ist nicht erklärt, dass die Risikoabschätzung den Vermerk braucht.",
        en="It is not stated that the risk assessment needs the note.",
    ),
    "§ 65 (1) Nr. 3 und 4 SGB VIII",
)
RECEIVER_IN_CHARGE: Final[HandOnGuard] = Guard(
    "receiver-is-successor",
    lambda f: f.is_receiver_in_charge,
    Text(
        de="Die empfangende Person ist nicht für den Fall zuständig geworden.",
        en="The receiver has not become the person in charge of the case.",
    ),
    "§ 65 (1) Nr. 3 SGB VIII",
)
EXPERT_RECEIVES: Final[HandOnGuard] = Guard(
    "expert-bound-or-pseudonymised",
    lambda f: f.is_pseudonymised if f.is_receiver_outside else f.is_receiver_bound,
    Text(
        de="Eine Fachkraft außerhalb der Stelle erhält nur pseudonymisierte Angaben, eine in der "
        "Stelle muss auf das Geheimnis verpflichtet sein.",
        en="An expert outside the unit gets pseudonymised data only, one inside must be bound to "
        "secrecy.",
    ),
    "§ 65 (1) Nr. 4, § 64 (2a) SGB VIII",
)
SECRECY_GROUND: Final[HandOnGuard] = Guard(
    "secrecy-ground-named",
    lambda f: (
        f.secrecy_ground is not None
        and (f.secrecy_ground is not SecrecyGround.RELEASE or f.is_release_covering)
    ),
    Text(
        de="Die Befugnis nach § 203 StGB ist nicht benannt oder nicht belegt.",
        en="The authority under § 203 StGB is not named or not supported.",
    ),
    "§ 65 (1) Nr. 5 SGB VIII",
)

# § 65 (1) Nr. 1 to 5, in their order.
GROUNDS: Final[Mapping[ReleaseReason, tuple[HandOnGuard, ...]]] = {
    ReleaseReason.CONSENT_OF_ENTRUSTER: (RECEIVER_BOUND, CONSENT_COVERS, RELEASE_COVERS),
    ReleaseReason.FAMILY_COURT_8A: (TO_THE_COURT, DANGER_SIGNS, COURT_NEEDS_IT),
    ReleaseReason.SUCCESSOR_ON_DANGER: (
        RECEIVER_BOUND, RECEIVER_IN_CHARGE, DANGER_SIGNS, NEEDED_FOR_ASSESSMENT,
    ),
    ReleaseReason.RISK_ASSESSMENT: (EXPERT_RECEIVES, DANGER_SIGNS, NEEDED_FOR_ASSESSMENT),
    ReleaseReason.AS_203_PERSON: (RECEIVER_BOUND, SECRECY_GROUND),
}  # fmt: skip


def require_ground(reason: ReleaseReason, facts: HandOnFacts) -> None:
    """Raises GuardFailed with everything that the ground still lacks."""
    failing = [guard for guard in GROUNDS[reason] if not guard.holds(facts)]
    if failing:
        raise GuardFailed(
            failing[0].message,
            faults=tuple(FieldFault("", guard.id, guard.message) for guard in failing),
            action="hand-on",
            guards=[guard.id for guard in failing],
        )
