"""The erasure of a case as the service hears it from the others, for tests of what it leaves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import asyncpg

from services.cases.messaging.erasure import CONFIRMED
from shared.messaging.consumer import Consumer
from shared.messaging.envelope import Envelope
from tests.engines import ServiceDatabase
from tests.services.cases.conftest import Person


def heard(event_type: str, data: dict[str, Any]) -> Envelope:
    return Envelope.model_validate(
        {
            "specversion": "1.0",
            "id": str(uuid4()),
            "source": "urn:kim:test",
            "type": event_type,
            "time": "2022-11-21T10:00:00.000Z",
            "subject": str(uuid4()),
            "tenantid": "05570",
            "data": {"tenantId": "05570", "unitId": "waf-cm"} | data,
        }
    )


async def as_owner(database: ServiceDatabase, table: str, sql: str, *arguments: Any) -> Any:
    """The value of a statement that no policy binds."""
    owner = await asyncpg.connect(database.owner_dsn)
    async with owner.transaction():
        await owner.execute(f"alter table {table} no force row level security")
        found = await owner.fetchval(sql, *arguments)
        await owner.execute(f"alter table {table} force row level security")
    await owner.close()
    return found


@asynccontextmanager
async def locked(database: ServiceDatabase, case_id: str) -> AsyncIterator[None]:
    """Somebody holds the case locked: whoever wants it waits."""
    connection = await asyncpg.connect(database.app_dsn)
    identity = {
        "app.actor": "urn:test|somebody",
        "app.unit": "waf-cm",
        "app.tenant": "05570",
        "app.roles": ",system,",
        "app.unit_type": "",
    }
    async with connection.transaction():
        for name, value in identity.items():
            await connection.execute("select set_config($1, $2, true)", name, value)
        sql = "select id from case_record where id = $1 for update"
        assert await connection.fetchval(sql, case_id)
        yield
    await connection.close()


async def answer_archive(person: Person, case_id: str) -> None:
    await person.answer(case_id, "erasure-preparation", {"archiveAnswer": "DECLINED"})


async def long_ended(database: ServiceDatabase, case_id: str) -> None:
    """As if the case had ended long ago."""
    sql = (
        "update case_record set closed_on = '2012-06-30', deletion_due_on = '2015-12-31'"
        " where id = $1"
    )
    await as_owner(database, "case_record", sql, case_id)


async def erasure_id(database: ServiceDatabase, case_id: str) -> str:
    """The id that the published request carries."""
    sql = (
        "select payload -> 'data' ->> 'erasureId' from outbox_message where aggregate_id = $1"
        " and subject = 'kim.cases.case-erasure-requested.v1' order by position desc limit 1"
    )
    return str(await as_owner(database, "outbox_message", sql, case_id))


async def confirm_erasure(consumer: Consumer, database: ServiceDatabase, case_id: str) -> None:
    data = {"caseId": case_id, "records": 0, "erasureId": await erasure_id(database, case_id)}
    assert await consumer.handle(heard(CONFIRMED[0], data))


async def erase(
    person: Person, consumer: Consumer, database: ServiceDatabase, case_id: str
) -> None:
    """Everything that stands between an ended case and its tombstone."""
    await answer_archive(person, case_id)
    await long_ended(database, case_id)
    version = (await person.get(f"/v1/cases/{case_id}"))["version"]
    await person.post(f"/v1/cases/{case_id}/erasure", version=version, status=202)
    await confirm_erasure(consumer, database, case_id)
    assert (await person.get(f"/v1/cases/{case_id}"))["state"] == "ERASED"
