"""Clocks over the door: terms per type, reminders, escalation to who stands in, holds."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from services.referrals.domain.clocks import Clock, DayKind, Policy, due
from services.referrals.domain.deadlines import Terms
from services.referrals.operations.due import do_due_work
from shared.database.connection import Database
from shared.kernel.clock import berlin_date, now
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import referral
from tests.services.referrals.test_due import facts_of, instant

TERMS = Terms()
MINUTE = timedelta(minutes=1)
HOLD = {"reason": "WAITING_FOR_PERSON"}


async def sent(desk: Desk, subject: str, **changes: Any) -> dict[str, Any]:
    answer = await desk.post("/v1/referrals", referral(subject, **changes))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def traces(owner: Any, referral_id: str) -> tuple[Any, ...]:
    """Everything a refused step must leave as it was."""
    key = UUID(referral_id)
    return (
        await owner.fetchrow("select * from referral where id = $1", key),
        await owner.fetchval("select count(*) from audit_entry where action not like '%read%'"),
        await owner.fetchval("select count(*) from outbox_message where aggregate_id = $1", key),
        await owner.fetchval("select count(*) from referral_event where referral_id = $1", key),
        await owner.fetchval("select count(*) from clock_pause where referral_id = $1", key),
    )


async def test_f22_a_policy_of_one_type_reminds_after_one_day_and_ends_after_two(
    coordinator: Desk, jobcenter: Desk, subject: str, app_database: Database
) -> None:
    today = berlin_date(now())
    body = {
        "mode": "ZUSTEUERUNG_OUT",
        "serviceCode": "CASE_MANAGEMENT",
        "dayKind": "WORKING",
        "remindUnpulled": 1,
        "expireUnpulled": 2,
        "remindUnanswered": 3,
        "escalateUnanswered": 4,
        "validFrom": today.isoformat(),
    }
    made = await coordinator.post("/v1/clock-policies", body)
    assert made.status_code == 201, made.text
    again = await coordinator.post("/v1/clock-policies", body)
    assert (again.status_code, again.json()["code"]) == (409, "policy-exists")
    late = body | {"validFrom": (today - timedelta(days=1)).isoformat()}
    refused = await coordinator.post("/v1/clock-policies", late)
    assert (refused.status_code, refused.json()["code"]) == (422, "policy-is-for-the-past")
    wrong = await coordinator.post("/v1/clock-policies", body | {"expireUnpulled": 1})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "clock-order-wrong")
    foreign = await jobcenter.post("/v1/clock-policies", body)
    assert foreign.status_code == 403
    listed = (await jobcenter.get("/v1/clock-policies?mode=ZUSTEUERUNG_OUT")).json()["items"]
    assert [one["id"] for one in listed] == [made.json()["id"]]

    usual = await sent(jobcenter, f"{subject}-usual")
    mine = await sent(jobcenter, subject, mode="ZUSTEUERUNG_OUT")
    policy = Policy(day_kind=DayKind.WORKING, remind_unpulled=1, expire_unpulled=2)
    at = instant(mine["submittedAt"])
    assert instant(mine["remindAt"]) == due(policy, Clock.REMIND_UNPULLED, at)
    assert instant(mine["expiresAt"]) == due(policy, Clock.EXPIRE_UNPULLED, at)
    assert instant(usual["expiresAt"]) > instant(mine["expiresAt"])
    await do_due_work(app_database, TERMS, instant(mine["remindAt"]) + MINUTE)
    await do_due_work(app_database, TERMS, instant(mine["expiresAt"]) + MINUTE)
    assert (await jobcenter.read(mine["id"]))["state"] == "EXPIRED"
    assert (await facts_of(jobcenter, mine["id"]))[-2:] == ["reminder-due.v1", "expired.v1"]
    assert (await jobcenter.read(usual["id"]))["state"] == "SUBMITTED"


async def test_a_pulled_and_unanswered_referral_is_reminded_and_escalated_to_the_deputy(
    case_manager: Desk, jobcenter: Desk, subject: str, app_database: Database, owner: Any
) -> None:
    pulled = await case_manager.step(await sent(jobcenter, subject), "pull")
    assert pulled["remindAt"] is None
    principal, deputy = f"dev|{subject}", "dev|tobias"
    assigned = await case_manager.step(pulled, "assign", {"assignee": principal})
    escalate_at = instant(assigned["escalateAt"])
    day = berlin_date(escalate_at).isoformat()
    appointed = await case_manager.post(
        "/v1/deputyships",
        {"principal": principal, "deputy": deputy, "fromOn": day, "toOn": day},
    )
    assert appointed.status_code == 201, appointed.text

    await do_due_work(app_database, TERMS, instant(assigned["answerRemindAt"]) + MINUTE)
    await do_due_work(app_database, TERMS, escalate_at - MINUTE)
    assert (await case_manager.read(pulled["id"]))["escalatedAt"] is None
    await do_due_work(app_database, TERMS, escalate_at + MINUTE)
    await do_due_work(app_database, TERMS, escalate_at + 2 * MINUTE)
    mine, theirs = await case_manager.read(pulled["id"]), await jobcenter.read(pulled["id"])
    assert (mine["state"], mine["escalatedTo"], mine["assignee"]) == (
        "DELIVERED",
        deputy,
        principal,
    )
    assert theirs["escalatedAt"] == mine["escalatedAt"] is not None
    assert (theirs["escalatedTo"], theirs["assignee"], theirs["assignedAt"]) == (None, None, None)
    for desk in (case_manager, jobcenter):
        facts = await facts_of(desk, pulled["id"])
        assert facts[-2:] == ["answer-due.v1", "escalated.v1"]
    told = await owner.fetch(
        "select subject from outbox_message where aggregate_id = $1 order by position",
        UUID(pulled["id"]),
    )
    assert [row["subject"] for row in told][-2:] == [
        "kim.referrals.referral-answer-due.v1",
        "kim.referrals.referral-escalated.v1",
    ]
    audience = await owner.fetchval(
        "select audience from outbox_message where aggregate_id = $1"
        " and subject = 'kim.referrals.referral-assigned.v1'",
        UUID(pulled["id"]),
    )
    assert audience == ["waf-cm"]
    found = await case_manager.get(f"/v1/inbox?escalatedTo={deputy}&isEscalated=true")
    assert [one["id"] for one in found.json()["items"]] == [pulled["id"]]
    found = await case_manager.get(f"/v1/inbox?assignee={principal}")
    assert [one["id"] for one in found.json()["items"]] == [pulled["id"]]
    assert (await jobcenter.get(f"/v1/referrals?assignee={principal}")).json()["items"] == []


async def test_a_hold_stops_the_clocks_and_moves_their_end(
    case_manager: Desk, jobcenter: Desk, subject: str, app_database: Database, owner: Any
) -> None:
    pulled = await case_manager.step(await sent(jobcenter, subject), "pull")
    assert set(pulled["overlayActions"]) >= {"hold", "assign"}
    assert "resume" not in pulled["overlayActions"]
    held = await case_manager.step(pulled, "hold", HOLD)
    assert (held["holdReason"], "resume" in held["overlayActions"]) == ("WAITING_FOR_PERSON", True)
    before = await traces(owner, pulled["id"])
    twice = await case_manager.act(held, "hold", HOLD)
    assert (twice.status_code, twice.json()["code"]) == (409, "already-on-hold")
    theirs = await jobcenter.act(held, "hold", HOLD)
    assert (theirs.status_code, theirs.json()["code"]) == (403, "not-your-side")
    assert await traces(owner, pulled["id"]) == before

    much_later = instant(held["heldSince"]) + timedelta(days=30) - MINUTE
    await do_due_work(app_database, TERMS, much_later)
    seen = await jobcenter.read(pulled["id"])
    assert (seen["escalatedAt"], seen["heldSince"]) == (None, held["heldSince"])
    found = (await case_manager.get("/v1/inbox?isHeld=true&first=100")).json()["items"]
    assert pulled["id"] in [one["id"] for one in found]

    # Two days later: the pause is made that long by hand, as the clock is real.
    since = instant(held["heldSince"]) - timedelta(days=2)
    key = UUID(pulled["id"])
    await owner.execute("update clock_pause set began_at = $2 where referral_id = $1", key, since)
    started = instant(pulled["deliveredAt"]) - timedelta(days=2)
    await owner.execute("update referral set delivered_at = $2 where id = $1", key, started)
    resumed = await case_manager.step(held, "resume")
    assert (resumed["heldSince"], resumed["holdReason"]) == (None, None)
    pause = await owner.fetchrow("select * from clock_pause where referral_id = $1", key)
    assert timedelta(days=2) <= pause["ended_at"] - pause["began_at"] < timedelta(days=2, minutes=5)
    plain = due(Policy(), Clock.ESCALATE_UNANSWERED, started)
    assert instant(resumed["escalateAt"]) - plain >= timedelta(days=2)
    again = await case_manager.act(resumed, "resume")
    assert (again.status_code, again.json()["code"]) == (409, "not-on-hold")
    facts = await facts_of(jobcenter, pulled["id"])
    assert facts[-2:] == ["held.v1", "resumed.v1"]


async def test_a_step_of_the_table_ends_a_hold(
    case_manager: Desk, jobcenter: Desk, subject: str, owner: Any
) -> None:
    pulled = await case_manager.step(await sent(jobcenter, subject), "pull")
    held = await case_manager.step(pulled, "hold", HOLD)
    accepted = await case_manager.step(held, "accept")
    assert (accepted["heldSince"], accepted["escalateAt"]) == (None, None)
    held = await case_manager.step(accepted, "hold", {"reason": "PERSON_ABSENT"})
    started = await case_manager.step(
        held, "start-service", {"firstContactOn": berlin_date(now()).isoformat()}
    )
    assert started["heldSince"] is None
    lasting = await owner.fetchval(
        "select count(*) from clock_pause where ended_at is null and referral_id = $1",
        UUID(pulled["id"]),
    )
    assert lasting == 0


async def test_what_was_passed_on_starts_its_clocks_again_and_forgets_who_had_it(
    case_manager: Desk, jobcenter: Desk, subject: str, app_database: Database, owner: Any
) -> None:
    pulled = await case_manager.step(await sent(jobcenter, subject), "pull")
    assigned = await case_manager.step(pulled, "assign", {"assignee": "dev|samira"})
    await case_manager.step(assigned, "forward", {"recipientUnit": "waf-cm-nord"})
    seen = await jobcenter.read(pulled["id"])
    assert seen["answerRemindAt"] is None
    key = UUID(pulled["id"])
    assert await owner.fetchval("select count(*) from recipient_record where id = $1", key) == 0
    await do_due_work(app_database, TERMS, instant(seen["remindAt"]) + MINUTE)
    await do_due_work(app_database, TERMS, instant(seen["escalateAt"]) + MINUTE)
    assert (await jobcenter.read(pulled["id"]))["state"] == "FORWARDED"
    facts = await facts_of(jobcenter, pulled["id"])
    assert facts[-2:] == ["reminder-due.v1", "escalated.v1"]


async def test_deputies_are_the_units_own(case_manager: Desk, jobcenter: Desk) -> None:
    body = {
        "principal": "dev|a",
        "deputy": "dev|b",
        "fromOn": "2026-03-02",
        "toOn": "2026-03-06",
    }
    made = (await case_manager.post("/v1/deputyships", body)).json()
    path = f"/v1/deputyships/{made['id']}"
    assert (await case_manager.get(path)).json() == made
    assert (await jobcenter.get(path)).status_code == 404
    foreign = await jobcenter.post(f"{path}/actions/end", {"lastDay": "2026-03-03"}, version=1)
    assert foreign.status_code == 404
    for wrong, code in (
        (body | {"deputy": "dev|a"}, "own-deputy"),
        (body | {"toOn": "2026-03-01"}, "days-out-of-order"),
        (body | {"toOn": "2027-03-02"}, "representation-too-long"),
    ):
        refused = await case_manager.post("/v1/deputyships", wrong)
        assert (refused.status_code, refused.json()["code"]) == (422, code)
    stale = await case_manager.post(f"{path}/actions/end", {"lastDay": "2026-03-03"}, version=9)
    assert stale.status_code == 412
    later = await case_manager.post(f"{path}/actions/end", {"lastDay": "2026-03-07"}, version=1)
    assert (later.status_code, later.json()["code"]) == (422, "end-is-no-extension")
    assert (await case_manager.get(path)).json() == made
    ended = await case_manager.post(f"{path}/actions/end", {"lastDay": "2026-03-03"}, version=1)
    assert (ended.json()["toOn"], ended.json()["version"]) == ("2026-03-03", 2)
    assert datetime.fromisoformat(ended.json()["updatedAt"])


async def test_the_database_lets_no_deputyship_be_prolonged(case_manager: Desk, owner: Any) -> None:
    body = {"principal": "dev|a", "deputy": "dev|b", "fromOn": "2026-03-02", "toOn": "2026-03-06"}
    made = (await case_manager.post("/v1/deputyships", body)).json()
    prolong = "update deputyship set to_on = to_on + 1 where id = $1"
    with pytest.raises(asyncpg.CheckViolationError):
        await owner.execute(prolong, UUID(made["id"]))
