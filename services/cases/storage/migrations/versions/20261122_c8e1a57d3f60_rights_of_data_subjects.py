"""rights of data subjects

Requests under Art. 15 to 21 GDPR with their clock, what each service holds, what a person decided
about each part, and which recipients were told. Ids, codes and days: they stay as evidence when the
file is gone. The data protection officer of the tenant sees them; the content they ask about, not.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, allow, secure

revision = "c8e1a57d3f60"
down_revision = "3d9e60b7a1f8"
branch_labels = None
depends_on = None

APP = "kim_cases_app"
STATISTICS = "kim_cases_statistics"
ROLES = "(select current_setting('app.roles', true))"
NOT_BLIND = (
    f"{ROLES} !~ ',b3_officer,'"
    " and (select current_setting('app.unit_type', true)) not in ('ABH', 'EBH')"
)
IS_CASE_STAFF = (
    f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {NOT_BLIND} and {ROLES} ~ ',(case_manager|system),'"
)
IS_OFFICER = f"{TENANT_IS_MINE} and {NOT_BLIND} and {ROLES} ~ ',dpo,'"
IS_SYSTEM = "(select current_setting('app.roles', true) = ',system,')"
PRIVILEGES = {
    "rights_request": "select, insert, delete, update (state, case_ids, due_on, extension_reason,"
    " identity_check, identity_checked_by, services, settlement, refusal_ground,"
    " are_remedies_told, person_told_on, handed_over_via, decided_by, decided_at, exported_at,"
    " export_removed_at, warned_on, overdue_told_on, ended_at, version, updated_at)",
    "rights_part": "select, insert, update (records, may_concern_others, answered_at)",
    "rights_decision": "select, insert, update (is_withheld, ground, decided_by, decided_at)",
    "rights_notice": "select, insert, update (answer, answered_at, overdue_at)",
}
# Whose clock runs out, whose export is to be removed, what has been kept long enough: in the name
# of each unit, which this lists.
RIGHTS_WORK = """
create function rights_work(warn_until date, exported_before timestamptz, ended_before timestamptz)
returns table (tenant_id text, unit_id text)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct r.tenant_id, r.unit_id from rights_request r
   where (r.state in ('RECEIVED', 'EXAMINATION') and r.due_on <= warn_until)
      or (r.exported_at < exported_before and r.export_removed_at is null)
      or r.ended_at < ended_before
$$"""
SIGNATURE = "rights_work(date, timestamptz, timestamptz)"


def upgrade() -> None:
    op.create_table(
        "rights_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("data_right", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("case_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("asked_by", sa.String(length=40), nullable=False),
        sa.Column("asked_on", sa.String(length=20), nullable=True),
        sa.Column("fields", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_via", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("extension_reason", sa.String(length=40), nullable=True),
        sa.Column("identity_check", sa.String(length=40), nullable=True),
        sa.Column("identity_checked_by", sa.String(length=520), nullable=True),
        sa.Column("services", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("settlement", sa.String(length=40), nullable=True),
        sa.Column("refusal_ground", sa.String(length=40), nullable=True),
        sa.Column("are_remedies_told", sa.Boolean(), nullable=False),
        sa.Column("person_told_on", sa.Date(), nullable=True),
        sa.Column("handed_over_via", sa.String(length=20), nullable=True),
        sa.Column("decided_by", sa.String(length=520), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("export_removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("warned_on", sa.Date(), nullable=True),
        sa.Column("overdue_told_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "asked_by in ('SELF', 'LEGAL_REPRESENTATIVE', 'AUTHORISED_PERSON', 'LAWYER')",
            name=op.f("ck_rights_request_asked_by"),
        ),
        sa.CheckConstraint(
            "asked_on in ('GDPR_17_1_A', 'GDPR_17_1_B', 'GDPR_17_1_C', 'GDPR_17_1_D', 'GDPR_17_1_E', 'GDPR_18_1_A', 'GDPR_18_1_B', 'GDPR_18_1_C', 'GDPR_18_1_D', 'GDPR_21_1')",
            name=op.f("ck_rights_request_asked_on"),
        ),
        sa.CheckConstraint(
            "data_right in ('ACCESS', 'RECTIFICATION', 'ERASURE', 'RESTRICTION', 'OBJECTION')",
            name=op.f("ck_rights_request_data_right"),
        ),
        sa.CheckConstraint(
            "extension_reason in ('COMPLEXITY', 'NUMBER_OF_REQUESTS')",
            name=op.f("ck_rights_request_extension_reason"),
        ),
        sa.CheckConstraint(
            "handed_over_via in ('IN_PERSON', 'LETTER', 'ENCRYPTED', 'PORTAL')",
            name=op.f("ck_rights_request_handed_over_via"),
        ),
        sa.CheckConstraint(
            "identity_check in ('KNOWN_IN_PERSON', 'IDENTITY_PAPER_SEEN', 'ELECTRONIC_IDENTITY', 'POWER_OF_ATTORNEY_SEEN', 'QUESTION_ANSWERED')",
            name=op.f("ck_rights_request_identity_check"),
        ),
        sa.CheckConstraint(
            "received_via in ('IN_PERSON', 'LETTER', 'EMAIL', 'PHONE', 'ONLINE')",
            name=op.f("ck_rights_request_received_via"),
        ),
        sa.CheckConstraint(
            "refusal_ground in ('IDENTITY_NOT_PROVEN', 'MANIFESTLY_UNFOUNDED', 'RIGHTS_OF_OTHERS', 'ENTRUSTED_TO_OTHERS', 'TASK_ENDANGERED', 'PUBLIC_SECURITY', 'CONFIDENTIAL_BY_LAW', 'RETAINED_ONLY', 'BACKUP_OR_LOG_ONLY', 'HEALTH_TOLD_BY_DOCTOR', 'DATA_ARE_CORRECT', 'CASE_IS_OPEN', 'RETENTION_NOT_ENDED', 'LEGAL_HOLD', 'LEGAL_CLAIMS', 'ARCHIVE_PENDING', 'INTERESTS_OF_PERSON', 'NO_GROUND_FOR_RESTRICTION', 'COMPELLING_PUBLIC_INTEREST', 'DUTY_TO_PROCESS')",
            name=op.f("ck_rights_request_refusal_ground"),
        ),
        sa.CheckConstraint(
            "settlement in ('CORRECTED', 'ACCURACY_DISPUTED')",
            name=op.f("ck_rights_request_settlement"),
        ),
        sa.CheckConstraint(
            "state <> 'REFUSED' or (refusal_ground is not null and are_remedies_told)",
            name=op.f("ck_rights_request_refused_lawfully"),
        ),
        sa.CheckConstraint(
            "state in ('RECEIVED', 'EXAMINATION', 'GRANTED', 'COMPLETED', 'REFUSED', 'WITHDRAWN')",
            name=op.f("ck_rights_request_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_request")),
    )
    op.create_index(
        "ix_rights_request_due",
        "rights_request",
        ["tenant_id", "due_on"],
        unique=False,
        postgresql_where=sa.text("state in ('RECEIVED', 'EXAMINATION')"),
    )
    op.create_index(
        "ix_rights_request_person", "rights_request", ["tenant_id", "person_id"], unique=False
    )
    op.create_index(
        "ix_rights_request_received",
        "rights_request",
        ["tenant_id", "unit_id", "received_on", "id"],
        unique=False,
    )
    op.create_table(
        "rights_part",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("may_concern_others", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["rights_request.id"],
            name=op.f("fk_rights_part_request_id_rights_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_part")),
    )
    op.create_index(
        "uq_rights_part", "rights_part", ["tenant_id", "request_id", "service", "kind"], unique=True
    )
    op.create_table(
        "rights_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.Column("is_withheld", sa.Boolean(), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=True),
        sa.Column("decided_by", sa.String(length=520), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "ground in ('IDENTITY_NOT_PROVEN', 'MANIFESTLY_UNFOUNDED', 'RIGHTS_OF_OTHERS', 'ENTRUSTED_TO_OTHERS', 'TASK_ENDANGERED', 'PUBLIC_SECURITY', 'CONFIDENTIAL_BY_LAW', 'RETAINED_ONLY', 'BACKUP_OR_LOG_ONLY', 'HEALTH_TOLD_BY_DOCTOR', 'DATA_ARE_CORRECT', 'CASE_IS_OPEN', 'RETENTION_NOT_ENDED', 'LEGAL_HOLD', 'LEGAL_CLAIMS', 'ARCHIVE_PENDING', 'INTERESTS_OF_PERSON', 'NO_GROUND_FOR_RESTRICTION', 'COMPELLING_PUBLIC_INTEREST', 'DUTY_TO_PROCESS')",
            name=op.f("ck_rights_decision_ground"),
        ),
        sa.CheckConstraint(
            "is_withheld = (ground is not null)", name=op.f("ck_rights_decision_ground_given")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["rights_request.id"],
            name=op.f("fk_rights_decision_request_id_rights_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_decision")),
    )
    op.create_index(
        "uq_rights_decision",
        "rights_decision",
        ["tenant_id", "request_id", "service", "kind", "record_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "rights_notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_unit", sa.String(length=63), nullable=False),
        sa.Column("change", sa.String(length=20), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overdue_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "change in ('DATA_CORRECTED', 'ACCURACY_DISPUTED', 'RESTRICTED', 'OBJECTED')",
            name=op.f("ck_rights_notice_change"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["rights_request.id"],
            name=op.f("fk_rights_notice_request_id_rights_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_notice")),
    )
    op.create_index(
        "ix_rights_notice_request", "rights_notice", ["tenant_id", "request_id", "id"], unique=False
    )
    for table, privileges in PRIVILEGES.items():
        secure(table, role=APP, privileges=privileges, using=IS_CASE_STAFF)
        op.execute(
            f"create policy {APP}_officer on {table} for select to {APP} using ({IS_OFFICER})"
        )
    allow(
        "rights_request",
        role=STATISTICS,
        privileges="select (tenant_id, unit_id, state, due_on, exported_at, export_removed_at,"
        " ended_at)",
        using=IS_SYSTEM,
        name=f"{STATISTICS}_worker",
    )
    op.execute(RIGHTS_WORK)
    op.execute(f"revoke all on function {SIGNATURE} from public")
    op.execute(f"grant execute on function {SIGNATURE} to {APP}")
    op.execute(f"alter function {SIGNATURE} owner to {STATISTICS}")


def downgrade() -> None:
    op.execute(f"set role {STATISTICS}")
    op.execute(f"drop function {SIGNATURE}")
    op.execute("reset role")
    for table in reversed(PRIVILEGES):
        op.drop_table(table)
