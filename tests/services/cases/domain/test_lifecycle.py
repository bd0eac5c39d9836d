"""The life of a case: every (state, action) pair, every guard, and what can never happen."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cases.domain.codes import PHASES, ClosingReason, DeclineReason, UnitType
from services.cases.domain.facts import OPEN_STATES, CaseFacts, CaseState
from services.cases.domain.lifecycle import ACTION_LABELS, CASE_LIFECYCLE, CaseAction
from shared.kernel.lifecycle import GuardFailed, TransitionNotAllowed

S, A = CaseState, CaseAction
WORKING = [S.INTAKE, S.ASSESSMENT, S.PLANNING, S.LINKING, S.MONITORING]

# Written down a second time on purpose: the table of the rule book, independent of the code.
EXPECTED = {
    (S.REQUESTED, A.ASSIGN): (S.INTAKE, "C2"),
    (S.REQUESTED, A.DECLINE): (S.DECLINED, "C3"),
    (S.INTAKE, A.OPEN): (S.ASSESSMENT, "C4"),
    (S.INTAKE, A.DECLINE): (S.DECLINED, "C5"),
    (S.INTAKE, A.CLOSE_AFTER_ADVICE): (S.CLOSED, "C6"),
    (S.ASSESSMENT, A.FINISH_ASSESSMENT): (S.PLANNING, "C7"),
    (S.PLANNING, A.AGREE_PLAN): (S.LINKING, "C8"),
    (S.LINKING, A.START_MEASURES): (S.MONITORING, "C9"),
    (S.MONITORING, A.REPLAN): (S.PLANNING, "C10"),
    (S.MONITORING, A.REASSESS): (S.ASSESSMENT, "C11"),
    (S.MONITORING, A.ADD_MEASURE): (S.LINKING, "C12"),
    (S.MONITORING, A.EVALUATE): (S.EVALUATION, "C13"),
    (S.EVALUATION, A.CLOSE): (S.CLOSED, "C14"),
    (S.CLOSED, A.REOPEN): (S.INTAKE, "C17"),
    (S.CLOSED, A.ERASE): (S.ERASED, "C19"),
    (S.DECLINED, A.ERASE): (S.ERASED, "C19"),
    **{(state, A.END_EARLY): (S.EVALUATION, "C15") for state in WORKING},
    **{(state, A.STOP_AFTER_REVOCATION): (S.EVALUATION, "C20") for state in WORKING},
    **{(state, A.RECORD_DEATH): (S.CLOSED, "C16") for state in OPEN_STATES},
    **{(state, A.HAND_OVER): (state, "C18") for state in [*WORKING, S.EVALUATION]},
    **{
        (state, action): (state, rule)
        for state in S
        if state is not S.ERASED
        for action, rule in [
            (A.RESTRICT_PROCESSING, "Art. 18"),
            (A.LIFT_RESTRICTION, "Art. 18"),
            (A.PLACE_LEGAL_HOLD, "hold"),
            (A.LIFT_LEGAL_HOLD, "hold"),
        ]
    },
}

# Everything given and done.
READY = CaseFacts(
    unit_type="CM_TEAM",
    is_area_resolved=True,
    is_case_manager_active=True,
    is_case_manager_bound_to_secrecy=True,
    is_indication_complete=True,
    is_information_notice_given=True,
    is_consent_active=True,
    is_double_care_checked=True,
    is_signposting_recorded=True,
    fields_assessed=1,
    has_client_taken_part=True,
    is_plan_agreed=True,
    goals_with_measure=1,
    goals_open=1,
    measures_started=1,
    is_structural_question_answered=True,
    contact_attempts=3,
    is_reopening_window_open=True,
    is_deletion_due=True,
    is_archive_offer_answered=True,
    is_erasure_confirmed_by_all=True,
    is_reason_given=True,
    decline_reason=DeclineReason.CAPACITY,
    closing_reason=ClosingReason.GOALS_REACHED,
    is_same_person_confirmed=True,
)
SUITING = {
    A.CLOSE_AFTER_ADVICE: {"closing_reason": ClosingReason.REFERRED_ONLY},
    A.END_EARLY: {"closing_reason": ClosingReason.MOVED_AWAY},
    A.STOP_AFTER_REVOCATION: {"is_consent_active": False, "is_consent_revoked": True},
    A.LIFT_RESTRICTION: {"is_processing_restricted": True},
    A.LIFT_LEGAL_HOLD: {"is_under_legal_hold": True},
}


def ready_for(action: CaseAction) -> CaseFacts:
    return replace(READY, **SUITING.get(action, {}))


@pytest.mark.parametrize(("state", "action"), list(product(S, A)))
def test_every_pair_of_state_and_action_does_what_the_rule_book_says(
    state: CaseState, action: CaseAction
) -> None:
    facts = ready_for(action)
    if (state, action) in EXPECTED:
        to, rule = EXPECTED[state, action]
        assert CASE_LIFECYCLE.next_state(state, action, facts) is to
        assert CASE_LIFECYCLE.moves[state][action].rule == rule
    else:
        with pytest.raises(TransitionNotAllowed) as refused:
            CASE_LIFECYCLE.next_state(state, action, facts)
        allowed = {action for expected, action in EXPECTED if expected is state}
        assert set(refused.value.facts["allowedActions"]) == allowed


# One row per guard: the move, what spoils it, and the guard that must then say no.
SPOILED = [
    (S.REQUESTED, A.ASSIGN, {"is_area_resolved": False}, "area-resolved"),
    (S.REQUESTED, A.ASSIGN, {"is_case_manager_active": False}, "case-manager-active"),
    (
        S.REQUESTED,
        A.ASSIGN,
        {"is_case_manager_bound_to_secrecy": False},
        "case-manager-bound-to-secrecy",
    ),
    (S.REQUESTED, A.ASSIGN, {"unit_type": UnitType.ABH}, "unit-may-hold-cases"),
    (S.REQUESTED, A.ASSIGN, {"unit_type": UnitType.EBH}, "unit-may-hold-cases"),
    (S.REQUESTED, A.ASSIGN, {"has_staff_conflict": True}, "no-staff-conflict"),
    (S.REQUESTED, A.DECLINE, {"decline_reason": None}, "decline-reason-given"),
    (
        S.REQUESTED,
        A.DECLINE,
        {
            "decline_reason": DeclineReason.OTHER_CASE_MANAGEMENT_ACTIVE,
            "is_signposting_recorded": False,
        },
        "signposting-recorded",
    ),
    (S.INTAKE, A.OPEN, {"is_indication_complete": False}, "indication-checklist-complete"),
    (S.INTAKE, A.OPEN, {"is_information_notice_given": False}, "information-notice-given"),
    (S.INTAKE, A.OPEN, {"is_consent_active": False}, "legal-basis"),
    (S.INTAKE, A.OPEN, {"is_double_care_checked": False}, "double-care-checked"),
    (S.INTAKE, A.DECLINE, {"decline_reason": None}, "decline-reason-given"),
    (
        S.INTAKE,
        A.CLOSE_AFTER_ADVICE,
        {"closing_reason": ClosingReason.GOALS_REACHED},
        "closing-reason-referred-only",
    ),
    (S.ASSESSMENT, A.FINISH_ASSESSMENT, {"fields_assessed": 0}, "field-of-action-assessed"),
    (S.ASSESSMENT, A.FINISH_ASSESSMENT, {"has_client_taken_part": False}, "client-took-part"),
    (S.ASSESSMENT, A.FINISH_ASSESSMENT, {"is_consent_active": False}, "legal-basis"),
    (S.PLANNING, A.AGREE_PLAN, {"is_plan_agreed": False}, "plan-agreed"),
    (S.PLANNING, A.AGREE_PLAN, {"goals_with_measure": 0}, "goal-with-measure"),
    (S.PLANNING, A.AGREE_PLAN, {"needs_plan_approval": True}, "plan-approved"),
    (S.EVALUATION, A.CLOSE, {"results_offered": frozenset({"OTHER"})}, "result-offered"),
    (S.PLANNING, A.AGREE_PLAN, {"measures_without_responsible": 1}, "responsible-per-measure"),
    (S.LINKING, A.START_MEASURES, {"measures_started": 0}, "measure-started"),
    (S.MONITORING, A.REPLAN, {"is_reason_given": False}, "reason-given"),
    (S.MONITORING, A.REASSESS, {"is_reason_given": False}, "reason-given"),
    (S.MONITORING, A.ADD_MEASURE, {"goals_open": 0}, "goal-open"),
    (S.MONITORING, A.EVALUATE, {"goals_without_result": 1}, "every-goal-has-result"),
    (S.MONITORING, A.END_EARLY, {"closing_reason": None}, "early-end-reason-given"),
    (
        S.MONITORING,
        A.END_EARLY,
        {"closing_reason": ClosingReason.GOALS_REACHED},
        "early-end-reason-given",
    ),
    (
        S.MONITORING,
        A.END_EARLY,
        {"closing_reason": ClosingReason.CONTACT_LOST, "contact_attempts": 2},
        "contact-attempts-documented",
    ),
    (
        S.MONITORING,
        A.STOP_AFTER_REVOCATION,
        {"is_other_basis_recorded": True},
        "consent-revoked",
    ),
    (S.EVALUATION, A.CLOSE, {"closing_reason": None}, "closing-reason-given"),
    (S.EVALUATION, A.CLOSE, {"closing_reason": ClosingReason.DECEASED}, "closing-reason-given"),
    (S.EVALUATION, A.CLOSE, {"referrals_open": 1}, "no-open-referral"),
    (S.EVALUATION, A.CLOSE, {"measures_open": 1}, "measures-closed"),
    (
        S.EVALUATION,
        A.CLOSE,
        {"is_structural_question_answered": False},
        "structural-question-answered",
    ),
    (S.CLOSED, A.REOPEN, {"is_reopening_window_open": False}, "reopening-window-open"),
    (S.CLOSED, A.REOPEN, {"is_consent_active": False}, "legal-basis"),
    (S.CLOSED, A.REOPEN, {"is_same_person_confirmed": False}, "same-person-confirmed"),
    (S.CLOSED, A.REOPEN, {"closed_because": ClosingReason.DECEASED}, "client-alive"),
    (S.CLOSED, A.ERASE, {"is_deletion_due": False}, "deletion-due"),
    (S.CLOSED, A.ERASE, {"is_under_legal_hold": True}, "no-legal-hold"),
    (S.DECLINED, A.ERASE, {"is_archive_offer_answered": False}, "archive-offer-answered"),
    (S.DECLINED, A.ERASE, {"is_erasure_confirmed_by_all": False}, "erasure-confirmed"),
    (S.MONITORING, A.HAND_OVER, {"has_staff_conflict": True}, "no-staff-conflict"),
    (S.CLOSED, A.LIFT_RESTRICTION, {"is_processing_restricted": False}, "processing-restricted"),
    (S.CLOSED, A.LIFT_LEGAL_HOLD, {"is_under_legal_hold": False}, "legal-hold"),
]


@pytest.mark.parametrize(("state", "action", "spoil", "guard_id"), SPOILED)
def test_a_missing_precondition_refuses_the_move_and_names_the_guard(
    state: CaseState, action: CaseAction, spoil: dict[str, object], guard_id: str
) -> None:
    CASE_LIFECYCLE.next_state(state, action, ready_for(action))
    with pytest.raises(GuardFailed) as refused:
        CASE_LIFECYCLE.next_state(state, action, replace(ready_for(action), **spoil))
    assert refused.value.facts["guards"] == [guard_id]
    assert refused.value.status == 422


def test_every_guard_of_the_table_is_tried() -> None:
    of_the_table = {
        guard.id
        for row in CASE_LIFECYCLE.moves.values()
        for move in row.values()
        for guard in move.guards
    }
    assert of_the_table == {row[3] for row in SPOILED} | {"processing-not-restricted"}


@pytest.mark.parametrize(("state", "action"), list(EXPECTED))
def test_restricted_processing_blocks_all_but_death_erasure_holds_and_lifting(
    state: CaseState, action: CaseAction
) -> None:
    restricted = replace(ready_for(action), is_processing_restricted=True)
    unblocked = {
        A.RECORD_DEATH,
        A.ERASE,
        A.LIFT_RESTRICTION,
        A.PLACE_LEGAL_HOLD,
        A.LIFT_LEGAL_HOLD,
    }
    if action in unblocked:
        CASE_LIFECYCLE.next_state(state, action, restricted)
    else:
        with pytest.raises(GuardFailed) as refused:
            CASE_LIFECYCLE.next_state(state, action, restricted)
        assert "processing-not-restricted" in refused.value.facts["guards"]


def test_another_recorded_basis_opens_a_case_without_consent() -> None:
    facts = replace(READY, is_consent_active=False, is_other_basis_recorded=True)
    assert CASE_LIFECYCLE.next_state(S.INTAKE, A.OPEN, facts) is S.ASSESSMENT


def test_an_accepted_referral_counts_as_a_started_measure() -> None:
    facts = replace(READY, measures_started=0, referrals_accepted=1)
    assert CASE_LIFECYCLE.next_state(S.LINKING, A.START_MEASURES, facts) is S.MONITORING


def test_after_a_revocation_no_working_step_is_open_but_stopping_is() -> None:
    revoked = replace(READY, is_consent_active=False, is_consent_revoked=True)
    options = CASE_LIFECYCLE.options(S.MONITORING, revoked)
    is_open = {option.action: option.is_open for option in options}
    assert is_open[A.STOP_AFTER_REVOCATION] is True
    assert [is_open[a] for a in (A.REPLAN, A.REASSESS, A.ADD_MEASURE)] == [False] * 3


def test_an_erased_case_has_no_way_out() -> None:
    assert CASE_LIFECYCLE.allowed(S.ERASED) == ()


def test_every_action_has_a_label_and_every_state_stands_in_the_code_list() -> None:
    assert set(ACTION_LABELS) == set(CaseAction)
    assert [code.code for code in PHASES.codes] == [state.value for state in CaseState]


@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(CaseAction),
            st.builds(
                CaseFacts,
                is_area_resolved=st.booleans(),
                is_case_manager_active=st.booleans(),
                is_case_manager_bound_to_secrecy=st.booleans(),
                is_indication_complete=st.booleans(),
                is_information_notice_given=st.booleans(),
                is_consent_active=st.booleans(),
                is_double_care_checked=st.booleans(),
                fields_assessed=st.integers(0, 2),
                has_client_taken_part=st.booleans(),
                is_plan_agreed=st.booleans(),
                goals_with_measure=st.integers(0, 2),
                is_reopening_window_open=st.booleans(),
                is_same_person_confirmed=st.booleans(),
                closing_reason=st.none() | st.sampled_from(ClosingReason),
            ),
            st.booleans(),
        ),
        max_size=60,
    )
)
def test_no_walk_reaches_linking_without_assessment_and_agreed_plan(
    steps: list[tuple[CaseAction, CaseFacts, bool]],
) -> None:
    """R-CM1. Half of the steps take an action that the state offers, so that walks get far."""
    state, done = CASE_LIFECYCLE.initial, set()
    for random_action, random_facts, is_guided in steps:
        offered = CASE_LIFECYCLE.allowed(state)
        is_led = is_guided and bool(offered)
        action = offered[0] if is_led else random_action
        facts = ready_for(action) if is_led else random_facts
        try:
            following = CASE_LIFECYCLE.next_state(state, action, facts)
        except (TransitionNotAllowed, GuardFailed):
            continue
        if following is S.INTAKE and state is not S.INTAKE:
            done.clear()
        if action is A.FINISH_ASSESSMENT:
            assert facts.fields_assessed >= 1
            done.add("assessment")
        if following is S.LINKING and state is S.PLANNING:
            assert facts.is_plan_agreed
            assert facts.goals_with_measure >= 1
            done.add("plan")
        state = following
        if state is S.LINKING:
            assert done == {"assessment", "plan"}
