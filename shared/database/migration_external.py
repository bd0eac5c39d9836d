"""What migrations of every service say about the numbers of other systems."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, secure


def add_external_ids(service: str, kinds: tuple[str, ...]) -> None:
    """A unit sees and adds its own numbers; the record behind one stays the same."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.create_table(
        "external_id",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("system", sa.String(length=40), nullable=True),
        sa.Column("value", sa.String(length=80), nullable=True),
        sa.Column("value_digest", sa.LargeBinary(), nullable=False),
        sa.Column("told", postgresql.JSONB(), nullable=True),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"kind in ({listed})", name=op.f("ck_external_id_kind")),
        sa.CheckConstraint(
            "(system is null) = (value is null)", name=op.f("ck_external_id_whole_number")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_external_id")),
    )
    key = ["tenant_id", "unit_id", "kind", "value_digest"]
    op.create_index("uq_external_id", "external_id", key, unique=True)
    op.create_index("ix_external_id_record", "external_id", ["tenant_id", "record_id"])
    secure(
        "external_id",
        role=f"kim_{service}_app",
        privileges="select, insert, update (system, value, told, told_at)",
        using=f"{TENANT_IS_MINE} and {UNIT_IS_MINE}",
    )


def remove_external_ids() -> None:
    op.drop_table("external_id")
