"""The life of a reservation (Mittelbindung): set aside, then used, given up, or run out."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.funding.domain.acts import RELEASE_RESERVATION, is_for
from shared.kernel.errors import Conflict, RuleViolated
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


class ReservationUnknown(RuleViolated):
    code = "reservation-unknown"
    title = Text(de="Diese Mittelbindung gibt es nicht.", en="There is no such reservation.")


class ReservationNotOpen(Conflict):
    """`state` is that of the reservation."""

    code = "reservation-not-open"
    title = Text(
        de="Die Mittelbindung ist verbraucht, aufgehoben oder ausgelaufen.",
        en="The reservation is used up, given up or run out.",
    )


class ReservationOfAnotherPurpose(RuleViolated):
    """Of another award line, or for another kind of cost."""

    code = "reservation-of-another-purpose"
    title = Text(
        de="Die Mittelbindung gilt für einen anderen Baustein oder eine andere Kostenart.",
        en="The reservation is for another line or another kind of cost.",
    )


@dataclass(frozen=True, slots=True)
class ReservationFacts:
    """`posted` is used for good, `held` waits for the bank, `used` is what this step would use."""

    today: date
    amount: Money
    expires_on: date
    recorded_by: str
    acting: str
    used: Money = ZERO
    posted: Money = ZERO
    held: Money = ZERO

    @property
    def rest(self) -> Money:
        return self.amount - self.posted - self.held


ReservationGuard = Guard[ReservationFacts]

AMOUNT_WITHIN: ReservationGuard = Guard(
    "amount-within",
    lambda f: ZERO < f.used <= f.rest,
    Text(
        de="Der Betrag ist null oder höher als die Mittelbindung.",
        en="The amount is zero or more than the reservation.",
    ),
    "§ 27 KomHVO NRW",
)
FOUR_EYES: ReservationGuard = Guard(
    "four-eyes",
    lambda f: is_for(RELEASE_RESERVATION, f.acting, f.recorded_by),
    Text(
        de="Wer die Mittel gebunden hat, gibt die Buchung nicht selbst frei.",
        en="Whoever reserved the money does not release its use.",
    ),
    "four-eyes principle",
)
NOTHING_UNDER_WAY: ReservationGuard = Guard(
    "no-payment-under-way",
    lambda f: f.held == ZERO,
    Text(
        de="Eine Zahlung aus der Mittelbindung wartet noch auf die Bank.",
        en="A payment out of the reservation still waits for the bank.",
    ),
    "B7",
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
            _A.POST: Move(_S.POSTED, "B7", (AMOUNT_WITHIN, FOUR_EYES, NOTHING_UNDER_WAY)),
            _A.VOID: Move(_S.VOIDED, "B7", (NOTHING_UNDER_WAY,)),
            _A.EXPIRE: Move(_S.EXPIRED, "B7", (RUN_OUT, NOTHING_UNDER_WAY)),
        },
        _S.POSTED: {},
        _S.VOIDED: {},
        _S.EXPIRED: {},
    },
)
