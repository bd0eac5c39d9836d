"""Free text lies encrypted under keys that lie elsewhere."""

from typing import Any
from uuid import uuid4

import pytest

from deploy.local.postgres import PostgresServer
from shared.secrecy.values import UNREADABLE
from tests.apis import bearer
from tests.engines import ServiceDatabase
from tests.services.cases.api.test_persons_in_full import HOME, PHONE, keep, record
from tests.services.cases.conftest import Person, actor_of, today
from tests.services.cases.erasing import as_owner
from tests.services.cases.secrecy.stored import found


async def test_nobody_reads_free_text_in_the_database(
    anna: Person,
    case_in_monitoring: dict[str, Any],
    cases_database: ServiceDatabase,
    postgres: PostgresServer,
) -> None:
    """Notes, plan, assessment, checklist, tasks, flags and documents of a whole case."""
    path = f"/v1/cases/{case_in_monitoring['id']}"
    words = {kind: f"{kind}{uuid4().hex}" for kind in ("note", "task", "flag", "document", "goal")}
    note = await anna.post(
        f"{path}/notes", {"kind": "FILE", "text": words["note"], "heldOn": today()}
    )
    await anna.post(f"{path}/tasks", {"title": words["task"], "dueOn": today()})
    flag = {"code": "LANGUAGE_BARRIER", "severity": "LOW", "reason": words["flag"]}
    flagged = await anna.client.post(
        f"{path}/flags", json=flag, headers=bearer(anna.token) | {"Idempotency-Key": uuid4().hex}
    )
    document = {"title": words["document"], "kind": "CERTIFICATE"}
    await anna.post(f"{path}/documents", document)

    shown = (await anna.get(f"/v1/notes/{note['id']}"))["text"]
    assert (shown, note["text"]) == (words["note"], words["note"])
    assert found(postgres, cases_database.name, words.values()) == set(), flagged.text
    for written in ("Drei Problembereiche.", "Ziel LANGUAGE", "Maßnahme WORK", "Sucht Arbeit."):
        assert found(postgres, cases_database.name, [written]) == set()
    # The reference of the case is no secret: the search finds what is there.
    reference = case_in_monitoring["reference"]
    assert found(postgres, cases_database.name, [reference]) == {reference}


async def test_nobody_reads_in_the_database_where_somebody_lives_and_how_they_are_reached(
    anna: Person,
    bernd: Person,
    case: dict[str, Any],
    cases_database: ServiceDatabase,
    postgres: PostgresServer,
) -> None:
    """Nor who represents them, nor why somebody opened their file."""
    names = ("value", "street", "houseNumber", "town", "district", "name", "justification")
    words = {name: f"{name[:7]}{uuid4().hex[:12]}" for name in names}
    words["justification"] = f"Die zuständige Fachkraft ist im Urlaub. {uuid4().hex}"
    person = await record(anna)
    home = HOME | {name: words[name] for name in names if name in HOME}
    guardian = {"kind": "GUARDIAN", "name": words["name"], "validFrom": "2020-01-01"}
    await keep(
        anna, person, "contact-points", {"contactPoints": [PHONE | {"value": words["value"]}]}
    )
    await keep(anna, person, "addresses", {"addresses": [home]})
    whole = await keep(anna, person, "legal-representatives", {"legalRepresentatives": [guardian]})
    await anna.act(case["id"], "assign")
    opened = await bernd.post(
        f"/v1/cases/{case['id']}/emergency-accesses",
        {"reason": "CHILD_AT_RISK", "justification": words["justification"]},
    )
    (point,), (address,), (other,) = (
        whole[part] for part in ("contactPoints", "addresses", "legalRepresentatives")
    )
    shown = point | address | other | opened
    assert {name: shown[name] for name in names} == words
    assert found(postgres, cases_database.name, words.values()) == set()


async def test_an_answer_kept_for_replay_is_sealed_and_replayed_in_plain(
    anna: Person, case: dict[str, Any], cases_database: ServiceDatabase, postgres: PostgresServer
) -> None:
    word = f"wiederholt{uuid4().hex}"
    headers = bearer(anna.token) | {"Idempotency-Key": uuid4().hex}
    body = {"kind": "FILE", "text": word, "heldOn": today()}
    path = f"/v1/cases/{case['id']}/notes"
    first = await anna.client.post(path, json=body, headers=headers)
    again = await anna.client.post(path, json=body, headers=headers)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == first.json()
    assert again.json()["text"] == word
    assert found(postgres, cases_database.name, [word]) == set()


async def test_a_text_opens_nowhere_but_in_its_row(
    anna: Person, case: dict[str, Any], cases_database: ServiceDatabase
) -> None:
    """Neither in another row, nor in another column, nor changed."""
    path = f"/v1/cases/{case['id']}/notes"
    mine, other = [
        await anna.post(
            path,
            {
                "kind": "CONVERSATION",
                "confidentiality": "NORMAL",
                "classReason": f"Grund {n}.",
                "text": f"Text {n}.",
                "heldOn": today(),
            },
        )
        for n in (1, 2)
    ]
    change = "update note set {} where id = $1"
    copy = "text = (select o.text from note o where o.id = $2)"
    await as_owner(cases_database, "note", change.format(copy), mine["id"], other["id"])
    read = await anna.get(f"/v1/notes/{mine['id']}")
    assert (read["text"], read["classReason"]) == (UNREADABLE, "Grund 1.")
    await as_owner(cases_database, "note", change.format("text = class_reason"), mine["id"])
    assert (await anna.get(f"/v1/notes/{mine['id']}"))["text"] == UNREADABLE
    flipped = (
        "text = overlay(text placing (case substr(text, 60, 1) when 'A' then 'B' else 'A' end)"
    )
    flipped += " from 60 for 1)"
    await as_owner(cases_database, "note", change.format(flipped), other["id"])
    assert (await anna.get(f"/v1/notes/{other['id']}"))["text"] == UNREADABLE


async def test_what_a_client_sends_is_never_taken_for_a_sealed_text(
    anna: Person, case: dict[str, Any]
) -> None:
    path = f"/v1/cases/{case['id']}/notes"
    for text in ('"\\u0001note.text x y"', "\\u0001AAEB", '\\"\\u0001', f"{UNREADABLE}"):
        body = {"kind": "FILE", "text": text, "heldOn": today()}
        written = await anna.post(path, body)
        assert (await anna.get(f"/v1/notes/{written['id']}"))["text"] == text
    marked = {"kind": "FILE", "text": "\x01note.text", "heldOn": today()}
    await anna.post(path, marked, status=422)


@pytest.fixture
async def entrusted(anna: Person, case: dict[str, Any]) -> dict[str, Any]:
    await anna.act(case["id"], "assign")
    body = {"kind": "CONVERSATION", "text": "Anvertrautes Gespräch.", "heldOn": today()}
    note: dict[str, Any] = await anna.post(f"/v1/cases/{case['id']}/notes", body)
    return note


async def test_hazard_06_an_entrusted_note_has_a_key_of_its_owner_and_no_deputy_has_it(
    anna: Person,
    bernd: Person,
    entrusted: dict[str, Any],
    cases_database: ServiceDatabase,
    postgres: PostgresServer,
) -> None:
    """Even where the policy of the table is taken away, who stands in has no key."""
    deputy = await actor_of(anna, "manager-2")
    days = {"fromOn": today(), "toOn": today()}
    standing_in = await anna.post("/v1/deputyships", {"deputy": deputy, **days})
    keys = f"{cases_database.name}_keys"
    readers = f"select reader from data_key where record = '{entrusted['id']}'"
    assert postgres.psql(keys, statement=readers) == entrusted["owner"]
    await bernd.get(f"/v1/notes/{entrusted['id']}", status=404)
    opened = "create policy everybody on note for select to kim_cases_app using (true)"
    postgres.psql(cases_database.name, statement=opened)
    try:
        seen = await bernd.get(f"/v1/notes/{entrusted['id']}")
        mine = await anna.get(f"/v1/notes/{entrusted['id']}")
    finally:
        postgres.psql(cases_database.name, statement="drop policy everybody on note")
        # Of the unit, and would stand in for the cases of other tests, too.
        await anna.post(f"/v1/deputyships/{standing_in['id']}/actions/end", status=200)
    assert (seen["text"], mine["text"]) == (UNREADABLE, "Anvertrautes Gespräch.")


async def test_a_dry_run_leaves_no_key(
    anna: Person, case: dict[str, Any], cases_database: ServiceDatabase, postgres: PostgresServer
) -> None:
    body = {"kind": "CONVERSATION", "text": "Nur geprobt.", "heldOn": today()}
    tried = await anna.post(f"/v1/cases/{case['id']}/notes?dryRun=true", body, status=200)
    assert tried["result"]["text"] == "Nur geprobt."
    keys = f"select count(*) from data_key where holder = '{case['id']}'"
    assert postgres.psql(f"{cases_database.name}_keys", statement=keys) == "0"
