"""The migrations build what the tables in code say, and can be taken back."""

import os
import subprocess
import sys

from deploy.local.postgres import PostgresServer
from deploy.local.settings import PROJECT_DIR

NAME = "kim_funding_migrations"
POST_WITH_PRODUCTS = """
with post as (
  insert into position (id, tenant_id, version, created_at, updated_at, funding_line, post_type,
    label, location_note, focus, products, has_other_source)
  values (uuidv7(), '05570', 1, now(), now(), 'B2_CASE_MANAGEMENT', 'CASE_MANAGEMENT', 'CM', '',
    '{}', '{8101,8102}', false) returning id)
insert into position_version (id, tenant_id, position_id, number, effective_from, approved_fte,
  recorded_at, recorded_by)
select uuidv7(), '05570', id, 1, '2022-07-01', 1, now(), 'a' from post"""


def alembic(dsn: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "alembic", "-c", "services/funding/alembic.ini", *arguments],
        env={**os.environ, "FUNDING_MIGRATOR_DSN": dsn},
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_migrations_lead_to_the_tables_and_back(postgres: PostgresServer) -> None:
    postgres.psql("postgres", statement=f"drop database if exists {NAME}")
    postgres.provision("funding", NAME)
    dsn = postgres.dsn("kim_funding_owner", NAME)
    leftovers = (
        "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = 'public' and relname not like 'alembic%'"
    )

    for arguments in (("upgrade", "head"), ("check",), ("downgrade", "base")):
        ended = alembic(dsn, *arguments)
        assert ended.returncode == 0, ended.stderr
    assert postgres.psql(NAME, statement=leftovers) == "0"
    assert postgres.psql(NAME, statement="select to_regproc('hold_share') is null") == "t"
    ended = alembic(dsn, "upgrade", "head")
    assert ended.returncode == 0, ended.stderr


def test_the_products_of_a_post_become_those_of_its_first_year(postgres: PostgresServer) -> None:
    name = f"{NAME}_products"
    postgres.psql("postgres", statement=f"drop database if exists {name}")
    postgres.provision("funding", name)
    dsn = postgres.dsn("kim_funding_owner", name)
    assert alembic(dsn, "upgrade", "6fc183e5a729").returncode == 0
    postgres.psql(name, statement=POST_WITH_PRODUCTS)

    up = alembic(dsn, "upgrade", "8e51c7a2d904")
    moved = postgres.psql(name, statement="select fiscal_year, products from position_product")
    down = alembic(dsn, "downgrade", "6fc183e5a729")
    back = postgres.psql(name, statement="select products from position")

    assert (up.returncode, down.returncode) == (0, 0), up.stderr + down.stderr
    assert (moved, back) == ("2022|{8101,8102}", "{8101,8102}")
