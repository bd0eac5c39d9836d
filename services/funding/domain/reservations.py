"""The life of a reservation (Mittelbindung): set aside, then used, given up, or run out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.kernel.errors import RuleViolated
from shared.kernel.lifecycle import Guard, Lifecycle, Move
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text


class ReservationState(StrEnum):
    OPEN = "OPEN"
    POSTED = "POSTED"
    VOIDED = "VOIDED"
    EXPIRED = "EXPIRED"


class ReservationAction(StrEnum):
    POST = "post"
    VOID = "void"
    EXPIRE = "expire"


class ReservationEndsBeforeItBegins(RuleViolated):
    code = "reservation-ends-before-it-begins"
    title = Text(
        de="Die Mittelbindung läuft vor ihrem Beginn aus.",
        en="The reservation expires before it begins.",
    )


class NothingReserved(RuleViolated):
    code = "nothing-reserved"
    title = Text(
        de="Eine Mittelbindung hat einen Betrag über 0,00.",
        en="A reservation has an amount above 0.00.",
    )


@dataclass(frozen=True, slots=True)
class ReservationFacts:
    today: date
    amount: Money
    expires_on: date
    recorded_by: str
    acting: str
    used: Money = ZERO


ReservationGuard = Guard[ReservationFacts]

AMOUNT_WITHIN: ReservationGuard = Guard(
    "amount-within",
    lambda f: ZERO < f.used <= f.amount,
    Text(
        de="Der Betrag ist null oder höher als die Mittelbindung.",
        en="The amount is zero or more than the reservation.",
    ),
    "§ 27 KomHVO NRW",
)
FOUR_EYES: ReservationGuard = Guard(
    "four-eyes",
    lambda f: f.acting != f.recorded_by,
    Text(
        de="Wer die Mittel gebunden hat, gibt die Buchung nicht selbst frei.",
        en="Whoever reserved the money does not release its use.",
    ),
    "four-eyes principle",
)
RUN_OUT: ReservationGuard = Guard(
    "run-out",
    lambda f: f.expires_on < f.today,
    Text(de="Die Mittelbindung läuft noch.", en="The reservation still runs."),
    "B7",
)

_S, _A = ReservationState, ReservationAction
RESERVATION_LIFECYCLE = Lifecycle[ReservationState, ReservationAction, ReservationFacts](
    "reservation",
    states=ReservationState,
    actions=ReservationAction,
    initial=_S.OPEN,
    moves={
        _S.OPEN: {
            _A.POST: Move(_S.POSTED, "B7", (AMOUNT_WITHIN, FOUR_EYES)),
            _A.VOID: Move(_S.VOIDED, "B7"),
            _A.EXPIRE: Move(_S.EXPIRED, "B7", (RUN_OUT,)),
        },
        _S.POSTED: {},
        _S.VOIDED: {},
        _S.EXPIRED: {},
    },
)
