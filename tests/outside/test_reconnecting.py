"""The clients that frontends use keep their subscription over a restart of the gateway."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from deploy.local.demo.client import Client
from deploy.local.parts import Installation, is_healthy
from deploy.local.ports import free_ports
from tests.local_system import LocalSystem
from tests.outside.node import HERE, NODE, ROOT, environment, installed
from tests.outside.test_clients import RECIPIENT, refer
from tests.waiting import until

CLIENTS = ("graphql-ws", "apollo", "urql")
WAIT_S = 60.0  # of a machine that does much else


@asynccontextmanager
async def gateway(system: LocalSystem, port: int, log: Path) -> AsyncIterator[None]:
    """A process of its own before the running services; at the end it is told to stop, and has."""
    own = Installation(system.settings).gateway_environment() | {"GATEWAY_PORT": str(port)}
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "gateway.main",
            cwd=ROOT,
            env={**os.environ, **own},
            stdout=output,
            stderr=output,
        )

    async def is_up() -> bool:
        assert process.returncode is None, f"The gateway ended: {log}"
        return await asyncio.to_thread(is_healthy, f"http://127.0.0.1:{port}")

    try:
        await until(is_up, WAIT_S)
        yield
    finally:
        await ended(process)


@asynccontextmanager
async def listener(client: str, **given: str) -> AsyncIterator[asyncio.StreamReader]:
    process = await asyncio.create_subprocess_exec(
        NODE,
        "stay.mjs",
        cwd=HERE,
        env=environment(KIM_CLIENT=client, **given),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        yield process.stdout
    finally:
        await ended(process)


async def ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
    async with asyncio.timeout(WAIT_S):
        await process.wait()


async def said(lines: asyncio.StreamReader) -> Any:
    line = await lines.readline()
    assert line, "the client gave up"
    return json.loads(line)


async def subscribed(lines: asyncio.StreamReader) -> Any:
    """How it is subscribed; that events may have passed unheard is told before at times."""
    async with asyncio.timeout(WAIT_S):
        while "subscribed" not in (line := await said(lines)):
            pass
    return line["subscribed"]


async def heard_of(lines: asyncio.StreamReader, referral_id: str) -> Any:
    async with asyncio.timeout(WAIT_S):
        while True:
            heard = (await said(lines)).get("heard") or {}
            if (heard.get("referral") or {}).get("id") == referral_id:
                return heard["event"]["type"], heard["referral"]["state"]


async def test_e21_clients_keep_their_subscription_over_a_restart_of_the_gateway(
    demo_system: LocalSystem, people: Client, tmp_path: Path
) -> None:
    installed()
    port, log = free_ports(["gateway_port"])["gateway_port"], tmp_path / "gateway.log"
    given = {
        "KIM_URL": f"ws://127.0.0.1:{port}/graphql",
        "KIM_TOKEN": await people.token(RECIPIENT),
    }
    async with AsyncExitStack() as stack:
        async with gateway(demo_system, port, log):
            clients = [await stack.enter_async_context(listener(one, **given)) for one in CLIENTS]
            first = [await subscribed(one) for one in clients]
            assert first == [{"wasLost": False}] * len(CLIENTS)

        async with gateway(demo_system, port, log):
            again = [await subscribed(one) for one in clients]
            assert again == [{"wasLost": True}] * len(CLIENTS)
            sent = await refer(people)
            for one in clients:
                heard = await heard_of(one, sent["id"])
                assert heard == ("kim.referrals.referral-submitted.v1", "SUBMITTED")
