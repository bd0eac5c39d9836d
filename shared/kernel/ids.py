"""Identifiers: UUIDv7 for records, so that they sort by time and say nothing else."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from uuid_utils.compat import uuid7

BITS_BEHIND_TIME: Final = 80


def new_id() -> UUID:
    return UUID(int=uuid7().int)


def made_at(record_id: UUID) -> datetime:
    """The instant at which `new_id` gave it, cut to milliseconds."""
    return datetime.fromtimestamp((record_id.int >> BITS_BEHIND_TIME) / 1000, UTC)
