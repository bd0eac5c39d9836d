"""Starts the parts in order, watches them, and stops them backwards."""

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import psutil

from deploy.local.parts import ENGINES, Installation, Part
from deploy.local.ports import demand_free
from deploy.local.processes import PidFile, last_lines, spawn, stop
from deploy.local.settings import PROJECT_DIR, SERVICES

POLL_S = 0.1
LOG_LINES_SHOWN = 25
MIGRATIONS_HINT = "If the data belong to another state of the code: `make reset` forgets them."


class AlreadyRunning(Exception):
    """Another supervisor works on this state directory."""


class PartFailed(Exception):
    """A part ended by itself or did not become ready; the message carries its last lines."""


class StopAsked(Exception):
    """The supervisor is to end everything."""


@dataclass(slots=True)
class Supervisor:
    """One per state directory. `chosen` limits it to some parts (all, when empty)."""

    installation: Installation
    chosen: tuple[str, ...] = ()
    say: Callable[[str], None] = print
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _stop_asked: threading.Event = field(default_factory=threading.Event)

    def run(self, when_ready: Callable[[], None]) -> None:
        """Until Ctrl-C, SIGTERM or a crash. Raises AlreadyRunning, PortInUse, PartFailed."""
        parts = [
            part
            for part in self.installation.parts()
            if not self.chosen or part.name in self.chosen
        ]
        with only_supervisor(self.installation.run_dir), self._signals():
            stop_leftovers(self.installation)
            ports = self.installation.settings.ports()
            demand_free({name: ports[name] for part in parts for name in part.port_names})
            try:
                self._start_all(parts)
                when_ready()
                self._watch(parts)
            except StopAsked:
                self.say("Stopping …")
            finally:
                self._stop_all(parts)

    def _start_all(self, parts: list[Part]) -> None:
        self._start_and_wait([part for part in parts if part.name in ENGINES])
        others = [part for part in parts if part.name not in ENGINES]
        if any(part.name == "postgres" for part in parts):
            self._migrate([name for name in SERVICES if _is_wanted(name, others)])
        self._start_and_wait(others)

    def _start_and_wait(self, parts: list[Part]) -> None:
        began = time.monotonic()
        for part in parts:
            part.stop_mark.unlink(missing_ok=True)
            self._start(part)
        waiting = list(parts)
        deadline = began + self.installation.settings.ready_timeout_s
        while waiting:
            self._pause()
            for part in list(waiting):
                self._demand_alive(part)
                if part.is_ready():
                    waiting.remove(part)
                    self.say(f"  {part.name:<17} ready after {time.monotonic() - began:4.1f} s")
            if waiting and time.monotonic() > deadline:
                raise PartFailed(_report(waiting[0], "did not become ready in time"))

    def _start(self, part: Part) -> None:
        part.prepare()
        process = spawn(part.command(), part.log_file)
        part.pid_file.write(process.pid)
        self._running[part.name] = process

    def _migrate(self, services: list[str]) -> None:
        if not services:
            return
        began = time.monotonic()
        migrate(self.installation, services)
        self.say(f"  {'migrations':<17} done after {time.monotonic() - began:5.1f} s")

    def _watch(self, parts: list[Part]) -> None:
        while True:
            self._pause()
            for part in parts:
                if part.name in self._running:
                    self._demand_alive(part)
                elif not part.stop_mark.exists():
                    self._start(part)
                    self.say(f"  {part.name} started by command")

    def _demand_alive(self, part: Part) -> None:
        code = self._running[part.name].poll()
        if code is None:
            return
        del self._running[part.name]
        part.pid_file.remove()
        if not part.stop_mark.exists():
            raise PartFailed(_report(part, f"ended by itself with {code}"))
        self.say(f"  {part.name} stopped by command")

    def _stop_all(self, parts: list[Part]) -> None:
        """Backwards; parts of the same kind end side by side."""
        is_engine = {name: name in ENGINES for name in self._running}
        for kind in (False, True):
            threads = [
                threading.Thread(target=stop_part, args=(part,))
                for part in reversed(parts)
                if is_engine.get(part.name) is kind
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        for process in self._running.values():
            process.wait()
        self._running.clear()

    def _pause(self) -> None:
        if self._stop_asked.wait(POLL_S):
            raise StopAsked

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """Ctrl-C and SIGTERM end the loop at its next turn, and never in the middle of a start."""

        def ask(_number: int, _frame: FrameType | None) -> None:
            self._stop_asked.set()

        before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def migrate(installation: Installation, services: list[str]) -> None:
    """Provision the databases and migrate them as their owners. Raises PartFailed."""
    for service in services:
        installation.postgres.provision(service)
    ended = subprocess.run(
        [sys.executable, "-m", "deploy.local.migrations", "upgrade", *services],
        env={**os.environ, **installation.migrator_environment()},
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        said = f"{ended.stdout}{ended.stderr}".strip()
        raise PartFailed(f"The migrations failed:\n{said}\n{MIGRATIONS_HINT}")


def stop_part(part: Part, *, is_forced: bool = False) -> bool:
    """End one part, whoever started it. Answers whether it was running."""
    process = part.pid_file.find()
    if process is None:
        part.pid_file.remove()
        return False
    chosen = signal.SIGKILL if is_forced else part.command().stop_signal
    stop(process, chosen, part.stop_timeout_s)
    part.pid_file.remove()
    return True


def stop_leftovers(installation: Installation) -> None:
    """End what a supervisor killed by force left running, and forget what was stopped then."""
    for part in reversed(installation.parts()):
        stop_part(part)
        part.stop_mark.unlink(missing_ok=True)


@contextmanager
def only_supervisor(run_dir: Path) -> Iterator[None]:
    """Hold the state directory; the lock falls with the process, however it ends.

    Raises AlreadyRunning.
    """
    run_dir.mkdir(parents=True, exist_ok=True)
    with (run_dir / "supervisor.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            running = find_supervisor(run_dir)
            number = f" (pid {running.pid})" if running else ""
            raise AlreadyRunning(f"This installation is already running{number}.") from None
        _supervisor_file(run_dir).write(os.getpid())
        try:
            yield
        finally:
            _supervisor_file(run_dir).remove()


def find_supervisor(run_dir: Path) -> psutil.Process | None:
    return _supervisor_file(run_dir).find()


def _supervisor_file(run_dir: Path) -> PidFile:
    return PidFile(run_dir / "supervisor.pid")


def _is_wanted(service: str, parts: list[Part]) -> bool:
    return any(part.name in {service, f"{service}-worker"} for part in parts)


def _report(part: Part, what: str) -> str:
    lines = "\n".join(f"    {line}" for line in last_lines(part.log_file, LOG_LINES_SHOWN))
    return f"{part.name} {what}. Its last lines ({part.log_file}):\n{lines}"
