"""A service with webhooks under the hands of a test: endpoints, events, and a clock that is set."""

import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, make_dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from shared.auth.sealing import SealingKeys
from shared.database.connection import Database, open_database
from shared.kernel.caller import Caller
from shared.kernel.clock import now
from shared.messaging.outbox import record_event
from shared.service.webhooks import Webhooks
from shared.webhooks.keeping import keep_webhooks
from shared.webhooks.outgoing import OutgoingHttp
from shared.webhooks.sending import Sender
from shared.webhooks.serving import Serving
from tests.apis import SEALING_KEY, bearer
from tests.integration_rules.conftest import Record, ServiceApi
from tests.receiver import PLAIN_HOSTS, PORTS, address
from tests.waiting import until

KEEPER = "waf-integrator"
UNIT, OTHER_UNIT = "waf-it", "waf-cm"
TENANT = "05570"


@dataclass(slots=True)
class SetClock:
    """The real time, moved by hand."""

    ahead: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return now() + self.ahead


@dataclass(slots=True)
class Bench:
    """One unit's webhooks in one service."""

    api: ServiceApi
    webhooks: Webhooks
    database: Database
    clock: SetClock = field(default_factory=SetClock)
    made: list[Record] = field(default_factory=list)

    @property
    def types(self) -> list[str]:
        return [event.event_type for event in self.webhooks.events]

    async def add(self, url: str | int, **changes: Any) -> Record:
        """One more endpoint at a URL or at a local port; with its secret."""
        body = {"url": url if isinstance(url, str) else f"{address(url)}/hook"}
        body |= {"description": "Fachverfahren"} | changes
        answer = await self.api.post("/v1/webhook-endpoints", body, persona=KEEPER)
        assert answer.status_code == 201, answer.text
        self.made.append(answer.json())
        return self.made[-1]

    async def read(self, endpoint: Record) -> Record:
        answer = await self.api.get(f"/v1/webhook-endpoints/{endpoint['id']}", persona=KEEPER)
        assert answer.status_code == 200, answer.text
        found: Record = answer.json()
        return found

    async def act(self, endpoint: Record, action: str, body: Any = None) -> httpx.Response:
        version = (await self.read(endpoint))["version"]
        path = f"/v1/webhook-endpoints/{endpoint['id']}/actions/{action}"
        tag = {"If-Match": f'"{version}"'}
        return await self.api.post(path, body, persona=KEEPER, **tag)

    async def deliveries(self, endpoint: Record, **query: str) -> list[Record]:
        path = f"/v1/webhook-endpoints/{endpoint['id']}/deliveries"
        answer = await self.api.get(path, persona=KEEPER, sort="createdAt", **query)
        assert answer.status_code == 200, answer.text
        items: list[Record] = answer.json()["items"]
        return items

    async def tell(
        self, subject: UUID | None = None, *, kind: int = 0, by: str = OTHER_UNIT, **data: Any
    ) -> UUID:
        """An event for the unit, as an operation of another one would record it."""
        members = {"tenant_id": TENANT, "unit_id": UNIT} | data
        event_class = make_dataclass(
            "Told",
            [(name, type(value)) for name, value in members.items()],
            namespace={"event_type": self.types[kind]},
            frozen=True,
        )
        async with self.database.transaction(_caller(by)) as tx:
            return await record_event(
                tx,
                self.webhooks.tables.outbox,
                event_class(**members),
                aggregate_id=subject or uuid4(),
            )

    def serving(self, timeout_s: float = 5.0) -> Serving:
        http = OutgoingHttp(plain_hosts=PLAIN_HOSTS, timeout_s=timeout_s)
        keys = SealingKeys.parse(SEALING_KEY)
        sender = Sender(self.database, self.webhooks.tables, http, keys, self.clock)
        return Serving(self.database, sender, self.clock, every_s=0.05)

    async def round(self) -> None:
        """Everything that is due now."""
        serving = self.serving()
        await serving.begin()
        await serving.finish()

    async def served(self, endpoint: Record, *states: str) -> list[Record]:
        """Go on until the deliveries of the endpoint are in these states, in order of planning.

        The feed shows an event when every older transaction of the server has ended.
        """

        async def are_there() -> list[Record] | None:
            await self.round()
            found = await self.deliveries(endpoint)
            return found if [one["state"] for one in found] == list(states) else None

        found = await until(are_there)
        assert found is not None
        return found

    async def keep(self) -> None:
        await keep_webhooks(self.database, self.webhooks.tables, self.clock(), keep_days=40)

    async def events(self, fact: str, endpoint: Record) -> list[Record]:
        """What was recorded about the endpoint itself."""
        async with self.database.transaction(_caller(UNIT)) as tx:
            rows = await tx.connection.fetch(
                "select data from feed_entry where type = $1 and subject = $2 order by feed_tx",
                f"kim.{self.webhooks.service}.{fact}.v1",
                UUID(endpoint["id"]),
            )
        return [row["data"] for row in rows]


def _caller(unit_id: str) -> Caller:
    return Caller(
        tenant_id=TENANT,
        unit_id=unit_id,
        unit_type="IT",
        issuer="urn:test",
        subject=unit_id,
        roles=frozenset({"integrator"}),
    )


@asynccontextmanager
async def bench_of(api: ServiceApi) -> AsyncIterator[Bench]:
    """Ends with the removal of every endpoint that was made, so that no other test serves it."""
    module = importlib.import_module(f"services.{api.sample.service}.api.integration")
    database = await open_database(api.database.app_dsn, application="tests", connections_max=10)
    bench = Bench(api, module.INTEGRATION.webhooks, database)
    try:
        yield bench
    finally:
        await _remove_all(api)
        await database.close()


async def _remove_all(api: ServiceApi) -> None:
    answer = await api.get("/v1/webhook-endpoints", persona=KEEPER, first="100")
    for endpoint in answer.json()["items"]:
        headers = bearer(api.token_for(KEEPER)) | {"If-Match": f'"{endpoint["version"]}"'}
        path = f"/v1/webhook-endpoints/{endpoint['id']}"
        removed = await api.client.delete(path, headers=headers)
        assert removed.status_code == 200, removed.text


PORT, OTHER_PORT = PORTS[0], PORTS[1]
