"""The one table of a database of keys, made and brought in step by the migrations."""

from pathlib import Path

import asyncpg

SCHEMA = Path(__file__).with_name("keys.sql")


async def prepare_keys(dsn: str, service: str) -> None:
    """Under the owner's role. As often as you like."""
    sql = SCHEMA.read_text(encoding="utf-8")
    for name in ("app", "owner"):
        sql = sql.replace(f":{name}", f"kim_{service}_{name}")
    connection = await asyncpg.connect(dsn, timeout=5, command_timeout=60)
    try:
        async with connection.transaction():
            await connection.execute("select pg_advisory_xact_lock(hashtext('kim-keys'))")
            await connection.execute(sql)
    finally:
        await connection.close(timeout=2)
