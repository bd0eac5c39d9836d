"""Identifiers: UUIDv7 for records, so that they sort by time and say nothing else."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    return UUID(int=uuid7().int)
