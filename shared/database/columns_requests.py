"""Columns of the log of what a partner's system asked and was answered."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from shared.database.tables import UTC_INSTANT


class PartnerRequestColumns(SQLModel):
    """One request of a machine client, without its content: no body, no query, no path value.

    `problem` has the codes of a refusal and the pointers to fields that our contract names;
    `key_digest` and `body_sha256` are SHA-256 in hex, so that a sender can find its own request.
    """

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    client_id: str = Field(max_length=200)
    at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    method: str = Field(max_length=10)
    route: str = Field(max_length=200)
    record_id: UUID | None = None
    status: int
    problem: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    key_digest: str | None = Field(default=None, max_length=64)
    is_replayed: bool
    request_bytes: int
    body_sha256: str | None = Field(default=None, max_length=64)
    duration_ms: int
    request_id: str = Field(max_length=64)
