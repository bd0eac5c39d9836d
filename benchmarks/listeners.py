"""How many idle subscribers one gateway process holds, and what an event to all of them takes.

Starts NATS, the development issuer and the gateway in a temporary folder on loopback; a small
server stands in for the funding service, so that the gateway alone is measured. Removes everything.
"""

import argparse
import asyncio
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from uuid import uuid4

import aiohttp
import psutil
from aiohttp import web

from benchmarks.ledger import start
from deploy.local.parts import Installation
from deploy.local.ports import free_ports
from deploy.local.settings import DEFAULT_PORTS, HOST, LocalSettings
from deploy.local.sign_in import sign_in
from deploy.local.state_dir import forget
from shared.messaging.broker import connect

Socket = aiohttp.ClientWebSocketResponse
ALERT = str(uuid4())
QUERY = "subscription { fundingAlert { event { id } alert { id code } } }"
KIB_PER_SUBSCRIBER_MAX = 256
EVENTS = 5
AT_ONCE = 50
WAIT_S = 120.0
UNLIMITED = {
    "GATEWAY_LIVE_CONNECTIONS_PER_CALLER_MAX": "100000",
    "GATEWAY_PERSON_REQUESTS_PER_MINUTE": "0",
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.listeners", description=__doc__)
    parser.add_argument("--subscribers", type=int, default=1000, help="WebSockets, 1 to 5000")
    given = parser.parse_args()
    given.subscribers = min(max(given.subscribers, 1), 5000)
    return given


@contextmanager
def gateway() -> Iterator[tuple[Installation, psutil.Process]]:
    state_dir = Path(tempfile.mkdtemp(prefix="kim-benchmark-"))
    settings = LocalSettings.model_validate(
        {"state_dir": state_dir / "state", "is_durable": False, **free_ports(DEFAULT_PORTS)}
    )
    installation = Installation(settings)
    running: list[subprocess.Popen[bytes]] = []
    os.environ.update(UNLIMITED)
    try:
        parts = {part.name: part for part in installation.parts()}
        for name in ("nats", "issuer", "gateway"):
            start(parts[name], running)
        yield installation, psutil.Process(running[-1].pid)
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait()
        forget(settings.state_dir)
        shutil.rmtree(state_dir, ignore_errors=True)


@asynccontextmanager
async def stand_in(port: int) -> AsyncIterator[None]:
    """Answers as funding does to whoever asks for the alert."""

    async def alerts(_: web.Request) -> web.Response:
        record = {"id": ALERT, "code": "DEADLINE_NEAR", "figures": {}}
        return web.json_response({"items": [record], "nextCursor": None})

    app = web.Application()
    app.router.add_get("/v1/alerts", alerts)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, HOST, port).start()
    try:
        yield
    finally:
        await runner.cleanup()


async def subscribe(http: aiohttp.ClientSession, url: str, token: str) -> Socket:
    opened = await http.ws_connect(url, protocols=("graphql-transport-ws",), compress=0)
    payload = {"authorization": f"Bearer {token}"}
    await opened.send_json({"type": "connection_init", "payload": payload})
    assert (await opened.receive_json(timeout=WAIT_S))["type"] == "connection_ack"
    await opened.send_json({"type": "subscribe", "id": "1", "payload": {"query": QUERY}})
    await opened.send_json({"type": "ping"})
    assert (await opened.receive_json(timeout=WAIT_S))["type"] == "pong"
    return opened


async def hears(opened: Socket, event_id: str) -> float:
    told = await opened.receive_json(timeout=WAIT_S)
    found = told["payload"]["data"]["fundingAlert"]
    assert (found["event"]["id"], found["alert"]["id"]) == (event_id, ALERT), told
    return time.perf_counter()


def event(event_id: str) -> bytes:
    type_ = "kim.funding.alert-raised.v1"
    return json.dumps(
        {
            "specversion": "1.0",
            "id": event_id,
            "source": "urn:kim:funding",
            "type": type_,
            "time": "2026-01-15T10:00:00Z",
            "subject": ALERT,
            "tenantid": "05570",
            "data": {"alertId": ALERT},
        }
    ).encode()


async def measure(installation: Installation, process: psutil.Process, count: int) -> bool:
    """Print what was measured; whether memory stayed within bounds."""
    settings = installation.settings
    token = str(sign_in(settings.issuer_url, "waf-funding-officer")["access_token"])
    url = f"{settings.gateway_url}/graphql"
    connector = aiohttp.TCPConnector(limit=0)
    async with (
        stand_in(settings.service_port("funding")),
        aiohttp.ClientSession(connector=connector) as http,
    ):
        await (await subscribe(http, url, token)).close()
        before = process.memory_info().rss
        began_s = time.perf_counter()
        sockets: list[Socket] = []
        while len(sockets) < count:
            some = min(AT_ONCE, count - len(sockets))
            sockets += await asyncio.gather(*(subscribe(http, url, token) for _ in range(some)))
        opened_s = time.perf_counter() - began_s
        idle = process.memory_info().rss
        broker = await connect(installation.nats.url, name="benchmark")
        last_s: list[float] = []
        for _ in range(EVENTS):
            event_id, told_s = str(uuid4()), time.perf_counter()
            await broker.publish("kim.funding.alert-raised.v1", event(event_id))
            heard = await asyncio.gather(*(hears(one, event_id) for one in sockets))
            last_s.append(max(heard) - told_s)
        told = process.memory_info().rss
        await broker.close()
        for one in sockets:
            await one.close()
    per_subscriber = (max(idle, told) - before) / count / 1024
    print(f"{count} subscribers opened in {opened_s:.1f} s")
    print(
        f"memory {before >> 20} MiB, {idle >> 20} MiB with all of them idle, {told >> 20} MiB after"
    )
    print(f"{EVENTS} events told to all")
    print(f"{per_subscriber:.0f} KiB for each subscriber (at most {KIB_PER_SUBSCRIBER_MAX})")
    print(f"an event has reached all of them after {statistics.median(last_s):.2f} s (median)")
    return per_subscriber <= KIB_PER_SUBSCRIBER_MAX


def main() -> int:
    given = arguments()
    with gateway() as (installation, process):
        is_bounded = asyncio.run(measure(installation, process, given.subscribers))
    return 0 if is_bounded else 1


if __name__ == "__main__":
    raise SystemExit(main())
