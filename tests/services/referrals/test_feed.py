"""The feed: whoever keeps the cursor loses nothing; and what is told is told in one transaction."""

import asyncio
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
from services.referrals.storage.feed import EVENT_FEED, Step, record_step
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


async def read_all(desk: Desk, after: str = "", first: int = 3) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    while True:
        suffix = f"&after={after}" if after else ""
        page = (await desk.get(f"/v1/events?first={first}{suffix}")).json()
        items += page["items"]
        if not page["items"]:
            return items
        after = page["items"][-1]["cursor"]


async def settled(desk: Desk, referral_id: str, steps: int) -> list[dict[str, Any]]:
    """The referral's steps once so many are shown: what others still write holds the feed back."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            page = (await desk.get(f"/v1/events?referralId={referral_id}")).json()
            items: list[dict[str, Any]] = page["items"]
            if len(items) >= steps:
                return items


async def test_the_feed_tells_each_step_once_and_in_order(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    start = await read_all(jobcenter, first=100)
    after = start[-1]["cursor"] if start else ""
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    pulled = await case_manager.step(sent, "pull")
    await case_manager.step(pulled, "accept")
    theirs = await settled(case_manager, sent["id"], 3)
    items = await read_all(jobcenter, after=after, first=1)
    mine = [item for item in items if item["referralId"] == sent["id"]]
    assert [item["toState"] for item in mine] == ["DRAFT", "SUBMITTED", "DELIVERED", "ACCEPTED"]
    assert [item["referralVersion"] for item in mine] == [1, 2, 3, 4]
    assert len({item["id"] for item in items}) == len(items)
    assert theirs == mine[1:]


async def test_the_feed_carries_ids_and_codes_only(jobcenter: Desk, subject: str) -> None:
    await jobcenter.post("/v1/referrals", referral(subject))
    (item, *_) = (await jobcenter.get("/v1/events?sort=-position&first=1")).json()["items"]
    assert set(item) == {
        "id",
        "cursor",
        "type",
        "referralId",
        "at",
        "side",
        "senderUnit",
        "recipientUnit",
        "fromState",
        "toState",
        "referralVersion",
        "codes",
    }


async def test_a_step_that_commits_late_never_appears_behind_a_cursor(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database
) -> None:
    """A transaction that began earlier and ends later: nothing after it is shown before it."""
    early = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    other = (await jobcenter.post("/v1/referrals", referral(f"{subject}-2"))).json()
    before = await read_all(case_manager, first=100)
    after = before[-1]["cursor"]
    async with app_database.transaction(CASE_MANAGER) as slow:
        await receiving.pull(slow, Act(UUID(early["id"]), early["version"]))
        await case_manager.step(other, "pull")
        shown = await read_all(case_manager, after=after)
        late = [item for item in shown if item["toState"] == "DELIVERED"]
        assert {early["id"], other["id"]}.isdisjoint(item["referralId"] for item in late)
        after = shown[-1]["cursor"] if shown else after
    for referred in (early, other):
        (*_, last) = await settled(case_manager, referred["id"], 2)
        assert last["toState"] == "DELIVERED"
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
    assert [item["toState"] for item in items] == ["SUBMITTED", "DELIVERED", "IN_REVIEW"]


async def test_a_client_that_polls_while_others_write_gets_everything(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    start = await read_all(case_manager, first=100)
    after = start[-1]["cursor"] if start else ""

    async def write(number: int) -> str:
        sent = (await jobcenter.post("/v1/referrals", referral(f"{subject}-{number}"))).json()
        await case_manager.step(sent, "pull")
        referral_id: str = sent["id"]
        return referral_id

    async def poll() -> list[dict[str, Any]]:
        cursor, items = after, []
        for _ in range(15):
            page = await read_all(case_manager, after=cursor)
            items += page
            cursor = page[-1]["cursor"] if page else cursor
        return items + await read_all(case_manager, after=cursor)

    writing = asyncio.gather(*(write(number) for number in range(12)))
    polled, written = await poll(), await writing
    for referral_id in written:
        await settled(case_manager, referral_id, 2)
    polled += await read_all(case_manager, after=polled[-1]["cursor"] if polled else after)
    got = [(item["referralId"], item["toState"]) for item in polled]
    for referral_id in written:
        steps = [state for found, state in got if found == referral_id]
        assert steps == ["SUBMITTED", "DELIVERED"]


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
        " (select count(*) from referral_event where referral_id = r.id) as logged"
        " from referral r where id = $1",
        UUID(sent["id"]),
    )
    assert dict(row) == {"state": "SUBMITTED", "version": 2, "told": 1, "logged": 2}


async def test_outbox_and_log_are_written_in_the_transaction_of_the_step(
    jobcenter: Desk, subject: str, owner: Any
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    rows = await owner.fetch(
        "select xmin::text from referral where id = $1"
        " union select xmin::text from outbox_message where aggregate_id = $1"
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
    items = await settled(jobcenter, sent["id"], 2)
    assert [item["toState"] for item in items] == ["DRAFT", "SUBMITTED"]


async def test_the_feed_is_a_list_view_like_the_others() -> None:
    names = [parameter["name"] for parameter in EVENT_FEED.parameters()]
    assert {"first", "after", "type", "type[in]", "referralId"} <= set(names)
