"""Which side of a referral takes which step, made of the tables of steps that operations ask.

`lifecycle.SIDES` and `overlays.OVERLAYS` decide; here they become rows for the documents.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from services.referrals.domain.access import PERMISSIONS, Permission
from services.referrals.domain.codes import ReferralAction as A
from services.referrals.domain.codes import ReferralState, Side
from services.referrals.domain.lifecycle import REFERRAL_LIFECYCLE, SIDES
from services.referrals.domain.overlays import OVERLAYS, OverlayAction
from shared.kernel.access_acts import Act
from shared.kernel.access_relations import Relation
from shared.kernel.text import Text

R = Relation
Beside = OverlayAction
S = ReferralState
DOORS: Final = {Side.SENDER: Permission.SEND, Side.RECIPIENT: Permission.RECEIVE}
AFTER_ACCEPTING: Final = frozenset({S.ACCEPTED, S.IN_SERVICE, S.COMPLETED, S.RETURNED})
WORDS: Final[Mapping[A | OverlayAction, Text]] = {
    A.PREPARE: Text("Zusteuerung vorbereiten", "prepare a referral"),
    A.SUBMIT: Text("Zusteuerung senden", "send a referral"),
    A.PULL: Text("Zusteuerung abholen", "collect a referral"),
    A.START_REVIEW: Text("Prüfung beginnen", "begin the review"),
    A.ACCEPT: Text("Zusteuerung annehmen", "accept a referral"),
    A.REJECT: Text("Zusteuerung ablehnen", "reject a referral"),
    A.FORWARD: Text("Zusteuerung weiterleiten", "pass a referral on"),
    A.WITHDRAW: Text("Zusteuerung zurückziehen", "withdraw a referral"),
    A.START_SERVICE: Text("Hilfe beginnen", "begin the service"),
    A.RETURN: Text("Zusteuerung zurückgeben", "return a referral"),
    A.COMPLETE: Text("Hilfe beenden", "complete the service"),
    Beside.AMEND: Text("Inhalt ergänzen", "amend the content"),
    Beside.POST_MESSAGE: Text("Nachricht schreiben", "write a message"),
    Beside.PROPOSE: Text("Gegenvorschlag machen", "make a counter-proposal"),
    Beside.ANSWER_PROPOSAL: Text("Gegenvorschlag beantworten", "answer a counter-proposal"),
    Beside.ANSWER_REJECTION: Text("Ablehnung beantworten", "answer a refusal"),
    Beside.HOLD: Text("Ruhen lassen", "put on hold"),
    Beside.RESUME: Text("Fortsetzen", "resume"),
    Beside.ASSIGN: Text("Fachkraft zuweisen", "assign a member of staff"),
}
BASIS: Final = Text("§ 67d Abs. 1 SGB X", "§ 67d (1) SGB X")


def _states(action: A | OverlayAction, side: Side) -> frozenset[ReferralState]:
    if isinstance(action, OverlayAction):
        return OVERLAYS[action].get(side, frozenset())
    if side not in SIDES[action]:
        return frozenset()
    return frozenset(one for one, moves in REFERRAL_LIFECYCLE.moves.items() if action in moves)


def _relations(action: A | OverlayAction, side: Side) -> frozenset[Relation]:
    states = _states(action, side)
    if side is Side.SENDER:
        return frozenset({R.SENDER}) if states else frozenset()
    before = {R.RECIPIENT} if states - AFTER_ACCEPTING else set()
    after = {R.RECIPIENT_ACCEPTED} if states & AFTER_ACCEPTING else set()
    return frozenset(before | after)


def _acts() -> Iterator[Act]:
    actions: tuple[StrEnum, ...] = (*A, *OverlayAction)
    for action in actions:
        assert isinstance(action, A | OverlayAction)
        for side, permission in DOORS.items():
            relations = _relations(action, side)
            if relations:
                yield Act(
                    name=f"{action}-as-{side}".lower(),
                    kind="referral",
                    right=permission,
                    text=WORDS[action],
                    basis=BASIS,
                    doers={
                        role.value: relations
                        for role, given in PERMISSIONS.items()
                        if permission in given
                    },
                )


ACTS: Final = tuple(_acts())
