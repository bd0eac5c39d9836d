from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines import ENTER_ONLY
from tests.journeys.system import System


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    folder = tmp_path_factory.mktemp("system")
    for path in (folder, folder.parent):
        path.chmod(ENTER_ONLY)  # PostgreSQL's account must get through
    running = System(Path(folder))
    try:
        running.start_all()
        yield running
    finally:
        running.stop_all()
