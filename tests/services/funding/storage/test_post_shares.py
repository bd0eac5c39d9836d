"""No hour of work is paid twice (F26): the database refuses, whoever writes it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import orjson
import pytest

from tests.engines import ServiceDatabase
from tests.services.funding.desk import Desk

APRIL = date(2022, 4, 1)
SIT = """
insert into occupancy (id, tenant_id, position_id, seat, share, since, until, programme, holder_ref,
  recorded_at, recorded_by)
values (uuidv7(), '05570', $1, $2, $3, $4, $5, $6, $7, now(), 'kreis|x')"""
LENGTHEN = "update occupancy set until = null where programme = 'MBE'"


@pytest.fixture
async def post_id(officer: Desk) -> UUID:
    return await new_post(officer)


async def new_post(officer: Desk) -> UUID:
    body = {"postType": "CASE_MANAGEMENT", "approvedFte": "9.00", "effectiveFrom": "2021-01-01"}
    return UUID((await officer.create("/v1/positions", body))["id"])


@asynccontextmanager
async def writer(database: ServiceDatabase) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the application's role with a transaction that is committed at the end."""
    connection = await asyncpg.connect(database.app_dsn)
    try:
        async with connection.transaction():
            await connection.execute(
                "select set_config('app.tenant', '05570', true),"
                " set_config('app.roles', ',funding_officer,', true)"
            )
            yield connection
    finally:
        await connection.close()


async def sit(
    database: ServiceDatabase,
    post: UUID,
    share: str,
    since: date = date(2022, 1, 1),
    until: date | None = None,
    *,
    programme: str = "KIM",
    seat: int = 1,
    holder: UUID | None = None,
) -> None:
    async with writer(database) as connection:
        values = (post, seat, Decimal(share), since, until, programme, holder)
        await connection.execute(SIT, *values)


def told(refused: asyncpg.PostgresError) -> Any:
    assert refused.constraint_name == "occupancy_share_at_most_one"
    return orjson.loads(refused.detail)


async def shares(database: ServiceDatabase) -> list[str]:
    async with writer(database) as connection:
        rows = await connection.fetch("select share from occupancy order by share")
    return [str(row["share"]) for row in rows]


async def test_f26_the_database_refuses_the_second_share(
    funding_database: ServiceDatabase, post_id: UUID
) -> None:
    await sit(funding_database, post_id, "0.60")

    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await sit(funding_database, post_id, "0.50", APRIL, programme="MBE")

    assert told(refused.value) == {"day": "2022-04-01", "share": "1.10", "of": "seat"}
    assert await shares(funding_database) == ["0.60"]
    await sit(funding_database, post_id, "0.40", APRIL, programme="MBE")
    assert await shares(funding_database) == ["0.40", "0.60"]


async def test_an_earlier_share_that_reaches_into_a_later_one_is_refused(
    funding_database: ServiceDatabase, post_id: UUID
) -> None:
    await sit(funding_database, post_id, "0.60", APRIL)

    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await sit(funding_database, post_id, "0.50", until=APRIL, programme="MBE")

    assert told(refused.value) == {"day": "2022-04-01", "share": "1.10", "of": "seat"}
    await sit(funding_database, post_id, "0.50", until=date(2022, 3, 31), programme="MBE")
    async with writer(funding_database) as connection:
        with pytest.raises(asyncpg.CheckViolationError):
            async with connection.transaction():
                await connection.execute(LENGTHEN)
    assert await shares(funding_database) == ["0.50", "0.60"]


async def test_two_writers_at_once_never_exceed_one(
    funding_database: ServiceDatabase, post_id: UUID
) -> None:
    async with writer(funding_database) as first:
        await first.execute(SIT, post_id, 1, Decimal("0.60"), APRIL, None, "KIM", None)
        second = asyncio.create_task(sit(funding_database, post_id, "0.50", APRIL, programme="MBE"))
        done, _ = await asyncio.wait({second}, timeout=0.3)
        assert not done, "the second writer waits for the first"

    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await second
    assert told(refused.value)["share"] == "1.10"
    assert await shares(funding_database) == ["0.60"]


async def test_twenty_programmes_at_once_share_one_seat_exactly(
    funding_database: ServiceDatabase, post_id: UUID
) -> None:
    results = await asyncio.gather(
        *(sit(funding_database, post_id, "0.10", programme=f"P{n}") for n in range(20)),
        return_exceptions=True,
    )

    refused = [one for one in results if isinstance(one, asyncpg.CheckViolationError)]
    assert (results.count(None), len(refused)) == (10, 10)
    assert await shares(funding_database) == ["0.10"] * 10


async def test_one_person_over_two_posts_is_seen_by_its_holder_ref(
    officer: Desk, funding_database: ServiceDatabase, post_id: UUID
) -> None:
    other, holder = await new_post(officer), uuid4()
    await sit(funding_database, post_id, "0.60", holder=holder)

    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await sit(funding_database, other, "0.50", APRIL, holder=holder, seat=3)

    assert told(refused.value) == {"day": "2022-04-01", "share": "1.10", "of": "holder"}
    await sit(funding_database, other, "0.50", APRIL, holder=uuid4())
    await sit(funding_database, other, "0.40", APRIL, holder=holder, seat=2)
    assert await shares(funding_database) == ["0.40", "0.50", "0.60"]


async def test_overlapping_shares_of_one_programme_are_refused(
    funding_database: ServiceDatabase, post_id: UUID
) -> None:
    await sit(funding_database, post_id, "0.20", until=APRIL)

    with pytest.raises(asyncpg.ExclusionViolationError) as refused:
        await sit(funding_database, post_id, "0.20", APRIL)

    assert refused.value.constraint_name == "ex_occupancy_same_programme"
    await sit(funding_database, post_id, "0.20", date(2022, 4, 2))
    await sit(funding_database, post_id, "0.20", seat=2)
    assert await shares(funding_database) == ["0.20"] * 3
