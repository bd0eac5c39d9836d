"""What a unit can take on, and on which day."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referrals.domain.agencies import EndpointStatus
from services.referrals.domain.capacity import (
    Capacity,
    CapacityUnusable,
    Opening,
    OpeningUnusable,
    Weekday,
    can_take,
    in_order,
)
from services.referrals.domain.codes import Mode
from tests.services.referrals.domain.people_and_places import CASE_MANAGEMENT, TODAY

SERVICE = "CASE_MANAGEMENT"
OPEN = Capacity(accepts=True, seats_total=20, seats_free=3)


@pytest.mark.parametrize(
    ("capacity", "accepts"),
    [
        (OPEN, True),
        (replace(OPEN, seats_free=None), True),
        (replace(OPEN, seats_free=0), False),
        (replace(OPEN, accepts=False), False),
        (replace(OPEN, valid_from=TODAY, valid_to=TODAY), True),
        (replace(OPEN, valid_from=date(2026, 3, 11)), False),
        (replace(OPEN, valid_to=date(2026, 3, 9)), False),
    ],
)
def test_a_unit_takes_somebody_when_it_is_open_in_its_term_and_not_full(
    capacity: Capacity, *, accepts: bool
) -> None:
    assert capacity.accepts_on(TODAY) is accepts
    assert can_take(CASE_MANAGEMENT, SERVICE, capacity, TODAY) is accepts


def test_who_said_nothing_takes_and_who_is_unknown_or_suspended_does_not() -> None:
    assert can_take(CASE_MANAGEMENT, SERVICE, None, TODAY)
    assert not can_take(None, SERVICE, None, TODAY)
    assert not can_take(CASE_MANAGEMENT, "LANGUAGE_COURSE", OPEN, TODAY)
    suspended = replace(CASE_MANAGEMENT, endpoint_status=EndpointStatus.SUSPENDED)
    assert not can_take(suspended, SERVICE, OPEN, TODAY)


def test_more_free_seats_than_seats_or_an_end_before_the_beginning_is_no_capacity() -> None:
    with pytest.raises(CapacityUnusable):
        Capacity(accepts=True, seats_total=2, seats_free=3)
    with pytest.raises(CapacityUnusable):
        Capacity(accepts=True, valid_from=TODAY, valid_to=date(2026, 3, 9))


def test_opening_hours_stand_in_the_order_of_the_week() -> None:
    hours = [
        Opening(Weekday.TU, "08:00", "12:00"),
        Opening(Weekday.MO, "14:00", "16:00"),
        Opening(Weekday.MO, "08:00", "12:00"),
    ]
    assert [(one.day.value, one.opens_at) for one in in_order(hours)] == [
        ("MO", "08:00"),
        ("MO", "14:00"),
        ("TU", "08:00"),
    ]


@pytest.mark.parametrize(
    "hours",
    [
        [Opening(Weekday.MO, "12:00", "12:00")],
        [Opening(Weekday.MO, "08:00", "12:00"), Opening(Weekday.MO, "11:59", "16:00")],
    ],
)
def test_opening_hours_that_end_too_early_or_overlap_are_refused(hours: list[Opening]) -> None:
    with pytest.raises(OpeningUnusable):
        in_order(hours)


@given(st.sets(st.sampled_from(Mode)))
def test_a_notice_of_child_protection_is_refused_by_no_setting(modes: set[Mode]) -> None:
    unit = replace(CASE_MANAGEMENT, accepted_modes=frozenset(modes))
    assert unit.accepts_mode(Mode.CHILD_PROTECTION)
    for mode in set(Mode) - {Mode.CHILD_PROTECTION}:
        assert unit.accepts_mode(mode) is (not modes or mode in modes)
