"""A backup of the records, restored elsewhere while their keys stay where they are."""

from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.local.postgres import PostgresServer
from tests.engines import ServiceDatabase
from tests.services.cases.secrecy.stored import take_backup


@pytest.fixture
def backup(
    postgres: PostgresServer, cases_database: ServiceDatabase, tmp_path: Path
) -> Callable[[], Callable[[], ServiceDatabase]]:
    """Takes a backup of the records by pg_dump; what it gives restores it elsewhere."""
    return lambda: take_backup(postgres, "cases", cases_database.name, tmp_path)
