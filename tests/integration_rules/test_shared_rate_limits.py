"""Two replicas and one counter: the store that they share, as a real server.

Debian's `redis-server` speaks the protocol of Valkey. `.ci/run` installs it; where a machine has
neither, the test is skipped, but never in CI.
"""

import asyncio
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.ports import free_ports
from tests.apis import TokenFor, bearer, create_app, running
from tests.integration_rules.conftest import ServiceApi
from tests.waiting import until

MACHINE, OTHER_MACHINE = "waf-jobcenter-system", "st-jobcenter-system"
PROGRAMS = ("valkey-server", "redis-server")
PER_MINUTE = 10


@pytest.fixture
def store(tmp_path: Path) -> Iterator[str]:
    """The address of an empty store of this test alone."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("Neither valkey-server nor redis-server; .ci/run installs one.")
        pytest.skip("Neither valkey-server nor redis-server is installed.")
    (port,) = free_ports(["rate-limit-store"]).values()
    settings = {"port": port, "bind": "127.0.0.1", "dir": tmp_path, "save": "", "appendonly": "no"}
    arguments = [part for name, value in settings.items() for part in (f"--{name}", str(value))]
    with subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL) as server:
        yield f"async+valkey://127.0.0.1:{port}"
        server.terminate()


async def is_there(store: str) -> bool:
    host, _, port = store.partition("://")[2].partition(":")
    try:
        _, writer = await asyncio.open_connection(host, int(port))
    except OSError:
        return False
    writer.close()
    return True


async def test_two_replicas_share_one_limit(
    service_api: ServiceApi, issuer: str, token_for: TokenFor, store: str
) -> None:
    await until(lambda: is_there(store))
    limits = {"machine_reads_per_minute": PER_MINUTE, "rate_limit_store": store}
    apps = [
        create_app(service_api.sample.service, service_api.database, issuer, **limits)
        for _ in range(2)
    ]
    async with running(apps[0]) as one, running(apps[1]) as other:
        assert (await one.get("/v1/meta")).json()["rateLimits"]["isSharedByReplicas"]
        token = bearer(token_for(MACHINE))
        began_s = time.monotonic()
        clients = [client for client in (one, other) for _ in range(PER_MINUTE)]
        found = [(await client.get("/v1/nothing", headers=token)) for client in clients]
        statuses = [answer.status_code for answer in found]
        # A window that slides lets some more in where the machine needs long for all that.
        if time.monotonic() - began_s < 5:
            assert statuses == [404] * PER_MINUTE + [429] * PER_MINUTE
        assert statuses.count(404) < len(clients)
        left = [int(answer.headers["RateLimit-Remaining"]) for answer in found[:2]]
        assert left == [PER_MINUTE - 1, PER_MINUTE - 2]
        foreign = await other.get("/v1/nothing", headers=bearer(token_for(OTHER_MACHINE)))
        assert foreign.status_code == 404
