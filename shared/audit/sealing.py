"""The worker's part: seal what was written, sign a daily anchor, end what is past its time.

It works under the relay's role, through functions of the database: it never sees an entry.
"""

import asyncio
import hashlib
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import asyncpg
import structlog

from shared.auth.anchoring import AnchorKeys
from shared.kernel.clock import berlin_date, now

KINDS: Final = ("CHANGE", "READ")
ENTRIES_MAX: Final = 5000
BLOCKS_EXPIRED_MAX: Final = 500
TENANTS = "select * from audit.tenants()"
SEAL = "select audit.seal($1, $2, $3)"
EXPIRE = "select audit.expire($1, $2, $3, $4)"
HEAD = """
select number, hash, sealed_at from audit.audit_block
 where tenant_id = $1 order by number desc limit 1"""
LAST_ANCHOR = """
select day, statement from audit.audit_anchor where tenant_id = $1 order by day desc limit 1"""
KEEP_ANCHOR = """
insert into audit.audit_anchor (id, tenant_id, day, block, statement, made_at)
values (uuidv7(), $1, $2, $3, $4, clock_timestamp()) on conflict do nothing returning day"""

Connection = Any  # asyncpg's own or one of its pool's
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a service keeps its log; days are counted from the last entry of a block."""

    service: str
    keys: AnchorKeys
    read_days: int = 180
    change_days: int = 1825
    anchor_folder: str = ""

    def days(self, kind: str) -> int:
        return self.read_days if kind == "READ" else self.change_days


async def seal_all(connection: Connection, entries_max: int = ENTRIES_MAX) -> int:
    """Seal every entry that was committed before; the number of entries sealed."""
    sealed = 0
    for row in await connection.fetch(TENANTS):
        for kind in KINDS:
            while (count := await connection.fetchval(SEAL, row[0], kind, entries_max)) > 0:
                sealed += count
                if count < entries_max:
                    break
    return sealed


async def anchor_all(connection: Connection, keeping: Keeping, at: datetime) -> int:
    """Sign the last block of each tenant, once a day; the number of anchors made.

    Each anchor names the one before by its digest, so that none can be taken away unseen.
    """
    day, made = berlin_date(at), 0
    for row in await connection.fetch(TENANTS) if keeping.keys.is_on else ():
        tenant = row[0]
        head = await connection.fetchrow(HEAD, tenant)
        last = await connection.fetchrow(LAST_ANCHOR, tenant)
        if head is None or (last is not None and last["day"] >= day):
            continue
        before = statement_digest(last["statement"]) if last else None
        claims = {
            "iss": f"kim-{keeping.service}",
            "tenant": tenant,
            "day": day.isoformat(),
            "block": head["number"],
            "hash": head["hash"].hex(),
            "previous": before,
            "iat": int(at.timestamp()),
        }
        statement = keeping.keys.signed(claims)
        if await connection.fetchval(KEEP_ANCHOR, tenant, day, head["number"], statement):
            made += 1
            log.info("audit.anchored", tenant=tenant, day=day.isoformat(), statement=statement)
            _write_file(keeping, tenant, day.isoformat(), statement)
    return made


def statement_digest(statement: str) -> str:
    return hashlib.sha256(statement.encode()).hexdigest()


async def expire_all(connection: Connection, keeping: Keeping) -> int:
    """End the entries whose time is over, block by block; how many there were."""
    gone = 0
    for row in await connection.fetch(TENANTS):
        for kind in KINDS:
            days = keeping.days(kind)
            while count := await connection.fetchval(
                EXPIRE, row[0], kind, days, BLOCKS_EXPIRED_MAX
            ):
                gone += count
    return gone


def sealing_part(dsn: str, keeping: Keeping, every_s: float) -> Callable[[Any], Awaitable[None]]:
    """What the worker keeps running; a fault ends the round, and the worker begins it again."""

    async def run(_: Any) -> None:
        connection = await asyncpg.connect(dsn, timeout=5, command_timeout=120)
        try:
            while True:
                await seal_all(connection)
                await anchor_all(connection, keeping, now())
                await expire_all(connection, keeping)
                await asyncio.sleep(every_s)
        finally:
            await connection.close(timeout=2)

    return run


def _write_file(keeping: Keeping, tenant: str, day: str, statement: str) -> None:
    """One file for each day, for whoever fetches it away; an older one stays as it is."""
    if keeping.anchor_folder:
        folder = Path(keeping.anchor_folder)
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f".{keeping.service}-{tenant}-{day}.{os.getpid()}"
        fresh.write_text(statement + "\n")
        fresh.rename(folder / f"{keeping.service}-{tenant}-{day}.jws")
