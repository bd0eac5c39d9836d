"""What is there already is sealed online, and keys are changed online."""

import asyncio
import base64
import os
import subprocess
import sys
from typing import Any
from uuid import uuid4

import pytest
from pydantic import SecretStr

from deploy.local.postgres import PostgresFailed, PostgresServer
from deploy.local.settings import PROJECT_DIR
from services.cases.storage.tables import Table
from shared.secrecy.columns import sealed_columns
from shared.service.keys import DEVELOPMENT_KEY
from tests.apis import create_app, running
from tests.engines import Engines, ServiceDatabase
from tests.services.cases.conftest import Person, SignedIn, today
from tests.services.cases.secrecy.stored import found

NEW_KEY = base64.b64encode(b"another key of tests, 32 bytes..").decode()
FREE = "alter table {0} drop constraint ck_{0}_{1}_is_sealed"
OPENING = {
    "origin": "OUTREACH",
    "pseudonym": "Umgestellt",
    "municipalityAgs": "05570044",
    "isAreaResolved": True,
}


@pytest.fixture
def own(real_engines: Engines) -> ServiceDatabase:
    """A database of its own: rotation goes through every key that there is."""
    return real_engines.database("cases", "upkeep")


async def sealing(own: ServiceDatabase, *arguments: str, keys: str = "") -> str:
    """The command as an operator types it; what it says."""
    environment = {
        **os.environ,
        "CASES_ENVIRONMENT": "development",
        "CASES_MIGRATOR_DSN": own.owner_dsn,
        "CASES_WRAPPING_KEYS": keys,
    }
    ended = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "services.cases.sealing", *arguments],
        env=environment,
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


async def file_of(person: Person, word: str) -> tuple[str, list[str]]:
    """A case with a task, a note and an entrusted note that was not handed on; where they are."""
    case = await person.post("/v1/cases", OPENING)
    path = f"/v1/cases/{case['id']}"
    await person.act(case["id"], "assign")
    task = await person.post(f"{path}/tasks", {"title": word, "dueOn": today()})
    notes = [
        await person.post(f"{path}/notes", {"kind": kind, "text": word, "heldOn": today()})
        for kind in ("FILE", "CONVERSATION")
    ]
    places = [f"/v1/tasks/{task['id']}", *(f"/v1/notes/{note['id']}" for note in notes)]
    return str(case["id"]), places


async def read(person: Person, places: list[str]) -> set[Any]:
    seen = [await person.get(place) for place in places]
    return {one.get("title", one.get("text")) for one in seen}


async def test_older_rows_are_sealed_and_keys_changed_while_all_is_read(
    own: ServiceDatabase, issuer: str, signed_in: SignedIn, postgres: PostgresServer
) -> None:
    word, token = f"umgestellt{uuid4().hex}", signed_in("waf-case-manager").token
    app = create_app("cases", own, issuer)
    async with running(app) as client:
        anna = Person(client, token)
        await anna.put("/v1/staff-members", {"boundToSecrecyOn": "2021-02-01"})
        case_id, places = await file_of(anna, word)
        # As rows were before there were keys; a new database takes none of them.
        for table, column in (("case_task", "title"), ("note", "text")):
            plain = f"update {table} set {column} = '{word}' where case_id = '{case_id}'"
            with pytest.raises(PostgresFailed, match=f"ck_{table}_{column}_is_sealed"):
                postgres.psql(own.name, statement=plain)
            postgres.psql(own.name, statement=f"{FREE.format(table, column)}; {plain}")
        keys = f"{own.name}_keys"
        postgres.psql(keys, statement=f"delete from data_key where holder = '{case_id}'")
        assert found(postgres, own.name, [word]) == {word}
        assert await read(anna, places) == {word}

        assert "note: 2 rows not sealed" in await sealing(own, "status")
        assert "done: 3 rows sealed" in await sealing(own, "--batch-rows", "1", "fill")
        assert "done: 0 rows sealed" in await sealing(own, "fill")
        required = "select count(*) from pg_constraint where conname ~ '_is_sealed$' and {}"
        assert postgres.psql(own.name, statement=required.format("not convalidated")) == "0"
        of_columns = sum(len(sealed_columns(one)) for one in Table.metadata.sorted_tables)
        assert int(postgres.psql(own.name, statement=required.format("true"))) == of_columns
        assert found(postgres, own.name, [word]) == set()
        assert await read(anna, places) == {word}
        readers = "select reader from data_key where reader <> ''"
        assert postgres.psql(keys, statement=readers).endswith("|" + token_subject(anna, token))

        stored = f"select title from case_task where case_id = '{case_id}'"
        before = postgres.psql(own.name, statement=stored)
        changed = await sealing(own, "--batch-rows", "1", "rotate-keys")
        assert "keys changed" in changed
        assert postgres.psql(own.name, statement=stored) != before
        assert await read(anna, places) == {word}
        superseded = "select count(*) from data_key where generation = 1"
        assert int(postgres.psql(keys, statement=superseded)) >= 3
        await sealing(own, "drop", "--kept-days", "0")
        assert postgres.psql(keys, statement=superseded) == "0"
        app.state.database.ring.forget()
        assert await read(anna, places) == {word}


def token_subject(_: Person, token: str) -> str:
    payload = token.split(".")[1]
    claims = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    return str(claims.decode().split('"sub":"')[1].split('"')[0])


async def test_the_wrapping_key_is_changed_while_both_are_accepted(
    own: ServiceDatabase, issuer: str, signed_in: SignedIn
) -> None:
    word, token = f"gewechselt{uuid4().hex}", signed_in("waf-case-manager").token
    async with running(create_app("cases", own, issuer)) as client:
        anna = Person(client, token)
        await anna.put("/v1/staff-members", {"boundToSecrecyOn": "2021-02-01"})
        _, places = await file_of(anna, word)
    both, new = SecretStr(f"{NEW_KEY},{DEVELOPMENT_KEY}"), SecretStr(NEW_KEY)
    async with running(create_app("cases", own, issuer, wrapping_keys=both)) as client:
        anna = Person(client, token)
        assert await read(anna, places) == {word}
        said = await sealing(
            own, "--batch-rows", "1", "rotate-wrapping", keys=both.get_secret_value()
        )
        assert "done: 0 " not in said
        again = await sealing(own, "rotate-wrapping", keys=both.get_secret_value())
        assert "done: 0 keys wrapped anew" in again
        assert await read(anna, places) == {word}
    async with running(create_app("cases", own, issuer, wrapping_keys=new)) as client:
        assert await read(Person(client, token), places) == {word}
    # The way back, for the tests beside this one.
    back = f"{DEVELOPMENT_KEY},{NEW_KEY}"
    await sealing(own, "rotate-wrapping", keys=back)


async def test_the_commands_say_how_they_are_used() -> None:
    said = subprocess.run(  # noqa: ASYNC221 - it ends at once
        [sys.executable, "-m", "services.cases.sealing", "--help"],
        env={**os.environ, "CASES_ENVIRONMENT": "development"},
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    for word in ("fill", "rotate-wrapping", "rotate-keys", "drop", "status"):
        assert word in said.stdout
