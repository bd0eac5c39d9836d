"""Every (state, action, side), compared with the published table X1 to X16."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referrals.domain.answers import Problem
from services.referrals.domain.codes import (
    Outcome,
    ReferralAction,
    ReferralState,
    RejectReason,
    Side,
)
from services.referrals.domain.facts import Answer, ReferralFacts
from services.referrals.domain.lifecycle import (
    REFERRAL_LIFECYCLE,
    SIDES,
    NotYourSide,
    allowed_actions,
    next_state,
    send,
)
from shared.kernel.lifecycle import GuardFailed, TransitionNotAllowed
from tests.services.referrals.domain.people_and_places import (
    CASE_MANAGEMENT,
    NOW,
    READY_TO_SEND,
    TODAY,
)

# The published table in its own words: number, from, action, side, to.
PUBLISHED = """
X2  DRAFT      prepare       SENDER    READY
X3  READY      submit        SENDER    SUBMITTED
X4  SUBMITTED  pull          RECIPIENT DELIVERED
X5  DELIVERED  start-review  RECIPIENT IN_REVIEW
X6  DELIVERED  accept        RECIPIENT ACCEPTED
X6  IN_REVIEW  accept        RECIPIENT ACCEPTED
X7  SUBMITTED  reject        RECIPIENT REJECTED
X7  DELIVERED  reject        RECIPIENT REJECTED
X7  IN_REVIEW  reject        RECIPIENT REJECTED
X8  DELIVERED  forward       RECIPIENT FORWARDED
X8  IN_REVIEW  forward       RECIPIENT FORWARDED
X9  FORWARDED  pull          RECIPIENT DELIVERED
X10 SUBMITTED  expire        SYSTEM    EXPIRED
X11 DRAFT      withdraw      SENDER    WITHDRAWN
X11 READY      withdraw      SENDER    WITHDRAWN
X12 SUBMITTED  withdraw      SENDER    WITHDRAWN
X12 DELIVERED  withdraw      SENDER    WITHDRAWN
X12 IN_REVIEW  withdraw      SENDER    WITHDRAWN
X13 ACCEPTED   start-service RECIPIENT IN_SERVICE
X14 ACCEPTED   return        RECIPIENT RETURNED
X15 IN_SERVICE complete      RECIPIENT COMPLETED
X16 IN_SERVICE return        RECIPIENT RETURNED
"""
ROWS = [line.split() for line in PUBLISHED.strip().splitlines()]
TABLE = {(row[1], row[2], row[3]): (row[0], row[4]) for row in ROWS}
# The system withdraws for a revoked consent wherever the sender could.
TABLE |= {
    (state, action, "SYSTEM"): move
    for (state, action, side), move in list(TABLE.items())
    if (action, side) == ("withdraw", "SENDER")
}

SUB_UNIT = replace(CASE_MANAGEMENT, unit_id="waf-cm-nord")
EVERYTHING = replace(
    READY_TO_SEND,
    expires_at=NOW,
    answer=Answer(
        problems=(Problem(RejectReason.CAPACITY),),
        outcome=Outcome.SERVICE_STARTED,
        integrity_confirmed=True,
        first_contact_on=TODAY,
        recipient=CASE_MANAGEMENT,
        forward_to=SUB_UNIT,
        service_code="CASE_MANAGEMENT",
    ),
)
NOTHING = ReferralFacts(now=NOW)


def test_a_referral_begins_as_a_draft() -> None:
    assert REFERRAL_LIFECYCLE.initial is ReferralState.DRAFT


@pytest.mark.parametrize(
    ("state", "action", "side"), list(product(ReferralState, ReferralAction, Side))
)
def test_every_state_action_and_side_follows_the_published_table(
    state: ReferralState, action: ReferralAction, side: Side
) -> None:
    published = TABLE.get((state.value, action.value, side.value))
    if published is not None:
        number, target = published
        assert next_state(state, action, side, EVERYTHING).value == target
        assert REFERRAL_LIFECYCLE.moves[state][action].rule == number
    elif side not in SIDES[action]:
        with pytest.raises(NotYourSide):
            next_state(state, action, side, EVERYTHING)
    else:
        with pytest.raises(TransitionNotAllowed) as refusal:
            next_state(state, action, side, EVERYTHING)
        assert refusal.value.facts["allowedActions"] == [
            allowed.value for allowed in allowed_actions(state, side)
        ]


@pytest.mark.parametrize(
    ("state", "action", "side"),
    [
        (ReferralState.DRAFT, ReferralAction.PREPARE, Side.SENDER),
        (ReferralState.READY, ReferralAction.SUBMIT, Side.SENDER),
        (ReferralState.DELIVERED, ReferralAction.ACCEPT, Side.RECIPIENT),
        (ReferralState.SUBMITTED, ReferralAction.REJECT, Side.RECIPIENT),
        (ReferralState.IN_REVIEW, ReferralAction.FORWARD, Side.RECIPIENT),
        (ReferralState.SUBMITTED, ReferralAction.EXPIRE, Side.SYSTEM),
        (ReferralState.ACCEPTED, ReferralAction.START_SERVICE, Side.RECIPIENT),
        (ReferralState.ACCEPTED, ReferralAction.RETURN, Side.RECIPIENT),
        (ReferralState.IN_SERVICE, ReferralAction.COMPLETE, Side.RECIPIENT),
        (ReferralState.IN_SERVICE, ReferralAction.RETURN, Side.RECIPIENT),
    ],
)
def test_guarded_moves_need_their_facts(
    state: ReferralState, action: ReferralAction, side: Side
) -> None:
    with pytest.raises(GuardFailed):
        next_state(state, action, side, NOTHING)


def test_the_buttons_depend_on_the_side() -> None:
    assert allowed_actions(ReferralState.SUBMITTED, Side.SENDER) == (ReferralAction.WITHDRAW,)
    assert allowed_actions(ReferralState.SUBMITTED, Side.RECIPIENT) == (
        ReferralAction.PULL,
        ReferralAction.REJECT,
    )
    assert allowed_actions(ReferralState.ACCEPTED, Side.SENDER) == ()


def test_after_acceptance_the_sender_cannot_withdraw() -> None:
    for state in (ReferralState.ACCEPTED, ReferralState.IN_SERVICE):
        with pytest.raises(TransitionNotAllowed):
            next_state(state, ReferralAction.WITHDRAW, Side.SENDER, EVERYTHING)


def test_another_controller_cannot_be_forwarded_to() -> None:
    stranger = replace(SUB_UNIT, controller_id="waf-ki")
    facts = replace(EVERYTHING, answer=replace(EVERYTHING.answer, forward_to=stranger))
    with pytest.raises(GuardFailed) as refusal:
        next_state(ReferralState.DELIVERED, ReferralAction.FORWARD, Side.RECIPIENT, facts)
    assert refusal.value.facts["guards"] == ["controller-is-the-same"]


def test_a_referral_cannot_be_forwarded_to_its_own_unit() -> None:
    facts = replace(EVERYTHING, answer=replace(EVERYTHING.answer, forward_to=CASE_MANAGEMENT))
    with pytest.raises(GuardFailed):
        next_state(ReferralState.DELIVERED, ReferralAction.FORWARD, Side.RECIPIENT, facts)


def test_a_sub_unit_without_the_service_cannot_be_forwarded_to() -> None:
    other = replace(SUB_UNIT, services=frozenset({"DEBT_COUNSELLING"}))
    facts = replace(EVERYTHING, answer=replace(EVERYTHING.answer, forward_to=other))
    with pytest.raises(GuardFailed):
        next_state(ReferralState.DELIVERED, ReferralAction.FORWARD, Side.RECIPIENT, facts)


def test_nothing_is_accepted_after_the_consent_was_revoked() -> None:
    facts = replace(EVERYTHING, consent_revoked_at=NOW)
    with pytest.raises(GuardFailed) as refusal:
        next_state(ReferralState.DELIVERED, ReferralAction.ACCEPT, Side.RECIPIENT, facts)
    assert refusal.value.facts["guards"] == ["consent-still-stands"]


def test_sending_leads_from_a_draft_through_ready() -> None:
    assert send(ReferralState.DRAFT, EVERYTHING) == (ReferralState.READY, ReferralState.SUBMITTED)
    assert send(ReferralState.READY, EVERYTHING) == (ReferralState.SUBMITTED,)


def test_a_draft_without_recipient_becomes_ready_and_waits() -> None:
    assert EVERYTHING.sending is not None
    unrouted = replace(EVERYTHING, sending=replace(EVERYTHING.sending, recipient=None))
    assert send(ReferralState.DRAFT, unrouted) == (ReferralState.READY,)
    with pytest.raises(GuardFailed):
        send(ReferralState.READY, unrouted)


@pytest.mark.parametrize("state", list(ReferralState)[2:])
def test_what_was_sent_cannot_be_sent_again(state: ReferralState) -> None:
    with pytest.raises(TransitionNotAllowed):
        send(state, EVERYTHING)


def test_a_first_contact_in_the_future_is_none() -> None:
    answer = replace(EVERYTHING.answer, first_contact_on=TODAY + timedelta(days=1))
    with pytest.raises(GuardFailed):
        next_state(
            ReferralState.ACCEPTED,
            ReferralAction.START_SERVICE,
            Side.RECIPIENT,
            replace(EVERYTHING, answer=answer),
        )


def test_it_does_not_expire_a_second_before_the_term() -> None:
    facts = replace(EVERYTHING, expires_at=NOW + timedelta(seconds=1))
    with pytest.raises(GuardFailed) as refusal:
        next_state(ReferralState.SUBMITTED, ReferralAction.EXPIRE, Side.SYSTEM, facts)
    assert refusal.value.facts["guards"] == ["term-is-over"]


@given(st.lists(st.tuples(st.sampled_from(ReferralAction), st.sampled_from(Side)), max_size=40))
def test_no_walk_leaves_an_end_or_reaches_content_without_acceptance(
    steps: list[tuple[ReferralAction, Side]],
) -> None:
    state, accepted = ReferralState.DRAFT, False
    for action, side in steps:
        try:
            after = next_state(state, action, side, EVERYTHING)
        except (NotYourSide, TransitionNotAllowed):
            continue
        assert REFERRAL_LIFECYCLE.moves[state], "an end has no way out"
        state = after
        accepted = accepted or action is ReferralAction.ACCEPT
        if state in {ReferralState.IN_SERVICE, ReferralState.COMPLETED, ReferralState.RETURNED}:
            assert accepted
