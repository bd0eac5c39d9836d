"""The subcommands of `python -m deploy.local` but `run`; every function answers the exit code."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from deploy.local.issuer.keys import client_key
from deploy.local.issuer.personas import read_directory
from deploy.local.issuer.settings import PERSONAS_FILE
from deploy.local.parts import Installation, Part
from deploy.local.ports import free_ports
from deploy.local.processes import stop
from deploy.local.settings import DEFAULT_PORTS, PROJECT_DIR, SERVICES, LocalSettings
from deploy.local.sign_in import sign_in, sign_in_system
from deploy.local.state_dir import forget
from deploy.local.supervisor import (
    find_supervisor,
    migrate,
    only_supervisor,
    stop_leftovers,
    stop_part,
)

POLL_S = 0.1
SUPERVISOR_STOP_TIMEOUT_S = 90.0


class CannotDo(Exception):
    """The command does not fit the present state; the message says what to do."""


def stop_parts(settings: LocalSettings, names: list[str], *, is_forced: bool) -> int:
    """Stop single parts of a running installation, or, without names, all of it."""
    installation = Installation(settings)
    if not names:
        supervisor = find_supervisor(installation.run_dir)
        if supervisor:
            stop(supervisor, signal.SIGTERM, SUPERVISOR_STOP_TIMEOUT_S)
        stop_leftovers(installation)
        return 0
    is_supervised = find_supervisor(installation.run_dir) is not None
    for part in _parts_named(installation, names):
        if is_supervised:
            part.stop_mark.touch()
        was_running = stop_part(part, is_forced=is_forced)
        print(f"{part.name}: {'stopped' if was_running else 'was not running'}")
    return 0


def start_parts(settings: LocalSettings, names: list[str]) -> int:
    """Let the running supervisor start stopped parts again, and wait until they are ready."""
    installation = Installation(settings)
    if find_supervisor(installation.run_dir) is None:
        raise CannotDo("Nothing is running here: start it with `make run`.")
    parts = _parts_named(installation, names)
    for part in parts:
        part.stop_mark.unlink(missing_ok=True)
    deadline = time.monotonic() + settings.ready_timeout_s
    for part in parts:
        while not (part.pid_file.find() and part.is_ready()):
            if time.monotonic() > deadline or not find_supervisor(installation.run_dir):
                raise CannotDo(f"{part.name} did not become ready; see {part.log_file}.")
            time.sleep(POLL_S)
        print(f"{part.name}: ready")
    return 0


def status(settings: LocalSettings) -> int:
    """One line per part. Exit code 0 when every part is ready."""
    is_complete = True
    for part in Installation(settings).parts():
        process = part.pid_file.find()
        if process and part.is_ready():
            state = "ready"
        elif process:
            state = "not ready"
        else:
            state = "stopped" if part.stop_mark.exists() else "down"
        is_complete = is_complete and state == "ready"
        pid = str(process.pid) if process else "-"
        print(f"{part.name:<17} {state:<10} {pid:>8}  {part.address}")
    return 0 if is_complete else 3


def reset(settings: LocalSettings) -> int:
    """Forget all data, passwords, keys and logs of this installation."""
    if not settings.state_dir.exists():
        return 0
    installation = Installation(settings)
    with only_supervisor(installation.run_dir):
        stop_leftovers(installation)
        forget(settings.state_dir)
    print(f"Removed {settings.state_dir}")
    return 0


def token(settings: LocalSettings, name: str, *, by_key: bool, is_full: bool) -> int:
    """Print an access token of a person (code flow with PKCE) or a system."""
    directory = read_directory(PERSONAS_FILE)
    if name in directory.people:
        answer = sign_in(settings.issuer_url, name)
    elif name in directory.systems:
        keys_dir = settings.state_dir / "issuer" / "clients"
        key = client_key(keys_dir, name) if by_key else None
        answer = sign_in_system(settings.issuer_url, directory.systems[name], key)
    else:
        known = ", ".join([*directory.people, *directory.systems])
        raise CannotDo(f"Nobody is called {name!r}. Known: {known}.")
    print(json.dumps(answer, indent=2) if is_full else answer["access_token"])
    return 0


def migrate_now(settings: LocalSettings) -> int:
    """Migrate all databases; starts PostgreSQL for as long as it takes if it is not running."""
    installation = Installation(settings)
    if installation.postgres.is_ready():
        migrate(installation, list(SERVICES))
        return 0
    with only_supervisor(installation.run_dir):
        installation.postgres.start()
        try:
            migrate(installation, list(SERVICES))
        finally:
            installation.postgres.stop()
    return 0


def check_migrations() -> int:
    """Migrate empty databases and compare them with the tables in code (`alembic check`)."""
    with tempfile.TemporaryDirectory(prefix="kim-migrations-") as directory:
        Path(directory).chmod(0o711)  # PostgreSQL's account must get through
        throw_away: dict[str, Any] = free_ports(DEFAULT_PORTS)
        state_dir = Path(directory) / "state"
        settings = LocalSettings(state_dir=state_dir, is_durable=False, **throw_away)
        installation = Installation(settings)
        installation.postgres.start()
        try:
            for service in SERVICES:
                installation.postgres.provision(service)
            return subprocess.run(
                [sys.executable, "-m", "deploy.local.migrations", "check"],
                env={**os.environ, **installation.migrator_environment()},
                cwd=PROJECT_DIR,
                check=False,
            ).returncode
        finally:
            installation.postgres.stop()


def _parts_named(installation: Installation, names: list[str]) -> list[Part]:
    known = {part.name: part for part in installation.parts()}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise CannotDo(f"No part is called {', '.join(unknown)}. Parts: {', '.join(known)}.")
    return [known[name] for name in names]
