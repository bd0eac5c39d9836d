import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID, uuid4

import asyncpg
import pytest
from nats.aio.client import Client
from nats.js import JetStreamContext

from services.cases.storage.tables import ConsumedEvent, OutboxMessage
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller
from shared.messaging.broker import connect, ensure_stream
from shared.messaging.consumer import Consumer, Subscription
from shared.messaging.envelope import STREAM, Envelope, envelope
from shared.messaging.outbox import record_event
from shared.messaging.relay import Relay
from tests.engines import ServiceDatabase
from tests.waiting import TIMEOUT_S, until


@dataclass(frozen=True, slots=True)
class Happened:
    event_type: ClassVar[str] = "kim.tests.happened.v1"

    number: int
    record_id: UUID


@pytest.fixture
async def broker(nats_url: str) -> AsyncIterator[Client]:
    client = await connect(nats_url, name="tests")
    yield client
    await client.close()


@pytest.fixture
async def stream(broker: Client) -> JetStreamContext:
    return await ensure_stream(broker)


async def record(app: Database, who: Caller, aggregate_id: UUID, count: int) -> list[UUID]:
    async with app.transaction(who) as tx:
        return [
            await record_event(
                tx, OutboxMessage, Happened(number, aggregate_id), aggregate_id=aggregate_id
            )
            for number in range(count)
        ]


async def until_sent(dsn: str, ids: list[UUID]) -> None:
    """Wait for the relay's mark on all of them, on a connection of the relay's own role."""
    connection = await asyncpg.connect(dsn)
    try:
        waiting = "select count(*) = 0 from outbox_message where id = any($1) and sent_at is null"
        await until(lambda: connection.fetchval(waiting, ids))
    finally:
        await connection.close()


async def published(stream: JetStreamContext, aggregate_id: UUID) -> list[Envelope]:
    found = []
    info = await stream.stream_info(STREAM)
    for sequence in range(info.state.first_seq, info.state.last_seq + 1):
        message = await stream.get_msg(STREAM, sequence)
        event = Envelope.model_validate_json(message.data or b"")
        if event.subject == str(aggregate_id):
            found.append(event)
    return found


async def test_the_relay_publishes_in_order_and_marks_what_it_sent(
    app: Database,
    warendorf: Caller,
    stream: JetStreamContext,
    database: Callable[[str], ServiceDatabase],
) -> None:
    dsn, aggregate_id = database("cases").relay_dsn, uuid4()
    relay = asyncio.create_task(Relay(dsn, stream).run())
    ids = await record(app, warendorf, aggregate_id, 20)
    await until_sent(dsn, ids)
    relay.cancel()
    events = await published(stream, aggregate_id)
    assert [event.id for event in events] == ids
    assert [event.data["number"] for event in events] == list(range(20))
    assert {(e.tenantid, e.source, e.specversion) for e in events} == {
        ("05570", "urn:kim:tests", "1.0")
    }


async def test_a_message_published_twice_is_stored_once(
    app: Database,
    warendorf: Caller,
    stream: JetStreamContext,
    database: Callable[[str], ServiceDatabase],
) -> None:
    """A relay killed between publishing and marking publishes again after its restart."""
    dsn, aggregate_id = database("cases").relay_dsn, uuid4()
    ids = await record(app, warendorf, aggregate_id, 1)
    for _ in range(2):
        relay = asyncio.create_task(Relay(dsn, stream).run())
        await until_sent(dsn, ids)
        relay.cancel()
        await asyncio.gather(relay, return_exceptions=True)
        connection = await asyncpg.connect(dsn)
        await connection.execute("update outbox_message set sent_at = null where id = any($1)", ids)
        await connection.close()
    assert len(await published(stream, aggregate_id)) == 1


async def test_the_relay_role_sees_nothing_but_the_outbox(
    database: Callable[[str], ServiceDatabase],
) -> None:
    connection = await asyncpg.connect(database("cases").relay_dsn)
    try:
        for table in ("audit_entry", "consumed_event", "idempotency_key"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.fetch(f"select * from {table}")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("update outbox_message set payload = '{}'")
    finally:
        await connection.close()


def happened(record_id: UUID) -> Envelope:
    document = envelope(Happened(1, record_id), tenant_id="05570", aggregate_id=record_id)
    return Envelope.model_validate(document)


async def test_the_same_event_has_its_effect_once_even_at_the_same_time(
    app: Database, stream: JetStreamContext
) -> None:
    effects: list[UUID] = []

    async def on_happened(tx: Transaction, event: Envelope) -> None:
        assert (tx.caller.tenant_id, tx.caller.unit_id) == ("05570", "waf-cm")
        effects.append(event.id)

    consumer = Consumer(
        Subscription(uuid4().hex, {Happened.event_type: on_happened}, lambda _: "waf-cm"),
        database=app,
        stream=stream,
        consumed=ConsumedEvent,
    )
    event = happened(uuid4())
    results = await asyncio.gather(*(consumer.handle(event) for _ in range(4)))
    assert sorted(results) == [False, False, False, True]
    assert effects == [event.id]


async def test_an_event_whose_handler_failed_comes_again(
    app: Database, stream: JetStreamContext
) -> None:
    tries: list[UUID] = []
    done = asyncio.Event()

    async def on_happened(_: Transaction, event: Envelope) -> None:
        tries.append(event.id)
        if len(tries) == 1:
            raise ConnectionError("the first try fails")
        done.set()

    kind = f"kim.tests.{uuid4().hex}.v1"
    consumer = Consumer(
        Subscription(uuid4().hex, {kind: on_happened}, lambda _: "waf-cm"),
        database=app,
        stream=stream,
        consumed=ConsumedEvent,
    )
    event = happened(uuid4()).model_copy(update={"type": kind})
    await stream.publish(kind, b"not an envelope")
    await stream.publish(kind, event.model_dump_json().encode())
    running = asyncio.create_task(consumer.run())
    async with asyncio.timeout(TIMEOUT_S):
        await done.wait()
    running.cancel()
    assert tries == [event.id, event.id]
