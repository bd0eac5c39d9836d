"""What every test may ask for: real engines, a migrated database of its own, real tokens."""

import os
import re
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import NoReturn

import pytest
import structlog
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadGroupScheduling

from deploy.local.demo.client import Client
from deploy.local.issuer.personas import read_directory
from deploy.local.issuer.settings import PERSONAS_FILE
from deploy.local.postgres import PostgresServer
from deploy.local.sign_in import sign_in, sign_in_system
from tests import engines
from tests.engines import Engines, ServiceDatabase
from tests.local_system import LocalSystem
from tests.log_traces import traces_in

# A busy machine is slow; how fast something is, a benchmark says and never a test.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    structlog.configure(processors=[_drop])  # a test asserts what is answered, not what is logged
    if not hasattr(config, "workerinput"):  # pytest itself, or the controller of xdist
        config.stash[RUN_DIR] = engines.begin_run()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadGroupScheduling:
    config.option.loadscopereorder = False  # long files of few tests must not come last
    return OneSystemScheduling(config, log)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """No log of any program of the run may hold a name, a note, a token or a secret."""
    run_dir = session.config.stash.get(RUN_DIR, None)
    found = traces_in(run_dir) if run_dir else []
    if found:
        session.config.stash[TRACES_FOUND] = found
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in terminalreporter.config.stash.get(TRACES_FOUND, []):
        terminalreporter.write_line(f"FAILED: the logs of this run hold a trace, {line}", red=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    run_dir = config.stash.get(RUN_DIR, None)
    if run_dir:
        engines.end_run(run_dir)


def _drop(_logger: object, _method: str, _event: object) -> NoReturn:
    raise structlog.DropEvent


# What runs on the one whole system, whose data its tests share.
ON_THE_SYSTEM = (
    "tests/gateway/",
    "tests/journeys/test_every_path_agrees.py",
    "tests/journeys/test_generated_clients.py",
    "tests/journeys/test_main_job.py",
    "tests/journeys/test_nothing_leaks.py",
    "tests/journeys/test_rights_of_persons.py",
    "tests/journeys/test_scrubbed_copy.py",
    "tests/deploy/demo/",
    "tests/portal/",
    "tests/deploy/test_demo_books.py",
    "tests/deploy/test_whole_system.py",
    "tests/outside/test_frontend_starter.py",
    "tests/outside/test_clients.py",
    "tests/outside/test_reconnecting.py",
    "tests/outside/test_graphql_http.py",
    "tests/outside/test_schemathesis_graphql.py",
)


# What asks the same of every service, each in one app that all its tests share.
BY_SERVICE = ("tests/contracts/", "tests/integration_rules/")
SERVICE = re.compile(r"\[(cases|funding|referrals)\b")


class OneSystemScheduling(LoadGroupScheduling):
    """Tests on the whole system go to one worker, one after the other; the rest file by file.

    What a file or a service prepares for its tests is so made once, and not by every worker.
    """

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(ON_THE_SYSTEM):
            return "system"
        file, _, name = nodeid.partition("::")
        service = SERVICE.search(name)
        if service and file.startswith(BY_SERVICE):
            folder = file if file.startswith("tests/contracts/") else file.rsplit("/", 1)[0]
            return f"{folder}[{service[1]}]"
        return file


RUN_DIR = pytest.StashKey[Path]()
TRACES_FOUND = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def real_engines(request: pytest.FixtureRequest) -> Engines:
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    return Engines(Path(os.environ[engines.RUN_DIR_VARIABLE]), worker)


@pytest.fixture(scope="session")
def postgres(real_engines: Engines) -> PostgresServer:
    """A running PostgreSQL, shared by all workers; make databases with names of your own."""
    return real_engines.postgres()


@pytest.fixture(scope="session")
def database(real_engines: Engines) -> Callable[[str], ServiceDatabase]:
    """`database("cases")`: this worker's migrated copy. Emptying it is the test's own matter."""
    return real_engines.database


@pytest.fixture(scope="session")
def nats_url(real_engines: Engines) -> str:
    """A NATS server with JetStream for this worker alone."""
    return real_engines.nats_url()


@pytest.fixture(scope="session")
def running_system(real_engines: Engines) -> LocalSystem:
    """The whole system in processes of its own, shared by all workers: for journeys.

    Addresses are in `.settings`; tokens come from its own issuer (`.settings.issuer_url`).
    """
    return real_engines.system()


@pytest.fixture(scope="session")
def demo_system(running_system: LocalSystem) -> LocalSystem:
    """The whole system with the demonstration data, loaded as `make run` loads it."""
    running_system.load_demo_data()
    return running_system


@pytest.fixture
async def people(demo_system: LocalSystem) -> AsyncIterator[Client]:
    """Signs in as any persona and calls the parts as a partner's software would."""
    async with Client(demo_system.settings) as client:
        yield client


@pytest.fixture(scope="session")
def issuer(real_engines: Engines) -> str:
    """The URL of a running development issuer."""
    return real_engines.issuer_url()


@pytest.fixture(scope="session")
def token_for(issuer: str) -> Callable[[str], str]:
    """`token_for("waf-case-manager")`: an access token by the real flow, one per persona.

    A run may last longer than a token: who asks late gets a new one.
    """
    directory = read_directory(PERSONAS_FILE)
    known: dict[str, tuple[str, float]] = {}

    def token(name: str) -> str:
        if name not in known or known[name][1] < time.monotonic():
            system = directory.systems.get(name)
            answer = sign_in_system(issuer, system) if system else sign_in(issuer, name)
            renewed_at_s = time.monotonic() + answer["expires_in"] / 3
            known[name] = (str(answer["access_token"]), renewed_at_s)
        return known[name][0]

    return token
