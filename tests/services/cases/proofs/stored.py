"""Everything stored about one record, read past every policy, to compare before and after."""

from collections.abc import AsyncIterator
from typing import TypeAlias

import asyncpg
import pytest

from deploy.local.postgres import PostgresServer
from services.cases.storage.tables import Table
from tests.engines import ServiceDatabase

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

# What a refused request must leave alone as a whole, not only where it names the record.
WHOLE = ("audit_entry", "outbox_message", "idempotency_key", "consumed_event")
COUNTED = " union all ".join(
    f"select '{table}', to_jsonb(count(*))::text from {table}" for table in WHOLE
)


def _rows(key: str, tables: list[str]) -> str:
    parts = [f"select '{one}', to_jsonb(t)::text from {one} t where {key} = $1" for one in tables]
    return " union all ".join(parts)


def tables_with(column: str) -> list[str]:
    return sorted(name for name, table in Table.metadata.tables.items() if column in table.columns)


OF_CASE = (
    "select 'case_record', to_jsonb(t)::text from case_record t where id = $1 union all "
    f"{_rows('case_id', tables_with('case_id'))} union all {COUNTED} order by 1, 2"
)
OF_FINDING = (
    "select 'structural_finding', to_jsonb(t)::text from structural_finding t where id = $1"
    f" union all {_rows('finding_id', tables_with('finding_id'))} union all {COUNTED}"
    " order by 1, 2"
)
OF_LIST = (
    "select 'destruction_list', to_jsonb(t)::text from destruction_list t where id = $1"
    f" union all {_rows('list_id', tables_with('list_id'))} union all {COUNTED} order by 1, 2"
)
OF_CASE_TYPE = (
    "select 'case_type', to_jsonb(t)::text from case_type t where id = $1"
    f" union all {COUNTED} order by 1, 2"
)
OF_CONCEPT = OF_CASE_TYPE.replace("case_type", "concept_version")


@pytest.fixture(scope="session")
async def admin(
    postgres: PostgresServer, cases_database: ServiceDatabase
) -> AsyncIterator[Connection]:
    """The administrator of the database, whom no policy stops."""
    connection = await asyncpg.connect(postgres.dsn("postgres", cases_database.name))
    yield connection
    await connection.close()


async def stored(admin: Connection, query: str, record_id: str) -> list[tuple[str, str]]:
    return [tuple(row) for row in await admin.fetch(query, record_id)]
