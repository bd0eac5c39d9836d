"""Erasure destroys the keys: a backup that is restored afterwards shows nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr

from deploy.local.postgres import PostgresServer
from services.cases.domain.practice import Practice
from services.cases.operations.forget_restored import forget_restored
from services.cases.operations.keep_retention import keep_retention
from shared.database.connection import Database, open_database
from shared.kernel.caller import system_caller
from shared.kernel.clock import berlin_date, now
from shared.messaging.consumer import Consumer
from shared.secrecy.removal import destroy_keys, forget_keys
from shared.secrecy.store import keys_dsn
from tests.apis import create_app, running
from tests.engines import ServiceDatabase
from tests.keys import ring_of
from tests.services.cases.api.test_retention_by_kind import records, rule
from tests.services.cases.conftest import Person, SignedIn, client_named, today
from tests.services.cases.erasing import answer_archive, as_owner, erase, long_ended
from tests.services.cases.secrecy.stored import found

# Names have no digits.
LETTERS = str.maketrans("0123456789", "ghijklmnop")
OPENING = {
    "origin": "OUTREACH",
    "pseudonym": "Bleibt",
    "municipalityAgs": "05570044",
    "isAreaResolved": True,
}


async def written(person: Person, case_id: str, word: str) -> list[str]:
    """Notes of two classes and a task; the paths under which they are read."""
    path = f"/v1/cases/{case_id}"
    task = await person.post(f"{path}/tasks", {"title": f"{word}-task", "dueOn": today()})
    notes = [
        await person.post(
            f"{path}/notes", {"kind": kind, "text": f"{word}-{kind}", "heldOn": today()}
        )
        for kind in ("FILE", "CONVERSATION")
    ]
    assert [note["confidentiality"] for note in notes] == ["NORMAL", "ENTRUSTED"]
    return [f"/v1/tasks/{task['id']}", *(f"/v1/notes/{note['id']}" for note in notes)]


async def texts(person: Person, paths: list[str]) -> list[Any]:
    read = [await person.get(path) for path in paths]
    return [one.get("title", one.get("text")) for one in read]


async def test_a_restored_service_forgets_by_itself_before_it_serves(
    anna: Person,
    consumer: Consumer,
    pool: Database,
    cases_database: ServiceDatabase,
    postgres: PostgresServer,
    issuer: str,
    backup: Callable[[], Callable[[], ServiceDatabase]],
) -> None:
    """Its texts to nobody, the administrator of the database included. And the service that is
    started on it erases the rest again before it serves; who was not erased is read as ever.
    """
    name = "Vergessen" + uuid4().hex.translate(LETTERS)
    area = {"municipalityAgs": "05570044", "isAreaResolved": True}
    named = {"origin": "OUTREACH", "members": [client_named(name)]}
    gone = await anna.post("/v1/cases", named | area)
    kept = await anna.post("/v1/cases", OPENING)
    word, other = f"getilgt{uuid4().hex}", f"bleibt{uuid4().hex}"
    await anna.act(gone["id"], "assign")
    await anna.act(kept["id"], "assign")
    paths, kept_paths = (
        await written(anna, gone["id"], word),
        await written(anna, kept["id"], other),
    )
    assert await texts(anna, paths) == [f"{word}-task", f"{word}-FILE", f"{word}-CONVERSATION"]
    await anna.act(gone["id"], "decline", declineReason="WITHDRAWN")
    await anna.act(gone["id"], "place-legal-hold")
    restore = backup()
    await anna.act(gone["id"], "lift-legal-hold")
    await erase(anna, consumer, cases_database, gone["id"])
    await destroy_keys(pool)

    left = f"select count(*) from data_key where holder = '{gone['id']}'"
    assert postgres.psql(f"{cases_database.name}_keys", statement=left) == "0"
    restored = restore()
    assert found(postgres, restored.name, [word, other, name]) == {name}
    rows = f"select count(*) from note where case_id = '{gone['id']}'"
    assert postgres.psql(restored.name, statement=rows) == "2"

    keys = SecretStr(keys_dsn(cases_database.app_dsn))
    async with running(create_app("cases", restored, issuer, keys_dsn=keys)) as client:
        again = Person(client, anna.token)
        assert (await again.get(f"/v1/cases/{gone['id']}"))["state"] == "ERASED"
        for path in paths:
            await again.get(path, status=404)
        assert await texts(again, kept_paths) == [
            f"{other}-task", f"{other}-FILE", f"{other}-CONVERSATION"
        ]  # fmt: skip
    assert found(postgres, restored.name, [name]) == set()
    assert postgres.psql(restored.name, statement=rows) == "0"


async def test_parts_that_were_erased_are_forgotten_by_themselves(
    anna: Person,
    signed_in: SignedIn,
    pool: Database,
    cases_database: ServiceDatabase,
    backup: Callable[[], Callable[[], ServiceDatabase]],
) -> None:
    """Done again it finds nothing; nor does it find anything where nothing was restored."""
    opening = {"origin": "OUTREACH", "members": [client_named("Teilweise")]}
    case = await anna.post("/v1/cases", opening)
    note = {"kind": "FILE", "text": "Vergangen.", "heldOn": today()}
    await anna.post(f"/v1/cases/{case['id']}/notes", note)
    await anna.act(case["id"], "decline", declineReason="WITHDRAWN")
    await long_ended(cases_database, case["id"])
    restore = backup()
    await answer_archive(anna, case["id"])
    of_notes = rule("NOTE", "DECLINED", validFrom=str(berlin_date(now()) - timedelta(days=3)))
    made = await signed_in("waf-team-lead").post("/v1/deletion-rules", of_notes)
    await keep_retention(pool, Practice())
    # It belongs to the unit, and would hold for the cases of other tests, too.
    forgotten = "delete from deletion_rule where id = $1"
    await as_owner(cases_database, "deletion_rule", forgotten, made["id"])
    await destroy_keys(pool)
    versions = [(await anna.get(f"/v1/cases/{case['id']}"))["version"]]
    assert await records(cases_database, case["id"], "note") == [0]
    await forget_restored(pool, Practice())
    versions.append((await anna.get(f"/v1/cases/{case['id']}"))["version"])
    assert versions[0] == versions[1]

    restored = restore()
    assert await records(restored, case["id"], "note") == [1]
    ring = await ring_of(cases_database.app_dsn)
    back = await open_database(restored.app_dsn, application="tests", ring=ring)
    assert await forget_restored(back, Practice()) >= 1
    assert await records(restored, case["id"], "note") == [0]
    assert await forget_restored(back, Practice()) == 0
    await back.close()


async def test_a_service_that_cannot_look_for_erasures_shows_nothing(
    anna: Person,
    case: dict[str, Any],
    cases_database: ServiceDatabase,
    issuer: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without the database of the keys nobody knows what was erased."""
    monkeypatch.setattr("shared.service.forgetting.START_TIMEOUT_S", 0.1)
    nowhere = SecretStr(f"{keys_dsn(cases_database.app_dsn)}_missing")
    async with running(create_app("cases", cases_database, issuer, keys_dsn=nowhere)) as client:
        answer = await Person(client, anna.token).get(f"/v1/cases/{case['id']}", status=503)
        assert answer["code"] == "temporarily-unavailable"
        ready = await client.get("/health/ready")
        assert (ready.status_code, ready.json()["checks"]) == (
            503, {"database": True, "migrations": True, "erasures": False}
        )  # fmt: skip
        assert (await client.get("/health/live")).status_code == 200
        assert (await client.get("/v1/cases")).status_code == 401


async def test_an_erasure_that_is_rolled_back_destroys_no_key(
    anna: Person, case: dict[str, Any], pool: Database
) -> None:
    note = await anna.post(
        f"/v1/cases/{case['id']}/notes", {"kind": "FILE", "text": "Bleibt.", "heldOn": today()}
    )
    with pytest.raises(RuntimeError):
        await _erase_and_fail(pool, UUID(case["id"]))
    await destroy_keys(pool)
    assert (await anna.get(f"/v1/notes/{note['id']}"))["text"] == "Bleibt."


async def _erase_and_fail(pool: Database, case_id: UUID) -> None:
    unit = system_caller(tenant_id="05570", unit_id="waf-cm", part="test")
    async with pool.transaction(unit) as tx:
        await forget_keys(tx, case_id)
        raise RuntimeError
