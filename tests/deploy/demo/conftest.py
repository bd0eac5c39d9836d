"""The running system with the demonstration data in it."""

import pytest

from deploy.local.demo.load import load
from tests.local_system import LocalSystem


@pytest.fixture(scope="session")
async def loaded(running_system: LocalSystem) -> LocalSystem:
    await load(running_system.settings)
    return running_system
