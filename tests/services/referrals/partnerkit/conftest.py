"""The real service and the mock over HTTP, and the two systems that meet there."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from deploy.local.issuer.keys import client_key
from deploy.local.issuer.personas import read_directory
from deploy.local.issuer.settings import PERSONAS_FILE
from deploy.local.ports import free_ports
from deploy.partnerkit.checks import World
from deploy.partnerkit.checks.frame import standard_referral
from deploy.partnerkit.http import Client
from deploy.partnerkit.mock.app import create_mock, mock_settings
from deploy.partnerkit.receiver import Receiver
from services.referrals.main import create_app
from services.referrals.settings import Settings
from tests.apis import SEALING_KEY
from tests.engines import Engines, ServiceDatabase
from tests.receiver import PLAIN_HOSTS, PORTS
from tests.webhook_worker import set_clock, working

READY_S = 30.0
SYSTEMS = read_directory(PERSONAS_FILE).systems
RECEIVER_PORT = PORTS[5]


@contextlib.contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The app on a port of its own while the block runs; its address."""
    # Here and now: making it silences warnings, which two threads cannot do at once.
    app.openapi()
    port = free_ports(["app"])["app"]
    config = uvicorn.Config(app, port=port, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    deadline = time.monotonic() + READY_S
    while not server.started:
        assert thread.is_alive()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def mock_url(issuer: str) -> Iterator[str]:
    with served(create_mock(mock_settings(issuer, reads=0, writes=0), speed=100)) as url:
        yield url


@pytest.fixture(scope="module")
def service_url(
    settings: Settings,
    directory: None,
    referrals_database: ServiceDatabase,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """HTTP and the webhooks of the worker, on real engines."""

    clock = tmp_path_factory.mktemp("clock") / "clock"
    set_clock(clock, timedelta(0))
    environment = {
        "REFERRALS_DATABASE_DSN": referrals_database.app_dsn,
        "REFERRALS_SEALING_KEYS": SEALING_KEY,
        "REFERRALS_WEBHOOK_PLAIN_HOSTS": json.dumps(PLAIN_HOSTS),
        "REFERRALS_WEBHOOK_TIMER_S": "0.05",
    }
    with served(create_app(settings)) as url, working("referrals", clock, environment):
        yield url


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    """Of `mock_url` or `service_url`, as the test's parameter says."""
    found: str = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def world_at(issuer: str, real_engines: Engines) -> Callable[[str], World]:
    keys: Path = real_engines.issuer_state_dir() / "clients"

    def world(base_url: str) -> World:
        def client(name: str) -> Client:
            key = client_key(keys, name)
            return Client(base_url, f"{issuer}/token", name, SYSTEMS[name].secret, key)

        return World(
            partner=client("waf-jobcenter-system"),
            counterpart=client("waf-jugendamt-system"),
            referral=standard_referral("waf-jugendamt", "05570044"),
            receiver=Receiver(RECEIVER_PORT),
        )

    return world
