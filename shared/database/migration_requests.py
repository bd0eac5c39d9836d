"""What migrations of every service say about the log of partners' requests."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, allow, secure

REQUEST_LOG_DAYS = 90


def add_request_log(service: str) -> None:
    """A unit adds to and reads its own rows; the relay removes what is past its time."""
    op.create_table(
        "partner_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("client_id", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("route", sa.String(length=200), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("problem", postgresql.JSONB(), nullable=True),
        sa.Column("key_digest", sa.String(length=64), nullable=True),
        sa.Column("is_replayed", sa.Boolean(), nullable=False),
        sa.Column("request_bytes", sa.Integer(), nullable=False),
        sa.Column("body_sha256", sa.String(length=64), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_request")),
    )
    op.create_index("ix_partner_request_at", "partner_request", ["tenant_id", "unit_id", "at"])
    secure(
        "partner_request",
        role=f"kim_{service}_app",
        privileges="select, insert",
        using=f"{TENANT_IS_MINE} and {UNIT_IS_MINE}",
    )
    allow(
        "partner_request",
        role=f"kim_{service}_relay",
        privileges="select (at), delete",
        using=f"at < now() - interval '{REQUEST_LOG_DAYS} days'",
    )


def remove_request_log() -> None:
    op.drop_table("partner_request")
