"""first tables

One reason per file. Expand (add nullable), backfill outside in batches, contract in a later
release; indexes on filled tables concurrently; every new table through `secure(...)`.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, secure, secure_technical_tables

revision = "4bd11d2842d7"
down_revision = None
branch_labels = None
depends_on = None


APP = "kim_cases_app"
IS_CASE_STAFF = (
    "(select current_setting('app.roles', true) ~ ',(case_manager|system),'"
    " and current_setting('app.roles', true) !~ ',b3_officer,'"
    " and current_setting('app.unit_type', true) not in ('ABH', 'EBH'))"
)
MINE = f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {IS_CASE_STAFF}"
NOTE_IS_MINE = (
    f"{MINE} and (confidentiality = 'NORMAL'"
    " or owner = (select current_setting('app.actor', true)))"
)
# Nothing that may be proof later can be changed: notices, checks, assessments, notes and phases
# are only added, and of a consent only its state.
PRIVILEGES = {
    "person": "select, insert, update, delete",
    "family": "select, insert, update, delete",
    "family_member": "select, insert, update, delete",
    "case_record": "select, insert, update",
    "case_file": "select, insert, delete",
    "case_phase": "select, insert",
    "phase_reason": "select, insert",
    "sent_referral": "select, insert, update (state)",
    "indication_checklist": "select, insert, update",
    "information_notice": "select, insert",
    "consent": "select, insert, update (state, revoked_at, revoked_via, version)",
    "double_care_check": "select, insert",
    "assessment_entry": "select, insert",
    "contact_attempt": "select, insert",
    "plan_version": "select, insert, update (agreed_on, agreement_language, version)",
    "goal": "select, insert, update, delete",
    "measure": "select, insert, update, delete",
}


def upgrade() -> None:  # noqa: PLR0915 - a statement per table and index, as Alembic writes them
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=520), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("client_id", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=100), nullable=False),
        sa.Column("record_kind", sa.String(length=60), nullable=False),
        sa.Column("record_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_at", "audit_entry", ["tenant_id", "at"], unique=False)
    op.create_table(
        "case_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
    )
    op.create_table(
        "consumed_event",
        sa.Column("consumer", sa.String(length=100), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("consumed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("consumer", "event_id", name=op.f("pk_consumed_event")),
    )
    op.create_table(
        "family",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("arrival_cohort", sa.String(length=60), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family")),
    )
    op.create_index(
        "ix_family_unit", "family", ["tenant_id", "unit_id", "created_at", "id"], unique=False
    )
    op.create_table(
        "idempotency_key",
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("actor", sa.String(length=520), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("etag", sa.String(length=40), nullable=True),
        sa.Column("location", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "actor", "key", name=op.f("pk_idempotency_key")),
    )
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("aggregate_id", sa.Uuid(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
    )
    op.create_index(
        "ix_outbox_message_waiting",
        "outbox_message",
        ["position"],
        unique=False,
        postgresql_where="sent_at is null",
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("family_name", sa.String(length=120), nullable=False),
        sa.Column("given_names", sa.String(length=120), nullable=False),
        sa.Column("original_name", sa.String(length=120), nullable=True),
        sa.Column("name_key", sa.String(length=500), nullable=False),
        sa.Column("birth_date", sa.String(length=10), nullable=True),
        sa.Column("birth_date_precision", sa.String(length=10), nullable=False),
        sa.Column("gender", sa.String(length=20), nullable=False),
        sa.Column("nationalities", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("languages", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("residence_group", sa.String(length=60), nullable=False),
        sa.Column("disputed_fields", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("match_key", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "birth_date_precision in ('DAY', 'MONTH', 'YEAR', 'UNKNOWN')",
            name=op.f("ck_person_precision"),
        ),
        sa.CheckConstraint(
            "gender in ('FEMALE', 'MALE', 'DIVERSE', 'NOT_RECORDED')", name=op.f("ck_person_gender")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(
        "ix_person_match",
        "person",
        ["tenant_id", "match_key"],
        unique=False,
        postgresql_where="match_key is not null",
    )
    op.create_index(
        "ix_person_name", "person", ["tenant_id", "unit_id", "name_key", "id"], unique=False
    )
    op.create_table(
        "reference_counter",
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "year", name=op.f("pk_reference_counter")),
    )
    op.create_table(
        "staff_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("actor", sa.String(length=520), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("bound_to_secrecy_on", sa.Date(), nullable=True),
        sa.Column("is_state_recognised", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_member")),
    )
    op.create_index(
        "uq_staff_member_actor", "staff_member", ["tenant_id", "unit_id", "actor"], unique=True
    )
    op.create_table(
        "assessment_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("field_of_action", sa.String(length=60), nullable=False),
        sa.Column("need", sa.String(length=10), nullable=False),
        sa.Column("situation", sa.String(length=4000), nullable=False),
        sa.Column("resources", sa.String(length=4000), nullable=False),
        sa.Column("legal_circle", sa.String(length=60), nullable=True),
        sa.Column("has_client_taken_part", sa.Boolean(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "need in ('NONE', 'LOW', 'MEDIUM', 'HIGH')", name=op.f("ck_assessment_entry_need")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_assessment_entry_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_entry")),
    )
    op.create_index(
        "ix_assessment_entry_case",
        "assessment_entry",
        ["tenant_id", "case_id", "recorded_at"],
        unique=False,
    )
    op.create_table(
        "case_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("decline_reason", sa.String(length=60), nullable=True),
        sa.Column("closing_reason", sa.String(length=60), nullable=True),
        sa.Column("pseudonym", sa.String(length=80), nullable=True),
        sa.Column("contact", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=3), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("family_id", sa.Uuid(), nullable=True),
        sa.Column("municipality_ags", sa.String(length=8), nullable=True),
        sa.Column("is_area_resolved", sa.Boolean(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("import_key", sa.String(length=80), nullable=True),
        sa.Column("case_manager", sa.String(length=520), nullable=True),
        sa.Column("other_basis", sa.String(length=60), nullable=True),
        sa.Column("other_basis_reason", sa.String(length=500), nullable=True),
        sa.Column("signposted_to", sa.String(length=200), nullable=True),
        sa.Column("signposted_on", sa.Date(), nullable=True),
        sa.Column("structural_finding", sa.String(length=10), nullable=True),
        sa.Column("structural_field", sa.String(length=60), nullable=True),
        sa.Column("is_processing_restricted", sa.Boolean(), nullable=False),
        sa.Column("is_under_legal_hold", sa.Boolean(), nullable=False),
        sa.Column("is_staff_related", sa.Boolean(), nullable=False),
        sa.Column("is_child_protection", sa.Boolean(), nullable=False),
        sa.Column("deletion_due_on", sa.Date(), nullable=True),
        sa.Column("archive_answer", sa.String(length=10), nullable=True),
        sa.Column("erasure_confirmed_by", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "archive_answer in ('TAKEN', 'DECLINED')", name=op.f("ck_case_record_archive_answer")
        ),
        sa.CheckConstraint(
            "closing_reason in ('GOALS_REACHED', 'PARTLY_REACHED', 'HANDED_OVER', 'REFERRED_ONLY', 'MOVED_AWAY', 'CLIENT_ENDED', 'CONTACT_LOST', 'NOT_TARGET_GROUP', 'DOUBLE_CARE_AVOIDED', 'DEPARTED', 'DECEASED', 'CAPACITY', 'OTHER')",
            name=op.f("ck_case_record_closing_reason"),
        ),
        sa.CheckConstraint(
            "decline_reason in ('NO_CONSENT', 'OTHER_CASE_MANAGEMENT_ACTIVE', 'NO_COMPLEX_NEED', 'OUT_OF_AREA', 'CAPACITY', 'WITHDRAWN')",
            name=op.f("ck_case_record_decline_reason"),
        ),
        sa.CheckConstraint(
            "origin in ('REFERRAL', 'SELF_CONTACT', 'OUTREACH', 'IMPORT')",
            name=op.f("ck_case_record_origin"),
        ),
        sa.CheckConstraint(
            "other_basis in ('PUBLIC_TASK', 'LEGAL_DUTY', 'VITAL_INTEREST')",
            name=op.f("ck_case_record_other_basis"),
        ),
        sa.CheckConstraint(
            "state in ('REQUESTED', 'INTAKE', 'ASSESSMENT', 'PLANNING', 'LINKING', 'MONITORING', 'EVALUATION', 'CLOSED', 'DECLINED', 'ERASED')",
            name=op.f("ck_case_record_state"),
        ),
        sa.CheckConstraint(
            "structural_finding in ('NONE', 'FOUND')",
            name=op.f("ck_case_record_structural_finding"),
        ),
        sa.ForeignKeyConstraint(
            ["family_id"], ["family.id"], name=op.f("fk_case_record_family_id_family")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_case_record_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_record")),
    )
    op.create_index(
        "ix_case_record_family", "case_record", ["tenant_id", "family_id"], unique=False
    )
    op.create_index(
        "ix_case_record_manager",
        "case_record",
        ["tenant_id", "unit_id", "case_manager", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "ix_case_record_opened",
        "case_record",
        ["tenant_id", "unit_id", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "ix_case_record_person", "case_record", ["tenant_id", "person_id"], unique=False
    )
    op.create_index(
        "ix_case_record_state",
        "case_record",
        ["tenant_id", "unit_id", "state", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "uq_case_record_import_key",
        "case_record",
        ["tenant_id", "unit_id", "import_key"],
        unique=True,
    )
    op.create_index(
        "uq_case_record_reference", "case_record", ["tenant_id", "reference"], unique=True
    )
    op.create_index(
        "uq_case_record_referral",
        "case_record",
        ["tenant_id", "unit_id", "referral_id"],
        unique=True,
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("consent_type", sa.String(length=30), nullable=False),
        sa.Column("subject_person_id", sa.Uuid(), nullable=False),
        sa.Column("giver", sa.String(length=20), nullable=False),
        sa.Column("representation_basis", sa.String(length=30), nullable=True),
        sa.Column("purpose", sa.String(length=30), nullable=False),
        sa.Column("purpose_text", sa.String(length=500), nullable=True),
        sa.Column("data_categories", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("discloser_unit", sa.String(length=63), nullable=False),
        sa.Column("released_person", sa.String(length=200), nullable=True),
        sa.Column("recipient_unit", sa.String(length=63), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("form", sa.String(length=20), nullable=False),
        sa.Column("form_reason", sa.String(length=500), nullable=True),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.Column("interpreter", sa.String(length=120), nullable=True),
        sa.Column("witness", sa.String(length=520), nullable=True),
        sa.Column("information_text_version", sa.String(length=40), nullable=False),
        sa.Column("is_refusal_explained", sa.Boolean(), nullable=False),
        sa.Column("is_revocability_explained", sa.Boolean(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("evidence_document_id", sa.Uuid(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_via", sa.String(length=40), nullable=True),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "consent_type in ('EINWILLIGUNG', 'SCHWEIGEPFLICHTENTBINDUNG')",
            name=op.f("ck_consent_consent_type"),
        ),
        sa.CheckConstraint("direction in ('OUT', 'IN', 'BOTH')", name=op.f("ck_consent_direction")),
        sa.CheckConstraint(
            "form in ('SCHRIFTLICH', 'ELEKTRONISCH', 'MUENDLICH')", name=op.f("ck_consent_form")
        ),
        sa.CheckConstraint("giver in ('SELF', 'REPRESENTATIVE')", name=op.f("ck_consent_giver")),
        sa.CheckConstraint(
            "purpose in ('CASE_MANAGEMENT', 'REFERRAL', 'CASE_CONFERENCE', 'INQUIRY', 'INTERPRETING')",
            name=op.f("ck_consent_purpose"),
        ),
        sa.CheckConstraint(
            "representation_basis in ('PARENT', 'GUARDIAN', 'OFFICIAL_GUARDIAN', 'CUSTODIAN')",
            name=op.f("ck_consent_basis"),
        ),
        sa.CheckConstraint(
            "state in ('DRAFT', 'ACTIVE', 'SCHEDULED', 'EXPIRED', 'REVOKED', 'REFUSED', 'SUPERSEDED', 'INVALID')",
            name=op.f("ck_consent_state"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_consent_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["subject_person_id"],
            ["person.id"],
            name=op.f("fk_consent_subject_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index("ix_consent_case", "consent", ["tenant_id", "case_id"], unique=False)
    op.create_index("ix_consent_state", "consent", ["tenant_id", "state", "valid_to"], unique=False)
    op.create_index(
        "ix_consent_subject", "consent", ["tenant_id", "subject_person_id", "state"], unique=False
    )
    op.create_table(
        "contact_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("attempted_on", sa.Date(), nullable=False),
        sa.Column("was_reached", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "channel in ('PHONE', 'LETTER', 'EMAIL', 'MESSAGE', 'VISIT')",
            name=op.f("ck_contact_attempt_channel"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_contact_attempt_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_attempt")),
    )
    op.create_index(
        "ix_contact_attempt_case", "contact_attempt", ["tenant_id", "case_id"], unique=False
    )
    op.create_table(
        "double_care_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_exact", sa.Boolean(), nullable=False),
        sa.Column("contact_units", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_double_care_check_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_double_care_check")),
    )
    op.create_index(
        "ix_double_care_check_case", "double_care_check", ["tenant_id", "case_id"], unique=False
    )
    op.create_table(
        "family_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "role in ('CLIENT', 'PARTNER', 'PARENT', 'CHILD', 'SIBLING', 'GRANDPARENT', 'OTHER')",
            name=op.f("ck_family_member_role"),
        ),
        sa.CheckConstraint(
            "to_on is null or from_on <= to_on", name=op.f("ck_family_member_period")
        ),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["family.id"],
            name=op.f("fk_family_member_family_id_family"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_family_member_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_member")),
    )
    op.create_index(
        "ix_family_member_family", "family_member", ["tenant_id", "family_id"], unique=False
    )
    op.create_index(
        "ix_family_member_person", "family_member", ["tenant_id", "person_id"], unique=False
    )
    op.create_table(
        "indication_checklist",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("problem_areas", sa.Integer(), nullable=True),
        sa.Column("has_several_providers", sa.Boolean(), nullable=True),
        sa.Column("do_standard_paths_fail", sa.Boolean(), nullable=True),
        sa.Column("lacks_own_resources", sa.Boolean(), nullable=True),
        sa.Column("does_client_agree", sa.Boolean(), nullable=True),
        sa.Column("judgement", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_indication_checklist_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indication_checklist")),
    )
    op.create_index(
        "uq_indication_case", "indication_checklist", ["tenant_id", "case_id"], unique=True
    )
    op.create_table(
        "information_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("text_version", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.Column("interpreter", sa.String(length=120), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_information_notice_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_information_notice_person_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_notice")),
    )
    op.create_index(
        "ix_information_notice_case", "information_notice", ["tenant_id", "case_id"], unique=False
    )
    op.create_table(
        "note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("confidentiality", sa.String(length=20), nullable=False),
        sa.Column("class_reason", sa.String(length=300), nullable=True),
        sa.Column("owner", sa.String(length=520), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(length=20000), nullable=False),
        sa.CheckConstraint(
            "confidentiality in ('NORMAL', 'ENTRUSTED')", name=op.f("ck_note_confidentiality")
        ),
        sa.CheckConstraint(
            "kind in ('CONVERSATION', 'FILE', 'MEETING')", name=op.f("ck_note_kind")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_note_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_index(
        "ix_note_case", "note", ["tenant_id", "case_id", "recorded_at", "id"], unique=False
    )
    op.create_table(
        "phase_reason",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_phase_reason_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_reason")),
    )
    op.create_index("ix_phase_reason_case", "phase_reason", ["tenant_id", "case_id"], unique=False)
    op.create_table(
        "plan_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("agreement_language", sa.String(length=3), nullable=True),
        sa.Column("cooperation_plan_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(agreed_on is null) = (agreement_language is null)",
            name=op.f("ck_plan_version_agreement_is_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_plan_version_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
    )
    op.create_index(
        "uq_plan_version_number", "plan_version", ["tenant_id", "case_id", "number"], unique=True
    )
    op.create_table(
        "sent_referral",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "state in ('OPEN', 'ACCEPTED', 'ENDED')", name=op.f("ck_sent_referral_state")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_sent_referral_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_referral")),
    )
    op.create_index(
        "ix_sent_referral_case", "sent_referral", ["tenant_id", "case_id"], unique=False
    )
    op.create_index(
        "uq_sent_referral", "sent_referral", ["tenant_id", "unit_id", "referral_id"], unique=True
    )
    op.create_table(
        "case_phase",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("from_state", sa.String(length=20), nullable=True),
        sa.Column("to_state", sa.String(length=20), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.String(length=10), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=520), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name=op.f("fk_case_phase_case_id_case_record")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_phase")),
    )
    op.create_index(
        "uq_case_phase_position", "case_phase", ["tenant_id", "case_id", "position"], unique=True
    )
    op.create_table(
        "goal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("plan_version_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("field_of_action", sa.String(length=60), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("result_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "result in ('REACHED', 'PARTLY_REACHED', 'NOT_REACHED', 'DROPPED')",
            name=op.f("ck_goal_result"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_goal_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["plan_version_id"],
            ["plan_version.id"],
            name=op.f("fk_goal_plan_version_id_plan_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    op.create_index(
        "ix_goal_plan", "goal", ["tenant_id", "plan_version_id", "position"], unique=False
    )
    op.create_table(
        "measure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("responsible_kind", sa.String(length=20), nullable=True),
        sa.Column("responsible_ref", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "responsible_kind in ('CLIENT', 'CASE_MANAGER', 'UNIT', 'OTHER')",
            name=op.f("ck_measure_responsible_kind"),
        ),
        sa.CheckConstraint(
            "state in ('PLANNED', 'STARTED', 'DONE', 'CANCELLED')", name=op.f("ck_measure_state")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_measure_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goal.id"], name=op.f("fk_measure_goal_id_goal"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
    )
    op.create_index("ix_measure_case", "measure", ["tenant_id", "case_id"], unique=False)
    op.create_index(
        "ix_measure_goal", "measure", ["tenant_id", "goal_id", "position"], unique=False
    )

    secure_technical_tables("cases")
    secure("reference_counter", role=APP, privileges="select, insert, update")
    secure(
        "staff_member",
        role=APP,
        privileges="select, insert, update",
        using=f"{TENANT_IS_MINE} and {UNIT_IS_MINE}",
    )
    for table, privileges in PRIVILEGES.items():
        secure(table, role=APP, privileges=privileges, using=MINE)
    # An entrusted note is its owner's, for the database as well (§ 65 SGB VIII).
    secure("note", role=APP, privileges="select, insert", using=NOTE_IS_MINE)


def downgrade() -> None:  # noqa: PLR0915 - a statement per table and index, as Alembic writes them
    op.drop_index("ix_measure_goal", table_name="measure")
    op.drop_index("ix_measure_case", table_name="measure")
    op.drop_table("measure")
    op.drop_index("ix_goal_plan", table_name="goal")
    op.drop_table("goal")
    op.drop_index("uq_case_phase_position", table_name="case_phase")
    op.drop_table("case_phase")
    op.drop_index("uq_sent_referral", table_name="sent_referral")
    op.drop_index("ix_sent_referral_case", table_name="sent_referral")
    op.drop_table("sent_referral")
    op.drop_index("uq_plan_version_number", table_name="plan_version")
    op.drop_table("plan_version")
    op.drop_index("ix_phase_reason_case", table_name="phase_reason")
    op.drop_table("phase_reason")
    op.drop_index("ix_note_case", table_name="note")
    op.drop_table("note")
    op.drop_index("ix_information_notice_case", table_name="information_notice")
    op.drop_table("information_notice")
    op.drop_index("uq_indication_case", table_name="indication_checklist")
    op.drop_table("indication_checklist")
    op.drop_index("ix_family_member_person", table_name="family_member")
    op.drop_index("ix_family_member_family", table_name="family_member")
    op.drop_table("family_member")
    op.drop_index("ix_double_care_check_case", table_name="double_care_check")
    op.drop_table("double_care_check")
    op.drop_index("ix_contact_attempt_case", table_name="contact_attempt")
    op.drop_table("contact_attempt")
    op.drop_index("ix_consent_subject", table_name="consent")
    op.drop_index("ix_consent_state", table_name="consent")
    op.drop_index("ix_consent_case", table_name="consent")
    op.drop_table("consent")
    op.drop_index("uq_case_record_referral", table_name="case_record")
    op.drop_index("uq_case_record_reference", table_name="case_record")
    op.drop_index("uq_case_record_import_key", table_name="case_record")
    op.drop_index("ix_case_record_state", table_name="case_record")
    op.drop_index("ix_case_record_person", table_name="case_record")
    op.drop_index("ix_case_record_opened", table_name="case_record")
    op.drop_index("ix_case_record_manager", table_name="case_record")
    op.drop_index("ix_case_record_family", table_name="case_record")
    op.drop_table("case_record")
    op.drop_index("ix_assessment_entry_case", table_name="assessment_entry")
    op.drop_table("assessment_entry")
    op.drop_index("uq_staff_member_actor", table_name="staff_member")
    op.drop_table("staff_member")
    op.drop_table("reference_counter")
    op.drop_index("ix_person_name", table_name="person")
    op.drop_index("ix_person_match", table_name="person", postgresql_where="match_key is not null")
    op.drop_table("person")
    op.drop_index(
        "ix_outbox_message_waiting", table_name="outbox_message", postgresql_where="sent_at is null"
    )
    op.drop_table("outbox_message")
    op.execute("drop function wake_relay()")
    op.drop_table("idempotency_key")
    op.drop_index("ix_family_unit", table_name="family")
    op.drop_table("family")
    op.drop_table("consumed_event")
    op.drop_table("case_file")
    op.drop_index("ix_audit_entry_at", table_name="audit_entry")
    op.drop_table("audit_entry")
