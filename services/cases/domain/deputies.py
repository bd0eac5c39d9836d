"""Who stands in for a case manager: appointed for some days, ends by itself or earlier.

A deputy reads and does what the person in charge of a case may, but for entrusted notes: those bind
the person they were entrusted to, not the post (§ 65 SGB VIII, hazard H6).
"""

from datetime import date
from enum import StrEnum
from typing import Final

from shared.kernel.errors import Conflict, NotPermitted, RuleViolated
from shared.kernel.lifecycle import Lifecycle, Move
from shared.kernel.text import Text

# First and last day included.
DEPUTYSHIP_DAYS_MAX: Final = 365


class DeputyshipState(StrEnum):
    PLANNED = "PLANNED"
    IN_FORCE = "IN_FORCE"
    ENDED = "ENDED"


class DeputyshipAction(StrEnum):
    """`begin` and `expire` are done by the calendar, the first and after the last day."""

    BEGIN = "begin"
    EXPIRE = "expire"
    END = "end"


DEPUTYSHIP_LIFECYCLE: Final[Lifecycle[DeputyshipState, DeputyshipAction, None]] = Lifecycle(
    "deputyship",
    states=DeputyshipState,
    actions=DeputyshipAction,
    initial=DeputyshipState.PLANNED,
    moves={
        DeputyshipState.PLANNED: {
            DeputyshipAction.BEGIN: Move(DeputyshipState.IN_FORCE, "D1"),
            DeputyshipAction.END: Move(DeputyshipState.ENDED, "D2"),
        },
        DeputyshipState.IN_FORCE: {
            DeputyshipAction.EXPIRE: Move(DeputyshipState.ENDED, "D3"),
            DeputyshipAction.END: Move(DeputyshipState.ENDED, "D4"),
        },
        DeputyshipState.ENDED: {},
    },
)


class DeputyUnsuitable(RuleViolated):
    code = "deputy-unsuitable"
    title = Text(de="Niemand vertritt sich selbst.", en="Nobody is a deputy of themselves.")


class DeputyshipTooLong(RuleViolated):
    code = "deputyship-too-long"
    title = Text(
        de="Eine Vertretung ist befristet: Sie endet nicht vor ihrem Beginn und dauert höchstens "
        "365 Tage, ersten und letzten Tag eingeschlossen.",
        en="A deputyship is limited: it ends not before its beginning and lasts at most 365 days, "
        "first and last day included.",
    )


class DeputyshipEnded(Conflict):
    code = "deputyship-ended"
    title = Text(de="Diese Vertretung ist schon beendet.", en="This deputyship has ended.")


class DeputyNotYoursToAppoint(NotPermitted):
    code = "deputy-not-yours-to-appoint"
    title = Text(
        de="Eine Vertretung setzt ein, wer vertreten wird, oder die Teamleitung; niemand setzt"
        " sich selbst für andere ein.",
        en="A deputy is appointed by who is represented or by the team lead; nobody appoints"
        " themselves for somebody else.",
    )


def check_deputyship(principal: str, deputy: str, from_on: date, to_on: date) -> None:
    """Both days are inclusive. Raises DeputyUnsuitable, DeputyshipTooLong."""
    if principal == deputy:
        raise DeputyUnsuitable
    if not 0 <= (to_on - from_on).days < DEPUTYSHIP_DAYS_MAX:
        raise DeputyshipTooLong


def state_of_deputyship(
    from_on: date, to_on: date, today: date, *, is_ended: bool
) -> DeputyshipState:
    """Where the calendar has brought it; `today` is a Europe/Berlin date."""
    if is_ended or today > to_on:
        return DeputyshipState.ENDED
    return DeputyshipState.PLANNED if today < from_on else DeputyshipState.IN_FORCE
