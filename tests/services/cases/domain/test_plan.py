"""Indication checklist, help plan, measures."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from services.cases.domain.indication import (
    CRITERION_LABELS,
    IndicationChecklist,
    IndicationCriterion,
)
from services.cases.domain.plan import (
    MEASURE_LIFECYCLE,
    Agreement,
    Goal,
    GoalResult,
    Measure,
    MeasureAction,
    MeasureFacts,
    MeasureState,
    PlanIsAgreed,
    PlanNotReady,
    PlanVersion,
    ResponsibleKind,
)
from shared.kernel.lifecycle import GuardFailed, TransitionNotAllowed

TODAY = date(2022, 11, 21)
AGREEMENT = Agreement(TODAY, "uk")
COURSE = Measure(responsible_kind=ResponsibleKind.CLIENT)
LANGUAGE_GOAL = Goal((COURSE,))
PLAN = PlanVersion(1, (LANGUAGE_GOAL,))
CHECKLIST = IndicationChecklist(
    problem_areas=3,
    has_several_providers=True,
    do_standard_paths_fail=True,
    lacks_own_resources=False,
    does_client_agree=True,
    judgement="Drei Stellen nötig, Regelberatung reicht nicht.",
)


def test_a_checklist_with_five_answers_and_a_judgement_is_complete() -> None:
    assert CHECKLIST.is_complete
    assert CHECKLIST.met == 4


@pytest.mark.parametrize(
    ("change", "criterion"),
    [
        ({"problem_areas": None}, IndicationCriterion.COMPLEX_NEED),
        ({"has_several_providers": None}, IndicationCriterion.SEVERAL_PROVIDERS),
        ({"do_standard_paths_fail": None}, IndicationCriterion.STANDARD_PATHS_FAIL),
        ({"lacks_own_resources": None}, IndicationCriterion.LACK_OF_OWN_RESOURCES),
        ({"does_client_agree": None}, IndicationCriterion.CLIENT_AGREES),
    ],
)
def test_each_undocumented_criterion_keeps_the_checklist_open(
    change: dict[str, None], criterion: IndicationCriterion
) -> None:
    checklist = replace(CHECKLIST, **change)
    assert checklist.open_criteria == (criterion,)
    assert not checklist.is_complete


def test_a_client_who_does_not_agree_or_a_missing_judgement_keeps_it_open() -> None:
    assert not replace(CHECKLIST, does_client_agree=False).is_complete
    assert not replace(CHECKLIST, judgement=" ").is_complete


def test_complex_need_begins_with_three_problem_areas() -> None:
    answers = [
        replace(CHECKLIST, problem_areas=areas).answers[IndicationCriterion.COMPLEX_NEED]
        for areas in (2, 3)
    ]
    assert answers == [False, True]


def test_every_criterion_has_a_label() -> None:
    assert set(CRITERION_LABELS) == set(IndicationCriterion)


def test_agreeing_fixes_date_and_language() -> None:
    agreed = PLAN.agree(AGREEMENT, today=TODAY)
    assert agreed == PlanVersion(1, (LANGUAGE_GOAL,), AGREEMENT)
    assert not PLAN.is_agreed


@pytest.mark.parametrize(
    ("plan", "agreement"),
    [
        (PlanVersion(1), AGREEMENT),
        (PlanVersion(1, (Goal(),)), AGREEMENT),
        (PlanVersion(1, (Goal((Measure(),)),)), AGREEMENT),
        (PLAN, Agreement(date(2022, 11, 22), "uk")),
        (PLAN, Agreement(TODAY, "Ukrainisch")),
        (PLAN, Agreement(TODAY, "")),
    ],
)
def test_a_plan_without_goal_measure_responsible_date_or_language_cannot_be_agreed(
    plan: PlanVersion, agreement: Agreement
) -> None:
    with pytest.raises(PlanNotReady):
        plan.agree(agreement, today=TODAY)


def test_an_agreed_version_is_not_changed_any_more() -> None:
    agreed = PLAN.agree(AGREEMENT, today=TODAY)
    with pytest.raises(PlanIsAgreed):
        agreed.require_editable()
    with pytest.raises(PlanIsAgreed):
        agreed.agree(AGREEMENT, today=TODAY)


def test_the_next_version_carries_over_only_goals_without_result() -> None:
    done = Goal((COURSE,), GoalResult.REACHED)
    following = PlanVersion(1, (done, LANGUAGE_GOAL), AGREEMENT).successor()
    assert following == PlanVersion(2, (LANGUAGE_GOAL,))


def test_a_measure_of_another_body_must_name_it() -> None:
    assert not Measure(responsible_kind=ResponsibleKind.UNIT).has_responsible
    assert Measure(
        responsible_kind=ResponsibleKind.UNIT, responsible_ref="waf-jobcenter"
    ).has_responsible
    assert not Measure().has_responsible


def test_a_plan_counts_its_goals_and_measures() -> None:
    plan = PlanVersion(
        1,
        (
            Goal((Measure(MeasureState.DONE), Measure(MeasureState.STARTED)), GoalResult.REACHED),
            Goal((Measure(MeasureState.PLANNED), Measure(MeasureState.CANCELLED))),
            Goal(),
        ),
    )
    assert (plan.goals_with_measure, plan.goals_without_result) == (2, 2)
    assert (plan.measures_started, plan.measures_open) == (2, 2)
    assert plan.measures_without_responsible == 4


MEASURE_MOVES = {
    (MeasureState.PLANNED, MeasureAction.START): MeasureState.STARTED,
    (MeasureState.PLANNED, MeasureAction.CANCEL): MeasureState.CANCELLED,
    (MeasureState.STARTED, MeasureAction.FINISH): MeasureState.DONE,
    (MeasureState.STARTED, MeasureAction.CANCEL): MeasureState.CANCELLED,
}


@pytest.mark.parametrize(("state", "action"), list(product(MeasureState, MeasureAction)))
def test_every_pair_of_measure_state_and_action(state: MeasureState, action: MeasureAction) -> None:
    facts = MeasureFacts(is_plan_agreed=True)
    if (state, action) in MEASURE_MOVES:
        assert MEASURE_LIFECYCLE.next_state(state, action, facts) is MEASURE_MOVES[state, action]
    else:
        with pytest.raises(TransitionNotAllowed):
            MEASURE_LIFECYCLE.next_state(state, action, facts)


def test_no_measure_starts_before_the_plan_is_agreed() -> None:
    with pytest.raises(GuardFailed):
        MEASURE_LIFECYCLE.next_state(MeasureState.PLANNED, MeasureAction.START, MeasureFacts())
