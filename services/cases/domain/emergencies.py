"""Emergency access (break-glass): a case manager opens one case of the own unit for some minutes.

It opens the confidential notes of the case, and the case itself where the unit shows cases only to
whoever holds them. It never opens entrusted notes (§ 65 SGB VIII), the whereabouts of restricted
persons (§ 51 BMG), another unit or tenant, nor anything to posts of foreigners' authorities (H1).
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from shared.kernel.errors import Conflict, NotPermitted
from shared.kernel.lifecycle import Lifecycle, Move
from shared.kernel.text import Text

# The database refuses more, whatever an installation sets.
EMERGENCY_MINUTES_MAX: Final = 24 * 60
JUSTIFICATION_LENGTH_MIN: Final = 20


class EmergencyReason(StrEnum):
    DANGER_TO_LIFE_OR_HEALTH = "DANGER_TO_LIFE_OR_HEALTH"
    CHILD_AT_RISK = "CHILD_AT_RISK"
    DEADLINE_TODAY = "DEADLINE_TODAY"
    PERSON_IN_CHARGE_UNREACHABLE = "PERSON_IN_CHARGE_UNREACHABLE"


class EmergencyVerdict(StrEnum):
    JUSTIFIED = "JUSTIFIED"
    NOT_JUSTIFIED = "NOT_JUSTIFIED"


class EmergencyState(StrEnum):
    OPEN = "OPEN"
    ENDED = "ENDED"
    EXPIRED = "EXPIRED"
    REVIEWED = "REVIEWED"


class EmergencyAction(StrEnum):
    """`expire` is done by the clock; `review` by the data protection officer."""

    END = "end"
    EXPIRE = "expire"
    REVIEW = "review"


EMERGENCY_LIFECYCLE: Final[Lifecycle[EmergencyState, EmergencyAction, None]] = Lifecycle(
    "emergency-access",
    states=EmergencyState,
    actions=EmergencyAction,
    initial=EmergencyState.OPEN,
    moves={
        EmergencyState.OPEN: {
            EmergencyAction.END: Move(EmergencyState.ENDED, "N1"),
            EmergencyAction.EXPIRE: Move(EmergencyState.EXPIRED, "N2"),
        },
        EmergencyState.ENDED: {EmergencyAction.REVIEW: Move(EmergencyState.REVIEWED, "N3")},
        EmergencyState.EXPIRED: {EmergencyAction.REVIEW: Move(EmergencyState.REVIEWED, "N4")},
        EmergencyState.REVIEWED: {},
    },
)


class EmergencyIsOpen(Conflict):
    code = "emergency-is-open"
    title = Text(
        de="Ihr Notfallzugriff auf diesen Fall läuft schon.",
        en="Your emergency access to this case is running already.",
    )


class EmergencyNotNeeded(Conflict):
    code = "emergency-not-needed"
    title = Text(
        de="Sie führen diesen Fall oder vertreten heute; ein Notfallzugriff ist nicht nötig.",
        en="You are in charge of this case or stand in today; no emergency access is needed.",
    )


class OwnEmergency(NotPermitted):
    code = "own-emergency"
    title = Text(
        de="Den eigenen Notfallzugriff prüft eine andere Person.",
        en="Somebody else reviews one's own emergency access.",
    )


def expiry(opened_at: datetime, minutes: int) -> datetime:
    """When the access ends by itself; `minutes` is the setting of the installation."""
    return opened_at + timedelta(minutes=min(minutes, EMERGENCY_MINUTES_MAX))


def state_of_emergency(
    expires_at: datetime, at: datetime, *, is_ended: bool, is_reviewed: bool
) -> EmergencyState:
    """Where it stands at the instant `at`; the last moment belongs to the access no more."""
    if is_reviewed:
        return EmergencyState.REVIEWED
    if is_ended:
        return EmergencyState.ENDED
    return EmergencyState.EXPIRED if at >= expires_at else EmergencyState.OPEN
