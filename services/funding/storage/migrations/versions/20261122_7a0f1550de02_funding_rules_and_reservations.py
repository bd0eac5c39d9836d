"""funding rules and reservations

What a line is and which costs it pays become dated rows, released by a second person; two released
rules of one line and kind never overlap. Notices get their ancillary provisions, allocations their
calls for interest, lines their reservations. What an award or allocation belongs to is fixed: the
application may no longer update those columns.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import secure

revision = "7a0f1550de02"
down_revision = "c4a86f20d3b7"
branch_labels = None
depends_on = None

APP = "kim_funding_app"
RULES = (("funding_line", ""), ("cost_rule", " cost_kind with =,"))
RULE_COLUMNS = "version, updated_at, valid_to, released_by"
AWARD_COLUMNS = """
  version, updated_at, state, reference, authority, funder, source, applicant, territory,
  permits_forwarding, awarded_on, notified_on, remedies_waived_on, is_appeal_pending,
  budget_released_on, assurance_until, proof_due_on, proof_accepted_on, open_recovery_cents,
  revocation_reason, revocation_effective_on, hearing_on, facts_known_since, revoked_cents,
  released_by, revoked_by"""
ALLOCATION_COLUMNS = """
  version, updated_at, state, amount_cents, fte, own_use_cents, own_use_fte, allocated_cents,
  allocated_fte, tolerated_cents, tolerated_fte, recipient_unit, recipient_name, recipient_kind,
  valid_from, valid_to, target_group, territory, overlap_reason, selection_reason, terms,
  proof_margin_days, authority_consent_ref, double_funding_checked_on, suspension_reason,
  resumption_reason, early_end_on, termination_reason, proof, proof_waived_reason, paid_cents,
  eligible_cents, repaid_cents, released_by"""


def upgrade() -> None:
    op.execute("create extension if not exists btree_gist schema public")
    op.create_unique_constraint("uq_programme_tenant_id", "programme", ["tenant_id", "id"])
    op.create_table(
        "cost_rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("funding_line", sa.String(length=40), nullable=False),
        sa.Column("cost_kind", sa.String(length=30), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=False),
        sa.Column("ceiling_cents", sa.BigInteger(), nullable=True),
        sa.Column("ceiling_unit", sa.String(length=40), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("released_by", sa.String(length=520), nullable=True),
        sa.CheckConstraint(
            "answer in ('ELIGIBLE', 'NOT_ELIGIBLE', 'UNKNOWN')", name=op.f("ck_cost_rule_answer")
        ),
        sa.CheckConstraint(
            "ceiling_unit in ('POST_YEAR', 'ADMIN_ASSISTANCE_HALF_POST_YEAR', 'WORKPLACE_SETUP_PER_POST')",
            name=op.f("ck_cost_rule_ceiling_unit"),
        ),
        sa.CheckConstraint(
            "cost_kind in ('PERSONNEL', 'ADMIN_ASSISTANCE', 'WORKPLACE_SETUP', 'TRAINING', 'EVENTS', 'EXTERNAL_ADVICE', 'INTERFACE_MEASURES', 'TRANSLATION', 'OVERHEAD', 'RENT', 'ADMINISTRATION', 'MATERIAL')",
            name=op.f("ck_cost_rule_cost_kind"),
        ),
        sa.CheckConstraint(
            "funding_line in ('B1_COORDINATION', 'B2_CASE_MANAGEMENT', 'B3_FOREIGNERS_NATURALISATION')",
            name=op.f("ck_cost_rule_funding_line"),
        ),
        sa.CheckConstraint(
            "(ceiling_cents is null) = (ceiling_unit is null) and ceiling_cents > 0",
            name=op.f("ck_cost_rule_ceiling_whole"),
        ),
        sa.CheckConstraint("released_by <> recorded_by", name=op.f("ck_cost_rule_four_eyes")),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_cost_rule_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_rule")),
    )
    op.create_index(
        "ix_cost_rule_key",
        "cost_rule",
        ["tenant_id", "funding_line", "cost_kind", "valid_from", "id"],
        unique=False,
    )
    op.create_table(
        "funding_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("funding_line", sa.String(length=40), nullable=False),
        sa.Column("legal_form", sa.String(length=40), nullable=False),
        sa.Column("proof_regime", sa.String(length=30), nullable=False),
        sa.Column("has_two_month_rule", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("released_by", sa.String(length=520), nullable=True),
        sa.CheckConstraint(
            "funding_line in ('B1_COORDINATION', 'B2_CASE_MANAGEMENT', 'B3_FOREIGNERS_NATURALISATION')",
            name=op.f("ck_funding_line_funding_line"),
        ),
        sa.CheckConstraint(
            "legal_form in ('ZUWENDUNG_RICHTLINIE', 'FACHBEZOGENE_PAUSCHALE')",
            name=op.f("ck_funding_line_legal_form"),
        ),
        sa.CheckConstraint(
            "proof_regime in ('SIMPLE', 'QUALIFIED', 'HVB_CONFIRMATION')",
            name=op.f("ck_funding_line_proof_regime"),
        ),
        sa.CheckConstraint("released_by <> recorded_by", name=op.f("ck_funding_line_four_eyes")),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_funding_line_period")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_line")),
    )
    op.create_index(
        "ix_funding_line_code",
        "funding_line",
        ["tenant_id", "funding_line", "valid_from", "id"],
        unique=False,
    )
    op.create_table(
        "award_condition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("text_de", sa.String(length=1000), nullable=False),
        sa.Column("passes_on", sa.Boolean(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "code in ('PURPOSE', 'PERIOD', 'REPORT', 'REPAYMENT', 'OTHER')",
            name=op.f("ck_award_condition_code"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "award_id"], ["award.tenant_id", "award.id"], name="fk_award"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_condition")),
    )
    op.create_index(
        "uq_award_condition",
        "award_condition",
        ["tenant_id", "award_id", "ordinal"],
        unique=True,
        postgresql_where="is_current",
    )
    op.create_table(
        "funder_name",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("used_from", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "programme_id"],
            ["programme.tenant_id", "programme.id"],
            name="fk_programme",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funder_name")),
        sa.UniqueConstraint("tenant_id", "programme_id", "used_from", name="uq_funder_name"),
    )
    op.create_table(
        "reservation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("award_line_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("posted_cents", sa.BigInteger(), nullable=False),
        sa.Column("cost_kind", sa.String(length=30), nullable=False),
        sa.Column("reserved_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("released_by", sa.String(length=520), nullable=True),
        sa.CheckConstraint(
            "(state = 'POSTED') = (released_by is not null)",
            name=op.f("ck_reservation_posted_is_released"),
        ),
        sa.CheckConstraint(
            "cost_kind in ('PERSONNEL', 'ADMIN_ASSISTANCE', 'WORKPLACE_SETUP', 'TRAINING', 'EVENTS', 'EXTERNAL_ADVICE', 'INTERFACE_MEASURES', 'TRANSLATION', 'OVERHEAD', 'RENT', 'ADMINISTRATION', 'MATERIAL')",
            name=op.f("ck_reservation_cost_kind"),
        ),
        sa.CheckConstraint(
            "state in ('OPEN', 'POSTED', 'VOIDED', 'EXPIRED')", name=op.f("ck_reservation_state")
        ),
        sa.CheckConstraint(
            "amount_cents > 0 and posted_cents >= 0 and posted_cents <= amount_cents",
            name=op.f("ck_reservation_figures"),
        ),
        sa.CheckConstraint("released_by <> recorded_by", name=op.f("ck_reservation_four_eyes")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
    )
    op.create_index(
        "ix_reservation_expiry",
        "reservation",
        ["tenant_id", "state", "expires_on", "id"],
        unique=False,
    )
    op.create_index(
        "ix_reservation_line", "reservation", ["tenant_id", "award_line_id", "id"], unique=False
    )
    op.create_table(
        "call_for_interest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("allocation_id", sa.Uuid(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("criteria", sa.String(length=2000), nullable=False),
        sa.CheckConstraint("opens_on <= closes_on", name=op.f("ck_call_for_interest_period")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "allocation_id"],
            ["allocation.tenant_id", "allocation.id"],
            name="fk_allocation",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_for_interest")),
        sa.UniqueConstraint("tenant_id", "allocation_id", name="uq_call_for_interest_allocation"),
        sa.UniqueConstraint("tenant_id", "id", name="uq_call_for_interest_tenant_id"),
    )
    op.create_table(
        "interest_response",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("respondent_unit", sa.String(length=63), nullable=True),
        sa.Column("respondent_name", sa.String(length=200), nullable=False),
        sa.Column("fte", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("requested_cents", sa.BigInteger(), nullable=False),
        sa.Column("recommended_cents", sa.BigInteger(), nullable=True),
        sa.Column("decided_cents", sa.BigInteger(), nullable=True),
        sa.Column("is_selected", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("decided_by", sa.String(length=520), nullable=True),
        sa.CheckConstraint(
            "(decided_by is null) = (decided_cents is null)",
            name=op.f("ck_interest_response_decision_whole"),
        ),
        sa.CheckConstraint(
            "decided_by <> recorded_by", name=op.f("ck_interest_response_four_eyes")
        ),
        sa.CheckConstraint(
            "fte >= 0 and requested_cents >= 0 and recommended_cents >= 0 and decided_cents >= 0",
            name=op.f("ck_interest_response_figures"),
        ),
        sa.CheckConstraint(
            "not is_selected or decided_cents is not null",
            name=op.f("ck_interest_response_selected_is_decided"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "call_id"],
            ["call_for_interest.tenant_id", "call_for_interest.id"],
            name="fk_call",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest_response")),
        sa.UniqueConstraint("tenant_id", "call_id", "number", name="uq_interest_response_number"),
    )
    op.create_index(
        "ix_interest_response_selected",
        "interest_response",
        ["tenant_id", "call_id"],
        unique=True,
        postgresql_where="is_selected",
    )
    op.add_column(
        "allocation",
        sa.Column("proof_waived_reason", sa.String(length=1000), nullable=False, server_default=""),
    )
    op.alter_column("allocation", "proof_waived_reason", server_default=None)
    op.add_column(
        "award", sa.Column("book", sa.String(length=10), nullable=False, server_default="LIVE")
    )
    op.alter_column("award", "book", server_default=None)
    op.create_check_constraint(op.f("ck_award_book"), "award", "book in ('LIVE', 'PRACTICE')")
    op.add_column("rate", sa.Column("valid_from", sa.Date(), nullable=True))
    op.add_column("rate", sa.Column("valid_to", sa.Date(), nullable=True))
    op.add_column("rate", sa.Column("replaced_by", sa.Uuid(), nullable=True))
    op.create_check_constraint(op.f("ck_rate_period"), "rate", "valid_from <= valid_to")
    op.drop_constraint(op.f("uq_rate_key"), "rate", type_="unique")
    op.create_index(
        "uq_rate_key",
        "rate",
        ["tenant_id", "funding_line", "unit_kind", "fiscal_year"],
        unique=True,
        postgresql_where="replaced_by is null",
    )
    for table, kind in RULES:
        op.execute(
            f"alter table {table} add constraint ex_{table}_in_force exclude using gist"
            f" (tenant_id with =, funding_line with =,{kind}"
            " daterange(valid_from, valid_to, '[]') with &&) where (released_by is not null)"
        )
        secure(table, role=APP, privileges=f"select, insert, update ({RULE_COLUMNS})")
    secure("funder_name", role=APP, privileges="select, insert")
    secure("award_condition", role=APP, privileges="select, insert, update (is_current)")
    secure(
        "call_for_interest",
        role=APP,
        privileges="select, insert, update (version, updated_at, opens_on, closes_on, criteria)",
    )
    secure(
        "interest_response",
        role=APP,
        privileges="select, insert, update (version, updated_at, recommended_cents, decided_cents,"
        " decided_by, is_selected)",
    )
    secure(
        "reservation",
        role=APP,
        privileges="select, insert, update (version, updated_at, state, posted_cents, released_by)",
    )
    for table, columns in (("award", AWARD_COLUMNS), ("allocation", ALLOCATION_COLUMNS)):
        op.execute(f"revoke update on {table} from {APP}")
        op.execute(f"grant update ({columns}) on {table} to {APP}")
    op.execute(f"grant update (version, updated_at, valid_to, replaced_by) on rate to {APP}")


def downgrade() -> None:
    op.execute(f"revoke update on rate from {APP}")
    for table in ("award", "allocation"):
        op.execute(f"revoke update on {table} from {APP}")
        op.execute(f"grant update on {table} to {APP}")
    op.drop_index("uq_rate_key", table_name="rate", postgresql_where="replaced_by is null")
    op.execute("delete from rate where replaced_by is not null")
    op.create_unique_constraint(
        op.f("uq_rate_key"), "rate", ["tenant_id", "funding_line", "unit_kind", "fiscal_year"]
    )
    op.drop_constraint(op.f("ck_rate_period"), "rate", type_="check")
    op.drop_column("rate", "replaced_by")
    op.drop_column("rate", "valid_to")
    op.drop_column("rate", "valid_from")
    op.drop_constraint(op.f("ck_award_book"), "award", type_="check")
    op.drop_column("award", "book")
    op.drop_column("allocation", "proof_waived_reason")
    op.drop_index(
        "ix_interest_response_selected",
        table_name="interest_response",
        postgresql_where="is_selected",
    )
    op.drop_table("interest_response")
    op.drop_table("call_for_interest")
    op.drop_index("ix_reservation_line", table_name="reservation")
    op.drop_index("ix_reservation_expiry", table_name="reservation")
    op.drop_table("reservation")
    op.drop_table("funder_name")
    op.drop_table("award_condition")
    op.drop_index("ix_funding_line_code", table_name="funding_line")
    op.drop_table("funding_line")
    op.drop_index("ix_cost_rule_key", table_name="cost_rule")
    op.drop_table("cost_rule")
    op.drop_constraint("uq_programme_tenant_id", "programme", type_="unique")
