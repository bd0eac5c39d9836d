"""Alembic environment of the referral service."""

from services.referrals.storage import tables
from services.referrals.storage.base import Table
from shared.database.migration_environment import run

# Imported so that they are in the registry.
assert tables

run("referrals", Table.metadata, has_keys=True)
