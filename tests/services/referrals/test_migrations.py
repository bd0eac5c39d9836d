"""The migrations build what the tables in code say, and can be taken back."""

import os
import subprocess
import sys

from deploy.local.postgres import PostgresServer
from deploy.local.settings import PROJECT_DIR

NAME = "kim_referrals_migrations"
LEFTOVERS = (
    "select (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace"
    " where n.nspname = 'public' and relname not like 'alembic%')"
    " + (select count(*) from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
    " where n.nspname = 'public')"
)


def alembic(dsn: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "alembic", "-c", "services/referrals/alembic.ini", *arguments],
        env={**os.environ, "REFERRALS_MIGRATOR_DSN": dsn},
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_migrations_lead_to_the_tables_and_back(postgres: PostgresServer) -> None:
    postgres.psql("postgres", statement=f"drop database if exists {NAME}")
    postgres.provision("referrals", NAME)
    dsn = postgres.dsn("kim_referrals_owner", NAME)
    before = postgres.psql(NAME, statement=LEFTOVERS)

    for arguments in (("upgrade", "head"), ("check",), ("downgrade", "base")):
        ended = alembic(dsn, *arguments)
        assert ended.returncode == 0, ended.stderr
    assert postgres.psql(NAME, statement=LEFTOVERS) == before
    ended = alembic(dsn, "upgrade", "head")
    assert ended.returncode == 0, ended.stderr
