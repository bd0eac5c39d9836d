"""Alembic environment of the funding service."""

from services.funding.storage.tables import Table
from shared.database.migration_environment import run

run("funding", Table.metadata)
