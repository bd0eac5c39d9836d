"""Every path and method of the three contracts, with ids of records that belong to others.

Every table holds a record of each of four strangers under one id, so that whatever kind an id in a
path is of, there is such a record. What is asked for it is asked for an id that nobody has as well.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, Final
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

import shared.database.connection as connections
from deploy.local.postgres import PostgresServer
from tests.apis import TokenFor, bearer, create_app, running
from tests.engines import ServiceDatabase
from tests.isolation.conftest import SERVICES, connect
from tests.isolation.crawled import BEFORE_THE_RECORD, EMPTY_FOR_ALL, SEEN_BY_ALL
from tests.isolation.requests import Operation, operations
from tests.isolation.tenant_wide import READ_ACROSS_UNITS
from tests.isolation.worlds import (
    NAMESAKE,
    NEIGHBOUR,
    WORLDS,
    Connection,
    Tables,
    World,
    fill,
    read_tables,
)

NOBODY: Final = World("99999", "haus-west", 2)
PEOPLE: Final = {
    "cases": (
        *("waf-case-manager", "waf-team-lead", "waf-coordinator", "waf-integrator", "waf-dpo"),
        "waf-admin",
    ),
    "funding": ("waf-funding-officer", "waf-funding-approver", "waf-integrator"),
    "referrals": ("waf-jobcenter-system", "waf-case-manager", "waf-coordinator", "waf-cm-head"),
}
# All of funding is of the tenant: no other unit there has records of its own.
STRANGERS: Final = {
    "cases": (NAMESAKE, NEIGHBOUR),
    "funding": (NAMESAKE,),
    "referrals": (NAMESAKE, NEIGHBOUR),
}
# The log of one's own requests holds what one asked for, and the request before.
OWN_REQUESTS: Final = "/v1/request-log"
FORBIDDEN: Final = 403
# What a request leaves of itself, whatever it asks: its log, its key, its entry in the audit log.
OWN_TRACES: Final = {"partner_request", "idempotency_key", "audit_entry"}
# The length follows the text, which is compared itself.
OF_A_REQUEST: Final = {"x-request-id", "date", "ratelimit", "ratelimit-policy", "content-length"}
REFUSED: Final = {400, 403, 404, 409, 411, 415, 422}


@dataclass(frozen=True, slots=True)
class Crawled:
    """One service over a database of strangers' records, and the statements that it sends."""

    service: str
    app: FastAPI = field(repr=False)
    client: httpx.AsyncClient = field(repr=False)
    admin: Connection = field(repr=False)
    tables: Tables = field(repr=False)
    token_for: TokenFor = field(repr=False)
    sent: list[str] = field(repr=False)

    @property
    def operations(self) -> list[Operation]:
        return operations(self.app.openapi())

    @property
    def schemas(self) -> dict[str, Any]:
        found: dict[str, Any] = self.app.openapi()["components"]["schemas"]
        return found

    async def ask(
        self, persona: str, method: str, path: str, body: Any = None
    ) -> tuple[httpx.Response, list[str]]:
        """The answer, and the statements that were sent for it."""
        headers = bearer(self.token_for(persona)) | {
            "If-Match": '"1"',
            "Idempotency-Key": uuid4().hex,
        }
        content = {"json": body} if body is not None else {}
        if body is None and method in {"PUT", "POST"} and path.endswith("/content"):
            content = {"content": b"%PDF-1.7\n"}
        self.sent.clear()
        answer = await self.client.request(method, path, headers=headers, **content)
        return answer, list(self.sent)

    async def stored(self) -> dict[str, str]:
        """Of each table a digest of all rows but those that a request leaves of itself."""
        return {
            table: await self.admin.fetchval(
                f"select coalesce(md5(string_agg(t::text, ';' order by t::text)), '')"
                f' from "{table}" t'
            )
            for table in self.tables.names
            if table not in OWN_TRACES
        }


def comparable(answer: httpx.Response, world: World) -> tuple[int, dict[str, str], str]:
    """Without what is of the request alone: its number, and the id that it named itself."""
    text = answer.text
    for mark in (str(world.key), world.mark, world.unit):
        text = text.replace(mark, "…")
    number = answer.headers.get("x-request-id", "")
    headers = {name: value for name, value in answer.headers.items() if name not in OF_A_REQUEST}
    return answer.status_code, headers, text.replace(number, "…") if number else text


@pytest.fixture(scope="module", params=SERVICES)
async def crawled(
    request: pytest.FixtureRequest,
    database: Callable[..., ServiceDatabase],
    postgres: PostgresServer,
    issuer: str,
    token_for: TokenFor,
) -> AsyncIterator[Crawled]:
    own = database(request.param, "crawled")
    admin = await connect(postgres.dsn("postgres", own.name))
    tables = await read_tables(admin)
    await fill(admin, tables, shared=READ_ACROSS_UNITS[request.param])
    sent: list[str] = []
    prepare = connections._prepare_connection

    async def listening(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        await prepare(connection)
        connection.add_query_logger(lambda said: sent.append(said.query))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(connections, "_prepare_connection", listening)
        app = create_app(request.param, own, issuer)
        async with running(app) as client:
            yield Crawled(request.param, app, client, admin, tables, token_for, sent)
    await admin.close()


def bodies(crawled: Crawled, operation: Operation) -> list[Any]:
    """A body that names nobody's ids: first with all that the contract takes."""
    ids = uuid4()
    whole, least = (operation.body(crawled.schemas, ids, whole=one) for one in (True, False))
    return [whole] if whole == least else [whole, least]


async def asked_for_both(
    crawled: Crawled, world: World, persona: str, method: str, paths: tuple[str, str], body: Any
) -> tuple[httpx.Response, str]:
    """The answer about the other's record, and in what it differs from that about nobody's.

    Asked a second time when the statements differ: a new connection asks for its types first.
    """
    for _ in range(2):
        foreign, sent = await crawled.ask(persona, method, paths[0], body)
        unknown, also_sent = await crawled.ask(persona, method, paths[1], body)
        if sent == also_sent:
            break
    told, known = comparable(foreign, world), comparable(unknown, NOBODY)
    if told != known:
        return foreign, f"{told} is not {known}"
    return foreign, "" if sent == also_sent else f"{sent} is not {also_sent}"


async def test_whatever_is_asked_of_anothers_record_is_answered_as_of_none(
    crawled: Crawled,
) -> None:
    """Status, headers, body and the statements sent are the same for an id of another's record and
    for one that nobody has: 404 for whoever may do such a thing at all. Nothing is changed.
    """
    before = await crawled.stored()
    not_reached, wrong = set(), {}
    for operation in crawled.operations:
        what = f"{operation.method} {operation.path}"
        if not operation.ids or what in SEEN_BY_ALL[crawled.service]:
            continue
        is_list = operation.path.removesuffix("/search") in EMPTY_FOR_ALL[crawled.service]
        statuses = set()
        for body in bodies(crawled, operation):
            for persona, world in product(PEOPLE[crawled.service], STRANGERS[crawled.service]):
                nobodys = operation.paths(replace(NOBODY, number=world.number), crawled.schemas)
                for paths in zip(operation.paths(world, crawled.schemas), nobodys, strict=True):
                    foreign, differs = await asked_for_both(
                        crawled, world, persona, operation.method, paths, body
                    )
                    statuses.add(foreign.status_code)
                    is_empty = is_list and foreign.json().get("items") == []
                    if differs or not (is_empty or foreign.status_code in REFUSED):
                        wrong[persona, operation.method, paths[0]] = (foreign.text, differs)
                    if foreign.status_code == FORBIDDEN:
                        break  # by the role, whatever the action
            if 404 in statuses:
                break
        if 404 not in statuses and not is_list:
            not_reached.add(what)
    assert wrong == {}
    assert not_reached == set(BEFORE_THE_RECORD[crawled.service])
    assert await crawled.stored() == before


async def test_no_list_and_no_report_holds_a_record_of_another_tenant(crawled: Crawled) -> None:
    """Every GET without an id in its path, asked by everybody."""
    strangers = [one for one in WORLDS if one.tenant == NAMESAKE.tenant]
    marks = [mark for one in strangers for mark in one.marks]
    answered = set()
    for operation in crawled.operations:
        if operation.method != "GET" or operation.ids or operation.path == OWN_REQUESTS:
            continue
        for persona in PEOPLE[crawled.service]:
            for path in operation.paths(NAMESAKE, crawled.schemas):
                answer, _ = await crawled.ask(persona, "GET", path)
                assert answer.status_code < 500, (persona, path, answer.text)
                if answer.status_code == 200:
                    answered.add(operation.path)
                    held = answer.text.replace(path, "")
                    assert not [mark for mark in marks if mark in held], (persona, path)
    assert len(answered) > 20


async def test_a_filter_by_anothers_id_finds_nothing(crawled: Crawled) -> None:
    """Every filter that takes an id, with one of another tenant: an empty list, as for nobody's."""
    asked = 0
    for operation in crawled.operations:
        if operation.method != "GET" or operation.places or operation.path == OWN_REQUESTS:
            continue
        for parameter in operation.described.get("parameters", []):
            is_id = parameter["in"] == "query" and "uuid" in str(parameter["schema"])
            if not is_id:
                continue
            for persona in PEOPLE[crawled.service]:
                answers = []
                for world in (NAMESAKE, NOBODY):
                    path = f"{operation.path}?{parameter['name']}={world.key}"
                    answers.append(await crawled.ask(persona, "GET", path))
                (foreign, sent), (unknown, also_sent) = answers
                assert comparable(foreign, NAMESAKE) == comparable(unknown, NOBODY), operation.path
                assert sent == also_sent
                asked += foreign.status_code == 200
    assert asked > 10


async def test_anothers_id_in_a_body_is_as_good_as_none(crawled: Crawled) -> None:
    """Every place for an id in a body, on operations that need no record of one's own: the same
    refusal, and if it is taken, then as an id that nobody has is taken.
    """
    placed = 0
    for operation in crawled.operations:
        if operation.ids or operation.method == "GET":
            continue
        for persona, whole in ((one, way) for one in PEOPLE[crawled.service] for way in (0, 1)):
            answers = []
            for world in (NAMESAKE, NOBODY):
                body = operation.body(crawled.schemas, UUID(str(world.key)), whole=bool(whole))
                if str(world.key) not in str(body):
                    break
                path = next(operation.paths(NOBODY, crawled.schemas))
                answers.append(await crawled.ask(persona, operation.method, path, body))
            if len(answers) == 2:
                (foreign, sent), (unknown, also_sent) = answers
                what = (persona, operation.method, operation.path, foreign.text, unknown.text)
                assert foreign.status_code == unknown.status_code, what
                assert foreign.status_code < 500, what
                assert foreign.json().get("code") == unknown.json().get("code"), what
                assert sent == also_sent, what
                placed += foreign.status_code != 403
    assert placed > 0
