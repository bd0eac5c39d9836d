"""One service's audit log in a database of its own, written as the application writes it."""

import base64
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from services.cases.storage.tables import AuditEntry
from shared.audit.chain import Report, verify
from shared.audit.entries import record_change
from shared.audit.sealing import Keeping
from shared.auth.anchoring import AnchorKeys, AnchorReader
from shared.database.connection import Database, open_database
from shared.kernel.caller import Caller
from shared.kernel.ids import new_id
from tests.engines import ServiceDatabase

SEED = base64.b64encode(b"a seed of tests, of 32 bytes ok!").decode()
KEYS = AnchorKeys(SEED)
KEEPING = Keeping(service="cases", keys=KEYS)
Connection = Any


def someone(tenant: str, unit: str = "waf-cm", *roles: str) -> Caller:
    return Caller(
        tenant_id=tenant,
        unit_id=unit,
        unit_type="CM_TEAM",
        issuer="urn:test",
        subject="somebody",
        roles=frozenset(roles or ("case_manager",)),
    )


@dataclass(frozen=True, slots=True)
class Log:
    """The log of one tenant, and everybody who has to do with it."""

    tenant: str
    database: Database
    relay: Connection
    admin: Connection

    async def write(self, count: int, action: str = "change-something") -> None:
        """So many entries, each in a transaction of its own."""
        for _ in range(count):
            async with self.database.transaction(someone(self.tenant)) as tx:
                await record_change(tx, AuditEntry, action=action, kind="case", record_id=new_id())

    async def verify(self, kept: Sequence[str] = ()) -> Report:
        async with self.database.snapshot(someone(self.tenant, "waf-dp", "dpo")) as tx:
            return await verify(tx.connection, self.tenant, AnchorReader(KEYS.published()), kept)

    async def ids(self) -> list[UUID]:
        rows = await self.admin.fetch(
            "select id from audit.audit_entry where tenant_id = $1 order by at, id", self.tenant
        )
        return [row["id"] for row in rows]

    async def age(self, days: int) -> None:
        """Let everything that is sealed be so much older. The chain is then sealed anew."""
        for table, column in (("audit_entry", "at"),):
            await self.admin.execute(
                f"update audit.{table} set {column} = {column} - $2::interval where tenant_id = $1",
                self.tenant,
                timedelta(days=days),
            )


@pytest.fixture(scope="session")
def audited(database: Callable[..., ServiceDatabase]) -> ServiceDatabase:
    return database("cases", copy="audit")


@pytest.fixture
async def log(audited: ServiceDatabase, postgres: Any) -> AsyncIterator[Log]:
    """A tenant that nobody wrote of before."""
    opened = await open_database(audited.app_dsn, application="tests", connections_max=12)
    relay = await asyncpg.connect(audited.relay_dsn)
    admin = await asyncpg.connect(postgres.dsn("postgres", audited.name))
    used = await admin.fetchval("select count(distinct tenant_id) from audit.audit_entry")
    yield Log(f"{9000 + used:05d}", opened, relay, admin)
    await opened.close()
    await relay.close()
    await admin.close()
