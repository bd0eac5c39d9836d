"""Alembic environment of the referral service."""

from services.referrals.storage import directory_tables, tables
from services.referrals.storage.base import Table
from shared.database.migration_environment import run

# Imported so that their tables are in the registry.
assert directory_tables
assert tables

run("referrals", Table.metadata)
