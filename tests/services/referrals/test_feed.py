"""The feed: whoever keeps the cursor loses nothing; and what is told is told in one transaction."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from services.referrals.domain.answers import Problem
from services.referrals.domain.codes import RejectReason, Side
from services.referrals.domain.facts import Answer
from services.referrals.operations import receiving
from services.referrals.operations.receiving import Act
from services.referrals.storage.feed import Step, record_step
from shared.database.connection import Database
from shared.database.identity import SET_IDENTITY, identity_arguments
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller
from shared.kernel.clock import now
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import referral

PATIENCE_S = 20
CASE_MANAGER = Caller(
    tenant_id="05570",
    unit_id="waf-cm",
    unit_type="CM_TEAM",
    issuer="urn:test",
    subject="cm",
    roles=frozenset({"case_manager"}),
)


async def read_all(desk: Desk, after: str = "", first: int = 100) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    while True:
        suffix = f"&after={after}" if after else ""
        page = (await desk.get(f"/v1/events?first={first}{suffix}")).json()
        items += page["items"]
        if not page["items"]:
            return items
        after = page["items"][-1]["cursor"]


def facts(items: list[dict[str, Any]]) -> list[str]:
    """`kim.referrals.referral-accepted.v1` is the fact `accepted`."""
    return [item["type"].split(".")[2].removeprefix("referral-") for item in items]


async def settled(desk: Desk, referral_id: str, steps: int) -> list[dict[str, Any]]:
    """The referral's events once so many are shown: what others still write holds them back."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            page = (await desk.get(f"/v1/events?subject={referral_id}")).json()
            items: list[dict[str, Any]] = page["items"]
            if len(items) >= steps:
                return items


async def test_the_feed_tells_each_step_once_and_in_order(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    pulled = await case_manager.step(sent, "pull")
    reviewed = await case_manager.step(pulled, "start-review")
    accepted = await case_manager.step(reviewed, "accept")
    await case_manager.step(accepted, "start-service", {"firstContactOn": "2026-11-01"})
    theirs = await settled(case_manager, sent["id"], 5)
    mine = [item for item in await read_all(jobcenter, first=7) if item["subject"] == sent["id"]]
    assert facts(mine) == [
        "submitted",
        "delivered",
        "review-started",
        "accepted",
        "service-started",
    ]
    assert theirs == mine
    assert {item["actorUnit"] for item in mine[1:]} == {"waf-cm"}


async def test_the_recipient_learns_nothing_of_a_routed_draft(
    jobcenter: Desk, coordinator: Desk, desk_of: Callable[[str], Desk], subject: str
) -> None:
    """The event of the routing names the unit, and the draft may never be sent."""
    recipient = desk_of("waf-jugendamt-system")
    unrouted = referral(subject, serviceCode="YOUTH_WELFARE", submit=False)
    draft = (await jobcenter.post("/v1/referrals", unrouted)).json()
    waiting = await jobcenter.step(draft, "prepare")
    assert waiting["manualReason"] == "NO_RULE"
    path = f"/v1/manual-queue/{draft['id']}/actions/assign"
    body = {"recipientUnit": "waf-jugendamt"}
    assigned = await coordinator.post(path, body, version=waiting["version"])
    assert assigned.status_code == 200, assigned.text
    assert facts(await settled(jobcenter, draft["id"], 1)) == ["routed"]
    for path in (f"events?subject={draft['id']}", "changes?first=100&sort=-position"):
        seen = await recipient.get(f"/v1/{path}")
        assert seen.status_code == 200
        assert draft["id"] not in seen.text
    changes = await jobcenter.get("/v1/changes?first=100&sort=-position")
    assert draft["id"] in changes.text


async def test_a_step_that_commits_late_never_appears_behind_a_cursor(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database
) -> None:
    """A transaction that began earlier and ends later: nothing after it is shown before it."""
    early = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    other = (await jobcenter.post("/v1/referrals", referral(f"{subject}-2"))).json()
    await settled(case_manager, other["id"], 1)
    after = (await read_all(case_manager))[-1]["cursor"]
    async with app_database.transaction(CASE_MANAGER) as slow:
        await receiving.pull(slow, Act(UUID(early["id"]), early["version"]))
        await case_manager.step(other, "pull")
        shown = {item["subject"] for item in await read_all(case_manager, after=after)}
        assert {early["id"], other["id"]}.isdisjoint(shown)
    for referred in (early, other):
        (*_, last) = await settled(case_manager, referred["id"], 2)
        assert facts([last]) == ["delivered"]
        assert last in await read_all(case_manager, after=after)


async def test_per_referral_the_order_is_true_whatever_transactions_began_first(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database
) -> None:
    """The transaction with the lower number takes the later step; the steps keep their order."""
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    async with app_database.transaction(CASE_MANAGER) as early:
        await early.connection.fetchval("select pg_current_xact_id()::text")
        pulled = await case_manager.step(sent, "pull")
        await receiving.start_review(early, Act(UUID(sent["id"]), pulled["version"]))
    items = await settled(case_manager, sent["id"], 3)
    assert facts(items) == ["submitted", "delivered", "review-started"]
    steps = (await case_manager.get(f"/v1/referrals/{sent['id']}/events")).json()["items"]
    assert [step["toState"] for step in steps] == ["SUBMITTED", "DELIVERED", "IN_REVIEW"]


async def test_what_is_rolled_back_is_told_to_nobody(
    jobcenter: Desk, subject: str, app_database: Database, owner: Any
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    act = Act(UUID(sent["id"]), sent["version"])
    answered = Answer(problems=(Problem(RejectReason.CAPACITY),))
    async with app_database.pool.acquire() as held:
        transaction = held.transaction()
        await transaction.start()
        await held.execute(SET_IDENTITY, *identity_arguments(CASE_MANAGER))
        await receiving.reject(Transaction(held, CASE_MANAGER), replace(act, answered=answered))
        await transaction.rollback()
    row = await owner.fetchrow(
        "select state, version,"
        " (select count(*) from outbox_message where aggregate_id = r.id) as told,"
        " (select count(*) from feed_entry where subject = r.id) as fed,"
        " (select count(*) from referral_event where referral_id = r.id) as logged"
        " from referral r where id = $1",
        UUID(sent["id"]),
    )
    assert dict(row) == {"state": "SUBMITTED", "version": 2, "told": 1, "fed": 1, "logged": 2}


async def test_outbox_and_log_are_written_in_the_transaction_of_the_step(
    jobcenter: Desk, subject: str, owner: Any
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    rows = await owner.fetch(
        "select xmin::text from referral where id = $1"
        " union select xmin::text from outbox_message where aggregate_id = $1"
        " union select xmin::text from feed_entry where subject = $1"
        " union select xmin::text from record_change where record_id = $1"
        " union select xmin::text from referral_event where referral_id = $1"
        " union select xmin::text from referral_content where id = $1",
        UUID(sent["id"]),
    )
    assert len(rows) == 1


async def test_nobody_writes_steps_in_another_units_name(
    jobcenter: Desk, subject: str, app_database: Database
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    stranger = Caller(
        tenant_id="05570",
        unit_id="waf-ki",
        unit_type="KI",
        issuer="urn:test",
        subject="x",
        roles=frozenset({"case_manager"}),
    )
    step = Step(
        referral_id=UUID(sent["id"]),
        type="kim.referrals.referral-accepted.v1",
        at=now(),
        side=Side.RECIPIENT,
        sender_unit="waf-jobcenter",
        recipient_unit="waf-cm",
        is_for_recipient=True,
        from_state="SUBMITTED",
        to_state="ACCEPTED",
        referral_version=9,
    )
    async with app_database.transaction(stranger) as tx:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await record_step(tx, step)
    steps = (await jobcenter.get(f"/v1/referrals/{sent['id']}/events")).json()["items"]
    assert [step["toState"] for step in steps] == ["DRAFT", "SUBMITTED"]
