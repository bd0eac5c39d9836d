"""expenditures

One reason per file. Expand (add nullable), backfill outside in batches, contract in a later
release; indexes on filled tables concurrently; every new table through `secure(...)`.

What was recorded of a cost is never changed: only how it is recognised, decided and corrected.
Which case it was for is hidden from auditors and deleted with the case.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE, secure

revision = "c4a86f20d3b7"
down_revision = "b52a7d10c9e4"
branch_labels = None
depends_on = None

APP = "kim_funding_app"
IS_NO_AUDITOR = "strpos((select current_setting('app.roles', true)), ',auditor,') = 0"


def upgrade() -> None:
    _create_voucher()
    _create_expenditure()
    _create_expenditure_subject()
    secure("voucher", role=APP, privileges="select, insert, update (version)")
    secure(
        "expenditure",
        role=APP,
        privileges="select, insert, update (version, updated_at, decided, decided_by, decided_at,"
        " decision_reason, eligible_cents, own_share_cents, ineligible_cents, undecided_cents,"
        " excess_cents, open_question, state, correction_code, corrected_by, corrected_on)",
    )
    secure(
        "expenditure_subject",
        role=APP,
        privileges="select, insert, delete",
        using=f"{TENANT_IS_MINE} and {IS_NO_AUDITOR}",
        check=TENANT_IS_MINE,
    )
    # Nobody forgets a case by hand: only the message that a case is erased does.
    op.execute(
        f"create policy only_with_the_case on expenditure_subject as restrictive for delete to {APP}"
        " using ((select current_setting('app.roles', true)) = ',system,')"
    )


def downgrade() -> None:
    op.drop_table("expenditure_subject")
    op.drop_table("expenditure")
    op.drop_table("voucher")


def _create_voucher() -> None:
    op.create_table(
        "voucher",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("voucher_date", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("document_ref", sa.String(length=200), nullable=True),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.CheckConstraint(
            "number ~ '^[A-Z0-9][A-Z0-9./_-]{0,39}$'", name=op.f("ck_voucher_number")
        ),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name=op.f("ck_voucher_sha256")),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_voucher_amount")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher")),
        sa.UniqueConstraint("tenant_id", "id", name="uq_voucher_tenant_id"),
        sa.UniqueConstraint("tenant_id", "number", "voucher_date", name="uq_voucher_number"),
    )
    op.create_index("ix_voucher_date", "voucher", ["tenant_id", "voucher_date", "id"], unique=False)


def _create_expenditure() -> None:
    op.create_table(
        "expenditure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("award_line_id", sa.Uuid(), nullable=False),
        sa.Column("allocation_id", sa.Uuid(), nullable=True),
        sa.Column("position_id", sa.Uuid(), nullable=True),
        sa.Column("cost_kind", sa.String(length=30), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("value_date", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("voucher_id", sa.Uuid(), nullable=False),
        sa.Column("payer", sa.String(length=20), nullable=True),
        sa.Column("structural_finding_id", sa.Uuid(), nullable=True),
        sa.Column("ruled", sa.String(length=20), nullable=False),
        sa.Column("rule_source", sa.String(length=300), nullable=True),
        sa.Column("decided", sa.String(length=20), nullable=True),
        sa.Column("decided_by", sa.String(length=520), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_reason", sa.String(length=1000), nullable=True),
        sa.Column("eligible_cents", sa.BigInteger(), nullable=False),
        sa.Column("own_share_cents", sa.BigInteger(), nullable=False),
        sa.Column("ineligible_cents", sa.BigInteger(), nullable=False),
        sa.Column("undecided_cents", sa.BigInteger(), nullable=False),
        sa.Column("excess_cents", sa.BigInteger(), nullable=False),
        sa.Column("open_question", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("is_recipient_cost", sa.Boolean(), nullable=False),
        sa.Column("correction_code", sa.String(length=30), nullable=True),
        sa.Column("corrected_by", sa.String(length=520), nullable=True),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.CheckConstraint(
            "(state = 'CORRECTED') = (correction_code is not null) and num_nulls(correction_code, corrected_by, corrected_on) in (0, 3)",
            name=op.f("ck_expenditure_correction_whole"),
        ),
        sa.CheckConstraint(
            "cost_kind <> 'INTERFACE_MEASURES' or structural_finding_id is not null",
            name=op.f("ck_expenditure_structural_finding"),
        ),
        sa.CheckConstraint(
            "cost_kind <> 'PERSONNEL' or position_id is not null",
            name=op.f("ck_expenditure_personnel_has_a_post"),
        ),
        sa.CheckConstraint(
            "cost_kind in ('PERSONNEL', 'ADMIN_ASSISTANCE', 'WORKPLACE_SETUP', 'TRAINING', 'EVENTS', 'EXTERNAL_ADVICE', 'INTERFACE_MEASURES', 'TRANSLATION', 'OVERHEAD', 'RENT', 'ADMINISTRATION', 'MATERIAL')",
            name=op.f("ck_expenditure_cost_kind"),
        ),
        sa.CheckConstraint(
            "decided in ('ELIGIBLE', 'NOT_ELIGIBLE')", name=op.f("ck_expenditure_decided")
        ),
        sa.CheckConstraint(
            "decided is null or ruled = 'UNKNOWN'",
            name=op.f("ck_expenditure_decides_only_the_unknown"),
        ),
        sa.CheckConstraint(
            "open_question in ('COST_KIND_UNDECIDED', 'PART_YEAR_UNDECIDED', 'CEILING_UNKNOWN')",
            name=op.f("ck_expenditure_open_question"),
        ),
        sa.CheckConstraint(
            "payer in ('MUNICIPALITY', 'TRAEGER', 'UNDECIDED')", name=op.f("ck_expenditure_payer")
        ),
        sa.CheckConstraint(
            "ruled <> 'NOT_ELIGIBLE' or payer is not null",
            name=op.f("ck_expenditure_somebody_pays"),
        ),
        sa.CheckConstraint(
            "ruled in ('ELIGIBLE', 'NOT_ELIGIBLE', 'UNKNOWN')", name=op.f("ck_expenditure_ruled")
        ),
        sa.CheckConstraint(
            "state = 'CORRECTED' or (state = 'RECORDED') = is_recipient_cost",
            name=op.f("ck_expenditure_booked_if_own"),
        ),
        sa.CheckConstraint(
            "state in ('RECORDED', 'BOOKED', 'CORRECTED')", name=op.f("ck_expenditure_state")
        ),
        sa.CheckConstraint(
            "(open_question is null) = (undecided_cents = 0)",
            name=op.f("ck_expenditure_undecided_has_a_question"),
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_expenditure_amount")),
        sa.CheckConstraint("decided_by <> recorded_by", name=op.f("ck_expenditure_four_eyes")),
        sa.CheckConstraint(
            "eligible_cents + own_share_cents + ineligible_cents + undecided_cents = amount_cents",
            name=op.f("ck_expenditure_parts_are_the_whole"),
        ),
        sa.CheckConstraint(
            "eligible_cents >= 0 and own_share_cents >= 0 and ineligible_cents >= 0 and undecided_cents >= 0 and excess_cents between 0 and own_share_cents",
            name=op.f("ck_expenditure_parts_not_negative"),
        ),
        sa.CheckConstraint(
            "is_recipient_cost = (allocation_id is not null)",
            name=op.f("ck_expenditure_recipient_has_allocation"),
        ),
        sa.CheckConstraint(
            "num_nulls(decided, decided_by, decision_reason, decided_at) in (0, 4)",
            name=op.f("ck_expenditure_decision_whole"),
        ),
        sa.CheckConstraint("period_from <= period_to", name=op.f("ck_expenditure_period")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "allocation_id"],
            ["allocation.tenant_id", "allocation.id"],
            name="fk_allocation",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "position_id"], ["position.tenant_id", "position.id"], name="fk_position"
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "voucher_id"], ["voucher.tenant_id", "voucher.id"], name="fk_voucher"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expenditure")),
        sa.UniqueConstraint("tenant_id", "id", name="uq_expenditure_tenant_id"),
    )
    op.create_index(
        "ix_expenditure_allocation",
        "expenditure",
        ["tenant_id", "allocation_id", "id"],
        unique=False,
    )
    op.create_index(
        "ix_expenditure_line",
        "expenditure",
        ["tenant_id", "award_line_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_expenditure_position", "expenditure", ["tenant_id", "position_id", "id"], unique=False
    )
    op.create_index(
        "ix_expenditure_value_date", "expenditure", ["tenant_id", "value_date", "id"], unique=False
    )
    op.create_index(
        "ix_expenditure_voucher", "expenditure", ["tenant_id", "voucher_id", "id"], unique=False
    )


def _create_expenditure_subject() -> None:
    op.create_table(
        "expenditure_subject",
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("expenditure_id", sa.Uuid(), nullable=False),
        sa.Column("subject_ref", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "expenditure_id"],
            ["expenditure.tenant_id", "expenditure.id"],
            name="fk_expenditure",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "expenditure_id", name=op.f("pk_expenditure_subject")),
    )
    op.create_index(
        "ix_expenditure_subject_ref",
        "expenditure_subject",
        ["tenant_id", "subject_ref"],
        unique=False,
    )
