"""Signposting: the person goes alone, and only the person tells how it went."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest

from services.referrals.domain.signposting import (
    SIGNPOSTING_LIFECYCLE,
    OutcomeSource,
    SignpostingAction,
    SignpostingFacts,
    SignpostingState,
)
from shared.kernel.lifecycle import GuardFailed, TransitionNotAllowed

EVERYTHING = SignpostingFacts(
    now=datetime(2026, 7, 1, 8, 0, tzinfo=UTC),
    informed_on=date(2026, 3, 10),
    information_language="kmr",
    outcome_source=OutcomeSource.CLIENT,
    client_wants_handover=True,
)
PUBLISHED = {
    ("RECORDED", "inform"): ("V2", "INFORMED"),
    ("INFORMED", "record-outcome"): ("V3", "OUTCOME_KNOWN"),
    ("INFORMED", "close-unknown"): ("V4", "OUTCOME_UNKNOWN"),
    ("RECORDED", "hand-over"): ("V5", "RECORDED"),
    ("INFORMED", "hand-over"): ("V5", "INFORMED"),
}


@pytest.mark.parametrize(("state", "action"), list(product(SignpostingState, SignpostingAction)))
def test_every_state_and_action_follows_the_published_table(
    state: SignpostingState, action: SignpostingAction
) -> None:
    published = PUBLISHED.get((state.value, action.value))
    if published is None:
        with pytest.raises(TransitionNotAllowed):
            SIGNPOSTING_LIFECYCLE.next_state(state, action, EVERYTHING)
        return
    number, target = published
    assert SIGNPOSTING_LIFECYCLE.next_state(state, action, EVERYTHING).value == target
    assert SIGNPOSTING_LIFECYCLE.moves[state][action].rule == number


def test_signposting_begins_recorded() -> None:
    assert SIGNPOSTING_LIFECYCLE.initial is SignpostingState.RECORDED


@pytest.mark.parametrize("source", [None, OutcomeSource.PARTNER])
def test_a_partner_does_not_tell_the_outcome(source: OutcomeSource | None) -> None:
    with pytest.raises(GuardFailed) as refusal:
        SIGNPOSTING_LIFECYCLE.next_state(
            SignpostingState.INFORMED,
            SignpostingAction.RECORD_OUTCOME,
            replace(EVERYTHING, outcome_source=source),
        )
    assert refusal.value.facts["guards"] == ["client-told-it"]


def test_the_outcome_is_unknown_only_after_ninety_days() -> None:
    last_day = replace(EVERYTHING, now=datetime(2026, 6, 8, 21, 59, tzinfo=UTC))
    day_after = replace(EVERYTHING, now=datetime(2026, 6, 8, 22, 0, tzinfo=UTC))
    step = (SignpostingState.INFORMED, SignpostingAction.CLOSE_UNKNOWN)
    with pytest.raises(GuardFailed):
        SIGNPOSTING_LIFECYCLE.next_state(*step, last_day)
    assert SIGNPOSTING_LIFECYCLE.next_state(*step, day_after) is SignpostingState.OUTCOME_UNKNOWN


def test_informing_needs_a_day_that_has_come_and_a_language() -> None:
    for facts in (
        replace(EVERYTHING, informed_on=None),
        replace(EVERYTHING, informed_on=date(2026, 7, 2)),
        replace(EVERYTHING, information_language=""),
    ):
        with pytest.raises(GuardFailed):
            SIGNPOSTING_LIFECYCLE.next_state(
                SignpostingState.RECORDED, SignpostingAction.INFORM, facts
            )


def test_a_handover_needs_the_persons_wish() -> None:
    with pytest.raises(GuardFailed):
        SIGNPOSTING_LIFECYCLE.next_state(
            SignpostingState.INFORMED,
            SignpostingAction.HAND_OVER,
            replace(EVERYTHING, client_wants_handover=False),
        )
