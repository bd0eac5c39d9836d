"""Any process may be killed at any moment: what was acknowledged stays, every effect comes once."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from deploy.local.demo.client import Answer, Client, NotAnswered
from deploy.local.demo.papers import paper
from deploy.local.demo.story_referral import consent_ground, referral_body
from tests.engines import ENTER_ONLY
from tests.local_system import LocalSystem
from tests.waiting import until

JOBCENTER = "st-jobcenter-system"
CARITAS = "rheine-caritas-case-manager"
REFERRALS = 40
AT_ONCE = 4
TRY_AGAIN_S = 0.1
TRIES_MAX = 600


@pytest.fixture(scope="module")
def system() -> Iterator[LocalSystem]:
    """A system of its own, in a folder that PostgreSQL can enter: its parts get killed."""
    with tempfile.TemporaryDirectory(prefix="kim-test-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(ENTER_ONLY)
        own = LocalSystem(folder / "state")
        own.run()
        try:
            own.load_demo_data()
            yield own
        finally:
            own.command("stop")
            assert own.running is not None
            own.running.wait()


@pytest.fixture
async def partner(system: LocalSystem) -> AsyncIterator[Client]:
    async with Client(system.settings) as client:
        for persona in (JOBCENTER, CARITAS):  # tokens first: the issuer is killed, too
            await client.token(persona)
        yield client


async def acknowledged(ask: Callable[[], Awaitable[Answer]]) -> Any:
    """What a careful partner does: the same request with the same key until it is answered."""
    for _ in range(TRIES_MAX):
        try:
            answer = await ask()
        except NotAnswered:
            answer = None
        if answer is not None and answer.status < 500:
            return answer.accepted
        await asyncio.sleep(TRY_AGAIN_S)
    raise AssertionError("never acknowledged")


async def refer(partner: Client, reference: str, places: asyncio.Semaphore) -> str:
    left = paper("rheine_areas")["areas"][0]
    body = referral_body(reference, f"{left['streets_from_paper'][0]} 140") | {
        "legalGround": consent_ground(reference, "rheine-caritas"),
        "submit": True,
    }
    async with places:
        sent = await acknowledged(
            lambda: partner.post(JOBCENTER, "referrals", "/v1/referrals", body, key=reference)
        )
    assert sent["recipientUnit"] == "rheine-caritas"
    return str(sent["id"])


async def receive(partner: Client, referral_id: str, places: asyncio.Semaphore) -> None:
    path = f"/v1/referrals/{referral_id}"
    async with places:
        for action in ("pull", "accept"):
            seen = await acknowledged(lambda: partner.get(CARITAS, "referrals", path))
            step, key = f"{path}/actions/{action}", f"{action}-{referral_id}"
            version = f'"{seen["version"]}"'
            await acknowledged(
                lambda step=step, key=key, version=version: partner.post(  # type: ignore[misc]
                    CARITAS, "referrals", step, {}, key=key, version=version
                )
            )


async def kill_and_start(system: LocalSystem, *parts: str) -> None:
    """SIGKILL one part after the other, and start each again."""
    for part in parts:
        stopped = await asyncio.to_thread(system.command, "stop", "--force", part)
        assert stopped.returncode == 0, stopped.stderr
        started = await asyncio.to_thread(system.command, "start", part)
        assert started.returncode == 0, started.stderr


async def cases_by_referral(partner: Client) -> Counter[str]:
    found = await partner.items(CARITAS, "cases", "/v1/cases")
    return Counter(case["referralId"] for case in found if case["referralId"])


async def test_killing_any_process_loses_nothing_acknowledged_and_doubles_no_effect(
    system: LocalSystem, partner: Client
) -> None:
    run, places = uuid4().hex[:8], asyncio.Semaphore(AT_ONCE)
    sending = [
        asyncio.create_task(refer(partner, f"{run}-{number}", places))
        for number in range(REFERRALS)
    ]
    await kill_and_start(system, "referrals-worker", "postgres", "referrals", "nats", "issuer")
    ids = await asyncio.gather(*sending)
    assert len(set(ids)) == REFERRALS

    receiving = [asyncio.create_task(receive(partner, one, places)) for one in ids]
    await kill_and_start(system, "cases-worker", "nats", "cases", "postgres", "referrals-worker")
    await asyncio.gather(*receiving)

    async def all_cases_are_there() -> bool:
        try:
            return set(await cases_by_referral(partner)) >= set(ids)
        except NotAnswered:
            return False

    await until(all_cases_are_there, timeout_s=60)
    counted = await cases_by_referral(partner)
    assert {one: counted[one] for one in ids} == dict.fromkeys(ids, 1)
    for one in ids:
        seen = (await partner.get(JOBCENTER, "referrals", f"/v1/referrals/{one}")).accepted
        assert seen["state"] == "ACCEPTED"


async def test_a_service_works_while_its_neighbours_and_the_broker_are_down(
    system: LocalSystem, partner: Client
) -> None:
    """The case of an accepted referral comes as soon as the broker and the worker are back."""
    down = ("nats", "cases", "cases-worker", "funding", "gateway")
    for part in down:
        await asyncio.to_thread(system.command, "stop", "--force", part)
    try:
        places = asyncio.Semaphore(1)
        referral_id = await refer(partner, f"alone-{uuid4().hex[:8]}", places)
        await receive(partner, referral_id, places)
    finally:
        for part in down:
            await asyncio.to_thread(system.command, "start", part)

    async def case_is_there() -> bool:
        return (await cases_by_referral(partner))[referral_id] == 1

    await until(case_is_there, timeout_s=60)
