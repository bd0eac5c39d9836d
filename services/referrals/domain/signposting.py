"""Signposting (Verweisberatung): the person goes alone, no personal data leave.

Numbers V1 to V5 are those of the published state table. V1 is the initial state.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from shared.kernel.clock import berlin_date
from shared.kernel.lifecycle import Guard, Lifecycle, Move
from shared.kernel.text import Text

OUTCOME_UNKNOWN_AFTER_DAYS: Final = 90


class SignpostingState(StrEnum):
    RECORDED = "RECORDED"
    INFORMED = "INFORMED"
    OUTCOME_KNOWN = "OUTCOME_KNOWN"
    OUTCOME_UNKNOWN = "OUTCOME_UNKNOWN"


class SignpostingAction(StrEnum):
    INFORM = "inform"
    RECORD_OUTCOME = "record-outcome"
    CLOSE_UNKNOWN = "close-unknown"
    HAND_OVER = "hand-over"


class OutcomeSource(StrEnum):
    """Who told the outcome; a partner has no basis of its own to tell it."""

    CLIENT = "CLIENT"
    PARTNER = "PARTNER"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignpostingFacts:
    now: datetime
    informed_on: date | None = None
    information_language: str = ""
    outcome_source: OutcomeSource | None = None
    client_wants_handover: bool = False
    unknown_after_days: int = OUTCOME_UNKNOWN_AFTER_DAYS


def _term_is_over(facts: SignpostingFacts) -> bool:
    if facts.informed_on is None:
        return False
    last_day = facts.informed_on + timedelta(days=facts.unknown_after_days)
    return berlin_date(facts.now) > last_day


CONTACT_DATA_WERE_GIVEN: Guard[SignpostingFacts] = Guard(
    "contact-data-were-given",
    lambda facts: (
        facts.informed_on is not None
        and facts.informed_on <= berlin_date(facts.now)
        and bool(facts.information_language)
    ),
    Text(
        "Tag und Sprache der Auskunft fehlen.",
        "The day and the language of the information are missing.",
    ),
    "V2",
)
CLIENT_TOLD_IT: Guard[SignpostingFacts] = Guard(
    "client-told-it",
    lambda facts: facts.outcome_source is OutcomeSource.CLIENT,
    Text(
        "Das Ergebnis darf nur von der ratsuchenden Person selbst kommen.",
        "The outcome may come from the person alone.",
    ),
    "V3",
)
WAITING_IS_OVER: Guard[SignpostingFacts] = Guard(
    "waiting-is-over",
    _term_is_over,
    Text("Die Wartezeit läuft noch.", "The waiting time is still running."),
    "V4",
)
HANDOVER_IS_WANTED: Guard[SignpostingFacts] = Guard(
    "handover-is-wanted",
    lambda facts: facts.client_wants_handover,
    Text(
        "Eine begleitete Übergabe gibt es nur, wenn die Person sie wünscht.",
        "A warm handover happens only if the person wants it.",
    ),
    "V5",
)

SIGNPOSTING_LIFECYCLE: Final[Lifecycle[SignpostingState, SignpostingAction, SignpostingFacts]] = (
    Lifecycle(
        "signposting",
        states=SignpostingState,
        actions=SignpostingAction,
        initial=SignpostingState.RECORDED,
        moves={
            SignpostingState.RECORDED: {
                SignpostingAction.INFORM: Move(
                    SignpostingState.INFORMED, "V2", (CONTACT_DATA_WERE_GIVEN,)
                ),
                # A new draft is made and linked; the record itself stays where it is.
                SignpostingAction.HAND_OVER: Move(
                    SignpostingState.RECORDED, "V5", (HANDOVER_IS_WANTED,)
                ),
            },
            SignpostingState.INFORMED: {
                SignpostingAction.RECORD_OUTCOME: Move(
                    SignpostingState.OUTCOME_KNOWN, "V3", (CLIENT_TOLD_IT,)
                ),
                SignpostingAction.CLOSE_UNKNOWN: Move(
                    SignpostingState.OUTCOME_UNKNOWN, "V4", (WAITING_IS_OVER,)
                ),
                SignpostingAction.HAND_OVER: Move(
                    SignpostingState.INFORMED, "V5", (HANDOVER_IS_WANTED,)
                ),
            },
            SignpostingState.OUTCOME_KNOWN: {},
            SignpostingState.OUTCOME_UNKNOWN: {},
        },
    )
)
