"""No referral is left unanswered: whatever the two sides do or leave undone, time brings an end."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, example, given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from services.referrals.domain.clocks import HOLD_DAYS_MAX, Clock, Pause, Policy, due, is_due
from services.referrals.domain.deadlines import Terms
from services.referrals.operations.due import do_due_work
from shared.database.connection import Database
from shared.kernel.clock import now
from tests.services.referrals.desk import Desk
from tests.services.referrals.test_clocks import sent
from tests.services.referrals.test_due import facts_of, instant

POLICY, DAY = Policy(), timedelta(days=1)
# The longest by which weekends and holidays move the end of a term.
ROLL_DAYS = 5
BOUND_DAYS = POLICY.escalate_unanswered + ROLL_DAYS + 2 * HOLD_DAYS_MAX
OVER = {"ACCEPTED", "IN_SERVICE", "COMPLETED", "RETURNED", "REJECTED", "EXPIRED", "WITHDRAWN"}
HOLD = {"reason": "WAITING_FOR_PERSON"}
STEPS: dict[str, tuple[str, Any]] = {
    "pull": ("recipient", None),
    "start-review": ("recipient", None),
    "hold": ("recipient", HOLD),
    "resume": ("recipient", None),
    "propose": ("recipient", {"noteCode": "CAPACITY_FROM_DATE", "startsOn": "2099-01-01"}),
    "forward": ("recipient", {"recipientUnit": "waf-cm-nord"}),
    "answer-proposal": ("sender", {"accept": True}),
    "accept": ("recipient", None),
    "reject": ("recipient", {"problems": [{"reason": "capacity"}]}),
    "withdraw": ("sender", {"reason": "NO_LONGER_NEEDED"}),
}
UNDECIDED = [one for one in STEPS if one not in {"accept", "reject", "withdraw"}]
WALKS = st.lists(st.sampled_from([*UNDECIDED, "pull", "pull", *STEPS]), max_size=6)

_subjects = count(1)


@bounds(
    max_examples=4,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(walks=st.lists(WALKS, min_size=4, max_size=4))
@example(walks=[[], ["pull"], ["pull", "hold"], ["pull", "forward"], ["pull", "propose"]])
async def test_every_referral_that_was_sent_is_answered_ended_or_brought_before_somebody(
    jobcenter: Desk, case_manager: Desk, app_database: Database, walks: list[list[str]]
) -> None:
    run, begun = uuid4().hex[:8], []
    for walk in walks:
        made = await sent(jobcenter, f"WALK-{run}-{next(_subjects)}")
        for action in walk:
            side, body = STEPS[action]
            seen = await jobcenter.read(made["id"])
            await (jobcenter if side == "sender" else case_manager).act(seen, action, body)
        begun.append(made["id"])
    for days in (4, 8, 16, 24, 32, BOUND_DAYS):
        await do_due_work(app_database, Terms(), now() + timedelta(days=days))
    for referral_id in begun:
        seen = await jobcenter.read(referral_id)
        assert seen["state"] in OVER or seen["escalatedAt"] is not None, seen


@given(
    days=st.lists(st.sampled_from(["hold", "resume", "nothing"]), min_size=1, max_size=BOUND_DAYS),
    weekday=st.integers(0, 6),
)
@example(days=["hold"], weekday=0)
@example(days=["hold", "resume"] * 37, weekday=0)
@example(days=["hold", *["nothing"] * 28, "resume"] * 2 + ["hold"], weekday=0)
def test_no_way_of_holding_keeps_a_referral_from_whoever_stands_in(
    days: list[str], weekday: int
) -> None:
    """The recipient holds and resumes as it likes; then it does what it did last."""
    start = datetime(2026, 2, 2, 9, tzinfo=UTC) + weekday * DAY
    pauses: list[Pause] = []
    held_since: datetime | None = None
    for number in range(BOUND_DAYS + 1):
        at = start + number * DAY
        end = due(POLICY, Clock.ESCALATE_UNANSWERED, start, pauses)
        if is_due(at, end, held_since):
            return
        action = days[number] if number < len(days) else "nothing"
        if action == "hold" and held_since is None:
            held_since = at
        elif action == "resume" and held_since is not None:
            pauses.append(Pause(held_since, at))
            held_since = None
    pytest.fail("still not brought before anybody")


async def test_a_hold_of_thirty_days_is_brought_before_somebody(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database
) -> None:
    pulled = await case_manager.step(await sent(jobcenter, subject), "pull")
    held = await case_manager.step(pulled, "hold", HOLD)
    at = instant(held["heldSince"]) + HOLD_DAYS_MAX * DAY
    for minutes, facts in ((-1, ["held.v1"]), (1, ["held.v1", "escalated.v1"]), (2, [])):
        await do_due_work(app_database, Terms(), at + timedelta(minutes=minutes))
        seen = (await facts_of(jobcenter, pulled["id"]))[-len(facts) :] if facts else []
        assert seen == facts
    told = await facts_of(case_manager, pulled["id"])
    assert told.count("escalated.v1") == 1
    seen = await jobcenter.read(pulled["id"])
    assert (seen["state"], seen["heldSince"]) == ("DELIVERED", held["heldSince"])
