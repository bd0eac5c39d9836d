"""An installation of its own for measuring: kept with its data, started as `make run` does it."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from benchmarks.filling import fill, is_filled
from deploy.local.parts import Installation
from deploy.local.ports import free_ports
from deploy.local.processes import PidFile, last_lines
from deploy.local.settings import DEFAULT_PORTS, HOST, PROJECT_DIR, SERVICES, LocalSettings
from deploy.local.state_dir import forget
from deploy.local.supervisor import migrate

READY: Final = "Ctrl-C stops everything"
START_TIMEOUT_S: Final = 180.0
STOP_TIMEOUT_S: Final = 90.0
POLL_S: Final = 0.05
# Measured is what a request costs, not how many of them one client may send.
UNLIMITED: Final = {"GATEWAY_MACHINE_REQUESTS_PER_MINUTE": "0"} | {
    f"{service.upper()}_MACHINE_{kind}_PER_MINUTE": "0"
    for service in SERVICES
    for kind in ("READS", "WRITES")
}


class NotStarted(Exception):
    """The system did not become ready; the message carries its last lines."""


@dataclass(frozen=True, slots=True)
class System:
    """A running installation; `start_s` is what the start took, from nothing to ready."""

    installation: Installation
    start_s: float

    def url(self, part: str) -> str:
        settings = self.installation.settings
        port = settings.gateway_port if part == "gateway" else settings.service_port(part)
        return f"http://{HOST}:{port}"

    def process(self, part: str) -> psutil.Process:
        found = PidFile(self.installation.run_dir / f"{part}.pid").find()
        if found is None:
            raise NotStarted(f"{part} does not run.")
        return found

    def memory_mib(self) -> dict[str, float]:
        """Resident memory of each part; PostgreSQL's with all its sessions, shared pages once."""
        sizes = {}
        for part in self.installation.parts():
            process = self.process(part.name)
            family = [process, *process.children(recursive=True)]
            sizes[part.name] = sum(one.memory_full_info().pss for one in family) / 2**20
        return sizes


def prepared(state_dir: Path, cases: int, *, is_refilled: bool) -> Installation:
    """The installation in that folder, filled now if it is not."""
    state_dir.parent.mkdir(parents=True, exist_ok=True)
    if state_dir.exists() and (is_refilled or not is_filled(state_dir, cases)):
        print(f"Forgetting {state_dir}: other data are asked for.")
        Installation(_settings(state_dir)).postgres.stop()
        forget(state_dir)
        shutil.rmtree(state_dir, ignore_errors=True)
        _ports_file(state_dir).unlink(missing_ok=True)
    installation = Installation(_settings(state_dir))
    if is_filled(state_dir, cases):
        print(f"Using the filled databases in {state_dir}")
        return installation
    print(f"Filling {state_dir} with {cases:,} cases", flush=True)
    installation.postgres.start()
    try:
        migrate(installation, list(SERVICES))
        asyncio.run(fill(installation, cases))
    finally:
        installation.postgres.stop()
    return installation


@contextmanager
def running(installation: Installation) -> Iterator[System]:
    """All parts in processes of their own, stopped at the end. Raises NotStarted."""
    settings = installation.settings
    output = settings.state_dir.with_suffix(".out")
    ports = {f"KIM_{name.upper()}": str(port) for name, port in settings.ports().items()}
    began = time.monotonic()
    with output.open("wb") as said:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "deploy.local", "run"],
            env={
                **os.environ,
                **UNLIMITED,
                **ports,
                "KIM_STATE_DIR": str(settings.state_dir),
                "KIM_HAS_DEMO_DATA": "false",
                "PYTHONUNBUFFERED": "1",
            },
            cwd=PROJECT_DIR,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        while READY not in output.read_text():
            if supervisor.poll() is not None or time.monotonic() - began > START_TIMEOUT_S:
                raise NotStarted("\n".join(last_lines(output, 30)))
            time.sleep(POLL_S)
        yield System(installation, time.monotonic() - began)
    finally:
        if supervisor.poll() is None:
            supervisor.send_signal(signal.SIGTERM)
        supervisor.wait(STOP_TIMEOUT_S)


def cold_start_s() -> float:
    """From nothing to ready: databases made and migrated, keys and passwords drawn."""
    with tempfile.TemporaryDirectory(prefix="kim-benchmark-") as directory:
        Path(directory).chmod(0o711)  # PostgreSQL's account must get through
        state_dir = Path(directory) / "state"
        with running(Installation(_settings(state_dir))) as system:
            took_s = system.start_s
        forget(state_dir)
    return took_s


def _settings(state_dir: Path) -> LocalSettings:
    """Ports are kept with the data: the records name their authors by the issuer's address."""
    file = _ports_file(state_dir)
    if not file.exists():
        file.write_text(json.dumps(free_ports(DEFAULT_PORTS)))
    ports = json.loads(file.read_text())
    return LocalSettings.model_validate({"state_dir": state_dir, "has_demo_data": False, **ports})


def _ports_file(state_dir: Path) -> Path:
    return state_dir.with_suffix(".ports.json")
