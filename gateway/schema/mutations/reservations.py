"""What can be changed about reservations."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.reservation import (
    PostReservationInput,
    ReserveFundsInput,
    VoidReservationInput,
)
from gateway.schema.published import both, field
from gateway.schema.refusals import answered_with_money
from gateway.schema.reservation import Reservation
from gateway.schema.user_errors import InsufficientFundsError


@strawberry.type(
    description=both("The reservation after the change.", "Die Mittelbindung nach der Änderung.")
)
class ReservationSuccess(Success):
    reservation: Reservation = field("As it now stands.", "Wie sie jetzt ist.")


_reservation = made(ReservationSuccess, "reservation", Reservation)
ReservationResult = outcome(
    "ReservationResult",
    ReservationSuccess | InsufficientFundsError,
    en="The reservation, or why not.",
    de="Die Mittelbindung, oder warum nicht.",
)


@strawberry.type
class ReservationMutations:
    reserve_funds = command(
        "POST funding /v1/reservations",
        ReserveFundsInput,
        _reservation,
        ReservationResult,
        en="Set money aside; never more than is free.",
        de="Mittel binden; nie mehr, als frei ist.",
        answering=answered_with_money,
    )
    post_reservation = command(
        "POST funding /v1/reservations/{reservation_id}/actions/post",
        PostReservationInput,
        _reservation,
        ReservationResult,
        en="Book what was paid of a reservation, as a second person.",
        de="Als zweite Person buchen, was von einer Mittelbindung gezahlt wurde.",
        answering=answered_with_money,
    )
    void_reservation = command(
        "POST funding /v1/reservations/{reservation_id}/actions/void",
        VoidReservationInput,
        _reservation,
        ReservationResult,
        en="Give a reservation up.",
        de="Eine Mittelbindung aufheben.",
        answering=answered_with_money,
    )
