"""proofs of use

One reason per file. Expand (add nullable), backfill outside in batches, contract in a later
release; indexes on filled tables concurrently; every new table through `secure(...)`.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import secure

revision = "d72b90f4e1a8"
down_revision = "7a0f1550de02"
branch_labels = None
depends_on = None

APP = "kim_funding_app"
SHA256 = "~ '^[0-9a-f]{64}$'"
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "proof",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.Column("allocation_id", sa.Uuid(), nullable=True),
        sa.Column("regime", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("is_overdue", sa.Boolean(), nullable=False),
        sa.Column("query", sa.String(length=2000), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("recovery_cents", sa.BigInteger(), nullable=False),
        sa.Column("recovery_ground", sa.String(length=20), nullable=True),
        sa.Column("decision_ref", sa.String(length=100), nullable=False),
        sa.Column("settlement_ref", sa.String(length=100), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("decided_by", sa.String(length=520), nullable=True),
        sa.CheckConstraint(
            "regime in ('SIMPLE', 'QUALIFIED', 'HVB_CONFIRMATION')", name=op.f("ck_proof_regime")
        ),
        sa.CheckConstraint(
            "state in ('NOT_DUE', 'OPEN', 'SUBMITTED', 'UNDER_REVIEW', 'QUERY', 'ACCEPTED',"
            " 'ACCEPTED_WITH_RECOVERY', 'REJECTED', 'RECOVERY_OPEN', 'SETTLED')",
            name=op.f("ck_proof_state"),
        ),
        sa.CheckConstraint(
            "recovery_ground in ('UNSPENT', 'INELIGIBLE', 'DOUBLE_FUNDED', 'LATE')",
            name=op.f("ck_proof_recovery_ground"),
        ),
        sa.CheckConstraint(
            "recovery_cents >= 0 and (recovery_cents > 0) = (recovery_ground is not null)",
            name=op.f("ck_proof_recovery_whole"),
        ),
        sa.CheckConstraint("decided_by <> recorded_by", name=op.f("ck_proof_four_eyes")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "award_id"],
            ["award.tenant_id", "award.id"],
            name="fk_award",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "allocation_id"],
            ["allocation.tenant_id", "allocation.id"],
            name="fk_allocation",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof")),
        sa.UniqueConstraint("tenant_id", "id", name="uq_proof_tenant_id"),
        sa.UniqueConstraint(
            "tenant_id",
            "award_id",
            "allocation_id",
            name="uq_proof_subject",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index("ix_proof_due", "proof", ["tenant_id", "due_on", "id"], unique=False)
    op.create_index("ix_proof_updated", "proof", ["tenant_id", "updated_at", "id"], unique=False)
    _create_versions()
    _create_figures()
    secure(
        "proof",
        role=APP,
        privileges="select, insert, update (version, updated_at, state, is_overdue, query,"
        " accepted_on, recovery_cents, recovery_ground, decision_ref, settlement_ref, decided_by)",
    )
    secure(
        "proof_version",
        role=APP,
        privileges="select, insert, update (submitted_at, submitted_by, signed_at, signed_by,"
        " signed_role)",
    )
    secure("proof_figure", role=APP, privileges="select, insert")


def _create_versions() -> None:
    op.create_table(
        "proof_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("proof_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("narrative", postgresql.JSONB(), nullable=False),
        sa.Column("book", sa.String(length=10), nullable=False),
        sa.Column("ledger_sequence", sa.BigInteger(), nullable=False),
        sa.Column("ledger_hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by", sa.String(length=520), nullable=False),
        sa.Column("submitted_at", INSTANT, nullable=True),
        sa.Column("submitted_by", sa.String(length=520), nullable=True),
        sa.Column("signed_at", INSTANT, nullable=True),
        sa.Column("signed_by", sa.String(length=520), nullable=True),
        sa.Column("signed_role", sa.String(length=30), nullable=True),
        sa.Column("sha256_json", sa.String(length=64), nullable=False),
        sa.Column("sha256_csv", sa.String(length=64), nullable=False),
        sa.Column("sha256_pdf", sa.String(length=64), nullable=False),
        sa.Column("json_file", sa.LargeBinary(), nullable=False),
        sa.Column("csv_file", sa.LargeBinary(), nullable=False),
        sa.Column("pdf_file", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("submitted_by <> made_by", name=op.f("ck_proof_version_four_eyes")),
        sa.CheckConstraint("signed_by <> made_by", name=op.f("ck_proof_version_signed_by_another")),
        sa.CheckConstraint(
            "(submitted_by is null) = (submitted_at is null)",
            name=op.f("ck_proof_version_submission_whole"),
        ),
        sa.CheckConstraint(
            "num_nulls(signed_by, signed_role, signed_at) in (0, 3)",
            name=op.f("ck_proof_version_signature"),
        ),
        sa.CheckConstraint(
            "octet_length(ledger_hash) = 32 and number > 0", name=op.f("ck_proof_version_head")
        ),
        sa.CheckConstraint(
            f"sha256_json {SHA256} and sha256_csv {SHA256} and sha256_pdf {SHA256}",
            name=op.f("ck_proof_version_sha256"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "proof_id"],
            ["proof.tenant_id", "proof.id"],
            name="fk_proof",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof_version")),
        sa.UniqueConstraint("tenant_id", "id", name="uq_proof_version_tenant_id"),
        sa.UniqueConstraint("tenant_id", "proof_id", "number", name="uq_proof_version_number"),
    )


def _create_figures() -> None:
    op.create_table(
        "proof_figure",
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("proof_version_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("label_de", sa.String(length=300), nullable=False),
        sa.Column("label_en", sa.String(length=300), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=True),
        sa.Column("quantity", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("selector", postgresql.JSONB(), nullable=True),
        sa.CheckConstraint(
            "num_nulls(amount_cents, quantity) = 1", name=op.f("ck_proof_figure_amount_or_quantity")
        ),
        sa.CheckConstraint(
            "selector is null or amount_cents is not null",
            name=op.f("ck_proof_figure_selects_amounts"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "proof_version_id"],
            ["proof_version.tenant_id", "proof_version.id"],
            name="fk_version",
        ),
        sa.PrimaryKeyConstraint(
            "tenant_id", "proof_version_id", "key", name=op.f("pk_proof_figure")
        ),
    )


def downgrade() -> None:
    op.drop_table("proof_figure")
    op.drop_table("proof_version")
    op.drop_table("proof")
