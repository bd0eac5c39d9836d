"""Records under the numbers of other systems: made once, changed by who has seen them."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from tests.apis import bearer
from tests.engines import ServiceDatabase
from tests.services.cases.conftest import Person, SignedIn

PERSON = {"familyName": "Kowalenko", "givenNames": "Olena", "birthDate": "1990-05-17"}


def person_path() -> str:
    return f"/v1/persons/by-external/lissa/{uuid4().hex}"


def case_body(**changes: Any) -> dict[str, Any]:
    return {
        "state": "INTAKE",
        "openedOn": "2023-02-01",
        "language": "ukr",
        "municipalityAgs": "05570044",
        "members": [
            {"role": "CLIENT", "person": PERSON},
            {"role": "CHILD", "externalId": uuid4().hex, "person": PERSON | {"givenNames": "Ivan"}},
        ],
    } | changes


async def counts(database: Callable[[str], ServiceDatabase]) -> dict[str, int]:
    owner = await asyncpg.connect(database("cases").owner_dsn)
    tables = ("person", "case_record", "external_id", "delivery", "audit_entry", "outbox_message")
    found = {}
    transaction = owner.transaction()
    await transaction.start()
    for table in tables:
        await owner.execute(f"alter table {table} no force row level security")
        found[table] = await owner.fetchval(f"select count(*) from {table}")
    await transaction.rollback()
    await owner.close()
    return found


async def test_a_person_is_made_changed_and_left_alone_under_one_number(anna: Person) -> None:
    path = person_path()
    made = await anna.put(path, PERSON, status=201)
    assert (made["outcome"], made["version"]) == ("created", 1)
    again = await anna.put(path, PERSON)
    assert (again["outcome"], again["id"], again["version"]) == ("unchanged", made["id"], 1)
    changed = await anna.put(path, PERSON | {"givenNames": "Olena Maria"}, version=1)
    assert (changed["outcome"], changed["id"], changed["version"]) == ("changed", made["id"], 2)
    read = await anna.get(path)
    assert (read["id"], read["givenNames"]) == (made["id"], "Olena Maria")
    assert read["externalIds"] == [{"system": "lissa", "value": path.rsplit("/", 1)[-1]}]


async def test_a_change_needs_the_version_that_was_seen(
    anna: Person, database: Callable[[str], ServiceDatabase]
) -> None:
    path = person_path()
    await anna.put(path, PERSON, status=201)
    before = await counts(database)
    other = PERSON | {"familyName": "Kowalenko-Meier"}
    assert (await anna.put(path, other, status=428))["code"] == "version-missing"
    assert (await anna.put(path, other, version=7, status=412))["code"] == "stale-version"
    headers = bearer(anna.token) | {"If-None-Match": "*"}
    answer = await anna.client.put(path, json=PERSON, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (412, "external-id-exists")
    assert await counts(database) == before


@pytest.mark.parametrize("kind", ["persons", "cases"])
async def test_twenty_puts_at_once_make_one_record(anna: Person, kind: str) -> None:
    path = f"/v1/{kind}/by-external/lissa/{uuid4().hex}"
    body = PERSON if kind == "persons" else case_body()
    answers = await asyncio.gather(
        *(anna.client.put(path, json=body, headers=bearer(anna.token)) for _ in range(20))
    )
    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len({tuple(answer.json()["personIds"]) for answer in answers}) == 1


async def test_a_case_brings_its_people_and_changes_them(anna: Person) -> None:
    path, body = f"/v1/cases/by-external/lissa/{uuid4().hex}", case_body()
    made = await anna.put(path, body, status=201)
    case = await anna.get(path)
    assert (case["id"], case["state"], case["origin"]) == (made["id"], "INTAKE", "IMPORT")
    family = await anna.get(f"/v1/families/{case['familyId']}")
    assert [member["personId"] for member in family["members"]] == made["personIds"]
    body["members"][1]["person"] = PERSON | {"givenNames": "Iwan"}
    child = {"role": "CHILD", "externalId": uuid4().hex, "person": PERSON | {"givenNames": "Mia"}}
    body["members"].append(child)
    changed = await anna.put(path, body, version=made["version"])
    assert changed["outcome"] == "changed"
    assert changed["personIds"][:2] == made["personIds"]
    assert (await anna.get(f"/v1/persons/{made['personIds'][1]}"))["givenNames"] == "Iwan"
    family = await anna.get(f"/v1/families/{case['familyId']}")
    assert len(family["members"]) == 3


async def test_the_way_of_a_case_is_not_moved_by_a_delivery(
    anna: Person, database: Callable[[str], ServiceDatabase]
) -> None:
    path, body = f"/v1/cases/by-external/lissa/{uuid4().hex}", case_body()
    made = await anna.put(path, body, status=201)
    before = await counts(database)
    moved = await anna.put(path, body | {"state": "PLANNING"}, version=made["version"], status=409)
    assert (moved["code"], moved["fields"]) == ("delivered-way-differs", ["state"])
    assert await counts(database) == before


async def test_a_value_changed_by_hand_shows_both_and_outlives_the_same_delivery(
    anna: Person,
) -> None:
    path = person_path()
    made = await anna.put(path, PERSON, status=201)
    by_hand = PERSON | {"familyName": "Kowalenko-Meier"}
    await anna.put(f"/v1/persons/{made['id']}", by_hand, version=1)
    assert (await anna.put(path, PERSON))["outcome"] == "unchanged"
    person = await anna.get(f"/v1/persons/{made['id']}")
    assert person["familyName"] == "Kowalenko-Meier"
    assert [one["sourceSystem"] for one in person["provenance"]] == ["lissa", None]
    provenance = await anna.get(f"/v1/persons/{made['id']}/provenance")
    origins = {one["field"]: one["origins"] for one in provenance["fields"]}
    assert [
        (origin["sourceSystem"], origin["value"], origin["isLatest"])
        for origin in origins["familyName"]
    ] == [("lissa", "Kowalenko", False), (None, "Kowalenko-Meier", True)]
    assert [origin["value"] for origin in origins["givenNames"]] == ["Olena"]


async def test_merged_records_keep_their_numbers_and_answer_with_the_survivor(
    anna: Person,
) -> None:
    path, other = person_path(), person_path()
    survivor, merged = (
        await anna.put(path, PERSON, status=201),
        await anna.put(other, PERSON | {"givenNames": "Elena"}, status=201),
    )
    await anna.post(
        f"/v1/persons/{survivor['id']}/actions/merge",
        {"mergedPersonId": merged["id"]},
        version=1,
        status=200,
    )
    assert (await anna.get(other))["id"] == survivor["id"]
    refused = await anna.put(other, PERSON | {"givenNames": "Helena"}, version=2, status=409)
    assert refused["code"] == "person-is-merged"
    provenance = await anna.get(f"/v1/persons/{survivor['id']}/provenance")
    sources = {o["recordId"] for one in provenance["fields"] for o in one["origins"]}
    assert sources == {survivor["id"], merged["id"]}


@pytest.mark.parametrize(
    ("system", "number"),
    [
        ("azr", "1"),
        ("jobcenter-kundennummer", "1"),
        ("steuer-id", "1"),
        ("lissa", "31702BG0012345"),
        ("lissa", "317D123456"),
        ("lissa", "86095742719"),
        ("lissa", "12010190M012"),
    ],
)
async def test_hazard_03_a_number_of_a_register_identifies_nobody(
    anna: Person, system: str, number: str, database: Callable[[str], ServiceDatabase]
) -> None:
    before = await counts(database)
    path = f"/v1/persons/by-external/{system}/{number}"
    assert (await anna.put(path, PERSON, status=422))["code"] == "register-number-refused"
    case = f"/v1/cases/by-external/lissa/{uuid4().hex}"
    member = {"role": "CLIENT", "externalId": "31702BG0012345", "person": PERSON}
    refused = await anna.put(case, case_body(members=[member]), status=422)
    assert refused["code"] == "register-number-refused"
    assert await counts(database) == before


async def test_a_machine_delivers_and_reads_no_record(signed_in: SignedIn) -> None:
    machine, path = signed_in("waf-integrator"), person_path()
    made = await machine.put(path, PERSON, status=201)
    assert "familyName" not in made
    assert (await machine.put(path, PERSON))["outcome"] == "unchanged"
    for hidden in (path, f"/v1/persons/{made['id']}", f"/v1/persons/{made['id']}/provenance"):
        await machine.get(hidden, status=403)


async def test_another_unit_has_its_own_numbers(anna: Person, signed_in: SignedIn) -> None:
    path = person_path()
    made = await anna.put(path, PERSON, status=201)
    lena = signed_in("rheine-caritas-case-manager")
    await lena.get(path, status=404)
    theirs = await lena.put(path, PERSON, status=201)
    assert theirs["id"] != made["id"]
    await lena.get(f"/v1/persons/{made['id']}/provenance", status=404)
