"""GraphQL over HTTP: media types, methods, status codes."""

import httpx
import pytest

NEW = "application/graphql-response+json"
OLD = "application/json"
WHO = "{ viewer { tenantId unitId } }"
WAF = {"viewer": {"tenantId": "05570", "unitId": "waf-cm"}}


async def post(client: httpx.AsyncClient, body: object, **headers: str) -> httpx.Response:
    return await client.post("/graphql", json=body, headers=headers)


async def test_a_query_is_answered_with_data_and_what_it_took(door: httpx.AsyncClient) -> None:
    answer = await post(door, {"query": WHO})
    assert answer.status_code == 200
    took = {"upstreamCalls": 0, "upstreamCallsByService": {}, "cost": 1}
    assert answer.json() == {"data": WAF, "extensions": took}


@pytest.mark.parametrize("path", ["/health/live", f"/graphql?query={WHO}", "/v1/problems"])
async def test_head_answers_as_get_does_without_its_body(
    door: httpx.AsyncClient, path: str
) -> None:
    got, asked = await door.get(path), await door.head(path)
    assert (asked.status_code, asked.content) == (got.status_code, b"")
    for name in ("content-length", "content-type"):
        assert asked.headers.get(name) == got.headers.get(name)


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, OLD),
        ("*/*", OLD),
        ("application/*", OLD),
        (OLD, OLD),
        (NEW, NEW),
        (f"{NEW}; charset=utf-8, {OLD}; charset=utf-8", NEW),
        (f"{OLD};q=0.5, {NEW}", NEW),
        (f"{NEW};q=0.2, {OLD};q=0.9", OLD),
        (f"{NEW}, {OLD}", NEW),
        (f"{OLD}, {NEW}", OLD),
        (f"text/html, {NEW};q=0.1", NEW),
        (f"*/*, {OLD};q=0", NEW),
    ],
)
async def test_the_answer_has_the_type_the_client_weighs_most(
    door: httpx.AsyncClient, accept: str | None, media: str
) -> None:
    request = door.build_request("POST", "/graphql", json={"query": WHO})
    del request.headers["accept"]
    if accept is not None:
        request.headers["accept"] = accept
    answer = await door.send(request)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{media}; charset=utf-8"


@pytest.mark.parametrize(
    "accept", ["text/html", f"{OLD};q=0, {NEW};q=0", f"{NEW}; charset=iso-8859-1", "text/*;q=1"]
)
async def test_a_client_that_takes_no_json_gets_406(door: httpx.AsyncClient, accept: str) -> None:
    answer = await post(door, {"query": WHO}, Accept=accept)
    assert answer.status_code == 406
    assert answer.json()["code"] == "not-acceptable"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"query": "{ viewer {"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ nothing }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query A { viewer { actor } } query B { viewer { actor } }"},
         "OPERATION_NOT_CHOSEN"),
        ({"query": WHO, "operationName": "Other"}, "OPERATION_NOT_CHOSEN"),
        ({"query": "query ($id: ID!) { award(id: $id) { id } }"}, "BAD_USER_INPUT"),
        ({"query": "query ($id: ID!) { award(id: $id) { id } }", "variables": {"id": None}},
         "BAD_USER_INPUT"),
    ],
)  # fmt: skip
async def test_a_request_that_cannot_be_executed_has_no_data(
    door: httpx.AsyncClient, body: dict[str, object], code: str
) -> None:
    for accept, status in ((NEW, 400), (OLD, 200)):
        answer = await post(door, body, Accept=accept)
        assert answer.status_code == status
        assert "data" not in answer.json()
        assert [e["extensions"]["code"] for e in answer.json()["errors"]] == [code]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"query": ""},
        {"query": 7},
        {"query": WHO, "variables": [1]},
        {"query": WHO, "variables": "{}"},
        {"query": WHO, "operationName": 1},
        {"query": WHO, "extensions": "x"},
        "text",
        [{"query": WHO}],
    ],
)
async def test_a_body_that_is_no_graphql_request_is_400_in_either_type(
    door: httpx.AsyncClient, body: object
) -> None:
    for accept in (NEW, OLD):
        answer = await post(door, body, Accept=accept)
        assert answer.status_code == 400
        assert "data" not in answer.json()


async def test_several_operations_in_one_request_are_not_accepted(door: httpx.AsyncClient) -> None:
    answer = await post(door, [{"query": WHO}, {"query": WHO}])
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "BATCHING_NOT_SUPPORTED"


async def test_the_named_operation_of_several_is_executed(door: httpx.AsyncClient) -> None:
    query = "query A { viewer { unitId } } query B { viewer { tenantId } }"
    answer = await post(door, {"query": query, "operationName": "B"})
    assert answer.json()["data"] == {"viewer": {"tenantId": "05570"}}


@pytest.mark.parametrize(
    ("content", "media", "status"),
    [
        (b"query=%7Bviewer%7D", "application/x-www-form-urlencoded", 415),
        (b"{viewer{actor}}", "application/graphql", 415),
        (b'{"query":"{viewer{actor}}"}', "text/plain", 415),
        (b'{"query":"{viewer{actor}}"}', "multipart/form-data", 415),
        (b'{"query":"{viewer{actor}}"}', "application/json; charset=utf-16", 415),
        (b'{"query":"{viewer{actor}}"}', "application/json; charset=utf-8", 200),
        (b"", "text/plain", 415),
        (b"{", "application/json", 400),
        (b'{"query":"\xff"}', "application/json", 400),
        (b'{"query":' + b"[" * 2000 + b"]" * 2000 + b"}", "application/json", 400),
        (b'{"query":"' + b"x" * 300_000 + b'"}', "application/json", 413),
    ],
)
async def test_a_body_must_be_small_utf8_json(
    door: httpx.AsyncClient, content: bytes, media: str, status: int
) -> None:
    answer = await door.post("/graphql", content=content, headers={"Content-Type": media})
    assert answer.status_code == status


async def test_get_answers_queries(door: httpx.AsyncClient) -> None:
    query = "query Who($id: ID!) { viewer { unitId } award(id: $id) { id } }"
    params = {"query": query, "variables": '{"id": "nobody-has-this"}', "operationName": "Who"}
    answer = await door.get("/graphql", params=params)
    assert answer.status_code == 200
    assert answer.json()["data"] == {"viewer": {"unitId": "waf-cm"}, "award": None}


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"query": ""},
        {"query": WHO, "variables": "{"},
        {"query": WHO, "variables": "[]"},
    ],
)
async def test_a_get_that_is_no_graphql_request_is_400(
    door: httpx.AsyncClient, params: dict[str, str]
) -> None:
    assert (await door.get("/graphql", params=params)).status_code == 400


async def test_a_parameter_given_twice_is_not_guessed(door: httpx.AsyncClient) -> None:
    answer = await door.get("/graphql", params=[("query", WHO), ("query", "{ x }")])
    assert answer.status_code == 400


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
async def test_other_methods_are_405_and_named(door: httpx.AsyncClient, method: str) -> None:
    answer = await door.request(method, "/graphql")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, POST"


async def test_an_answer_carries_the_request_id_and_is_not_stored(door: httpx.AsyncClient) -> None:
    answer = await post(door, {"query": WHO}, **{"X-Request-Id": "frontend-0001"})
    assert answer.headers["x-request-id"] == "frontend-0001"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("header", [None, "Basic x", "Bearer", "Bearer abc.def.ghi"])
async def test_without_a_valid_token_there_is_401_before_anything_else(
    door: httpx.AsyncClient, header: str | None
) -> None:
    del door.headers["Authorization"]
    headers = {"Content-Type": "text/plain", **({"Authorization": header} if header else {})}
    answer = await door.post("/graphql", content=b"{", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
