"""Parting a family: everything is decided, and nobody is left over."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cases.domain.errors import DateInFuture
from services.cases.domain.families import (
    ArrivalCohortsDiffer,
    CasePartedFromClient,
    EndsBeforeItBegins,
    FamilyCase,
    FamilyCasesUndecided,
    FamilyCaseUnknown,
    MemberUnknown,
    PresentMember,
    Split,
    SplitLeavesNobody,
    cohort_after_join,
)
from shared.kernel.errors import Refusal

TODAY = date(2024, 6, 1)
MOTHER, SON = (PresentMember(uuid4(), uuid4(), date(2022, 3, 1)) for _ in range(2))
HERS = FamilyCase(uuid4(), MOTHER.person_id, is_open=True)
HIS = FamilyCase(uuid4(), SON.person_id, is_open=True)
ENDED = FamilyCase(uuid4(), MOTHER.person_id, is_open=False)
CASES = (HERS, HIS, ENDED)


def split(
    *members: UUID,
    moving: tuple[FamilyCase, ...] = (HIS,),
    staying: tuple[FamilyCase, ...] = (HERS,),
    on: date = TODAY,
) -> None:
    Split(
        effective_on=on,
        member_ids=frozenset(members),
        moving_case_ids=frozenset(one.id for one in moving),
        staying_case_ids=frozenset(one.id for one in staying),
    ).check((MOTHER, SON), CASES, today=TODAY)


def test_a_split_that_decides_everything_is_accepted() -> None:
    split(SON.id)
    split(SON.id, on=date(2022, 3, 2))


@pytest.mark.parametrize(
    ("refusal", "attempt"),
    [
        (MemberUnknown, lambda: split(uuid4())),
        (SplitLeavesNobody, lambda: split(SON.id, MOTHER.id, moving=(HIS, HERS), staying=())),
        (SplitLeavesNobody, split),
        (DateInFuture, lambda: split(SON.id, on=date(2024, 6, 2))),
        (EndsBeforeItBegins, lambda: split(SON.id, on=date(2022, 3, 1))),
        (FamilyCasesUndecided, lambda: split(SON.id, staying=())),
        (FamilyCasesUndecided, lambda: split(SON.id, staying=(HERS, HIS))),
        (FamilyCaseUnknown, lambda: split(SON.id, moving=(FamilyCase(uuid4(), None, True), HIS))),
        (CasePartedFromClient, lambda: split(SON.id, moving=(HIS, ENDED))),
        (CasePartedFromClient, lambda: split(MOTHER.id)),
    ],
)
def test_what_a_split_leaves_open_is_refused(refusal: type[Refusal], attempt: object) -> None:
    assert callable(attempt)
    with pytest.raises(refusal):
        attempt()


@given(
    moving=st.sets(st.sampled_from([one.id for one in CASES])),
    staying=st.sets(st.sampled_from([one.id for one in CASES])),
    leaving=st.sets(st.sampled_from([MOTHER.id, SON.id])),
)
def test_after_any_accepted_split_each_open_case_lives_where_its_client_lives(
    moving: set[UUID], staying: set[UUID], leaving: set[UUID]
) -> None:
    attempt = Split(
        effective_on=TODAY,
        member_ids=frozenset(leaving),
        moving_case_ids=frozenset(moving),
        staying_case_ids=frozenset(staying),
    )
    try:
        attempt.check((MOTHER, SON), CASES, today=TODAY)
    except Refusal:
        return
    gone = {one.person_id for one in (MOTHER, SON) if one.id in leaving}
    assert all((one.id in moving) == (one.client_id in gone) for one in CASES if one.is_open)


def test_which_arrival_cohort_holds_is_told_never_guessed() -> None:
    assert cohort_after_join("A", "A", None, is_told=False) == "A"
    assert cohort_after_join("A", None, None, is_told=True) is None
    assert cohort_after_join(None, "A", "A", is_told=True) == "A"
    for told, is_told in ((None, False), ("B", True)):
        with pytest.raises(ArrivalCohortsDiffer):
            cohort_after_join("A", None, told, is_told=is_told)
