"""What one operation may ask for; an ordinary one passes, a hostile one costs next to nothing."""

import time
from typing import Any

import httpx
import pytest
from graphql import get_introspection_query

from gateway.schema import schema
from gateway.transport.execution import Executor
from gateway.transport.limits import DIRECTIVES_MAX
from tests.gateway.conftest import running, settings_for

NEW = "application/graphql-response+json"


async def refusal(door: httpx.AsyncClient, query: str, **body: Any) -> dict[str, Any]:
    answer = await door.post("/graphql", json={"query": query, **body}, headers={"Accept": NEW})
    assert answer.status_code == 400, answer.text
    assert "data" not in answer.json()
    error: dict[str, Any] = answer.json()["errors"][0]
    return error


async def accepted(door: httpx.AsyncClient, query: str, **body: Any) -> dict[str, Any]:
    answer = await door.post("/graphql", json={"query": query, **body}, headers={"Accept": NEW})
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    return document


async def test_an_ordinary_nested_query_without_first_passes(door: httpx.AsyncClient) -> None:
    document = await accepted(door, """{ cases { edges { node {
      id state person { familyName } referral { id state senderUnit }
      referrals { id state case { id } } availableTransitions { action blockedBy { id } }
    } } pageInfo { endCursor hasNextPage } } }""")  # fmt: skip
    assert document["extensions"]["cost"] < 1000


async def test_an_operation_nested_too_deeply_is_refused(door: httpx.AsyncClient) -> None:
    levels = "case { referral { " * 6
    query = f'{{ referral(id: "x") {{ {levels} id {"} " * 12} }} }}'
    error = await refusal(door, query)
    assert error["extensions"] == {"code": "QUERY_TOO_DEEP", "limit": 12, "actual": 14}


@pytest.mark.parametrize("opening", ["{ a ", "{ a(b: [", "{ ... "])
async def test_endless_nesting_is_refused_as_too_deep(
    door: httpx.AsyncClient, opening: str
) -> None:
    error = await refusal(door, opening * 900)
    assert error["extensions"]["code"] in {
        "QUERY_TOO_DEEP",
        "TOO_MANY_TOKENS",
        "GRAPHQL_PARSE_FAILED",
    }


async def test_too_many_aliases_are_refused(door: httpx.AsyncClient) -> None:
    query = "{" + " ".join(f"a{n}: viewer {{ actor }}" for n in range(31)) + "}"
    error = await refusal(door, query)
    assert error["extensions"] == {"code": "TOO_MANY_ALIASES", "limit": 30, "actual": 31}


async def test_too_many_tokens_are_refused(door: httpx.AsyncClient) -> None:
    error = await refusal(door, "{" + " viewer { actor }" * 600 + "}")
    assert error["extensions"] == {"code": "TOO_MANY_TOKENS", "limit": 2000, "actual": 2402}


async def test_a_document_of_comments_is_too_long(door: httpx.AsyncClient) -> None:
    error = await refusal(door, "#" * 40_000 + "\n{ viewer { actor } }")
    assert error["extensions"] == {
        "code": "QUERY_TOO_LONG",
        "limit": 32_000,
        "actual": 40_021,
    }


async def test_too_many_directives_are_refused(door: httpx.AsyncClient) -> None:
    many = "@skip(if: false) " * (DIRECTIVES_MAX + 1)
    error = await refusal(door, f"{{ viewer {many} {{ actor }} }}")
    assert error["extensions"] == {"code": "TOO_MANY_DIRECTIVES", "limit": 50, "actual": 51}


@pytest.mark.parametrize(
    ("query", "code", "limit", "actual"),
    [
        ("{" + "viewer{" * 13 + "actor" + "}" * 14, "QUERY_TOO_DEEP", 12, 14),
        ("{" + "viewer{actor}" * 601 + "}", "TOO_MANY_TOKENS", 2000, 2406),
        ("{viewer{" + "actor " * 1000 + "}}", "TOO_MANY_FIELDS", 1000, 1001),
        ("{" + " ".join(f"a{n}:__typename" for n in range(31)) + "}", "TOO_MANY_ALIASES", 30, 31),
        ("{viewer{actor" + "@skip(if:false)" * 51 + "}}", "TOO_MANY_DIRECTIVES", 50, 51),
        (
            "{cases(first:100){edges{node{referrals{id content{identity{familyName}}}}}}}",
            "QUERY_TOO_COSTLY",
            10_000,
            51_800,
        ),
    ],
)
async def test_each_limit_is_named_with_the_count_in_get_as_well(
    door: httpx.AsyncClient, query: str, code: str, limit: int, actual: int
) -> None:
    answer = await door.get("/graphql", params={"query": query}, headers={"Accept": NEW})
    assert answer.status_code == 400, answer.text
    (error,) = answer.json()["errors"]
    assert error["extensions"] == {"code": code, "limit": limit, "actual": actual}
    assert error["message"]


async def test_a_body_over_the_limit_is_refused_with_the_limit(
    issuer: str, door: httpx.AsyncClient
) -> None:
    async with running(settings_for(issuer, body_bytes_max=1024)) as small:
        small.headers["Authorization"] = door.headers["Authorization"]
        query = "{ viewer { actor } }"
        answer = await small.post("/graphql", json={"query": query + " " * 1024})
        assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
        assert answer.json()["bytesMax"] == 1024
        assert (await accepted(small, query))["data"]["viewer"]["actor"]


async def test_fragments_like_russian_dolls_are_counted_without_being_spread(
    door: httpx.AsyncClient,
) -> None:
    dolls = [f"fragment F{n} on Viewer {{ ...F{n + 1} ...F{n + 1} }}" for n in range(40)]
    query = "{ viewer { ...F0 } } " + " ".join(dolls) + " fragment F40 on Viewer { actor unitId }"
    began = time.perf_counter()
    error = await refusal(door, query)
    assert time.perf_counter() - began < 0.5
    assert error["extensions"]["code"] == "TOO_MANY_FIELDS"


async def test_a_fragment_within_itself_is_refused(door: httpx.AsyncClient) -> None:
    query = "{ viewer { ...A } } fragment A on Viewer { actor ...B } fragment B on Viewer { ...A }"
    error = await refusal(door, query)
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


async def test_a_list_of_lists_in_full_costs_too_much(door: httpx.AsyncClient) -> None:
    query = """query($first: Int!) { cases(first: $first) { edges { node {
      file { phases { action } assessmentEntries { id } informationNotices { id }
             contactAttempts { id } currentPlan { goals { measures { id } } } }
      referrals { id content { identity { familyName } } }
    } } } }"""
    error = await refusal(door, query, variables={"first": 100})
    assert error["extensions"]["code"] == "QUERY_TOO_COSTLY"
    assert error["extensions"]["actual"] > error["extensions"]["limit"] == 10_000
    few = await accepted(door, query, variables={"first": 5})
    assert few["extensions"]["cost"] < 10_000


async def test_cost_counts_variables_left_to_their_default(door: httpx.AsyncClient) -> None:
    query = "query($first: Int! = 100) { cases(first: $first) { edges { node { id } } } }"
    full = (await accepted(door, query))["extensions"]["cost"]
    one = (await accepted(door, query, variables={"first": 1}))["extensions"]["cost"]
    assert (full, one) == (300, 3)


async def test_at_most_four_mutations_in_one_request(door: httpx.AsyncClient) -> None:
    one = '(input: {caseId: "x"}) { __typename }'
    query = "mutation {" + " ".join(f"m{n}: checkDoubleCare{one}" for n in range(5)) + "}"
    error = await refusal(door, query)
    assert error["extensions"] == {"code": "TOO_MANY_MUTATIONS", "limit": 4, "actual": 5}


async def test_mutations_hidden_in_a_fragment_are_counted(door: httpx.AsyncClient) -> None:
    one = '(input: {caseId: "x"}) { __typename }'
    fields = " ".join(f"m{n}: checkDoubleCare{one}" for n in range(3))
    query = f"mutation {{ ...A ...A }} fragment A on Mutation {{ {fields} }}"
    error = await refusal(door, query)
    assert error["extensions"]["code"] == "TOO_MANY_MUTATIONS"


async def test_the_limits_speak_german_to_who_prefers_it(door: httpx.AsyncClient) -> None:
    query = "{" + " ".join(f"a{n}: viewer {{ actor }}" for n in range(31)) + "}"
    door.headers["Accept-Language"] = "de-DE, en;q=0.5"
    error = await refusal(door, query)
    assert error["message"] == "Die Abfrage hat zu viele Aliasse."


async def test_tools_can_read_the_schema_in_development(door: httpx.AsyncClient) -> None:
    document = await accepted(door, get_introspection_query())
    assert document["data"]["__schema"]["queryType"]["name"] == "Query"
    assert (await door.get("/graphql/schema.graphql")).text.startswith('"""')


async def test_elsewhere_nobody_reads_the_schema_nor_is_helped_to_guess_it(
    issuer: str, door: httpx.AsyncClient
) -> None:
    async with running(settings_for(issuer, introspection=False)) as closed:
        closed.headers["Authorization"] = door.headers["Authorization"]
        for query in ("{ __schema { types { name } } }", '{ __type(name: "Case") { name } }'):
            error = await refusal(closed, query)
            assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
        error = await refusal(closed, "{ viewr { actor } }")
        assert "viewer" not in error["message"]
        assert (await closed.get("/graphql/schema.graphql")).status_code == 404
        assert (await accepted(closed, "{ __typename }"))["data"] == {"__typename": "Query"}


async def test_documents_kept_in_memory_are_bounded(issuer: str, door: httpx.AsyncClient) -> None:
    executor = Executor(schema, settings_for(issuer, documents_kept_max=3))
    kept = executor._documents
    for number in range(10):
        kept.prepared(f"{{ viewer {{ a{number}: actor }} }}")
    assert len(kept._kept) == 3
    assert kept._chars_kept == sum(len(query) for query in kept._kept)
