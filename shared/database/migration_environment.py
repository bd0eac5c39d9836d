"""The Alembic environment of every service: one wording, the service's own metadata."""

import asyncio
import os
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import MetaData, pool, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel.sql.sqltypes import AutoString

from shared.database.columns_audit import SCHEMA
from shared.secrecy.columns import SealedText
from shared.secrecy.preparing import prepare_keys
from shared.secrecy.store import keys_dsn

LOCK_TIMEOUT = "5s"
STATEMENT_TIMEOUT = "10min"


def run(service: str, metadata: MetaData, *, has_keys: bool = False) -> None:
    """Run the migrations under the owner's role, from `<SERVICE>_MIGRATOR_DSN`.

    A migration waits for a lock no longer than `LOCK_TIMEOUT`, so that it never queues the whole
    service behind itself. `has_keys`: the service has a database of keys, which is prepared too,
    at `<SERVICE>_KEYS_MIGRATOR_DSN` or beside its own. Raises SystemExit with what to set when the
    variable is missing.
    """
    variable = f"{service.upper()}_MIGRATOR_DSN"
    dsn = os.environ.get(variable)
    if not dsn:
        raise SystemExit(f"Set {variable} to the DSN of the role kim_{service}_owner.")
    if context.is_offline_mode():
        raise SystemExit("Offline migrations are not supported; run against the database.")
    asyncio.run(_run(dsn, metadata))
    if has_keys:
        named = os.environ.get(f"{service.upper()}_KEYS_MIGRATOR_DSN")
        asyncio.run(prepare_keys(named or keys_dsn(dsn), service))


async def _run(dsn: str, metadata: MetaData) -> None:
    url = dsn.replace("postgresql://", "postgresql+asyncpg://", 1)
    engine = create_async_engine(url, poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(_migrate, metadata)
        await connection.commit()
    await engine.dispose()


def _migrate(connection: Connection, metadata: MetaData) -> None:
    connection.execute(text(f"set lock_timeout = '{LOCK_TIMEOUT}'"))
    # New tables go where they always did, and what lies in the schema `audit` is called by it.
    connection.execute(text("set search_path = public"))
    connection.execute(text(f"set statement_timeout = '{STATEMENT_TIMEOUT}'"))
    connection.execute(text("select pg_advisory_lock(hashtext('kim-migrations'))"))
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transaction_per_migration=True,
        compare_type=True,
        include_schemas=True,
        include_name=_is_ours,
        compare_server_default=True,
        render_item=_plain_text_types,
    )
    with context.begin_transaction():
        context.run_migrations()


def _is_ours(name: str | None, kind: str, _: object) -> bool:
    return kind != "schema" or name in {None, SCHEMA}


def _plain_text_types(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    """Write SQLModel's text type as SQLAlchemy's own, so that migrations outlive the library."""
    if kind == "type" and isinstance(item, SealedText):
        return "sa.Text()"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.Text()"
    return False
