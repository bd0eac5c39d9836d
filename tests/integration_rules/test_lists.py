"""Lists are asked in the same words everywhere, in the address and in the body."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.integration_rules.conftest import Record, ServiceApi

ODD = "x" * 20
OTHER_STATE = {"cases": "CLOSED", "funding": "ACTIVE", "referrals": "DRAFT"}


async def all_items(api: ServiceApi, **query: str) -> list[Record]:
    items: list[Record] = []
    while True:
        answer = await api.get(api.sample.path, first="100", **query)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        items += page["items"]
        if page["nextCursor"] is None:
            return items
        query["after"] = page["nextCursor"]


def parameters(api: ServiceApi, path: str) -> list[str]:
    operation = api.contract["paths"][path]["get"]
    return [one["name"] for one in operation.get("parameters", [])]


def lists(api: ServiceApi) -> list[str]:
    return [
        path
        for path, operations in api.contract["paths"].items()
        if "get" in operations
        and {"after", "sort"} <= set(parameters(api, path))
        and "{" not in path
    ]


@pytest.fixture
async def some(service_api: ServiceApi) -> list[Record]:
    """Records of the sample's noun in two states."""
    made = [await service_api.create() for _ in range(3)]
    return [await service_api.step(made[0]), *made[1:]]


async def test_fields_narrow_the_answer_and_unknown_ones_are_refused(
    service_api: ServiceApi, some: list[Record]
) -> None:
    whole = {item["id"]: item for item in await all_items(service_api)}
    narrow = await all_items(service_api, fields="version,state")
    assert len(narrow) == len(whole)
    for item in narrow:
        assert item == {name: whole[item["id"]][name] for name in ("id", "version", "state")}
    for fields in ("state,nothing", "", "guardFacts", "guard_facts", "id,,state", "facts", "_id"):
        answer = await service_api.get(service_api.sample.path, fields=fields)
        assert (answer.status_code, answer.json()["code"]) == (400, "field-unknown"), fields
    assert some[0]["id"] in whole


async def test_every_list_takes_fields_and_is_asked_in_the_body(service_api: ServiceApi) -> None:
    for path in lists(service_api):
        answer = await service_api.get(path, fields="id")
        if answer.status_code in {400, 403}:  # of others, or only for ids that are named
            continue
        assert answer.status_code == 200, (path, answer.text)
        assert all(set(item) == {"id"} for item in answer.json()["items"]), path
        if path == "/v1/persons":  # its search is of its own, by name
            continue
        body = {"fields": ["id"], "first": 50}
        found = await service_api.post(f"{path}/search", body)
        assert found.status_code == 200, path
        if path != "/v1/request-log":  # asking adds to it
            assert found.content == answer.content, path
        assert found.headers["Cache-Control"] == "no-store"


FILTERS: dict[str, dict[str, list[str]]] = {
    "cases": {
        "state": ["REQUESTED", "ASSIGNED", "CLOSED"],
        "state[ne]": ["REQUESTED"],
        "state[in]": ["REQUESTED,ASSIGNED", ""],
        "caseManager[isnull]": ["true", "false"],
        "openedOn[gte]": ["2020-01-01", "2999-01-01"],
        "nothing": [ODD],
    },
    "funding": {
        "state": ["EXPECTED", "APPLIED"],
        "state[ne]": ["EXPECTED"],
        "state[in]": ["EXPECTED,WITHDRAWN_APPLICATION"],
        "fiscalYear": ["2022", "1999", ODD],
        "awardedOn[isnull]": ["true", "false", "maybe"],
    },
    "referrals": {
        "state": ["SUBMITTED", "WITHDRAWN", ODD],
        "state[ne]": ["SUBMITTED"],
        "state[notin]": ["SUBMITTED,DRAFT"],
        "recipientUnit[isnull]": ["true", "false"],
        "createdAt[gte]": ["2020-01-01T00:00:00Z"],
    },
}
PAGING = {
    "sort": ["id", "-id", "nothing"],
    "first": ["1", "2", "100"],
    "fields": ["id", "state,version", "nothing"],
    "updatedSince": ["2020-01-01T00:00:00Z", "2999-01-01T00:00:00+02:00", "2026-01-01", ODD],
    "after": ["WyJhIiwiYiJd"],
}


def asked(service: str) -> st.SearchStrategy[dict[str, str]]:
    choices = FILTERS[service] | PAGING
    return st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(values) for name, values in choices.items()}
    )


def in_the_order_of_a_body(query: dict[str, str]) -> dict[str, str]:
    """Of several things that are wrong, the first is named."""
    paging = ("sort", "first", "after", "fields")
    filters = [name for name in query if name not in paging]
    return {name: query[name] for name in (*filters, *paging) if name in query}


def body_of(query: dict[str, str]) -> dict[str, Any]:
    body: dict[str, Any] = {"filters": {}}
    for name, value in query.items():
        if name == "first":
            body[name] = int(value)
        elif name == "fields":
            body[name] = value.split(",")
        elif name in {"sort", "after"}:
            body[name] = value
        elif name.endswith("in]"):
            body["filters"][name] = value.split(",")
        elif value in {"true", "false"}:
            body["filters"][name] = value == "true"
        else:
            body["filters"][name] = value
    return body


@settings(max_examples=40)
@given(queries=st.fixed_dictionaries({service: asked(service) for service in FILTERS}))
async def test_a_search_by_body_answers_as_the_query_string_does(
    service_api: ServiceApi, queries: dict[str, dict[str, str]]
) -> None:
    query = in_the_order_of_a_body(queries[service_api.sample.service])
    listed = await service_api.get(service_api.sample.path, **query)
    searched = await service_api.post(f"{service_api.sample.path}/search", body_of(query))
    assert searched.status_code == listed.status_code, (listed.text, searched.text)
    if listed.status_code == 200:
        assert searched.content == listed.content
    else:
        assert searched.json()["code"] == listed.json()["code"]


async def test_a_search_says_where_in_the_body_it_was_refused(service_api: ServiceApi) -> None:
    path = f"{service_api.sample.path}/search"
    answer = await service_api.post(path, {"filters": {"nothing[in]": ["a"]}})
    (error,) = answer.json()["errors"]
    assert (error["pointer"], error["code"]) == ("/filters/nothing[in]", "filter-unknown")
    answer = await service_api.post(path, {"fields": ["nothing"]})
    assert answer.json()["errors"][0]["pointer"] == "/fields"


async def test_a_search_takes_longer_lists_than_an_address(service_api: ServiceApi) -> None:
    path, made = service_api.sample.path, await service_api.create()
    name = "state[in]"
    values = [*(f"X{number}" for number in range(200)), made["state"]]
    refused = await service_api.get(path, **{name: ",".join(values)})
    assert refused.status_code == 400
    is_closed_list = (await service_api.get(path, state="X1")).status_code == 400
    if is_closed_list:
        values = [made["state"]] * 201
    found = await service_api.post(f"{path}/search", {"filters": {name: values}, "first": 100})
    assert found.status_code == 200, found.text
    assert {item["state"] for item in found.json()["items"]} == {made["state"]}


async def test_a_search_needs_the_right_of_the_list(service_api: ServiceApi) -> None:
    persona = "waf-dpo"
    path = service_api.sample.path
    listed = await service_api.get(path, persona=persona)
    searched = await service_api.post(f"{path}/search", {}, persona=persona)
    assert (searched.status_code, listed.status_code) == (403, 403)


async def test_isnull_ne_and_notin(service_api: ServiceApi, some: list[Record]) -> None:
    """Each is the rest of its opposite: together everything, and nothing twice."""
    everything = {item["id"] for item in await all_items(service_api)}
    state = some[0]["state"]
    both = f"{state},{OTHER_STATE[service_api.sample.service]}"
    pairs = [
        ({"state": state}, {"state[ne]": state}),
        ({"state[in]": both}, {"state[notin]": both}),
    ]
    names = parameters(service_api, service_api.sample.path)
    empty = [name for name in names if name.endswith("[isnull]")]
    assert empty
    pairs += [({name: "true"}, {name: "false"}) for name in empty]
    for one, other in pairs:
        first = {item["id"] for item in await all_items(service_api, **one)}
        second = {item["id"] for item in await all_items(service_api, **other)}
        assert first | second == everything, one
        assert first & second == set(), one
    assert some[0]["id"] in {item["id"] for item in await all_items(service_api, state=state)}


async def test_another_value_includes_a_missing_one(service_api: ServiceApi) -> None:
    """`ne` and `notin` ask for whatever is not the value, and no value is not the value."""
    path = service_api.sample.path
    made = await service_api.create()
    names = parameters(service_api, path)
    for name in (one.removesuffix("[isnull]") for one in names if one.endswith("[isnull]")):
        for operator in ("ne", "notin"):
            if f"{name}[{operator}]" not in names or made.get(name, "") is not None:
                continue
            value = {f"{name}[{operator}]": "00000000-0000-4000-8000-000000000000"}
            items = await all_items(service_api, **value)
            assert made["id"] in {item["id"] for item in items}, name


async def test_updated_since_is_told_with_its_offset(service_api: ServiceApi) -> None:
    old = await service_api.create()
    between = datetime.now(UTC).isoformat()
    young = await service_api.create()
    ids = {item["id"] for item in await all_items(service_api, updatedSince=between)}
    assert young["id"] in ids
    assert old["id"] not in ids
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    assert await all_items(service_api, updatedSince=tomorrow) == []
    answers = [
        await service_api.get(service_api.sample.path, updatedSince=moment)
        for moment in ("2026-01-01", "2026-01-01T00:00:00", "yesterday", "")
    ]
    assert [refusal(answer) for answer in answers] == [(400, "filter-unreadable")] * 4


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]
