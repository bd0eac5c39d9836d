"""A backup becomes a copy for training: nobody real is in it, and the services work with it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from deploy.local.demo.client import Client
from deploy.local.parts import Installation
from deploy.local.postgres import PostgresServer
from deploy.local.settings import PROJECT_DIR, SERVICES
from tests.apis import TokenFor, bearer, create_app, running
from tests.engines import ServiceDatabase
from tests.journeys.test_nothing_is_lost import refer
from tests.local_system import LocalSystem
from tests.services.cases.api.test_erasures_replayed import program

OF_PEOPLE = {
    "cases": (
        "select family_name from person union select given_names from person"
        " union select street from address union select value from contact_point"
        " union select recorded_by from consent union select case_manager from case_record"
    ),
    "funding": "select recorded_by from award union select released_by from award",
    "referrals": (
        "select subject_reference from sender_record"
        # Streets that rules route by are known to everybody.
        " union select street from referral_place where street <> '' and not exists"
        " (select 1 from routing_rule_set where strpos(rules::text, street) > 0)"
        " union select consent_reference from sender_record"
    ),
}
BORN = "select id || birth_date from person where birth_date_precision = 'DAY'"
# The books keep who posted: their chain of hashes would break.
DUMP = ("--data-only", "--inserts", "--exclude-table-data=ledger_*")
LENGTH_MIN = 6  # shorter words stand in others


def copy_name(service: str) -> str:
    return f"kim_{service}_copy"


@pytest.fixture(scope="module")
def postgres(demo_system: LocalSystem) -> PostgresServer:
    return Installation(demo_system.settings).postgres


@pytest.fixture
async def referral(people: Client) -> str:
    """A family of the Jobcenter is sent to a provider."""
    return await refer(people, f"scrubbed-{uuid4().hex}")


@pytest.fixture
def copies(postgres: PostgresServer, referral: str, tmp_path: Path) -> Iterator[Path]:
    """Backups of the three services restored beside them; gives the folder of the key."""
    for service in SERVICES:
        backup = str(tmp_path / f"{service}.dump")
        program(postgres, "pg_dump", "--format=custom", f"--file={backup}", f"kim_{service}")
        postgres.provision(service, copy_name(service))
        into = f"--dbname={copy_name(service)}"
        program(postgres, "pg_restore", into, "--clean", "--if-exists", backup)
    yield tmp_path
    for service in SERVICES:
        postgres.psql("postgres", statement=f"drop database {copy_name(service)} with (force)")


def scrub(
    postgres: PostgresServer, service: str, copy: str, key: Path, into: str | None = None
) -> subprocess.CompletedProcess[str]:
    dsn = postgres.dsn(f"kim_{service}_owner", into or copy)
    return subprocess.run(
        [sys.executable, "-m", f"services.{service}.scrub", "--copy", copy, "--key", str(key)],
        env={**os.environ, f"{service.upper()}_MIGRATOR_DSN": dsn},
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


async def ask(postgres: PostgresServer, database: str, sql: str) -> list[Any]:
    connection = await asyncpg.connect(postgres.dsn("postgres", database))
    try:
        return [row[0] for row in await connection.fetch(sql)]
    finally:
        await connection.close()


def test_what_is_in_use_or_named_otherwise_is_not_touched(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    live = "kim_cases"
    used = scrub(postgres, "cases", live, tmp_path / "key")
    other = scrub(postgres, "cases", copy_name("cases"), tmp_path / "key", into=live)
    assert (used.returncode, other.returncode) == (2, 2)
    assert "it is in use" in used.stderr
    assert f"Connected to {live}, not to {copy_name('cases')}" in other.stderr


async def test_nobody_real_is_left_and_the_rest_stays(
    postgres: PostgresServer, copies: Path, token_for: TokenFor, issuer: str
) -> None:
    counted = "select count(*) from person union all select count(*) from case_record"
    before = await ask(postgres, "kim_cases", counted)
    born = await ask(postgres, "kim_cases", BORN)
    for service in SERVICES:
        done = scrub(postgres, service, copy_name(service), copies / "key")
        assert done.returncode == 0, done.stdout + done.stderr
        written = copies / f"{service}.sql"
        program(postgres, "pg_dump", *DUMP, f"--file={written}", copy_name(service))
        text = written.read_text(encoding="utf-8")
        originals = await ask(postgres, f"kim_{service}", OF_PEOPLE[service])
        words = [word for word in originals if word and len(word) >= LENGTH_MIN]
        assert words, service
        found = [word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
        assert found == [], service
    assert await ask(postgres, copy_name("cases"), counted) == before
    # Some may be born on the day that was drawn for them, one in 365.
    same = set(born) & set(await ask(postgres, copy_name("cases"), BORN))
    assert len(born) > 100
    assert len(same) < len(born) / 50
    with_empty_keys(postgres)
    await the_copy_works(postgres, token_for, issuer)


def with_empty_keys(postgres: PostgresServer) -> None:
    """As an operator does: the migrations make the database of keys beside the copy."""
    dsn = postgres.dsn("kim_cases_owner", copy_name("cases"))
    done = subprocess.run(
        [sys.executable, "-m", "deploy.local.migrations", "upgrade", "cases"],
        env={**os.environ, "CASES_MIGRATOR_DSN": dsn},
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


async def the_copy_works(postgres: PostgresServer, token_for: TokenFor, issuer: str) -> None:
    name = copy_name("cases")
    database = ServiceDatabase(
        name=name,
        app_dsn=postgres.dsn("kim_cases_app", name),
        relay_dsn=postgres.dsn("kim_cases_relay", name),
        owner_dsn=postgres.dsn("kim_cases_owner", name),
    )
    async with running(create_app("cases", database, issuer)) as client:
        headers = bearer(token_for("waf-case-manager"))
        answer = await client.get("/v1/persons?first=1", headers=headers)
        (person,) = answer.json()["items"]
        assert re.fullmatch(r"[A-Z][a-z]{7}", person["familyName"])
        searched = await client.get("/v1/cases?first=5", headers=headers)
        assert len(searched.json()["items"]) == 5
