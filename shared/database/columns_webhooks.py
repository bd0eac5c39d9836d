"""Columns and constraints of the three tables of webhooks; each service makes its own tables."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from shared.database.tables import UTC_INSTANT, one_of
from shared.webhooks.codes import WebhookDeliveryState, WebhookEndpointState
from shared.webhooks.outgoing import TryOutcome
from shared.webhooks.signing import SignatureProfile

IS_OPEN: Final = "state in ('WAITING', 'SENDING')"


class WebhookEndpointColumns(SQLModel):
    """Where a unit wants to hear of its events. `cursor_*` is how far the feed was planned.

    `missed_until`: what happened until then was forgotten by the feed before it was planned here.
    """

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    version: int = 1
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    created_by: str = Field(max_length=520)
    url: str = Field(max_length=2000)
    description: str = Field(max_length=200)
    types: list[str] = Field(sa_type=ARRAY(String(200)), nullable=False)
    includes_own: bool = False
    profile: str = Field(max_length=10)
    state: str = Field(max_length=10)
    disabled_reason: str | None = Field(default=None, max_length=30)
    secret_sealed: bytes = Field(sa_type=LargeBinary, nullable=False)
    previous_secret_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    previous_until: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    cursor_tx: int = Field(sa_type=BigInteger, nullable=False)
    cursor_id: UUID
    silence_hours: int | None = None
    is_silent: bool = False
    last_success_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    missed_until: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)


class WebhookDeliveryColumns(SQLModel):
    """One event for one endpoint. The body is built from the feed at every try and never kept."""

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    endpoint_id: UUID
    event_id: UUID
    subject: UUID
    feed_tx: int = Field(sa_type=BigInteger, nullable=False)
    type: str = Field(max_length=200)
    state: str = Field(max_length=10)
    attempts: int = 0
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    first_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    next_attempt_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    leased_until: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    replay_id: UUID | None = None
    is_test: bool = False


class WebhookAttemptColumns(SQLModel):
    """One try of a delivery; neither what was sent nor what was answered."""

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    delivery_id: UUID
    at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    outcome: str = Field(max_length=20)
    status: int | None = None
    duration_ms: int


def endpoint_arguments() -> tuple[Any, ...]:
    return (
        CheckConstraint(one_of("profile", SignatureProfile), name="profile"),
        CheckConstraint(one_of("state", WebhookEndpointState), name="state"),
        CheckConstraint("silence_hours between 1 and 8760", name="silence_hours"),
        CheckConstraint(
            "(previous_secret_sealed is null) = (previous_until is null)", name="overlap"
        ),
        Index("ix_webhook_endpoint_unit", "tenant_id", "unit_id", "created_at", "id"),
    )


def delivery_arguments() -> tuple[Any, ...]:
    return (
        CheckConstraint(one_of("state", WebhookDeliveryState), name="state"),
        CheckConstraint("(state = 'SENDING') = (leased_until is not null)", name="lease"),
        UniqueConstraint(
            "tenant_id",
            "endpoint_id",
            "event_id",
            "replay_id",
            name="uq_webhook_delivery_once",
            postgresql_nulls_not_distinct=True,
        ),
        Index(
            "ix_webhook_delivery_open",
            "tenant_id",
            "endpoint_id",
            "subject",
            "feed_tx",
            "event_id",
            postgresql_where=text(IS_OPEN),
        ),
        Index("ix_webhook_delivery_listed", "tenant_id", "endpoint_id", "created_at", "id"),
    )


def attempt_arguments() -> tuple[Any, ...]:
    return (
        CheckConstraint(one_of("outcome", TryOutcome), name="outcome"),
        Index("ix_webhook_attempt_delivery", "tenant_id", "delivery_id", "at"),
    )
