"""Processes that outlive nobody: started with a log, remembered in a pid file, stopped for sure."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

START_TIME_SLACK_S = 2.0
POLL_S = 0.02


@dataclass(frozen=True, slots=True)
class Account:
    """The operating system's user and group under which a process runs."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Command:
    """What to start. `env` is added to the present environment; `account` needs root."""

    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    account: Account | None = None
    cwd: Path | None = None
    stop_signal: signal.Signals = signal.SIGTERM


def spawn(command: Command, log_file: Path) -> subprocess.Popen[bytes]:
    """Start in a session of its own, so that Ctrl-C reaches the supervisor alone."""
    log_file.parent.mkdir(parents=True, exist_ok=True)
    account = command.account
    with log_file.open("ab") as log:
        return subprocess.Popen(
            command.argv,
            env={**os.environ, **command.env},
            cwd=command.cwd,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )


@dataclass(frozen=True, slots=True)
class PidFile:
    """Remembers one process across supervisors: the file holds its number and nothing else.

    A process that began after the file was written only got the same number.
    """

    path: Path

    def write(self, pid: int) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(".new")
        fresh.write_text(f"{pid}\n")
        fresh.replace(self.path)

    def find(self) -> psutil.Process | None:
        """The process if it still runs; None when it ended, was never started or is another."""
        try:
            process = psutil.Process(int(self.path.read_text()))
            is_younger = process.create_time() > self.path.stat().st_mtime + START_TIME_SLACK_S
        except (OSError, ValueError, psutil.NoSuchProcess):
            return None
        return None if is_younger or not _is_alive(process) else process

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)


def stop(process: psutil.Process, stop_signal: signal.Signals, timeout_s: float) -> None:
    """Ask politely; after `timeout_s` end the process and its children by force."""
    try:
        family = [process, *process.children(recursive=True)]
        process.send_signal(stop_signal)
    except psutil.NoSuchProcess:
        return
    if _wait_until_gone([process], timeout_s):
        return
    for member in family:
        with contextlib.suppress(psutil.NoSuchProcess):
            member.kill()
    _wait_until_gone(family, timeout_s)


def _wait_until_gone(processes: list[psutil.Process], timeout_s: float) -> bool:
    """Whether all ended in time. One that ended counts, whether or not its parent has noticed:
    the parent of an orphan may be an init that never asks.
    """
    deadline = time.monotonic() + timeout_s
    while any(_is_alive(process) for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_S)
    return True


def _is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def last_lines(log_file: Path, count: int) -> list[str]:
    """The end of a log, for the report of a crash."""
    try:
        return log_file.read_text(errors="replace").splitlines()[-count:]
    except OSError:
        return []
