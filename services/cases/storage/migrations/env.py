"""Alembic environment of the case service."""

from services.cases.storage.tables import Table
from shared.database.migration_environment import run

run("cases", Table.metadata, has_keys=True)
