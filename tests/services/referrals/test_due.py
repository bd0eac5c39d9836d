"""What the clock does, with a clock in the hand."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.referrals.domain.clocks import Clock, Policy, due
from services.referrals.domain.deadlines import Terms
from services.referrals.operations.due import do_due_work
from shared.database.connection import Database
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import NAME, referral

TERMS = Terms()


async def facts_of(desk: Desk, referral_id: str) -> list[str]:
    items = (await desk.get(f"/v1/referrals/{referral_id}/events")).json()["items"]
    return [item["type"].removeprefix("kim.referrals.referral-") for item in items]


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


async def test_f22_an_unpicked_referral_is_remembered_and_then_expires(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database, owner: Any
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    sent_at = instant(sent["submittedAt"])
    remind_at, expires_at = instant(sent["remindAt"]), instant(sent["expiresAt"])
    for at, clock in (
        (remind_at, Clock.REMIND_UNPULLED),
        (expires_at, Clock.EXPIRE_UNPULLED),
    ):
        assert at == due(Policy(), clock, sent_at)

    await do_due_work(app_database, TERMS, remind_at - timedelta(minutes=1))
    assert (await jobcenter.read(sent["id"]))["remindedAt"] is None
    reminder_at = remind_at + timedelta(minutes=1)
    await do_due_work(app_database, TERMS, reminder_at)
    await do_due_work(app_database, TERMS, reminder_at + timedelta(days=1))
    reminded = await jobcenter.read(sent["id"])
    assert instant(reminded["remindedAt"]) == reminder_at.replace(
        microsecond=reminder_at.microsecond // 1000 * 1000
    )
    assert reminded["content"]["identity"]["familyName"] == NAME

    await do_due_work(app_database, TERMS, expires_at - timedelta(minutes=1))
    assert (await jobcenter.read(sent["id"]))["state"] == "SUBMITTED"
    await do_due_work(app_database, TERMS, expires_at + timedelta(minutes=1))
    for desk in (jobcenter, case_manager):
        seen = await desk.read(sent["id"])
        assert (seen["state"], seen["content"], seen["allowedActions"]) == ("EXPIRED", None, [])
        facts = await facts_of(desk, sent["id"])
        assert facts[-2:] == ["reminder-due.v1", "expired.v1"]
        assert facts.count("reminder-due.v1") == 1
    stored = await owner.fetchval(
        "select count(*) from referral_content where id = $1", UUID(sent["id"])
    )
    assert stored == 0
    told = await owner.fetch(
        "select subject from outbox_message where aggregate_id = $1 order by position",
        UUID(sent["id"]),
    )
    assert [row["subject"].split("-", 1)[1] for row in told] == [
        "submitted.v1",
        "reminder-due.v1",
        "expired.v1",
    ]
    late = await case_manager.act(seen, "pull")
    assert (late.status_code, late.json()["code"]) == (409, "transition-not-allowed")


async def test_f22_what_was_pulled_does_not_expire(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    await case_manager.step(sent, "pull")
    await do_due_work(app_database, TERMS, instant(sent["expiresAt"]) + timedelta(days=1))
    assert (await jobcenter.read(sent["id"]))["state"] == "DELIVERED"


async def test_of_pull_and_expiry_exactly_one_wins(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    pulled, _ = await asyncio.gather(
        case_manager.act(sent, "pull"),
        do_due_work(app_database, TERMS, instant(sent["expiresAt"]) + timedelta(seconds=1)),
    )
    state = (await jobcenter.read(sent["id"]))["state"]
    assert (pulled.status_code, state) in {(200, "DELIVERED"), (409, "EXPIRED")}


async def test_two_workers_do_each_thing_once(
    jobcenter: Desk, subject: str, app_database: Database
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    at = instant(sent["expiresAt"]) + timedelta(seconds=1)
    await asyncio.gather(*(do_due_work(app_database, TERMS, at) for _ in range(4)))
    facts = await facts_of(jobcenter, sent["id"])
    assert facts.count("expired.v1") == 1


async def test_what_was_rejected_is_deleted_after_its_window(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    rejected = await case_manager.step(sent, "reject", {"problems": [{"reason": "incomplete"}]})
    rejected_at = instant(rejected["answeredAt"])
    await do_due_work(app_database, TERMS, rejected_at + timedelta(days=13))
    assert (await jobcenter.read(sent["id"]))["content"] is not None
    await do_due_work(app_database, TERMS, rejected_at + timedelta(days=14, minutes=1))
    await do_due_work(app_database, TERMS, rejected_at + timedelta(days=15))
    seen = await jobcenter.read(sent["id"])
    assert (seen["state"], seen["content"]) == ("REJECTED", None)
    assert (await facts_of(jobcenter, sent["id"])).count("content-deleted.v1") == 1


async def test_the_application_role_finds_what_is_due_by_the_function_alone(
    jobcenter: Desk, subject: str, app_database: Database
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    at = datetime(2098, 1, 1, tzinfo=UTC)
    due = "select * from due_work($1, $1, $2, 500)"
    assert await app_database.pool.fetch(due, at, at.date()) == []  # nobody has said who asks
    rows = await app_database.across_tenants(due, at, at.date(), part="tests")
    (mine,) = [row for row in rows if str(row["id"]) == sent["id"]]
    assert dict(mine) == {
        "kind": "EXPIRE",
        "id": UUID(sent["id"]),
        "tenant_id": "05570",
        "unit_id": "waf-jobcenter",
    }
