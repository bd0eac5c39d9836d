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
    PARTS_OF_FILE,
    DataKind,
    DeletionRule,
    StartEvent,
    default_rules,
    rule_for,
    rule_of_type,
)
from services.cases.domain.retention_words import KeptCase, explain
from services.cases.storage.data_kinds import DATA_KINDS, WITHOUT_PEOPLE
from services.cases.storage.tables import Table
from shared.kernel.access_relations import Relation
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


def test_the_rule_of_the_unit_comes_before_that_of_the_type_and_this_before_the_default() -> None:
    of_type = rule_of_type("GOALS_REACHED", 5)
    of_unit = replace(RULE, result="ANY")
    assert rule_for("GOALS_REACHED", (*DEFAULTS, of_type), TODAY) is of_type
    assert rule_for("GOALS_REACHED", (*DEFAULTS, of_type, of_unit), TODAY) is of_unit
    assert rule_for("OTHER", (*DEFAULTS, of_type), TODAY) is DEFAULTS[0]
    kept = explain(CLOSED, (*DEFAULTS, of_type), TODAY)
    assert kept.kept_until == date(2027, 12, 31)
    assert "Regel des Falltyps" in kept.because.de
    assert "The rule of the case type applies" in kept.because.en


def of_kind(kind: DataKind, years: int) -> DeletionRule:
    return replace(RULE, data_kind=kind, result="ANY", period_years=years)


def test_each_kind_of_data_is_explained_by_its_own_rule_and_never_outlives_the_file() -> None:
    rules = (of_kind(DataKind.NOTE, 1), of_kind(DataKind.CONTACT, 9), *DEFAULTS)
    kinds = explain(CLOSED, rules, TODAY).kinds
    assert set(kinds) == set(PARTS_OF_FILE)
    assert (kinds[DataKind.NOTE].due_on, kinds[DataKind.NOTE].is_due) == (date(2023, 11, 21), True)
    assert kinds[DataKind.CONTACT].due_on == date(2025, 12, 31)
    assert kinds[DataKind.CONTACT].because.en.startswith("Its own rule reaches further")
    assert kinds[DataKind.DOCUMENT].because.de.startswith("Für diese Datenart gilt keine eigene")
    assert kinds[DataKind.DOCUMENT].would_change_if[-1] == "file-rule-changed"


def test_a_person_stays_as_long_as_the_consents_that_they_gave() -> None:
    rules = (of_kind(DataKind.PERSON, 1), *DEFAULTS)
    kept = explain(CLOSED, rules, TODAY).kinds[DataKind.PERSON]
    assert kept.due_on == date(2025, 12, 31)
    assert kept.because.de.startswith("Die eigene Regel endet früher")
    both = explain(CLOSED, (of_kind(DataKind.CONSENT, 2), *rules), TODAY).kinds
    assert both[DataKind.PERSON].due_on == both[DataKind.CONSENT].due_on == date(2024, 11, 21)


def test_a_hold_and_an_open_offer_to_the_archive_hold_every_kind() -> None:
    rules = (of_kind(DataKind.NOTE, 1), *DEFAULTS)
    held = explain(replace(CLOSED, is_under_legal_hold=True), rules, TODAY).kinds[DataKind.NOTE]
    assert (held.kept_until, held.is_due, held.would_change_if[0]) == (None, False, "hold-lifted")
    waiting = explain(replace(CLOSED, has_archive_answered=False), rules, TODAY)
    assert "archive-answered" in waiting.kinds[DataKind.NOTE].would_change_if


def test_a_period_from_29_february_ends_on_the_28th() -> None:
    assert RULE.last_day(date(2024, 2, 29)) == date(2025, 2, 28)


AUTHOR = frozenset({Relation.UNIT, Relation.AUTHOR})
REVIEWER = frozenset({Relation.UNIT, Relation.REVIEWER})
READY = ListFacts(
    relations=frozenset({Relation.UNIT}),
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
    (S.APPROVED, A.EXECUTE): S.EXECUTING,
    (S.EXECUTING, A.FINISH): S.EXECUTED,
}


@pytest.mark.parametrize(("state", "action"), list(product(ListState, ListAction)))
def test_every_pair_of_state_and_action_of_a_destruction_list(
    state: ListState, action: ListAction
) -> None:
    facts = replace(READY, relations=AUTHOR) if action is A.SUBMIT else READY
    facts = replace(facts, items_listed=0) if action is A.FINISH else facts
    if (state, action) in MOVES:
        following = DESTRUCTION_LIFECYCLE.next_state(state, action, facts)
        assert following is MOVES[(state, action)]
    else:
        with pytest.raises(TransitionNotAllowed):
            DESTRUCTION_LIFECYCLE.next_state(state, action, facts)


@pytest.mark.parametrize(
    ("state", "action", "changes", "guard"),
    [
        (S.DRAFT, A.SUBMIT, {"relations": REVIEWER}, "is-author"),
        (S.DRAFT, A.SUBMIT, {"relations": AUTHOR, "items_listed": 0}, "has-cases"),
        (S.IN_REVIEW, A.REVIEW, {"relations": AUTHOR}, "is-second-person"),
        (S.IN_REVIEW, A.REVIEW, {"may_handle_cases": False}, "handles-cases"),
        (S.REVIEWED, A.APPROVE, {"relations": AUTHOR}, "is-third-person"),
        (S.REVIEWED, A.APPROVE, {"relations": REVIEWER}, "is-third-person"),
        (S.REVIEWED, A.APPROVE, {"may_approve": False}, "may-approve"),
        (S.APPROVED, A.EXECUTE, {"items_without_archive_answer": 1}, "archive-has-answered"),
        (S.APPROVED, A.EXECUTE, {"may_handle_cases": False}, "handles-cases"),
        (S.EXECUTING, A.FINISH, {"items_listed": 1}, "every-case-handled"),
    ],
)
def test_each_guard_of_a_destruction_list(
    state: ListState, action: ListAction, changes: dict[str, object], guard: str
) -> None:
    facts = replace(READY, **changes)  # type: ignore[arg-type]
    with pytest.raises(GuardFailed) as refused:
        DESTRUCTION_LIFECYCLE.next_state(state, action, facts)
    assert [fault.code for fault in refused.value.faults] == [guard]
