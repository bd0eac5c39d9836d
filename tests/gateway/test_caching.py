"""Answers about nobody may be kept by who asked; one field about somebody, and nothing is."""

import httpx
import pytest
from graphql import GraphQLObjectType, get_named_type

from deploy.local.demo.client import Client
from gateway.schema import schema
from gateway.transport.caching import KEPT_FIELDS
from tests.gateway.conftest import As, gateway_of
from tests.local_system import LocalSystem

LISTS = '{ codeList(name: "fields-of-action") { name codes { code label { de en } } } }'
# Every type that may be read in a kept answer: labels, codes, states.
KEPT_TYPES = {
    "BothLanguages",
    "CatalogueService",
    "CodeList",
    "CodeListEntry",
    "CostKindRule",
    "EligibilityOfLine",
    "FundingCode",
    "FundingCodeList",
    "FundingCodeLists",
    "CodeGroup",
    "MachineAction",
    "MachineGuard",
    "MachineMove",
    "MachineState",
    "ReferralCode",
    "ReferralCodeList",
    "ServiceCatalogue",
    "StateMachine",
}


def test_what_may_be_kept_leads_to_labels_and_codes_only() -> None:
    query = schema._schema.query_type
    assert query is not None
    reached: set[str] = set()
    pending = [get_named_type(query.fields[name].type) for name in KEPT_FIELDS - {"__typename"}]
    while pending:
        kind = pending.pop()
        if isinstance(kind, GraphQLObjectType) and kind.name not in reached:
            reached.add(kind.name)
            pending += [get_named_type(field.type) for field in kind.fields.values()]
    assert reached == KEPT_TYPES


@pytest.fixture
async def get(as_: As, demo_system: LocalSystem, people: Client) -> httpx.AsyncClient:
    asker = as_("waf-case-manager")
    client = asker._client
    client.headers.update(await asker._headers())
    return client


async def test_a_code_list_is_kept_and_asked_for_again_by_its_tag(get: httpx.AsyncClient) -> None:
    first = await get.get("/graphql", params={"query": LISTS})
    assert first.status_code == 200
    assert first.json()["data"]["codeList"]["codes"]
    assert first.headers["cache-control"] == "private, max-age=300"
    tag = first.headers["etag"]
    for known in (tag, f'"other", W/{tag}', "*"):
        again = await get.get("/graphql", params={"query": LISTS}, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == "private, max-age=300"
    other = await get.get("/graphql", params={"query": LISTS}, headers={"If-None-Match": '"x"'})
    assert (other.status_code, other.json()) == (200, first.json())


@pytest.mark.parametrize(
    "query",
    [
        "{ viewer { actor } }",
        "{ codeLists { name } viewer { actor } }",
        "{ codeLists { name } ...Me } fragment Me on Query { viewer { actor } }",
        "{ codeLists { name } ... { cases(first: 1) { edges { node { id } } } } }",
        "{ codeLists: viewer { actor } }",
    ],
)
async def test_one_field_about_somebody_makes_the_whole_answer_not_kept(
    get: httpx.AsyncClient, query: str
) -> None:
    answer = await get.get("/graphql", params={"query": query}, headers={"If-None-Match": "*"})
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert "etag" not in answer.headers


async def test_posted_and_refused_answers_are_not_kept(get: httpx.AsyncClient) -> None:
    posted = await get.post("/graphql", json={"query": LISTS})
    refused = await get.get("/graphql", params={"query": "{ codeLists { shoeSize } }"})
    for answer in (posted, refused):
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


async def test_an_answer_with_an_error_is_not_kept(
    demo_system: LocalSystem, people: Client
) -> None:
    async with gateway_of(demo_system, people, cases_url="http://127.0.0.1:9") as as_:
        asker = as_("waf-case-manager")
        headers = await asker._headers()
        answer = await asker._client.get("/graphql", params={"query": LISTS}, headers=headers)
    assert answer.json()["errors"]
    assert answer.headers["cache-control"] == "no-store"
