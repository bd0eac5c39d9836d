"""How long a case is kept, and who must have looked before it is erased."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from services.cases.domain.destruction import (
    DESTRUCTION_LIFECYCLE,
    ListAction,
    ListFacts,
    ListState,
)
from services.cases.domain.facts import CaseState
from services.cases.domain.practice import Practice
from services.cases.domain.retention import (
    DeletionRule,
    StartEvent,
    default_rules,
    rule_for,
)
from services.cases.domain.retention_words import KeptCase, explain
from services.cases.storage.data_kinds import DATA_KINDS, WITHOUT_PEOPLE
from services.cases.storage.tables import Table
from shared.kernel.lifecycle import GuardFailed, TransitionNotAllowed
from shared.kernel.text import Text

TODAY = date(2026, 6, 1)
DEFAULTS = default_rules(Practice())
RULE = DeletionRule(
    result="MOVED_AWAY",
    start_event=StartEvent.PROCESS_ENDED,
    period_years=1,
    period_days=0,
    legal_reason=Text(de="Beschluss", en="decision"),
    valid_from=date(2024, 1, 1),
)
CLOSED = KeptCase(
    state=CaseState.CLOSED,
    closing_reason="GOALS_REACHED",
    ended_on=date(2022, 11, 21),
    is_under_legal_hold=False,
)


def test_every_table_with_data_about_people_has_exactly_one_data_kind() -> None:
    """R-D1: a new table needs its data kind, or the statement that it is about nobody."""
    assert set(DATA_KINDS) | WITHOUT_PEOPLE == set(Table.metadata.tables)
    assert not set(DATA_KINDS) & WITHOUT_PEOPLE


def test_a_closed_case_is_kept_three_years_after_the_year_of_closing() -> None:
    kept = explain(CLOSED, DEFAULTS, TODAY)
    assert (kept.kept_until, kept.is_due) == (date(2025, 12, 31), True)
    assert "21.11.2022" in kept.because.de
    assert "2022-11-21" in kept.because.en
    assert kept.would_change_if == ("hold-placed", "case-reopened", "rule-changed")


def test_a_declined_request_is_kept_for_its_own_days() -> None:
    declined = replace(CLOSED, state=CaseState.DECLINED, closing_reason=None)
    own = replace(RULE, result="ANY")
    assert explain(declined, (own, *DEFAULTS), TODAY).kept_until == date(2023, 5, 20)


def test_a_hold_keeps_a_due_case_and_says_what_would_change_it() -> None:
    kept = explain(replace(CLOSED, is_under_legal_hold=True), DEFAULTS, TODAY)
    assert (kept.kept_until, kept.due_on, kept.is_due) == (None, date(2025, 12, 31), False)
    assert kept.would_change_if[0] == "hold-lifted"


@pytest.mark.parametrize("state", [CaseState.INTAKE, CaseState.ERASED])
def test_nothing_is_promised_for_a_running_or_erased_case(state: CaseState) -> None:
    kept = explain(replace(CLOSED, state=state), DEFAULTS, TODAY)
    assert (kept.kept_until, kept.rule, kept.is_due) == (None, None, False)


def test_the_rule_of_the_result_comes_before_any_and_the_latest_in_force_wins() -> None:
    older = replace(RULE, valid_from=date(2020, 1, 1), period_years=9)
    future = replace(RULE, valid_from=date(2026, 6, 2), period_years=0)
    rules = (older, RULE, future, *DEFAULTS)
    assert rule_for("MOVED_AWAY", rules, TODAY) is RULE
    assert rule_for("MOVED_AWAY", rules, date(2026, 6, 2)) is future
    assert rule_for("OTHER", rules, TODAY) is DEFAULTS[0]


def test_a_period_from_29_february_ends_on_the_28th() -> None:
    assert RULE.last_day(date(2024, 2, 29)) == date(2025, 2, 28)


READY = ListFacts(
    actor="c",
    author="a",
    reviewer="b",
    may_approve=True,
    may_handle_cases=True,
    items_listed=1,
    items_without_archive_answer=0,
)
S, A = ListState, ListAction
MOVES = {
    (S.DRAFT, A.SUBMIT): S.IN_REVIEW,
    (S.IN_REVIEW, A.REVIEW): S.REVIEWED,
    (S.IN_REVIEW, A.REQUEST_CHANGES): S.CHANGES_REQUESTED,
    (S.CHANGES_REQUESTED, A.SUBMIT): S.IN_REVIEW,
    (S.REVIEWED, A.APPROVE): S.APPROVED,
    (S.REVIEWED, A.REQUEST_CHANGES): S.CHANGES_REQUESTED,
    (S.APPROVED, A.EXECUTE): S.EXECUTED,
}


@pytest.mark.parametrize(("state", "action"), list(product(ListState, ListAction)))
def test_every_pair_of_state_and_action_of_a_destruction_list(
    state: ListState, action: ListAction
) -> None:
    facts = replace(READY, actor="a") if action is A.SUBMIT else READY
    if (state, action) in MOVES:
        following = DESTRUCTION_LIFECYCLE.next_state(state, action, facts)
        assert following is MOVES[(state, action)]
    else:
        with pytest.raises(TransitionNotAllowed):
            DESTRUCTION_LIFECYCLE.next_state(state, action, facts)


@pytest.mark.parametrize(
    ("state", "action", "changes", "guard"),
    [
        (S.DRAFT, A.SUBMIT, {"actor": "b"}, "is-author"),
        (S.DRAFT, A.SUBMIT, {"actor": "a", "items_listed": 0}, "has-cases"),
        (S.IN_REVIEW, A.REVIEW, {"actor": "a"}, "is-second-person"),
        (S.IN_REVIEW, A.REVIEW, {"may_handle_cases": False}, "handles-cases"),
        (S.REVIEWED, A.APPROVE, {"actor": "a"}, "is-third-person"),
        (S.REVIEWED, A.APPROVE, {"actor": "b"}, "is-third-person"),
        (S.REVIEWED, A.APPROVE, {"may_approve": False}, "may-approve"),
        (S.APPROVED, A.EXECUTE, {"items_without_archive_answer": 1}, "archive-has-answered"),
        (S.APPROVED, A.EXECUTE, {"may_handle_cases": False}, "handles-cases"),
    ],
)
def test_each_guard_of_a_destruction_list(
    state: ListState, action: ListAction, changes: dict[str, object], guard: str
) -> None:
    facts = replace(READY, **changes)  # type: ignore[arg-type]
    with pytest.raises(GuardFailed) as refused:
        DESTRUCTION_LIFECYCLE.next_state(state, action, facts)
    assert [fault.code for fault in refused.value.faults] == [guard]
