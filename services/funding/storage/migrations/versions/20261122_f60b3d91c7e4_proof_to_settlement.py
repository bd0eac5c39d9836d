"""Proof to settlement: recoveries know what raised them, awards read them; one place for ceilings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "f60b3d91c7e4"
down_revision = "d3f07b6c21a8"
branch_labels = None
depends_on = None

APP = "kim_funding_app"
CLAIM = ["award_line_id", "direction", "ground", "claim_since", "principal_cents", "allocation_id"]
LIVING = "state <> 'WITHDRAWN'"


def upgrade() -> None:
    """What an award read from a typed figure it reads from proof and recovery from now on."""
    op.add_column(
        "recovery",
        sa.Column("source_kind", sa.String(length=20), server_default="PERSON", nullable=False),
    )
    op.alter_column("recovery", "source_kind", server_default=None)
    op.add_column("recovery", sa.Column("source_id", sa.Uuid(), nullable=True))
    op.create_check_constraint(
        op.f("ck_recovery_source_kind"),
        "recovery",
        "source_kind in ('PERSON', 'PROOF', 'CUT', 'PARTIAL_REVOCATION', 'REVOCATION',"
        " 'TERMINATION')",
    )
    op.create_check_constraint(
        op.f("ck_recovery_source_is_a_record"),
        "recovery",
        "(source_kind = 'PERSON') = (source_id is null)",
    )
    _one_claim(f"{LIVING} and source_id is null")
    op.create_index(
        "uq_recovery_source",
        "recovery",
        ["tenant_id", "source_id", "source_kind", "award_line_id", "ground"],
        unique=True,
        postgresql_where=sa.text(f"{LIVING} and source_id is not null"),
    )
    op.add_column(
        "proof",
        sa.Column(
            "refused_items", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False
        ),
    )
    op.alter_column("proof", "refused_items", server_default=None)
    op.execute(f"grant update (refused_items) on proof to {APP}")
    op.add_column(
        "proof_version",
        sa.Column("query", sa.String(length=2000), server_default="", nullable=False),
    )
    op.alter_column("proof_version", "query", server_default=None)
    op.execute(f"grant update (query) on proof_version to {APP}")
    op.drop_column("award", "proof_accepted_on")
    op.drop_column("award", "open_recovery_cents")
    # A rate says how much of a cost is paid; nothing ever read the ceiling of a cost rule.
    op.drop_column("cost_rule", "ceiling_unit")
    op.drop_column("cost_rule", "ceiling_cents")


def downgrade() -> None:
    """The award's figures come back from proof and recovery as far as they are known."""
    op.add_column("cost_rule", sa.Column("ceiling_cents", sa.BigInteger(), nullable=True))
    op.add_column("cost_rule", sa.Column("ceiling_unit", sa.String(length=40), nullable=True))
    op.create_check_constraint(
        op.f("ck_cost_rule_ceiling_unit"),
        "cost_rule",
        "ceiling_unit in ('POST_YEAR', 'ADMIN_ASSISTANCE_HALF_POST_YEAR',"
        " 'WORKPLACE_SETUP_PER_POST')",
    )
    op.create_check_constraint(
        op.f("ck_cost_rule_ceiling_whole"),
        "cost_rule",
        "(ceiling_cents is null) = (ceiling_unit is null) and ceiling_cents > 0",
    )
    op.add_column(
        "award",
        sa.Column("open_recovery_cents", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.alter_column("award", "open_recovery_cents", server_default=None)
    op.add_column("award", sa.Column("proof_accepted_on", sa.Date(), nullable=True))
    op.execute(f"grant update (proof_accepted_on, open_recovery_cents) on award to {APP}")
    op.execute(
        "update award a set proof_accepted_on = p.accepted_on from proof p"
        " where p.tenant_id = a.tenant_id and p.award_id = a.id and p.allocation_id is null"
    )
    op.drop_column("proof_version", "query")
    op.drop_column("proof", "refused_items")
    op.drop_index("uq_recovery_source", table_name="recovery")
    _one_claim(LIVING)
    op.drop_constraint(op.f("ck_recovery_source_is_a_record"), "recovery")
    op.drop_constraint(op.f("ck_recovery_source_kind"), "recovery")
    op.drop_column("recovery", "source_id")
    op.drop_column("recovery", "source_kind")


def _one_claim(where: str) -> None:
    """A person raises the same claim once; an act is told apart by what it is."""
    op.drop_index("uq_recovery_claim", table_name="recovery")
    op.create_index(
        "uq_recovery_claim",
        "recovery",
        ["tenant_id", *CLAIM],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text(where),
    )
