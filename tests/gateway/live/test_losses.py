"""What happens when somebody reads slowly, or the broker or a service is away: nothing silent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import aiohttp

from deploy.local.demo.client import Client
from deploy.local.parts import Installation
from gateway.live.hub import Mailbox
from gateway.live.news import News, Topic
from shared.kernel.ids import new_id
from tests.gateway.conftest import NOWHERE, As
from tests.gateway.live.conftest import Opening
from tests.gateway.live.lines import INBOX, connected, socket_to, stream_of
from tests.gateway.live.test_referral_inbox import RECIPIENT, send
from tests.local_system import LocalSystem
from tests.waiting import until

MISSED = "kim.gateway.events-missed.v1"
UNIT = "rheine-caritas"


def news(record_id: UUID, type_: str = "kim.referrals.referral-submitted.v1") -> News:
    units = frozenset({UNIT})
    return News(
        Topic.REFERRAL_INBOX, "05566", units, record_id, new_id(), type_, "2026-11-22T10:00:00.000Z"
    )


def mailbox(records_max: int) -> Mailbox:
    return Mailbox(Topic.REFERRAL_INBOX, "05566", UNIT, records_max=records_max, only=frozenset())


async def test_of_each_record_the_latest_waits_in_the_order_of_the_first() -> None:
    box, first, second = mailbox(2), uuid4(), uuid4()
    for one in (news(first, "a"), news(second, "b"), news(first, "c")):
        box.put(one)
    taken = [await box.take(), await box.take()]
    assert [(one.record_id, one.type) for one in taken if one] == [(first, "c"), (second, "b")]
    assert len(box) == 0


async def test_more_records_than_may_wait_are_one_notice_and_no_memory() -> None:
    box = mailbox(2)
    for _ in range(10_000):
        box.put(news(uuid4()))
        assert len(box) <= 2
    assert await box.take() is None


async def test_an_older_event_does_not_take_the_place_of_a_newer_one() -> None:
    box, record = mailbox(2), uuid4()
    older, newer = news(record, "older"), news(record, "newer")
    box.put(newer)
    box.put_back(older)
    assert await box.take() == newer


async def test_a_slow_reader_is_told_that_it_missed_events_and_goes_on(
    gateway_with: Opening, people: Client, as_: As
) -> None:
    async with gateway_with(live_records_max=2) as gateway, socket_to(gateway.url) as one:
        await connected(gateway)
        await (await one.begin(await people.token(RECIPIENT))).subscribe("1", INBOX)
        for _ in range(3):  # at once: the reader had no turn in between
            gateway.app.state.hub.tell(news(uuid4()))

        told = (await one.next())["payload"]["data"]["referralInbox"]

        assert (told["event"]["type"], told["referral"]) == (MISSED, None)
        sent = await send(as_)
        told = (await one.next())["payload"]["data"]["referralInbox"]
        assert told["referral"]["id"] == sent["id"]


@dataclass
class Cable:
    """A way to NATS that can be pulled out and put in again."""

    port: int = 0
    is_in: bool = True
    _ends: set[asyncio.StreamWriter] = field(default_factory=set)

    async def carry(self, to: str, port: int, given: tuple[object, object]) -> None:
        reader, writer = given
        assert isinstance(reader, asyncio.StreamReader)
        assert isinstance(writer, asyncio.StreamWriter)
        if not self.is_in:
            writer.close()
            return
        far_reader, far_writer = await asyncio.open_connection(to, port)
        self._ends |= {writer, far_writer}
        await asyncio.gather(_copy(reader, far_writer), _copy(far_reader, writer))

    def pull(self) -> None:
        self.is_in = False
        for end in self._ends:
            end.close()
        self._ends.clear()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    writer.close()


@asynccontextmanager
async def cable_to(url: str) -> AsyncIterator[tuple[Cable, str]]:
    parts = urlsplit(url)
    assert parts.hostname
    cable, to, port = Cable(), parts.hostname, parts.port or 4222
    server = await asyncio.start_server(lambda *ends: cable.carry(to, port, ends), "127.0.0.1", 0)
    near = server.sockets[0].getsockname()[1]
    try:
        yield cable, url.replace(f":{port}", f":{near}")
    finally:
        cable.pull()
        server.close()


async def test_a_lost_broker_is_told_as_missed_events_and_heals(
    gateway_with: Opening, demo_system: LocalSystem, people: Client, as_: As
) -> None:
    nats = Installation(demo_system.settings).nats.gateway_url
    async with (
        cable_to(nats) as (cable, url),
        gateway_with(nats_url=url) as gateway,
        socket_to(gateway.url) as one,
        aiohttp.ClientSession() as http,
    ):
        await connected(gateway)
        await (await one.begin(await people.token(RECIPIENT))).subscribe("1", INBOX)

        async def health() -> tuple[int, str]:
            async with http.get(f"{gateway.url}/health/ready") as answer:
                return answer.status, (await answer.json())["live"]

        assert await health() == (200, "connected")
        cable.pull()

        async def is_lost() -> bool:
            return await health() == (200, "disconnected")

        await until(is_lost)
        await one.send(type="subscribe", id="2", payload={"query": INBOX})
        refused = await one.next()
        assert (refused["id"], refused["type"]) == ("2", "error")
        assert refused["payload"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"
        assert refused["payload"][0]["extensions"]["service"] == "events"
        await send(as_)  # nobody hears of it
        cable.is_in = True

        told = (await one.next())["payload"]["data"]["referralInbox"]
        assert (told["event"]["type"], told["referral"]) == (MISSED, None)
        sent = await send(as_)
        told = (await one.next())["payload"]["data"]["referralInbox"]
        assert told["referral"]["id"] == sent["id"]


async def test_who_connects_at_once_after_a_restart_may_subscribe(gateway_with: Opening) -> None:
    async with gateway_with() as gateway:
        assert gateway.app.state.hub.is_connected


async def test_a_gateway_starts_although_its_broker_is_away(gateway_with: Opening) -> None:
    async with (
        gateway_with(nats_url=NOWHERE.replace("http", "nats")) as gateway,
        aiohttp.ClientSession() as http,
        http.get(f"{gateway.url}/health/ready") as answer,
    ):
        assert (answer.status, (await answer.json())["live"]) == (200, "disconnected")


async def test_a_service_that_does_not_answer_is_asked_again_and_then_missed(
    gateway_with: Opening, people: Client
) -> None:
    async with gateway_with(referrals_url=NOWHERE) as gateway, socket_to(gateway.url) as one:
        await connected(gateway)
        await (await one.begin(await people.token(RECIPIENT))).subscribe("1", INBOX)
        gateway.app.state.hub.tell(news(uuid4()))

        told = (await one.next())["payload"]["data"]["referralInbox"]

        assert (told["event"]["type"], told["referral"]) == (MISSED, None)


async def test_without_a_broker_all_but_subscriptions_works(
    gateway_with: Opening, people: Client
) -> None:
    async with gateway_with(nats_url=None) as gateway:
        token = await people.token(RECIPIENT)
        async with socket_to(gateway.url) as one:
            await one.begin(token)
            await one.send(type="subscribe", id="1", payload={"query": INBOX})
            refused = await one.next()
            assert refused["payload"][0]["extensions"]["service"] == "events"
            inbox = "{ referralInbox(first: 1) { pageInfo { hasNextPage } } }"
            await one.send(type="subscribe", id="2", payload={"query": inbox})
            assert "errors" not in (await one.next())["payload"]
        async with stream_of(gateway.url, token, INBOX) as stream:
            name, document = await stream.next()
            assert name == "next"
            assert document["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"
            assert await stream.next() == ("complete", None)


async def test_a_client_that_stops_reading_is_let_go(gateway_with: Opening, people: Client) -> None:
    """Its own place in the system's buffers is all that it ever takes."""
    wide = " ".join(f"a{number}: event {{ id type time }}" for number in range(30))
    async with gateway_with(live_send_timeout_s=0.5) as gateway, socket_to(gateway.url) as one:
        await connected(gateway)
        await one.begin(await people.token(RECIPIENT))
        query = f"subscription {{ referralInbox {{ {wide} }} }}"
        await one.subscribe("1", query)
        hub = gateway.app.state.hub
        transport = one.raw.get_extra_info("socket")
        assert transport is not None
        one.raw._response.connection.transport.pause_reading()  # type: ignore[union-attr]

        async def is_let_go() -> bool:
            for _ in range(50):
                hub.miss()
                await asyncio.sleep(0)
            return bool(hub.subscribers() == 0)

        await until(is_let_go)
