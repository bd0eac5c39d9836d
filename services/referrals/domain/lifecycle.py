"""The life of a referral, as a table, and beside it who may take which step.

Numbers X1 to X16 are those of the published state table. X1 is the initial state.
"""

from collections.abc import Mapping
from typing import Final

from services.referrals.domain.codes import ReferralAction as A
from services.referrals.domain.codes import ReferralState as S
from services.referrals.domain.codes import Side
from services.referrals.domain.facts import ReferralFacts
from services.referrals.domain.guards import TO_FORWARD, TO_PREPARE, TO_SUBMIT
from shared.kernel.errors import NotPermitted
from shared.kernel.lifecycle import Guard, Lifecycle, Move, TransitionNotAllowed
from shared.kernel.text import Text


class NotYourSide(NotPermitted):
    code = "not-your-side"
    title = Text(
        de="Diesen Schritt tut die andere Seite der Zusteuerung.",
        en="This step belongs to the other side of the referral.",
    )


def _is_same_controller(facts: ReferralFacts) -> bool:
    here, there = facts.answer.recipient, facts.answer.forward_to
    return (
        here is not None
        and there is not None
        and here.unit_id != there.unit_id
        and here.shares_controller_with(there)
        and facts.answer.service_code in there.services
    )


INTEGRITY_IS_CONFIRMED: Guard[ReferralFacts] = Guard(
    "integrity-is-confirmed",
    lambda facts: facts.answer.integrity_confirmed,
    Text(
        "Der Inhalt stimmt nicht mit der Prüfsumme der Absendung überein.",
        "The content does not match the digest made when it was sent.",
    ),
    "X6",
)
CONSENT_STILL_STANDS: Guard[ReferralFacts] = Guard(
    "consent-still-stands",
    lambda facts: facts.consent_revoked_at is None,
    Text(
        "Die Einwilligung wurde inzwischen widerrufen.",
        "The consent has been revoked in the meantime.",
    ),
    "Art. 7 (3) DSGVO",
)
PROBLEM_IS_NAMED: Guard[ReferralFacts] = Guard(
    "problem-is-named",
    lambda facts: bool(facts.answer.problems),
    Text(
        "Eine Ablehnung nennt mindestens einen Grund.",
        "A refusal names at least one problem.",
    ),
    "X7",
)
CONTROLLER_IS_THE_SAME: Guard[ReferralFacts] = Guard(
    "controller-is-the-same",
    _is_same_controller,
    Text(
        "Weitergeleitet wird nur an eine andere Untereinheit derselben Stelle, die die Leistung "
        "anbietet. Ist eine andere Stelle zuständig: ablehnen.",
        "Only another sub-unit of the same controller that offers the service can be forwarded "
        "to. If another controller is responsible: reject.",
    ),
    "§ 67 (4) SGB X",
)
TERM_IS_OVER: Guard[ReferralFacts] = Guard(
    "term-is-over",
    lambda facts: facts.expires_at is not None and facts.expires_at <= facts.now,
    Text("Die Frist zum Abholen läuft noch.", "The term for collecting is still running."),
    "X10",
)
CONTACT_IS_MADE: Guard[ReferralFacts] = Guard(
    "first-contact-is-made",
    lambda facts: (
        facts.answer.first_contact_on is not None and facts.answer.first_contact_on <= facts.today
    ),
    Text("Der erste Kontakt fehlt.", "The first contact is missing."),
    "X13",
)
OUTCOME_IS_NAMED: Guard[ReferralFacts] = Guard(
    "outcome-is-named",
    lambda facts: facts.answer.outcome is not None,
    Text("Das Ergebnis fehlt.", "The outcome is missing."),
    "X14, X15, X16",
)

_X11: Move[S, ReferralFacts] = Move(S.WITHDRAWN, "X11")
_X12: Move[S, ReferralFacts] = Move(S.WITHDRAWN, "X12")
_X6: Move[S, ReferralFacts] = Move(S.ACCEPTED, "X6", (INTEGRITY_IS_CONFIRMED, CONSENT_STILL_STANDS))
_X7: Move[S, ReferralFacts] = Move(S.REJECTED, "X7", (PROBLEM_IS_NAMED,))
_X8: Move[S, ReferralFacts] = Move(S.FORWARDED, "X8", (CONTROLLER_IS_THE_SAME, *TO_FORWARD))

REFERRAL_LIFECYCLE: Final[Lifecycle[S, A, ReferralFacts]] = Lifecycle(
    "referral",
    states=S,
    actions=A,
    initial=S.DRAFT,
    moves={
        S.DRAFT: {
            A.PREPARE: Move(S.READY, "X2", TO_PREPARE),
            A.WITHDRAW: _X11,
        },
        S.READY: {
            A.SUBMIT: Move(S.SUBMITTED, "X3", TO_SUBMIT),
            A.WITHDRAW: _X11,
        },
        S.SUBMITTED: {
            A.PULL: Move(S.DELIVERED, "X4"),
            A.REJECT: _X7,
            A.EXPIRE: Move(S.EXPIRED, "X10", (TERM_IS_OVER,)),
            A.WITHDRAW: _X12,
        },
        S.DELIVERED: {
            A.START_REVIEW: Move(S.IN_REVIEW, "X5"),
            A.ACCEPT: _X6,
            A.REJECT: _X7,
            A.FORWARD: _X8,
            A.WITHDRAW: _X12,
        },
        S.IN_REVIEW: {A.ACCEPT: _X6, A.REJECT: _X7, A.FORWARD: _X8, A.WITHDRAW: _X12},
        S.FORWARDED: {A.PULL: Move(S.DELIVERED, "X9")},
        S.ACCEPTED: {
            A.START_SERVICE: Move(S.IN_SERVICE, "X13", (CONTACT_IS_MADE,)),
            A.RETURN: Move(S.RETURNED, "X14", (OUTCOME_IS_NAMED,)),
        },
        S.IN_SERVICE: {
            A.COMPLETE: Move(S.COMPLETED, "X15", (OUTCOME_IS_NAMED,)),
            A.RETURN: Move(S.RETURNED, "X16", (OUTCOME_IS_NAMED,)),
        },
        S.REJECTED: {},
        S.EXPIRED: {},
        S.WITHDRAWN: {},
        S.COMPLETED: {},
        S.RETURNED: {},
    },
)

SIDES: Final[Mapping[A, frozenset[Side]]] = {
    A.PREPARE: frozenset({Side.SENDER}),
    A.SUBMIT: frozenset({Side.SENDER}),
    A.PULL: frozenset({Side.RECIPIENT}),
    A.START_REVIEW: frozenset({Side.RECIPIENT}),
    A.ACCEPT: frozenset({Side.RECIPIENT}),
    A.REJECT: frozenset({Side.RECIPIENT}),
    A.FORWARD: frozenset({Side.RECIPIENT}),
    A.EXPIRE: frozenset({Side.SYSTEM}),
    # The system withdraws when the consent is revoked; the person's word needs no clerk.
    A.WITHDRAW: frozenset({Side.SENDER, Side.SYSTEM}),
    A.START_SERVICE: frozenset({Side.RECIPIENT}),
    A.RETURN: frozenset({Side.RECIPIENT}),
    A.COMPLETE: frozenset({Side.RECIPIENT}),
}


def allowed_actions(state: S, side: Side) -> tuple[A, ...]:
    """What this side can do now: the buttons of its screen."""
    return tuple(action for action in REFERRAL_LIFECYCLE.allowed(state) if side in SIDES[action])


def require_move(state: S, action: A, side: Side) -> None:
    """Whether the table has this step for this side, whatever the facts.

    Raises NotYourSide when the step never belongs to this side, TransitionNotAllowed (with what
    this side may do now) when the table has no such move.
    """
    if side not in SIDES[action]:
        raise NotYourSide(action=action.value)
    if action not in REFERRAL_LIFECYCLE.moves[state]:
        raise TransitionNotAllowed(
            state=state.value,
            action=action.value,
            allowedActions=[allowed.value for allowed in allowed_actions(state, side)],
        )


def next_state(state: S, action: A, side: Side, facts: ReferralFacts) -> S:
    """Where the action of this side leads.

    Raises what `require_move` raises, and GuardFailed with every failing guard.
    """
    require_move(state, action, side)
    return REFERRAL_LIFECYCLE.next_state(state, action, facts)


def send(state: S, facts: ReferralFacts) -> tuple[S, ...]:
    """The states that sending leads through: READY, then SUBMITTED.

    A draft whose recipient nobody knows becomes READY only, and waits for the coordination.
    Raises what `next_state` raises.
    """
    path: list[S] = []
    if state is S.DRAFT:
        state = next_state(state, A.PREPARE, Side.SENDER, facts)
        path.append(state)
        if facts.sending is not None and facts.sending.recipient is None:
            return tuple(path)
    return (*path, next_state(state, A.SUBMIT, Side.SENDER, facts))
