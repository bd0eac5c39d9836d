"""allocations

One reason per file. Expand (add nullable), backfill outside in batches, contract in a later
release; indexes on filled tables concurrently; every new table through `secure(...)`.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import secure

revision = "4daf61c3e507"
down_revision = "3c9e50b2d4f6"
branch_labels = None
depends_on = None

APP = "kim_funding_app"

# A share is counted at the level above in the transaction that plans, changes or cancels it, so
# that no writer can forget it; the CHECK constraints there refuse what does not fit. What an
# amendment left over-allocated shrinks as children give back.
HOLD_SHARE = """
create function hold_share() returns trigger language plpgsql as $$
declare
  delta_cents bigint := case when new.state = 'CANCELLED' then 0 else new.amount_cents end;
  delta_fte numeric := case when new.state = 'CANCELLED' then 0 else new.fte end;
begin
  if tg_op = 'UPDATE' and old.state <> 'CANCELLED' then
    delta_cents := delta_cents - old.amount_cents;
    delta_fte := delta_fte - old.fte;
  end if;
  if delta_cents = 0 and delta_fte = 0 then
    return null;
  end if;
  if new.parent_allocation_id is null then
    update award_line set
      allocated_cents = allocated_cents + delta_cents,
      allocated_fte = allocated_fte + delta_fte,
      tolerated_cents = least(tolerated_cents, greatest(0,
        allocated_cents + delta_cents + own_use_cents - amount_cents)),
      tolerated_fte = least(tolerated_fte, greatest(0,
        allocated_fte + delta_fte + own_use_fte - fte))
    where tenant_id = new.tenant_id and id = new.award_line_id;
  else
    update allocation set
      allocated_cents = allocated_cents + delta_cents,
      allocated_fte = allocated_fte + delta_fte,
      tolerated_cents = least(tolerated_cents, greatest(0,
        allocated_cents + delta_cents + own_use_cents - amount_cents)),
      tolerated_fte = least(tolerated_fte, greatest(0,
        allocated_fte + delta_fte + own_use_fte - fte))
    where tenant_id = new.tenant_id and id = new.parent_allocation_id;
  end if;
  return null;
end $$"""
TRIGGER = """
create trigger hold_share after insert or update of amount_cents, fte, state on allocation
  for each row execute function hold_share()"""


def upgrade() -> None:
    op.create_table(
        "allocation",
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("fte", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("own_use_cents", sa.BigInteger(), nullable=False),
        sa.Column("own_use_fte", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("allocated_cents", sa.BigInteger(), nullable=False),
        sa.Column("allocated_fte", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("tolerated_cents", sa.BigInteger(), nullable=False),
        sa.Column("tolerated_fte", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.Column("award_line_id", sa.Uuid(), nullable=False),
        sa.Column("parent_allocation_id", sa.Uuid(), nullable=True),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("recipient_unit", sa.String(length=63), nullable=True),
        sa.Column("recipient_name", sa.String(length=200), nullable=True),
        sa.Column("recipient_kind", sa.String(length=30), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("target_group", sa.String(length=60), nullable=False),
        sa.Column("territory", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("own_money_cents", sa.BigInteger(), nullable=False),
        sa.Column("overlap_reason", sa.String(length=1000), nullable=False),
        sa.Column("selection_reason", sa.String(length=1000), nullable=False),
        sa.Column("terms", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("proof_margin_days", sa.Integer(), nullable=False),
        sa.Column("authority_consent_ref", sa.String(length=100), nullable=False),
        sa.Column("double_funding_checked_on", sa.Date(), nullable=True),
        sa.Column("suspension_reason", sa.String(length=1000), nullable=False),
        sa.Column("resumption_reason", sa.String(length=1000), nullable=False),
        sa.Column("early_end_on", sa.Date(), nullable=True),
        sa.Column("termination_reason", sa.String(length=1000), nullable=False),
        sa.Column("proof", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("paid_cents", sa.BigInteger(), nullable=True),
        sa.Column("eligible_cents", sa.BigInteger(), nullable=True),
        sa.Column("repaid_cents", sa.BigInteger(), nullable=True),
        sa.Column("planned_by", sa.String(length=520), nullable=False),
        sa.Column("released_by", sa.String(length=520), nullable=True),
        sa.CheckConstraint(
            "recipient_kind in ('MUNICIPALITY', 'WELFARE_ASSOCIATION', 'OTHER')",
            name=op.f("ck_allocation_recipient_kind"),
        ),
        sa.CheckConstraint(
            "state in ('PLANNED', 'CALL_OPEN', 'SELECTED', 'CONTRACTED', 'ACTIVE', 'SUSPENDED', 'ENDED', 'PROOF_DUE', 'CHECKED', 'SETTLED', 'TERMINATED', 'CANCELLED')",
            name=op.f("ck_allocation_state"),
        ),
        sa.CheckConstraint(
            "state in ('PLANNED', 'CALL_OPEN', 'SELECTED', 'CONTRACTED', 'CANCELLED') or released_by is not null",
            name=op.f("ck_allocation_active_is_released"),
        ),
        sa.CheckConstraint(
            "allocated_cents + own_use_cents <= amount_cents + tolerated_cents",
            name=op.f("ck_allocation_money_not_over_allocated"),
        ),
        sa.CheckConstraint(
            "allocated_fte + own_use_fte <= fte + tolerated_fte",
            name=op.f("ck_allocation_posts_not_over_allocated"),
        ),
        sa.CheckConstraint("amount_cents > 0 or fte > 0", name=op.f("ck_allocation_not_nothing")),
        sa.CheckConstraint(
            "amount_cents >= 0 and own_use_cents >= 0 and allocated_cents >= 0 and tolerated_cents >= 0 and fte >= 0 and own_use_fte >= 0 and allocated_fte >= 0 and tolerated_fte >= 0",
            name=op.f("ck_allocation_shares_not_negative"),
        ),
        sa.CheckConstraint(
            "parent_allocation_id <> id", name=op.f("ck_allocation_not_its_own_parent")
        ),
        sa.CheckConstraint("released_by <> planned_by", name=op.f("ck_allocation_four_eyes")),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_allocation_period")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "award_id"], ["award.tenant_id", "award.id"], name="fk_award"
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "parent_allocation_id"],
            ["allocation.tenant_id", "allocation.id"],
            name="fk_parent",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sa.UniqueConstraint("tenant_id", "id", name="uq_allocation_tenant_id"),
    )
    op.create_index(
        "ix_allocation_award", "allocation", ["tenant_id", "award_id", "id"], unique=False
    )
    op.create_index(
        "ix_allocation_line", "allocation", ["tenant_id", "award_line_id", "id"], unique=False
    )
    op.create_index(
        "ix_allocation_parent",
        "allocation",
        ["tenant_id", "parent_allocation_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_allocation_recipient", "allocation", ["tenant_id", "recipient_unit", "id"], unique=False
    )
    op.create_index(
        "ix_allocation_updated", "allocation", ["tenant_id", "updated_at", "id"], unique=False
    )
    op.create_table(
        "allocation_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("allocation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("fte", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("own_use_cents", sa.BigInteger(), nullable=False),
        sa.Column("own_use_fte", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.String(length=520), nullable=True),
        sa.CheckConstraint(
            "kind in ('ORIGINAL', 'AENDERUNG', 'ANSCHLUSS')",
            name=op.f("ck_allocation_version_kind"),
        ),
        sa.CheckConstraint(
            "(approved_by is null) = (approved_at is null)",
            name=op.f("ck_allocation_version_approval_whole"),
        ),
        sa.CheckConstraint(
            "approved_by <> recorded_by", name=op.f("ck_allocation_version_four_eyes")
        ),
        sa.CheckConstraint(
            "number > 0 and amount_cents >= 0 and fte >= 0 and own_use_cents >= 0 and own_use_fte >= 0",
            name=op.f("ck_allocation_version_figures"),
        ),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_allocation_version_period")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "allocation_id"],
            ["allocation.tenant_id", "allocation.id"],
            name="fk_allocation",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation_version")),
        sa.UniqueConstraint(
            "tenant_id", "allocation_id", "number", name="uq_allocation_version_number"
        ),
    )
    secure("allocation", role=APP, privileges="select, insert, update")
    secure(
        "allocation_version",
        role=APP,
        privileges="select, insert, update (approved_at, approved_by)",
    )
    op.execute(HOLD_SHARE)
    op.execute(TRIGGER)


def downgrade() -> None:
    op.drop_table("allocation_version")
    op.drop_index("ix_allocation_updated", table_name="allocation")
    op.drop_index("ix_allocation_recipient", table_name="allocation")
    op.drop_index("ix_allocation_parent", table_name="allocation")
    op.drop_index("ix_allocation_line", table_name="allocation")
    op.drop_index("ix_allocation_award", table_name="allocation")
    op.drop_table("allocation")
    op.execute("drop function hold_share()")
