"""Deputies and emergency accesses by the calendar and the clock; who may appoint and review."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cases.domain.acts import APPOINT_DEPUTY, REVIEW_EMERGENCY
from services.cases.domain.deputies import (
    DEPUTYSHIP_LIFECYCLE,
    DeputyshipAction,
    DeputyshipState,
    DeputyshipTooLong,
    DeputyUnsuitable,
    check_deputyship,
    state_of_deputyship,
)
from services.cases.domain.emergencies import (
    EMERGENCY_LIFECYCLE,
    EmergencyAction,
    EmergencyState,
    expiry,
    state_of_emergency,
)
from shared.kernel.access_acts import relations_to
from shared.kernel.access_relations import Relation
from shared.kernel.caller import Caller
from shared.kernel.lifecycle import TransitionNotAllowed

WHO = Caller(
    tenant_id="05570", unit_id="waf-cm", unit_type="CM_TEAM", issuer="urn:test", subject="a",
    roles=frozenset(),
)  # fmt: skip
DAY = date(2022, 11, 21)
NOON = datetime(2022, 11, 21, 12, tzinfo=UTC)
PEOPLE = st.sampled_from(["a", "b", "c"])


def test_a_deputyship_is_for_somebody_else_and_for_a_limited_time() -> None:
    check_deputyship("a", "b", DAY, DAY)
    check_deputyship("a", "b", DAY, DAY + timedelta(days=364))
    with pytest.raises(DeputyUnsuitable):
        check_deputyship("a", "a", DAY, DAY)
    for last in (DAY - timedelta(days=1), DAY + timedelta(days=365)):
        with pytest.raises(DeputyshipTooLong):
            check_deputyship("a", "b", DAY, last)


@given(PEOPLE, PEOPLE, PEOPLE, st.sets(st.sampled_from(["case_manager", "team_lead", "admin"])))
def test_nobody_becomes_the_deputy_of_another_by_their_own_word(
    appointer: str, principal: str, deputy: str, posts: set[str]
) -> None:
    me = replace(WHO, subject=appointer, roles=frozenset(posts))
    holders = {Relation.PRINCIPAL: f"urn:test|{principal}", Relation.DEPUTY: f"urn:test|{deputy}"}
    is_own = "case_manager" in posts and appointer == principal
    is_right = appointer != deputy and (is_own or "team_lead" in posts)
    assert APPOINT_DEPUTY.permits(me.roles, relations_to(me, holders)) is is_right


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-1, DeputyshipState.PLANNED), (0, DeputyshipState.IN_FORCE),
     (5, DeputyshipState.IN_FORCE), (6, DeputyshipState.ENDED)],
)  # fmt: skip
def test_a_deputyship_begins_and_ends_with_its_days(days: int, expected: DeputyshipState) -> None:
    last, today = DAY + timedelta(days=5), DAY + timedelta(days=days)
    assert state_of_deputyship(DAY, last, today, is_ended=False) is expected
    assert state_of_deputyship(DAY, last, today, is_ended=True) is DeputyshipState.ENDED


def test_an_emergency_access_ends_with_its_minutes_and_never_after_a_day() -> None:
    assert expiry(NOON, 60) == NOON + timedelta(hours=1)
    assert expiry(NOON, 100_000) == NOON + timedelta(days=1)
    end = expiry(NOON, 60)
    before, at = end - timedelta(microseconds=1), end
    for moment, state in ((before, EmergencyState.OPEN), (at, EmergencyState.EXPIRED)):
        assert state_of_emergency(end, moment, is_ended=False, is_reviewed=False) is state
    assert state_of_emergency(end, NOON, is_ended=True, is_reviewed=False) is EmergencyState.ENDED
    assert state_of_emergency(end, at, is_ended=False, is_reviewed=True) is EmergencyState.REVIEWED


@pytest.mark.parametrize("state", EmergencyState)
def test_an_emergency_access_is_reviewed_once_and_after_its_end(state: EmergencyState) -> None:
    if state in {EmergencyState.ENDED, EmergencyState.EXPIRED}:
        following = EMERGENCY_LIFECYCLE.next_state(state, EmergencyAction.REVIEW, None)
        assert following is EmergencyState.REVIEWED
    else:
        with pytest.raises(TransitionNotAllowed):
            EMERGENCY_LIFECYCLE.next_state(state, EmergencyAction.REVIEW, None)


def test_what_ended_ends_no_second_time_and_nobody_reviews_themselves() -> None:
    for state in EmergencyState:
        if state is not EmergencyState.OPEN:
            with pytest.raises(TransitionNotAllowed):
                EMERGENCY_LIFECYCLE.next_state(state, EmergencyAction.END, None)
    with pytest.raises(TransitionNotAllowed):
        DEPUTYSHIP_LIFECYCLE.next_state(DeputyshipState.ENDED, DeputyshipAction.END, None)
    officer = replace(WHO, subject="a", roles=frozenset({"dpo"}), unit_id="waf-dsb")
    for opener, is_own in (("urn:test|a", True), ("urn:test|b", False)):
        relations = relations_to(officer, {Relation.EMERGENCY: opener}, "waf-cm")
        assert REVIEW_EMERGENCY.permits(officer.roles, relations) is not is_own
