"""Figures and days that cannot be read without doubt are refused everywhere, and nothing changes.

Walks the contract of the funding service: a new body is walked as soon as it is published.
"""

from collections.abc import AsyncIterator, Iterator
from typing import Any, Final
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from deploy.local.postgres import PostgresServer
from shared.kernel.money import AMOUNT_PATTERN, FTE_PATTERN, SIGNED_AMOUNT_PATTERN
from tests.apis import TokenFor, bearer, create_app, running
from tests.contracts.test_hostile_input import filled, operations
from tests.engines import Engines
from tests.rehearsing import Connection, as_admin, everything

HUGE: Final = 10**18
NO_AMOUNT: Final[list[Any]] = [
    "0.005", "NaN", "Infinity", "1e400", "-0", HUGE, f"{HUGE}.00", "1.222.800", "1.222.800,00",
    "7,62", "1_000.00", " 1.00", "+1.00", "01.00", "", "€1.00", 1, 1.5, True, ["1.00"], {},
]  # fmt: skip
NO_FTE: Final[list[Any]] = [
    "7.625", "7,62", "NaN", "1e400", "-0", "-1.00", HUGE, f"{HUGE}.00", "0.5", 0.5, True,
]  # fmt: skip
NO_DATE: Final[list[Any]] = [
    "2022-02-30", "2022-13-01", "31.12.2022", "2022-1-1", "20220101", 20220101, 0, "NaN", "1e400",
    "-0", "0000-01-01", "2022-01-01T00:00:00Z", True,
]  # fmt: skip
NO_CURRENCY: Final[list[Any]] = ["USD", "eur", "EURO", "€", "", 978]
NOT_JSON: Final = {
    b'{"amount": NaN}': (422, "number-out-of-range"),
    b'{"amount": -Infinity}': (422, "number-out-of-range"),
    b'{"amount": 1e400}': (422, "number-out-of-range"),
    b'{"amount": 1,5}': (400, "body-unreadable"),
    b'{"amount": 01}': (400, "body-unreadable"),
}
PEOPLE: Final = (
    "waf-funding-officer", "waf-funding-approver", "waf-unit-head", "waf-integrator",
)  # fmt: skip
Way = tuple[str, ...]


@pytest.fixture(scope="module")
async def funding(
    real_engines: Engines, postgres: PostgresServer, issuer: str
) -> AsyncIterator[tuple[FastAPI, httpx.AsyncClient, Connection]]:
    database = real_engines.database("funding", "figures")
    app = create_app("funding", database, issuer)
    async with running(app) as client, as_admin(postgres, database) as admin:
        yield app, client, admin


def wrong_for(schema: dict[str, Any]) -> list[Any]:
    """What this member must not take; nothing where it is no figure and no day."""
    if schema.get("enum") == ["EUR"]:
        return NO_CURRENCY
    if schema.get("format") == "date":
        return NO_DATE
    pattern = schema.get("pattern")
    if pattern in {AMOUNT_PATTERN, SIGNED_AMOUNT_PATTERN}:
        return NO_AMOUNT
    return NO_FTE if pattern == FTE_PATTERN else []


def members(
    schema: dict[str, Any], schemas: dict[str, Any], way: Way = (), seen: Way = ()
) -> Iterator[tuple[Way, list[Any]]]:
    """Every figure and day of a body, however deep, with what it must refuse."""
    reference = schema.get("$ref", "").rsplit("/", 1)[-1]
    if reference:
        if reference not in seen:
            yield from members(schemas[reference], schemas, way, (*seen, reference))
        return
    wrong = wrong_for(schema)
    if wrong:
        yield way, wrong
    for one in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from members(one, schemas, way, seen)
    for name, one in schema.get("properties", {}).items():
        yield from members(one, schemas, (*way, name), seen)
    if "items" in schema:
        yield from members(schema["items"], schemas, (*way, "0"), seen)


def body_with(way: Way, value: Any) -> Any:
    if not way:
        return value
    inner = body_with(way[1:], value)
    return [inner] if way[0] == "0" else {way[0]: inner}


def figures(app: FastAPI) -> list[tuple[str, str, Way, list[Any]]]:
    schemas = app.openapi()["components"]["schemas"]
    return [
        (method, path, way, wrong)
        for method, path, operation in operations(app)
        if method != "GET"
        for kind, content in operation.get("requestBody", {}).get("content", {}).items()
        if kind == "application/json"
        for way, wrong in members(content["schema"], schemas)
    ]


async def test_every_figure_and_day_of_every_body_is_read_without_doubt(
    funding: tuple[FastAPI, httpx.AsyncClient, Connection], token_for: TokenFor
) -> None:
    app, client, admin = funding
    before = await everything(admin)
    found = figures(app)
    assert len(found) > 100
    for method, path, way, wrong in found:
        for value in wrong:
            answer = await _asked(client, token_for, method, path, body_with(way, value))
            where = f"{method} {path} {'/'.join(way)}={value!r:.30}"
            assert answer.status_code == 422, f"{where}: {answer.status_code} {answer.text[:300]}"
            problem = answer.json()
            if problem["code"] == "currency-not-supported":
                continue
            assert problem["code"] == "fields-refused", where
            pointers = [fault["pointer"] for fault in problem["errors"]]
            wanted = "/" + "/".join(way)
            assert any(one.startswith(wanted) for one in pointers), f"{where}: {pointers}"
            assert all(fault["message"] for fault in problem["errors"]), where
    assert await everything(admin) == before


async def test_figures_that_are_no_json_are_refused_as_malformed(
    funding: tuple[FastAPI, httpx.AsyncClient, Connection], token_for: TokenFor
) -> None:
    app, client, admin = funding
    before = await everything(admin)
    for method, path in sorted({(one[0], one[1]) for one in figures(app)}):
        for raw, expected in NOT_JSON.items():
            answer = await _asked(client, token_for, method, path, raw)
            found = (answer.status_code, answer.json()["code"])
            assert found == expected, f"{method} {path} {raw!r}: {answer.text[:200]}"
    assert await everything(admin) == before


async def _asked(
    client: httpx.AsyncClient, token_for: TokenFor, method: str, path: str, body: Any
) -> httpx.Response:
    """The answer to the first of the people who may ask at all."""
    place = path.replace("{year}", "2022").replace("{month}", "06")
    for number in ("{number}", "{ordinal}"):
        place = place.replace(number, "1")
    content = {"content": body} if isinstance(body, bytes) else {"json": body}
    for person in PEOPLE:
        headers = bearer(token_for(person)) | {
            "If-Match": '"1"',
            "Idempotency-Key": uuid4().hex,
            "Content-Type": "application/json",
        }
        answer = await client.request(
            method, filled(place, str(uuid4())), headers=headers, **content
        )
        if answer.status_code != httpx.codes.FORBIDDEN:
            break
    return answer
