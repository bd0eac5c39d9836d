"""A client that tries every write before it makes it, and sees that the trial left nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

import asyncpg
import httpx
from fastapi import FastAPI

from deploy.local.postgres import ADMIN, PostgresServer
from tests.engines import ServiceDatabase

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

TABLES = """
select table_name::text from information_schema.tables
 where table_schema in ('public', 'audit') and table_type = 'BASE TABLE'
   -- that a partner asked is on record, whatever came of it; sealing goes on meanwhile
   and table_name not in ('partner_request', 'audit_block', 'audit_seal')
 order by 1"""
DIGEST = "select '{0}', md5(coalesce(string_agg(t::text, chr(10) order by t::text), '')) from {0} t"


async def everything(admin: Connection) -> dict[str, str]:
    """A digest of every row of every table, policies passed by."""
    tables = [row[0] for row in await admin.fetch(TABLES)]
    digests = await admin.fetch(" union all ".join(DIGEST.format(name) for name in tables))
    return {row[0]: row[1] for row in digests}


@asynccontextmanager
async def as_admin(
    postgres: PostgresServer, database: ServiceDatabase
) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(postgres.dsn(ADMIN, database.name))
    try:
        yield connection
    finally:
        await connection.close()


@dataclass
class Rehearsing(httpx.AsyncBaseTransport):
    """Sends each write with `?dryRun=true` first, under the same key and version, then itself."""

    app: FastAPI
    admin: Connection
    exceptions: frozenset[str]
    rehearsed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._inner = httpx.ASGITransport(self.app)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        where = f"{request.method} {request.url.path}"
        is_read = request.method == "GET" or any(where.endswith(end) for end in self.exceptions)
        if is_read or "dryRun" in request.url.params:
            return await self._inner.handle_async_request(request)
        trial = httpx.Request(
            request.method,
            request.url.copy_add_param("dryRun", "true"),
            headers=request.headers,
            content=await request.aread(),
        )
        before = await everything(self.admin)
        tried = await self._inner.handle_async_request(trial)
        said = await tried.aread()
        assert await everything(self.admin) == before, where
        answer = await self._inner.handle_async_request(request)
        body = await answer.aread()
        if answer.status_code < httpx.codes.BAD_REQUEST:
            assert (tried.status_code, tried.headers.get("kim-dry-run")) == (200, "true"), said
            assert "idempotency-replayed" not in answer.headers, where
            assert "kim-dry-run" not in answer.headers, where
            _compare(httpx.Response(200, content=said), httpx.Response(200, content=body), where)
            self.rehearsed.append(where)
        else:
            codes = [httpx.Response(400, content=one).json()["code"] for one in (said, body)]
            assert (tried.status_code, codes[0]) == (answer.status_code, codes[1]), where
        return httpx.Response(answer.status_code, headers=answer.headers, content=body)


def _compare(tried: httpx.Response, real: httpx.Response, where: str) -> None:
    """The rehearsal says what then happens: the same members, in the same state."""
    shown = tried.json()
    if "result" in shown:
        assert shown["isDryRun"] is True
        shown = shown["result"]
    made = real.json()
    assert shown.keys() == made.keys(), where
    for member in ("state", "version", "amount", "allowedActions", "availableTransitions"):
        assert shown.get(member) == made.get(member), f"{where}: {member}"
