"""Programs that run beside the system while it is measured, on free ports of their own."""

import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks.filling import ADMIN
from benchmarks.system import NotStarted, System
from deploy.local.ports import free_ports
from deploy.local.processes import Command, last_lines, spawn
from deploy.local.settings import HOST, PROJECT_DIR

START_TIMEOUT_S = 60.0
STOP_TIMEOUT_S = 20.0
POLL_S = 0.05


@contextmanager
def beside(
    system: System, name: str, command: Callable[[System, int], Command]
) -> Iterator[tuple[str, psutil.Process]]:
    """Where it answers, and its process. Raises NotStarted."""
    port = free_ports([name])[name]
    with tempfile.TemporaryDirectory(prefix="kim-benchmark-") as directory:
        log = Path(directory) / f"{name}.log"
        process = spawn(command(system, port), log)
        try:
            deadline = time.monotonic() + START_TIMEOUT_S
            while not _listens(port):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise NotStarted("\n".join(last_lines(log, 30)))
                time.sleep(POLL_S)
            yield f"http://{HOST}:{port}", psutil.Process(process.pid)
        finally:
            process.terminate()
            process.wait(STOP_TIMEOUT_S)


def _listens(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        return probe.connect_ex((HOST, port)) == 0


def limits_command(system: System, port: int) -> Command:
    dsn = system.installation.postgres.dsn(ADMIN, "kim_cases")
    return Command(
        (sys.executable, "-m", "benchmarks.limits", f"--port={port}", f"--dsn={dsn}"),
        cwd=PROJECT_DIR,
    )


def stock_command(system: System, port: int) -> Command:
    environment = system.installation.gateway_environment()
    return Command(
        (sys.executable, "-m", "benchmarks.stock"),
        environment | {"GATEWAY_PORT": str(port)},
        cwd=PROJECT_DIR,
    )
