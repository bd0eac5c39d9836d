"""Real engines for the tests: started when first asked for, shared by all workers of one run.

The process that runs pytest (with xdist: the controller) makes one folder per run and removes it
at its end with all engines. Whoever needs an engine first starts it, under a lock. What a run
killed by force left behind, the next run clears away.
"""

import contextlib
import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from deploy.local.parts import Installation, Part
from deploy.local.ports import free_ports
from deploy.local.postgres import PostgresServer
from deploy.local.processes import PidFile, last_lines, spawn, stop
from deploy.local.settings import DEFAULT_PORTS, PROJECT_DIR, LocalSettings
from deploy.local.state_dir import NotOurFolder, forget
from deploy.local.supervisor import find_supervisor, stop_part
from tests.local_system import LocalSystem

RUN_DIR_VARIABLE = "KIM_TEST_RUN_DIR"
PREFIX = "kim-tests-"
CLEARING = f"kim-clearing-tests-of-{os.getuid()}.lock"
PORTS = ".ports.json"
ENTER_ONLY = 0o711
START_TIMEOUT_S = 30.0
STOP_TIMEOUT_S = 60.0
TURN_TIMEOUT_S = 600.0  # the longest turn starts the whole system, on a machine that does much else
YOUNG_S = 60.0  # a folder this young may still be in the making
POLL_S = 0.02
WITH_KEYS = {"cases", "referrals"}

_children: list[subprocess.Popen[Any]] = []  # kept, so that none is collected while it runs


class EngineFailed(Exception):
    """An engine or the migrations did not start; the message carries the last lines."""


@dataclass(frozen=True, slots=True)
class ServiceDatabase:
    """One worker's own copy of a service's migrated database, under its three roles."""

    name: str
    app_dsn: str
    relay_dsn: str
    owner_dsn: str


class Engines:
    """The engines of one run, as one worker sees them."""

    def __init__(self, run_dir: Path, worker: str) -> None:
        self._run_dir = run_dir
        self._worker = re.sub(r"[^a-z0-9]", "", worker)
        self._copies: dict[str, ServiceDatabase] = {}
        self._own_turn = threading.RLock()
        self._turns = 0

    def postgres(self) -> PostgresServer:
        with self.turn():
            installation = self._installation("shared")
            self._start(installation, "postgres")
            return installation.postgres

    def nats_url(self) -> str:
        """A server for this worker alone: stream and subjects have fixed names."""
        with self.turn():
            installation = self._installation(f"nats-{self._worker}")
            self._start(installation, "nats")
            return installation.nats.url

    def issuer_url(self) -> str:
        with self.turn():
            installation = self._installation("shared")
            self._start(installation, "issuer")
            return installation.settings.issuer_url

    def issuer_state_dir(self) -> Path:
        """Where the running issuer keeps its keys."""
        return self._run_dir / "shared" / "issuer"

    def system(self) -> LocalSystem:
        """Everything, as `make run` starts it, without demonstration data; one for all workers."""
        with self.turn():
            ports = self._ports("system")
            system = LocalSystem(self._run_dir / "system", ports)
            if find_supervisor(system.state_dir / "run") is None:
                system.run()
                assert system.running is not None
                _children.append(system.running)
        return system

    def database(self, service: str, copy: str = "") -> ServiceDatabase:
        """This worker's copy of the template that the service's real migrations built.

        A test that counts everything there is asks for a `copy` of its own.
        """
        key = service + copy
        if key not in self._copies:
            server = self.postgres()
            name = f"kim_{service}_{self._worker}{copy and '_' + copy}"
            with self.turn():
                self._ensure_template(server, service)
                for ending in ("", "_keys") if service in WITH_KEYS else ("",):
                    copied = f"create database {name}{ending} template kim_{service}{ending}"
                    server.psql("postgres", statement=copied)
                server.provision(service, name)
            self._copies[key] = ServiceDatabase(
                name=name,
                app_dsn=server.dsn(f"kim_{service}_app", name),
                relay_dsn=server.dsn(f"kim_{service}_relay", name),
                owner_dsn=server.dsn(f"kim_{service}_owner", name),
            )
        return self._copies[key]

    def _ensure_template(self, server: PostgresServer, service: str) -> None:
        mark = self._run_dir / f"template-{service}"
        if mark.exists():
            return
        server.provision(service)
        dsn = server.dsn(f"kim_{service}_owner", f"kim_{service}")
        ended = subprocess.run(
            [sys.executable, "-m", "deploy.local.migrations", "upgrade", service],
            env={**os.environ, f"{service.upper()}_MIGRATOR_DSN": dsn},
            cwd=PROJECT_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
        if ended.returncode:
            raise EngineFailed(f"The migrations of {service} failed:\n{ended.stderr}")
        mark.touch()

    def _installation(self, name: str) -> Installation:
        state_dir = self._run_dir / name
        settings = LocalSettings(state_dir=state_dir, is_durable=False, **self._ports(name))
        return Installation(settings)

    def _ports(self, name: str) -> dict[str, int]:
        """The same ports for all workers of the run: chosen once, then read from a file."""
        ports_file = self._run_dir / f"{name}{PORTS}"
        if not ports_file.exists():
            ports_file.write_text(json.dumps(free_ports(DEFAULT_PORTS)))
        ports: dict[str, int] = json.loads(ports_file.read_text())
        return ports

    def _start(self, installation: Installation, name: str) -> None:
        part = next(part for part in installation.parts() if part.name == name)
        if part.pid_file.find():
            return
        part.prepare()
        child = spawn(part.command(), part.log_file)
        part.pid_file.write(child.pid)
        _children.append(child)
        _wait_until_ready(part, child)

    @contextmanager
    def turn(self, timeout_s: float = TURN_TIMEOUT_S) -> Iterator[None]:
        """Nobody else of this run changes engines, roles or template databases meanwhile.

        Who has the turn may take it again. Raises EngineFailed when it does not come in time.
        """
        if not self._own_turn.acquire(timeout=timeout_s):
            raise EngineFailed(f"Another thread of {self._worker} has the turn for {timeout_s} s.")
        try:
            self._turns += 1
            if self._turns > 1:
                yield
                return
            with (self._run_dir / "turn.lock").open("a+") as lock:
                _lock_in_time(lock, timeout_s)
                lock.truncate(0)
                lock.write(f"{self._worker}, process {os.getpid()}")
                lock.flush()
                yield
        finally:
            self._turns -= 1
            self._own_turn.release()


def _lock_in_time(lock: IO[str], timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while True:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        if time.monotonic() > deadline:
            lock.seek(0)
            holder = lock.read() or "somebody"
            raise EngineFailed(f"The turn did not come in {timeout_s} s: {holder} has it.")
        time.sleep(POLL_S)


def _wait_until_ready(part: Part, child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while not part.is_ready():
        if child.poll() is not None or time.monotonic() > deadline:
            lines = "\n".join(last_lines(part.log_file, 20))
            raise EngineFailed(f"{part.name} did not start:\n{lines}")
        time.sleep(POLL_S)


def begin_run() -> Path:
    """Make the folder of this run and tell the workers by environment."""
    _clear_left_behind()
    run_dir = Path(tempfile.mkdtemp(prefix=PREFIX))
    run_dir.chmod(ENTER_ONLY)  # PostgreSQL's account must get through
    PidFile(run_dir / "pytest.pid").write(os.getpid())
    os.environ[RUN_DIR_VARIABLE] = str(run_dir)
    return run_dir


def end_run(run_dir: Path) -> None:
    """Stop every engine of the run and remove its folder."""
    _end_engines(run_dir)
    for child in _children:
        child.wait()
    shutil.rmtree(run_dir)
    os.environ.pop(RUN_DIR_VARIABLE, None)


def _end_engines(run_dir: Path) -> None:
    for ports_file in run_dir.glob(f"*{PORTS}"):
        directory = run_dir / ports_file.name.removesuffix(PORTS)
        if not directory.is_dir():  # ports were chosen, and nothing was started
            continue
        ports = json.loads(ports_file.read_text())
        settings = LocalSettings(state_dir=directory, is_durable=False, **ports)
        supervisor = find_supervisor(directory / "run")
        if supervisor:
            stop(supervisor, signal.SIGTERM, STOP_TIMEOUT_S)
        for part in reversed(Installation(settings).parts()):
            stop_part(part, is_forced=part.name != "postgres")
        forget(directory)


def _clear_left_behind() -> None:
    """Of several runs that begin at once one clears; the others go on."""
    try:
        lock = (Path(tempfile.gettempdir()) / CLEARING).open("a")
    except OSError:
        return
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        for directory in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            # What cannot be cleared must not keep this run from its work.
            with contextlib.suppress(OSError, ValueError, NotOurFolder):
                if _is_left_behind(directory):
                    _end_engines(directory)
                    shutil.rmtree(directory)


def _is_left_behind(directory: Path) -> bool:
    found = directory.stat()
    is_mine = found.st_uid == os.getuid() and time.time() - found.st_mtime > YOUNG_S
    return is_mine and PidFile(directory / "pytest.pid").find() is None
