"""What can be done with a referral without changing its state, as a table beside the lifecycle.

A hold or an amendment is no state: the published state table stays as it is.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from services.referrals.domain.codes import ReferralState as S
from services.referrals.domain.codes import Side
from services.referrals.domain.lifecycle import NotYourSide
from shared.kernel.errors import Conflict
from shared.kernel.lifecycle import TransitionNotAllowed
from shared.kernel.text import Text


class OverlayAction(StrEnum):
    """The value is the verb in the path of the command."""

    AMEND = "amend"
    POST_MESSAGE = "post-message"
    HOLD = "hold"
    RESUME = "resume"
    ASSIGN = "assign"


class TooLateToAmend(Conflict):
    code = "too-late-to-amend"
    title = Text(
        de="Was beendet oder beantwortet ist, wird nicht mehr geändert.",
        en="What has ended or was refused is not changed any more.",
    )


class HoldReason(StrEnum):
    """Why a recipient cannot go on for a while; the sender learns this code."""

    WAITING_FOR_PERSON = "WAITING_FOR_PERSON"
    WAITING_FOR_SENDER = "WAITING_FOR_SENDER"
    WAITING_FOR_THIRD_PARTY = "WAITING_FOR_THIRD_PARTY"
    PERSON_ABSENT = "PERSON_ABSENT"
    NO_CAPACITY_AT_PRESENT = "NO_CAPACITY_AT_PRESENT"


class AlreadyOnHold(Conflict):
    code = "already-on-hold"
    title = Text(
        de="Die Zusteuerung ruht bereits.",
        en="The referral is on hold already.",
    )


class NotOnHold(Conflict):
    code = "not-on-hold"
    title = Text(de="Die Zusteuerung ruht nicht.", en="The referral is not on hold.")


_COLLECTED = frozenset({S.DELIVERED, S.IN_REVIEW})
_TAKEN_ON = frozenset({S.ACCEPTED, S.IN_SERVICE})
_SENT = frozenset({S.SUBMITTED, S.FORWARDED})

_UNDER_WAY = _SENT | _COLLECTED | _TAKEN_ON

OVERLAYS: Final[Mapping[OverlayAction, Mapping[Side, frozenset[S]]]] = {
    OverlayAction.AMEND: {Side.SENDER: _UNDER_WAY},
    # A refusal is answered too, as long as it can be corrected.
    OverlayAction.POST_MESSAGE: dict.fromkeys(
        (Side.SENDER, Side.RECIPIENT), _UNDER_WAY | {S.REJECTED}
    ),
    OverlayAction.HOLD: {Side.RECIPIENT: _COLLECTED | _TAKEN_ON},
    OverlayAction.RESUME: {Side.RECIPIENT: _COLLECTED | _TAKEN_ON},
    OverlayAction.ASSIGN: {Side.RECIPIENT: _UNDER_WAY},
}


def overlay_actions(state: S, side: Side, *, is_held: bool) -> tuple[OverlayAction, ...]:
    """What this side can do beside the steps of the table."""
    idle = OverlayAction.HOLD if is_held else OverlayAction.RESUME
    return tuple(
        action
        for action, sides in OVERLAYS.items()
        if action is not idle and state in sides.get(side, ())
    )


def require_overlay(state: S, action: OverlayAction, side: Side, *, is_held: bool) -> None:
    """Raises NotYourSide, TransitionNotAllowed, TooLateToAmend, AlreadyOnHold or NotOnHold."""
    states = OVERLAYS[action].get(side)
    if states is None:
        raise NotYourSide(action=action.value)
    if state not in states:
        if action is OverlayAction.AMEND and state not in {S.DRAFT, S.READY}:
            raise TooLateToAmend(state=state.value)
        allowed = overlay_actions(state, side, is_held=is_held)
        raise TransitionNotAllowed(
            state=state.value,
            action=action.value,
            allowedActions=[one.value for one in allowed],
        )
    if action is OverlayAction.HOLD and is_held:
        raise AlreadyOnHold
    if action is OverlayAction.RESUME and not is_held:
        raise NotOnHold
