"""Referrals for the steering group: by agency, outcome and way, with the days they waited."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shared.kernel.clock import BERLIN
from tests.services.referrals.desk import Desk
from tests.services.referrals.test_statistics import Past, year

DeskOf = Callable[[str], Desk]
pytestmark = pytest.mark.usefixtures("directory")
CONTROLLING = "/v1/statistics/referral-controlling"


@pytest.fixture
def past(owner: Any) -> Past:
    return Past(owner)


async def told(desk_of: DeskOf, query: str, persona: str = "waf-coordinator") -> Any:
    answer = await desk_of(persona).get(f"{CONTROLLING}?{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def ways(found: Any) -> dict[tuple[str, str], tuple[int | None, str | None, str | None]]:
    return {
        (one["senderType"], one["recipientType"]): (
            one["referrals"],
            one["medianDaysToPull"],
            one["medianDaysToAnswer"],
        )
        for one in found["flows"]
    }


async def test_the_flow_matrix_has_counts_and_median_days(desk_of: DeskOf, past: Past) -> None:
    for days in (1, 2, 3, 4, 20):
        steps = ((days / 2, "DELIVERED"), (days, "ACCEPTED"))
        await past.send("2013-02-03", 1, steps=steps)
    await past.send("2013-05-06", 6, steps=((2, "DELIVERED"), (6, "REJECTED")))
    await past.send("2013-09-09", 7, sender="waf-jugendamt", recipient="waf-jobcenter")
    found = await told(desk_of, year(2013))
    assert ways(found) == {
        ("JOBCENTER_ACTIVE", "CM_TEAM"): (11, "2.0", "6.0"),
        ("JUGENDAMT", "JOBCENTER_ACTIVE"): (7, None, None),
    }
    assert found["referrals"] == 18
    assert {one["outcome"]: one["referrals"] for one in found["outcomes"]} == {
        "ACCEPTED": 5, "OPEN": 7, "REJECTED": 6,
    }  # fmt: skip
    by_agency = {one["agencyType"]: one for one in found["recipients"]}
    assert by_agency["CM_TEAM"]["outcomes"] == [
        {"outcome": "ACCEPTED", "referrals": 5},
        {"outcome": "REJECTED", "referrals": 6},
    ]
    assert by_agency["CM_TEAM"]["medianDaysToAnswer"] == "6.0"
    assert by_agency["JOBCENTER_ACTIVE"]["medianDaysToAnswer"] is None
    totals = {one["agencyType"]: one["referrals"] for one in found["senders"]}
    assert totals == {"JOBCENTER_ACTIVE": 11, "JUGENDAMT": 7}


async def test_no_total_of_the_matrix_gives_a_small_way_away(desk_of: DeskOf, past: Past) -> None:
    await past.send("2014-02-03", 12)
    await past.send("2014-05-05", 3, recipient="waf-jugendamt")
    await past.send("2014-08-08", 9, sender="waf-jugendamt")
    await past.send("2014-11-11", 8, sender="waf-jugendamt", recipient="waf-jobcenter")
    found = await told(desk_of, year(2014))
    matrix = ways(found)
    small = ("JOBCENTER_ACTIVE", "JUGENDAMT")
    assert matrix[small] == (None, None, None)
    rows = {one["agencyType"]: one["referrals"] for one in found["senders"]}
    columns = {one["agencyType"]: one["referrals"] for one in found["recipients"]}
    for side, totals in ((0, rows), (1, columns)):
        for kind, total in totals.items():
            hidden = [
                way for way, figures in matrix.items() if way[side] == kind and figures[0] is None
            ]
            assert len(hidden) + (total is None) != 1, (kind, matrix, totals)
    assert columns["JUGENDAMT"] is None


async def test_one_more_referral_or_answer_changes_no_settled_figure(
    desk_of: DeskOf, past: Past
) -> None:
    """The difference attack: the same question before and after; the year beside its quarters."""
    for day in ("02-10", "05-10", "08-10", "11-10"):
        await past.send(f"2012-{day}", 10)
        await past.send(f"2012-{day}", 6, recipient="waf-jugendamt")
    [late] = await past.send("2012-12-01", 1)
    await past.send("2012-06-01", 1, recipient="waf-jugendamt")
    ends = (("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31"))
    periods = [year(2012), *(f"fromOn=2012-{first}&toOn=2012-{last}" for first, last in ends)]
    asked = [await told(desk_of, period) for period in periods]
    await past.step(late, datetime(2013, 4, 1, 12, tzinfo=BERLIN), "ACCEPTED")
    await past.send("2013-01-01", 1)
    assert [await told(desk_of, period) for period in periods] == asked
    for part in ("recipients", "senders"):
        figures = [
            {one["agencyType"]: one["referrals"] for one in answer[part]} for answer in asked
        ]
        whole, *quarters = figures
        for kind, total in whole.items():
            shown = [quarter[kind] for quarter in quarters]
            assert total is None or shown.count(None) != 1, (part, kind, shown)


async def test_a_running_year_tells_its_ended_quarters_only_in_all(
    desk_of: DeskOf, past: Past
) -> None:
    today = datetime.now(BERLIN)
    settled = today.year - 1 if today.month > 3 else today.year - 2
    await past.send(f"{settled + 1}-01-02", 5)
    if today.month > 3:
        found = await told(desk_of, f"fromOn={today.year}-01-01&toOn={today.year}-03-31")
        assert found["isSettled"] is False
        assert (found["recipients"], found["outcomes"], found["flows"]) == ([], [], [])
    answer = await desk_of("waf-coordinator").get(f"{CONTROLLING}?{year(2198)}")
    assert (answer.status_code, answer.json()["code"]) == (409, "figures-not-settled")


@pytest.mark.parametrize(
    ("persona", "status"),
    [
        ("waf-coordinator", 200),
        ("waf-unit-head", 200),
        ("waf-auditor", 200),
        ("waf-case-manager", 403),
        ("waf-funding-officer", 403),
        ("waf-jobcenter-system", 403),
        ("waf-admin", 403),
        ("waf-dpo", 403),
    ],
)
async def test_the_steering_group_and_nobody_else(
    desk_of: DeskOf, persona: str, status: int
) -> None:
    answer = await desk_of(persona).get(f"{CONTROLLING}?{year(2012)}")
    assert answer.status_code == status
