import fcntl
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.local.demo.client import Client
from deploy.local.settings import PROJECT_DIR
from tests.local_system import LocalSystem


def load_demo_data(system: LocalSystem) -> None:
    """Through the public interfaces, as `make run` does; the second time it changes nothing."""
    ended = subprocess.run(
        [sys.executable, "-m", "deploy.local.demo.load"],
        env=system.environment,
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr


@pytest.fixture(scope="session")
def demo_system(running_system: LocalSystem) -> LocalSystem:
    """The whole system with the demonstration data, shared by all workers of the run."""
    with Path(f"{running_system.state_dir}.demo-lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        load_demo_data(running_system)
    return running_system


@pytest.fixture
async def people(demo_system: LocalSystem) -> AsyncIterator[Client]:
    """Signs in as any persona and calls the parts as a partner's software would."""
    async with Client(demo_system.settings) as client:
        yield client
