"""What the worker does by itself: one module for each noun."""

from services.funding.operations.timers import deadlines, payments, proofs, reservations
from services.funding.settings import Settings
from shared.service.worker import Timer


def timers(settings: Settings) -> tuple[Timer, ...]:
    return (
        *reservations.timers(settings),
        *deadlines.timers(settings),
        *payments.timers(settings),
        *proofs.timers(settings),
    )
