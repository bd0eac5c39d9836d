import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg
import pytest
from sqlalchemy import bindparam, select
from sqlmodel import col

from services.cases.storage.tables import ConsumedEvent, IdempotencyKey
from shared.database.connection import Database
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.kernel.caller import Caller
from shared.kernel.errors import Conflict
from shared.service.writes import Answer, IdempotencyConflict, Operation, Write, Writer
from tests.engines import ServiceDatabase

WRITER = Writer(IdempotencyKey)
COUNT = Statement(
    select(col(ConsumedEvent.event_id)).where(col(ConsumedEvent.consumer) == bindparam("name"))
)


def write(who: Caller, key: str | None, body: bytes = b"one") -> Write:
    return Write(who, key, body.ljust(32), None)


def storing(name: str, *, then: Exception | None = None) -> Operation:
    async def operation(tx: Transaction) -> Answer:
        event_id = uuid4()
        await tx.insert(
            ConsumedEvent, consumer=name, event_id=event_id, consumed_at=datetime.now(UTC)
        )
        if then is not None:
            raise then
        return Answer(Document(str(event_id).encode(), 1), location=f"/{event_id}")

    return operation


async def stored(app: Database, who: Caller, name: str) -> list[UUID]:
    async with app.transaction(who) as tx:
        return [row["event_id"] for row in await tx.rows(COUNT, name=name)]


async def test_f21_twenty_requests_with_one_key_have_one_effect_and_one_answer(
    app: Database, warendorf: Caller
) -> None:
    name = uuid4().hex
    run = [WRITER.run(app, write(warendorf, "k"), storing(name), status=201) for _ in range(20)]
    answers = await asyncio.gather(*run)
    assert len(await stored(app, warendorf, name)) == 1
    assert {bytes(answer.body) for answer in answers} == {bytes(answers[0].body)}
    replayed = [answer.headers.get("idempotency-replayed") for answer in answers]
    assert sorted(replayed, key=str) == [None, *["true"] * 19]


async def test_f21_a_key_with_another_body_is_refused_and_changes_nothing(
    app: Database, warendorf: Caller
) -> None:
    name = uuid4().hex
    await WRITER.run(app, write(warendorf, "k"), storing(name), status=201)
    with pytest.raises(IdempotencyConflict) as refused:
        await WRITER.run(app, write(warendorf, "k", b"two"), storing(name), status=201)
    assert refused.value.status == 422
    assert len(await stored(app, warendorf, name)) == 1


async def test_keys_of_two_people_do_not_meet(
    app: Database, warendorf: Caller, steinfurt: Caller
) -> None:
    name = uuid4().hex
    for who in (warendorf, steinfurt):
        answer = await WRITER.run(app, write(who, "same"), storing(name), status=201)
        assert "idempotency-replayed" not in answer.headers


async def test_a_refusal_changes_nothing_and_frees_the_key(
    app: Database, warendorf: Caller
) -> None:
    name = uuid4().hex
    with pytest.raises(Conflict):
        await WRITER.run(app, write(warendorf, "k"), storing(name, then=Conflict()), status=201)
    assert await stored(app, warendorf, name) == []
    answer = await WRITER.run(app, write(warendorf, "k"), storing(name), status=201)
    assert answer.status_code == 201
    assert len(await stored(app, warendorf, name)) == 1


async def test_a_failed_commit_is_never_a_200(
    app: Database, warendorf: Caller, database: Callable[[str], ServiceDatabase]
) -> None:
    """A deferred constraint fails at COMMIT, after the operation has already answered."""
    name = uuid4().hex
    owner = await asyncpg.connect(database("cases").owner_dsn)
    await owner.execute(f"""
        create function refuse_{name}() returns trigger language plpgsql as
          $$ begin raise exception 'refused at commit' using errcode = '23514'; end $$;
        create constraint trigger refuse_{name} after insert on consumed_event
          deferrable initially deferred for each row when (new.consumer = '{name}')
          execute function refuse_{name}()""")
    try:
        with pytest.raises(asyncpg.CheckViolationError):
            await WRITER.run(app, write(warendorf, "k"), storing(name), status=201)
        assert await stored(app, warendorf, name) == []
    finally:
        await owner.execute(f"""
            drop trigger refuse_{name} on consumed_event; drop function refuse_{name}()""")
        await owner.close()


async def test_two_writes_that_cross_are_both_made(app: Database, warendorf: Caller) -> None:
    """The database ends the deadlock of two operations; the one it chose tries again."""
    name, met, tries = uuid4().hex, asyncio.Barrier(2), [0]

    def crossing(first: int, second: int) -> Operation:
        async def operation(tx: Transaction) -> Answer:
            tries[0] += 1
            for step, key in enumerate((first, second)):
                await tx.connection.execute("select pg_advisory_xact_lock($1)", key)
                if step == 0 and tries[0] <= 2:
                    await met.wait()
            return await storing(name)(tx)

        return operation

    answers = await asyncio.gather(
        WRITER.run(app, write(warendorf, f"{name}-1"), crossing(71, 72), status=201),
        WRITER.run(app, write(warendorf, f"{name}-2"), crossing(72, 71), status=201),
    )

    assert [answer.status_code for answer in answers] == [201, 201]
    assert tries == [3]
    assert len(await stored(app, warendorf, name)) == 2


async def test_a_write_that_never_gets_through_is_told_so_and_stores_nothing(
    app: Database, warendorf: Caller
) -> None:
    name, tries = uuid4().hex, []

    async def operation(tx: Transaction) -> Answer:
        tries.append(await storing(name)(tx))
        raise asyncpg.SerializationError

    with pytest.raises(asyncpg.SerializationError):
        await WRITER.run(app, write(warendorf, None), operation, status=201)

    assert len(tries) == 3
    assert await stored(app, warendorf, name) == []
