"""Every query and mutation with an id, asked of the gateway for records that belong to others.

The gateway stands before the real services, whose tables hold strangers' records under one id. What
it says of that id it must say of an id that nobody has.
"""

import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final
from uuid import UUID

import httpx
import pytest

from deploy.local.postgres import PostgresServer
from tests.apis import TokenFor, bearer, create_app
from tests.doors.conftest import served
from tests.engines import ServiceDatabase
from tests.gateway.conftest import running, settings_for
from tests.isolation.conftest import SERVICES, connect
from tests.isolation.graphql_operations import SCHEMA, RootField, operation, root_fields
from tests.isolation.tenant_wide import READ_ACROSS_UNITS
from tests.isolation.worlds import NAMESAKE, NEIGHBOUR, Connection, World, fill, read_tables
from tests.waiting import until

NOBODY: Final = World("99999", "haus-west", 2)
# In this order: whoever reaches the record first asks for the strangers' as well.
PEOPLE: Final = ("waf-case-manager", "waf-funding-officer", "waf-coordinator", "waf-team-lead",
                 "waf-funding-approver", "waf-dpo", "waf-integrator", "waf-cm-head",
                 "waf-admin")  # fmt: skip
AT_ONCE: Final = 20
# For the slowest of busy machines: nothing here is judged by the clock.
PATIENCE_S: Final = 120.0
# They make a record of one's own, or a rule comes before any record is looked for. They say of
# another's id what they say of nobody's, too.
CREATING: Final = frozenset(
    {
        *("submitReferral", "draftReferral", "createAccessLink", "signpostPerson"),
        *("recordFinding", "raiseReferralNotice", "recordDeadline", "reserveFunds"),
        *("proposeJournalEntry", "proposeJournalEntries"),
    }
)
# Its id is the number of one's own voucher: it names no other record.
NAMES_NOBODY: Final = {"recordVoucher"}
# The log of one's own requests holds what one asked for.
OWN_REQUESTS: Final = "requestLog"
# Said of an id that names nothing, by name where a body names several.
NO_SUCH: Final = re.compile(r'"NotFoundError"|"problem": "not-found"|"code": "[a-z-]+-unknown"')
AWAY: Final = ("ServiceUnavailableError", "SERVICE_UNAVAILABLE")
FORBIDDEN: Final = '"code": "FORBIDDEN"'
OWN_TRACES: Final = {"partner_request", "idempotency_key", "audit_entry"}
UNBOUNDED: Final = {
    "aliases_max": 500, "fields_max": 20_000, "tokens_max": 20_000, "cost_max": 10_000_000,
    "mutations_max": AT_ONCE, "body_bytes_max": 1_000_000, "upstream_timeout_s": 60.0,
    "operation_timeout_s": 120.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """The gateway before services whose tables hold records of strangers only."""

    client: httpx.AsyncClient = field(repr=False)
    token_for: TokenFor = field(repr=False)
    admins: dict[str, tuple[Connection, list[str]]] = field(repr=False)

    async def answers(
        self, persona: str, kind: str, fields: list[RootField], id_: UUID
    ) -> dict[str, str]:
        """By field what was said of it, value and errors, without the id itself."""
        found: dict[str, str] = {}
        for start in range(0, len(fields), AT_ONCE):
            some = fields[start : start + AT_ONCE]
            said = await self._said(persona, operation(kind, some, id_))
            assert said.get("data") is not None, said
            for number, one in enumerate(some):
                alias = f"f{number}"
                errors = [e for e in said.get("errors", []) if e["path"][0] == alias]
                told = json.dumps([said["data"][alias], [_of_error(e) for e in errors]])
                found[one.name] = told.replace(str(id_), "…")
        return found

    async def _said(self, persona: str, asked: dict[str, Any]) -> dict[str, Any]:
        """The answer of services that are all there: a busy one is asked again."""
        said: dict[str, Any] = {}

        async def is_whole() -> bool:
            answer = await self.client.post(
                "/graphql", json=asked, headers=bearer(self.token_for(persona))
            )
            assert answer.status_code == 200, answer.text
            said.clear()
            said.update(answer.json())
            return not any(one in answer.text for one in AWAY)

        await until(is_whole, timeout_s=PATIENCE_S)
        return said

    async def stored(self) -> dict[str, str]:
        """Of each table a digest of all rows but those that a request leaves of itself."""
        return {
            f"{service}.{table}": await admin.fetchval(
                f"select coalesce(md5(string_agg(t::text, ';' order by t::text)), '')"
                f' from "{table}" t'
            )
            for service, (admin, tables) in self.admins.items()
            for table in tables
            if table not in OWN_TRACES
        }


def _of_error(error: dict[str, Any]) -> dict[str, Any]:
    told = {name: error.get(name) for name in ("message", "extensions")}
    (told["extensions"] or {}).pop("requestId", None)
    return {**told, "path": error["path"][1:]}


@pytest.fixture(scope="module")
async def asked(
    database: Callable[..., ServiceDatabase],
    postgres: PostgresServer,
    issuer: str,
    token_for: TokenFor,
) -> AsyncIterator[Asked]:
    admins: dict[str, tuple[Connection, list[str]]] = {}
    addresses: dict[str, Any] = {}
    async with AsyncExitStack() as stack:
        for service in SERVICES:
            own = database(service, "graphql")
            admin = await connect(postgres.dsn("postgres", own.name))
            stack.push_async_callback(admin.close)
            tables = await read_tables(admin)
            await fill(admin, tables, shared=READ_ACROSS_UNITS[service])
            admins[service] = (admin, tables.names)
            address = await stack.enter_async_context(served(create_app(service, own, issuer)))
            addresses[f"{service}_url"] = address
        client = await stack.enter_async_context(
            running(settings_for(issuer, **addresses, **UNBOUNDED))
        )
        for address in addresses.values():
            await until(partial(is_ready, address))
        yield Asked(client, token_for, admins)


async def is_ready(address: str) -> bool:
    async with httpx.AsyncClient(base_url=address) as service:
        return (await service.get("/health/ready")).status_code == 200


def is_hidden(said: str) -> bool:
    return said.startswith(
        ("[null, []]", '[{"edges": []}, []]', "[[], []]", "[[null], []]")
    ) or bool(NO_SUCH.search(said))


async def test_a_query_by_anothers_id_says_what_it_says_of_nobodys(asked: Asked) -> None:
    """By argument or by filter, `node` and `nodes` included: null, or an empty list."""
    fields = [one for one in root_fields(SCHEMA.query_type) if one.name != OWN_REQUESTS]
    reached: set[str] = set()
    wrong: dict[tuple[str, str, str], tuple[str, str]] = {}
    before = await asked.stored()
    for persona in PEOPLE:
        nobodys = await asked.answers(persona, "query", fields, NOBODY.key)
        let_in = [one for one in fields if FORBIDDEN not in nobodys[one.name]]
        for world in (NAMESAKE, NEIGHBOUR):
            others = await asked.answers(persona, "query", let_in, world.key)
            wrong |= {
                (persona, world.unit, name): (said, nobodys[name])
                for name, said in others.items()
                if said != nobodys[name]
            }
        reached |= {name for name, said in nobodys.items() if is_hidden(said)}
    assert wrong == {}
    assert {one.name for one in fields} - reached == set()
    assert await asked.stored() == before


async def test_a_mutation_of_anothers_record_is_answered_as_of_nobodys(asked: Asked) -> None:
    """Each person asks for nobody's record; who is told that there is none, for others', too."""
    left = [
        one for one in root_fields(SCHEMA.mutation_type) if one.name not in CREATING | NAMES_NOBODY
    ]
    wrong: dict[tuple[str, str, str], tuple[str, str]] = {}
    before = await asked.stored()
    for persona in PEOPLE:
        nobodys = await asked.answers(persona, "mutation", left, NOBODY.key)
        reached = [one for one in left if NO_SUCH.search(nobodys[one.name])]
        for world in (NAMESAKE, NEIGHBOUR):
            others = await asked.answers(persona, "mutation", reached, world.key)
            wrong |= {
                (persona, world.unit, one.name): (others[one.name], nobodys[one.name])
                for one in reached
                if others[one.name] != nobodys[one.name]
            }
        left = [one for one in left if one not in reached]
    assert wrong == {}
    assert sorted(one.name for one in left) == []
    assert await asked.stored() == before


async def test_what_makes_a_record_says_of_anothers_id_what_it_says_of_nobodys(
    asked: Asked,
) -> None:
    """Taken or refused: asked by everybody whom the service lets in."""
    fields = [one for one in root_fields(SCHEMA.mutation_type) if one.name in CREATING]
    let_in: set[str] = set()
    wrong: dict[tuple[str, str, str], tuple[str, str]] = {}
    for persona in PEOPLE:
        nobodys = await asked.answers(persona, "mutation", fields, NOBODY.key)
        some = [one for one in fields if "ForbiddenError" not in nobodys[one.name]]
        for world in (NAMESAKE, NEIGHBOUR):
            others = await asked.answers(persona, "mutation", some, world.key)
            wrong |= {
                (persona, world.unit, name): (said, nobodys[name])
                for name, said in others.items()
                if said != nobodys[name]
            }
        let_in |= {one.name for one in some}
    assert wrong == {}
    assert let_in == CREATING
