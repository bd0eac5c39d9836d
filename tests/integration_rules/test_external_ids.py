"""Records under the numbers of other systems: the same rules for every noun of every service."""

import asyncio
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from tests.apis import bearer
from tests.integration_rules.conftest import Record, ServiceApi
from tests.integration_rules.shelves import GERMAN_TAX_ID, SHELVES, Shelf
from tests.services.referrals.papers import referral

TRACES = ("external_id", "audit_entry", "outbox_message", "idempotency_key")
every_noun = pytest.mark.parametrize(
    ("service_api", "shelf"),
    [(shelf.sample, shelf) for shelf in SHELVES],
    indirect=["service_api"],
    ids=[shelf.noun for shelf in SHELVES],
)
only_what_is_fixed = pytest.mark.parametrize(
    ("service_api", "shelf"),
    [(shelf.sample, shelf) for shelf in SHELVES if shelf.fixed],
    indirect=["service_api"],
    ids=[shelf.noun for shelf in SHELVES if shelf.fixed],
)
numbered_referrals = pytest.mark.parametrize(
    ("service_api", "shelf"),
    [(SHELVES[-1].sample, SHELVES[-1])],
    indirect=["service_api"],
    ids=["referrals"],
)


async def send(
    api: ServiceApi, method: str, path: str, body: Any = None, *, persona: str = "", **headers: str
) -> httpx.Response:
    who = bearer(api.token_for(persona or api.sample.persona))
    if method == "POST":
        headers.setdefault("Idempotency-Key", uuid4().hex)
    return await api.client.request(method, path, json=body, headers=who | headers)


async def whole(api: ServiceApi, shelf: Shelf) -> Record:
    """A body that can be put, with what must be there before it."""

    async def prepared(method: str, path: str, body: Any) -> httpx.Response:
        answer = await send(api, method, path, body)
        assert answer.status_code == 201, answer.text
        return answer

    return shelf.body | await shelf.before(prepared)


async def traces(api: ServiceApi) -> dict[str, int]:
    owner = await asyncpg.connect(api.database.owner_dsn)
    transaction = owner.transaction()
    await transaction.start()
    found = {}
    for table in (*TRACES, api.sample.table):
        await owner.execute(f"alter table {table} no force row level security")
        found[table] = await owner.fetchval(f"select count(*) from {table}")
    await transaction.rollback()
    await owner.close()
    return found


def if_match(record: Record) -> dict[str, str]:
    return {"If-Match": f'"{record["version"]}"'}


@every_noun
async def test_twenty_puts_of_one_external_id_make_one_record(
    service_api: ServiceApi, shelf: Shelf
) -> None:
    path, body = shelf.path(uuid4().hex), await whole(service_api, shelf)
    answers = await asyncio.gather(*(send(service_api, "PUT", path, body) for _ in range(20)))
    assert sorted(one.status_code for one in answers) == [200] * 19 + [201], answers[0].text
    assert len({one.json()["id"] for one in answers}) == 1
    assert {one.json()["outcome"] for one in answers} == {"created", "unchanged"}


@every_noun
async def test_a_record_is_made_changed_and_read_under_its_number(
    service_api: ServiceApi, shelf: Shelf
) -> None:
    number = uuid4().hex
    path, body = shelf.path(number), await whole(service_api, shelf)
    answer = await send(service_api, "PUT", path, body)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["externalId"] == {"system": "lissa", "value": number}
    assert answer.headers["ETag"] == f'"{made["version"]}"'
    assert answer.headers["Location"] == f"/v1/{shelf.noun}/{made['id']}"
    other = body | shelf.changed
    missing = await send(service_api, "PUT", path, other)
    assert (missing.status_code, missing.json()["code"]) == (428, "version-missing")
    stale = await send(service_api, "PUT", path, other, **{"If-Match": '"99"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale-version")
    changed = (await send(service_api, "PUT", path, other, **if_match(made))).json()
    assert (changed["outcome"], changed["id"]) == ("changed", made["id"])
    assert changed["version"] > made["version"]
    again = (await send(service_api, "PUT", path, other)).json()
    assert (again["outcome"], again["version"]) == ("unchanged", changed["version"])
    for where in (path, f"/v1/{shelf.noun}/{made['id']}"):
        read = (await service_api.get(where)).json()
        assert (read["id"], read["version"]) == (made["id"], changed["version"])
        assert read["externalIds"] == [{"system": "lissa", "value": number}]


@every_noun
async def test_what_is_there_is_not_made_once_more(service_api: ServiceApi, shelf: Shelf) -> None:
    path, body = shelf.path(uuid4().hex), await whole(service_api, shelf)
    assert (await send(service_api, "PUT", path, body)).status_code == 201
    before = await traces(service_api)
    there = await send(service_api, "PUT", path, body, **{"If-None-Match": "*"})
    assert (there.status_code, there.json()["code"]) == (412, "external-id-exists")
    assert await traces(service_api) == before


@every_noun
async def test_another_unit_has_its_own_numbers(service_api: ServiceApi, shelf: Shelf) -> None:
    number = uuid4().hex
    path = shelf.path(number)
    mine = (await send(service_api, "PUT", path, await whole(service_api, shelf))).json()
    theirs = await send(
        service_api, "PUT", path, await whole(service_api, shelf), persona=shelf.other_unit
    )
    assert theirs.status_code == 201, theirs.text
    assert theirs.json()["id"] != mine["id"]
    assert (await service_api.get(path)).json()["id"] == mine["id"]
    abroad = await service_api.get(path, persona=service_api.sample.foreign)
    assert (abroad.status_code, abroad.json()["code"]) == (404, "not-found")


@every_noun
async def test_a_trial_stores_no_number_and_a_key_repeats_its_answer(
    service_api: ServiceApi, shelf: Shelf
) -> None:
    path, body = shelf.path(uuid4().hex), await whole(service_api, shelf)
    before = await traces(service_api)
    tried = await send(service_api, "PUT", f"{path}?dryRun=true", body)
    assert (tried.status_code, tried.headers["KIM-Dry-Run"]) == (200, "true"), tried.text
    assert await traces(service_api) == before
    key = {"Idempotency-Key": uuid4().hex}
    first = await send(service_api, "PUT", path, body, **key)
    again = await send(service_api, "PUT", path, body, **key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.content, again.headers["Idempotency-Replayed"]) == (first.content, "true")


@every_noun
async def test_hostile_numbers_are_refused_or_kept_as_they_are(
    service_api: ServiceApi, shelf: Shelf
) -> None:
    body = await whole(service_api, shelf)
    before = await traces(service_api)
    for system, value in (
        ("Lissa", "1"),
        ("1issa", "1"),
        ("li%00ssa", "1"),
        ("lissa", "%00"),
        ("lissa", "%07bell"),
        ("lissa", "x" * 81),
        ("lissa", "%E2%80%8B"),
        ("l" * 41, "1"),
    ):
        answer = await send(
            service_api, "PUT", f"/v1/{shelf.noun}/by-external/{system}/{value}", body
        )
        assert answer.status_code == 422, (system, value, answer.text)
    for kind in ("azr", "jobcenter-kundennummer"):
        answer = await send(service_api, "PUT", f"/v1/{shelf.noun}/by-external/{kind}/1", body)
        assert (answer.status_code == 422) is shelf.names_a_person, answer.text
    if shelf.names_a_person:
        answer = await send(service_api, "PUT", shelf.path(GERMAN_TAX_ID), body)
        assert (answer.status_code, answer.json()["code"]) == (422, "register-number-refused")
        assert await traces(service_api) == before
    odd = f"'; drop table external_id; --{uuid4().hex[:8]} ü"
    made = await send(service_api, "PUT", shelf.path(odd), body)
    assert made.status_code == 201, made.text
    assert made.json()["externalId"]["value"] == odd


@only_what_is_fixed
async def test_a_delivery_moves_nothing_that_has_steps_of_its_own(
    service_api: ServiceApi, shelf: Shelf
) -> None:
    path, body = shelf.path(uuid4().hex), await whole(service_api, shelf)
    made = (await send(service_api, "PUT", path, body)).json()
    before = await traces(service_api)
    refused = await send(service_api, "PUT", path, body | shelf.fixed, **if_match(made))
    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (409, shelf.refusal)
    assert problem["fields"] == sorted(shelf.fixed)
    assert await traces(service_api) == before
    assert (await send(service_api, "PUT", path, body)).json()["version"] == made["version"]


@pytest.mark.parametrize(
    ("service_api", "shelf"),
    [(shelf.sample, shelf) for shelf in SHELVES if shelf.filtered],
    indirect=["service_api"],
    ids=[shelf.noun for shelf in SHELVES if shelf.filtered],
)
async def test_a_list_is_filtered_by_external_id(service_api: ServiceApi, shelf: Shelf) -> None:
    numbers = [uuid4().hex for _ in range(2)]
    made = [
        (
            await send(service_api, "PUT", shelf.path(number), await whole(service_api, shelf))
        ).json()["id"]
        for number in numbers
    ]
    one = await service_api.get(f"/v1/{shelf.noun}", externalId=f"lissa/{numbers[0]}")
    assert [item["id"] for item in one.json()["items"]] == made[:1]
    named = {"externalId[in]": ",".join(f"lissa/{number}" for number in numbers)}
    both = await service_api.get(f"/v1/{shelf.noun}", **named)
    assert {item["id"] for item in both.json()["items"]} == set(made)
    none = await service_api.get(f"/v1/{shelf.noun}", externalId=f"lissa/{uuid4().hex}")
    assert none.json()["items"] == []
    unreadable = await service_api.get(f"/v1/{shelf.noun}", externalId=numbers[0])
    assert (unreadable.status_code, unreadable.json()["code"]) == (400, "filter-unreadable")


@numbered_referrals
async def test_a_referral_is_sent_under_its_number_once(
    service_api: ServiceApi, shelf: Shelf
) -> None:
    path, subject = shelf.path(uuid4().hex), f"JC-RULES-{uuid4().hex[:12]}"
    draft, wanted = referral(subject, submit=False), referral(subject)
    made = (await send(service_api, "PUT", path, draft)).json()
    assert (await send(service_api, "PUT", path, wanted)).status_code == 428
    sent = (await send(service_api, "PUT", path, wanted, **if_match(made))).json()
    assert (sent["outcome"], sent["id"]) == ("changed", made["id"])
    read = (await service_api.get(path)).json()
    assert read["state"] == "SUBMITTED"
    for same in (draft, wanted):
        assert (await send(service_api, "PUT", path, same)).json()["outcome"] == "unchanged"
    before = await traces(service_api)
    other = await send(service_api, "PUT", path, wanted | {"urgency": "URGENT"}, **if_match(sent))
    assert (other.status_code, other.json()["code"]) == (409, "transition-not-allowed"), other.text
    assert await traces(service_api) == before


@numbered_referrals
async def test_twenty_puts_that_send_make_one_referral(
    service_api: ServiceApi, shelf: Shelf
) -> None:
    path, body = shelf.path(uuid4().hex), referral(f"JC-RULES-{uuid4().hex[:12]}")
    answers = await asyncio.gather(*(send(service_api, "PUT", path, body) for _ in range(20)))
    assert sorted(one.status_code for one in answers) == [200] * 19 + [201], answers[0].text
    events = await service_api.get(f"/v1/referrals/{answers[0].json()['id']}/events")
    assert [one["type"] for one in events.json()["items"]].count(
        "kim.referrals.referral-submitted.v1"
    ) == 1
