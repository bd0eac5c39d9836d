"""Any process may be killed at any moment: what was acknowledged stays, every effect comes once."""

import asyncio
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from deploy.local.demo.client import Answer, Client, NotAnswered
from deploy.local.demo.papers import paper
from deploy.local.demo.story_referral import consent_ground, referral_body
from deploy.local.parts import Installation
from deploy.local.supervisor import stop_part
from tests.engines import ENTER_ONLY
from tests.local_system import LocalSystem
from tests.receiver import PORTS, address, deliveries, receiving
from tests.waiting import until

JOBCENTER = "st-jobcenter-system"
CARITAS = "rheine-caritas-case-manager"
REFERRALS = 500
WORKERS = 8
TAKEN_EACH = 10  # every tenth is accepted
PORT = PORTS[4]
A_MINUTE_LATER = """
update webhook_delivery
   set leased_until = leased_until - interval '1 minute',
       next_attempt_at = next_attempt_at - interval '1 minute'
 where state in ('WAITING', 'SENDING')"""
KILLED_AT_POSTING = (
    "referrals-worker", "postgres", "referrals", "nats", "issuer", "gateway", "funding",
)  # fmt: skip
KILLED_AT_RECEIVING = ("cases-worker", "nats", "cases", "referrals-worker", "funding-worker")
PATIENCE_S = 60
TRY_AGAIN_S = 0.2
TRIES_MAX = 600


class Work:
    """Work in as many portions as parts get killed, so that each is killed while some is under way.

    A piece of a portion begins only once that portion is open.
    """

    def __init__(self, pieces: int, kills: int) -> None:
        self._portion = -(-pieces // kills)
        self._open = [asyncio.Event() for _ in range(kills)]
        self._begun = [asyncio.Event() for _ in range(kills)]
        self._taken = self.done = 0

    @asynccontextmanager
    async def piece(self) -> AsyncIterator[None]:
        portion, self._taken = self._taken // self._portion, self._taken + 1
        await self._open[portion].wait()
        yield
        self.done += 1
        self._begun[portion].set()

    async def under_way(self, kill: int) -> None:
        """Open the next portion; return when some of it is done and some of it is not."""
        self._open[kill].set()
        async with asyncio.timeout(PATIENCE_S):
            await self._begun[kill].wait()
        assert self.done < (kill + 1) * self._portion


@pytest.fixture(scope="module")
def system() -> Iterator[LocalSystem]:
    """A system of its own, in a folder that PostgreSQL can enter: its parts get killed."""
    with tempfile.TemporaryDirectory(prefix="kim-test-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(ENTER_ONLY)
        own = LocalSystem(folder / "state", is_durable=True)
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


async def refer(partner: Client, reference: str) -> str:
    left = paper("rheine_areas")["areas"][0]
    body = referral_body(reference, f"{left['streets_from_paper'][0]} 140") | {
        "legalGround": consent_ground(reference, "rheine-caritas"),
        "submit": True,
    }
    sent = await acknowledged(
        lambda: partner.post(JOBCENTER, "referrals", "/v1/referrals", body, key=reference)
    )
    assert sent["recipientUnit"] == "rheine-caritas"
    return str(sent["id"])


async def receive(partner: Client, referral_id: str) -> None:
    path = f"/v1/referrals/{referral_id}"
    for action in ("pull", "accept"):
        seen = await acknowledged(lambda: partner.get(CARITAS, "referrals", path))
        step, key = f"{path}/actions/{action}", f"{action}-{referral_id}"
        version = f'"{seen["version"]}"'
        await acknowledged(
            lambda step=step, key=key, version=version: partner.post(  # type: ignore[misc]
                CARITAS, "referrals", step, {}, key=key, version=version
            )
        )


async def receive_all(partner: Client, ids: Sequence[str], receiving: Work) -> None:
    waiting = iter(ids)

    async def work() -> None:
        for one in waiting:
            async with receiving.piece():
                await receive(partner, one)

    await asyncio.gather(*(work() for _ in range(WORKERS)))


async def kill_and_start(system: LocalSystem, work: Work, names: Sequence[str]) -> None:
    """SIGKILL one part after the other while work is under way, and start each again."""
    parts = {part.name: part for part in Installation(system.settings).parts()}
    for number, name in enumerate(names):
        await work.under_way(number)
        parts[name].stop_mark.touch()
        await asyncio.to_thread(stop_part, parts[name], is_forced=True)
        started = await asyncio.to_thread(system.command, "start", name)
        assert started.returncode == 0, started.stderr


async def cases_by_referral(partner: Client) -> Counter[str]:
    found = await partner.items(CARITAS, "cases", "/v1/cases")
    return Counter(case["referralId"] for case in found if case["referralId"])


async def post_all(partner: Client, run: str, posting: Work) -> list[str]:
    """Eight workers of a partner's software at once; the ids in the order of their references."""
    waiting = iter([f"{run}-{number:03d}" for number in range(REFERRALS)])
    ids: dict[str, str] = {}

    async def work() -> None:
        for reference in waiting:
            async with posting.piece():
                ids[reference] = await refer(partner, reference)

    await asyncio.gather(*(work() for _ in range(WORKERS)))
    return [ids[reference] for reference in sorted(ids)]


async def told_by_the_feed(partner: Client) -> dict[str, list[tuple[str, str]]]:
    """For each referral its events in order: (id, type)."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for event in await partner.items(JOBCENTER, "referrals", "/v1/events", first="100"):
        found[event["subject"]].append((event["id"], event["type"]))
    return found


def lines_of(log: Path) -> int:
    return log.read_bytes().count(b"\n")


def heard(log: Path) -> dict[str, list[str]]:
    """For each referral the events that were delivered, each where it came first."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in deliveries(log):
        event = json.loads(one["body"])
        if event["id"] not in found[event["subject"]]:
            found[event["subject"]].append(event["id"])
    return found


async def test_five_hundred_referrals_by_eight_workers_survive_any_kill(
    system: LocalSystem, partner: Client, tmp_path: Path
) -> None:
    run, log = uuid4().hex[:8], tmp_path / "heard"
    hook = {"url": f"{address(PORT)}/hook", "description": "Fachverfahren", "includesOwn": True}
    async with receiving(PORT, log):
        await partner.create(JOBCENTER, "referrals", "/v1/webhook-endpoints", hook, key=run)
        posting = Work(REFERRALS, len(KILLED_AT_POSTING))
        posted = asyncio.create_task(post_all(partner, run, posting))
        await kill_and_start(system, posting, KILLED_AT_POSTING)
        ids = await posted
        assert len(set(ids)) == posting.done == REFERRALS

        taken = ids[::TAKEN_EACH]
        taking = Work(len(taken), len(KILLED_AT_RECEIVING))
        received = asyncio.create_task(receive_all(partner, taken, taking))
        await kill_and_start(system, taking, KILLED_AT_RECEIVING)
        await received
        await _each_acknowledged_exists_once(system, partner, run, ids)
        await _each_accepted_has_one_case(partner, ids, set(taken))
        await _each_event_is_told_and_delivered_in_order(system, partner, ids, set(taken), log)


async def _each_acknowledged_exists_once(
    system: LocalSystem, partner: Client, run: str, ids: list[str]
) -> None:
    stored = Installation(system.settings).postgres.psql(
        "kim_referrals",
        statement="select string_agg(id::text, ',' order by subject_reference)"
        f" from sender_record where subject_reference like '{run}-%'",
    )
    assert stored.split(",") == ids
    listed = Counter(one["id"] for one in await partner.items(JOBCENTER, "referrals", "/v1/outbox"))
    assert {one: listed[one] for one in ids} == dict.fromkeys(ids, 1)


async def _each_accepted_has_one_case(partner: Client, ids: list[str], taken: set[str]) -> None:
    async def all_cases_are_there() -> bool:
        try:
            return set(await cases_by_referral(partner)) >= taken
        except NotAnswered:
            return False

    await until(all_cases_are_there, timeout_s=60)
    counted = await cases_by_referral(partner)
    assert {one: counted[one] for one in ids} == {one: int(one in taken) for one in ids}


async def _each_event_is_told_and_delivered_in_order(
    system: LocalSystem, partner: Client, ids: list[str], taken: set[str], log: Path
) -> None:
    told = await told_by_the_feed(partner)
    steps = ["submitted", "delivered", "accepted"]
    for one in ids:
        kinds = [kind.removeprefix("kim.referrals.referral-") for _, kind in told[one]]
        assert kinds == [f"{step}.v1" for step in (steps if one in taken else steps[:1])]
    wanted = {one: [event_id for event_id, _ in told[one]] for one in ids}
    # A minute passes: what a killed worker was sending is not its own any more.
    postgres = Installation(system.settings).postgres
    postgres.psql("kim_referrals", statement=A_MINUTE_LATER)

    async def everything_is_delivered() -> bool:
        if lines_of(log) < sum(map(len, wanted.values())):
            return False
        arrived = heard(log)
        return {one: arrived[one] for one in ids} == wanted

    await until(everything_is_delivered, timeout_s=60)


async def test_a_service_works_while_its_neighbours_and_the_broker_are_down(
    system: LocalSystem, partner: Client
) -> None:
    """The case of an accepted referral comes as soon as the broker and the worker are back."""
    down = ("nats", "cases", "cases-worker", "funding", "gateway")
    for part in down:
        await asyncio.to_thread(system.command, "stop", "--force", part)
    try:
        referral_id = await refer(partner, f"alone-{uuid4().hex[:8]}")
        await receive(partner, referral_id)
    finally:
        for part in down:
            await asyncio.to_thread(system.command, "start", part)

    async def case_is_there() -> bool:
        return (await cases_by_referral(partner))[referral_id] == 1

    await until(case_is_there, timeout_s=60)
