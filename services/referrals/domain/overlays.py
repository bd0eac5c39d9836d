"""What can be done with a referral without changing its state, as a table beside the lifecycle.

A hold or an amendment is no state: the published state table stays as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.referrals.domain.codes import ReferralState as S
from services.referrals.domain.codes import Side
from services.referrals.domain.lifecycle import NotYourSide
from services.referrals.domain.proposals import NoOpenProposal, ProposalOpen
from services.referrals.domain.sealing import ContentIsSealed
from shared.kernel.errors import Conflict
from shared.kernel.lifecycle import TransitionNotAllowed
from shared.kernel.text import Text


class OverlayAction(StrEnum):
    """The value is the verb in the path of the command."""

    AMEND = "amend"
    POST_MESSAGE = "post-message"
    PROPOSE = "propose"
    ANSWER_PROPOSAL = "answer-proposal"
    ANSWER_REJECTION = "answer-rejection"
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
    OverlayAction.PROPOSE: {Side.RECIPIENT: _COLLECTED},
    OverlayAction.ANSWER_PROPOSAL: {Side.SENDER: _COLLECTED},
    OverlayAction.ANSWER_REJECTION: {Side.SENDER: frozenset({S.REJECTED})},
    OverlayAction.HOLD: {Side.RECIPIENT: _COLLECTED | _TAKEN_ON},
    OverlayAction.RESUME: {Side.RECIPIENT: _COLLECTED | _TAKEN_ON},
    OverlayAction.ASSIGN: {Side.RECIPIENT: _UNDER_WAY},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Which overlays lie on a referral now."""

    is_held: bool = False
    is_proposed: bool = False
    is_sealed: bool = False


def overlay_actions(state: S, side: Side, present: Present) -> tuple[OverlayAction, ...]:
    """What this side can do beside the steps of the table."""
    idle = {action for action, (is_idle, _) in _idle(present).items() if is_idle}
    return tuple(
        action
        for action, sides in OVERLAYS.items()
        if action not in idle and state in sides.get(side, ())
    )


def require_overlay(state: S, action: OverlayAction, side: Side, present: Present) -> None:
    """Raises NotYourSide, TransitionNotAllowed, TooLateToAmend, AlreadyOnHold, NotOnHold,
    ProposalOpen, NoOpenProposal or ContentIsSealed.
    """
    states = OVERLAYS[action].get(side)
    if states is None:
        raise NotYourSide(action=action.value)
    if state not in states:
        if action is OverlayAction.AMEND and state not in {S.DRAFT, S.READY}:
            raise TooLateToAmend(state=state.value)
        allowed = overlay_actions(state, side, present)
        raise TransitionNotAllowed(
            state=state.value,
            action=action.value,
            allowedActions=[one.value for one in allowed],
        )
    is_idle, refusal = _idle(present).get(action, (False, Conflict))
    if is_idle:
        raise refusal


def _idle(present: Present) -> Mapping[OverlayAction, tuple[bool, type[Conflict]]]:
    """What would change nothing now, or cannot be done, and how that is said."""
    sealed = (present.is_sealed, ContentIsSealed)
    return {
        # What is encrypted cannot be changed here, nor taken over into a copy.
        OverlayAction.AMEND: sealed,
        OverlayAction.ANSWER_REJECTION: sealed,
        OverlayAction.HOLD: (present.is_held, AlreadyOnHold),
        OverlayAction.RESUME: (not present.is_held, NotOnHold),
        # A proposal that is accepted is an amendment.
        OverlayAction.PROPOSE: sealed if present.is_sealed else (present.is_proposed, ProposalOpen),
        OverlayAction.ANSWER_PROPOSAL: (not present.is_proposed, NoOpenProposal),
    }
