"""Which database a program counts as its own: the newest it knows, or a newer one."""

from collections.abc import Callable

import asyncpg

from deploy.local.postgres import PostgresServer
from deploy.local.settings import PROJECT_DIR
from shared.database.connection import open_database
from shared.service.checks import migrations_applied
from tests.engines import ServiceDatabase

MIGRATIONS = PROJECT_DIR / "services" / "funding" / "storage" / "migrations"


async def test_a_newer_database_serves_and_an_older_one_does_not(
    database: Callable[[str, str], ServiceDatabase], postgres: PostgresServer
) -> None:
    own = database("funding", "ready")
    opened = await open_database(own.app_dsn, application="ready")
    admin = await asyncpg.connect(postgres.dsn("postgres", own.name))
    check = migrations_applied(lambda: opened, MIGRATIONS)
    try:
        head = await admin.fetchval("select version_num from alembic_version")
        assert await check()
        for revision, is_ready in (("ffffffffffff", True), (older(head), False)):
            await admin.execute("update alembic_version set version_num = $1", revision)
            assert await check() is is_ready
        await admin.execute("delete from alembic_version")
        assert not await check()
    finally:
        await admin.close()
        await opened.close()


def older(head: str) -> str:
    """The revision before the newest one."""
    for file in (MIGRATIONS / "versions").glob("*.py"):
        text = file.read_text()
        if f'\nrevision = "{head}"' in text:
            return text.split("down_revision", 1)[1].split('"')[1]
    raise AssertionError(head)
