"""first tables

The policies say who sees a referral: the sender always; the recipient once it is sent, its content
once it is accepted; the coordination while nobody knows where it belongs. Everybody else nothing.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, secure, secure_technical_tables

revision = "f037489b0eb4"
down_revision = None
branch_labels = None
depends_on = None

APP = "kim_referrals_app"
# Owns the function that finds what is due in every tenant; nobody signs in as it.
STATISTICS = "kim_referrals_statistics"
ME = "(select current_setting('app.unit', true))"
ROLES = "(select current_setting('app.roles', true))"
DIRECTORY_IS_MINE = (
    f"{TENANT_IS_MINE} and (strpos({ROLES}, ',coordinator,') > 0 or strpos({ROLES}, ',admin,') > 0)"
)
# Whoever works on people's matters, and the worker; no officer, auditor or administrator.
WORKS_WITH_PEOPLE = "({})".format(
    " or ".join(
        f"strpos({ROLES}, ',{role},') > 0"
        for role in ("case_manager", "team_lead", "partner", "b3_officer", "system")
    )
)
I_SEND = f"{TENANT_IS_MINE} and sender_unit = {ME}"
I_RECEIVE = (
    f"{TENANT_IS_MINE} and submitted_at is not null"
    f" and (recipient_unit = {ME} or forwarded_from = {ME})"
)
I_ASSIGN = (
    f"{TENANT_IS_MINE} and state = 'READY' and manual_reason is not null"
    f" and strpos({ROLES}, ',coordinator,') > 0"
)
I_ACCEPTED = (
    "exists (select from referral r where r.tenant_id = referral_content.tenant_id"
    f" and r.id = referral_content.id and r.recipient_unit = {ME}"
    " and r.state in ('ACCEPTED', 'IN_SERVICE', 'COMPLETED', 'RETURNED'))"
)
IT_WAITS_FOR_ME = (
    "exists (select from referral r where r.tenant_id = referral_place.tenant_id"
    " and r.id = referral_place.id and r.state = 'READY' and r.recipient_unit is null"
    f" and r.manual_reason is not null and strpos({ROLES}, ',coordinator,') > 0)"
)
IT_CAME_TO_ME = (
    "exists (select from referral r where r.tenant_id = recipient_record.tenant_id"
    f" and r.id = recipient_record.id and r.recipient_unit = {ME})"
)
IT_IS_BEFORE_ME = (
    "exists (select from referral r where r.tenant_id = referral_event.tenant_id"
    " and r.id = referral_event.referral_id and r.sender_unit = referral_event.sender_unit"
    " and r.recipient_unit is not distinct from referral_event.recipient_unit)"
)
IT_CONCERNS_ME = (
    f"{TENANT_IS_MINE} and (sender_unit = {ME} or actor_unit = {ME}"
    f" or (recipient_unit = {ME} and is_for_recipient))"
)
DUE_WORK = """
create function due_work(
  at timestamptz, sent_before timestamptz, rejected_before timestamptz, informed_before date,
  rows_max int
) returns table (kind text, id uuid, tenant_id text, unit_id text)
language sql stable security definer set search_path = public, pg_temp as $$
  (select 'EXPIRE', r.id, r.tenant_id, r.sender_unit from referral r
    where r.state = 'SUBMITTED' and r.expires_at <= at limit rows_max)
  union all
  (select 'REMIND', r.id, r.tenant_id, r.sender_unit from referral r
    where r.state = 'SUBMITTED' and r.reminded_at is null and r.submitted_at <= sent_before
      and r.expires_at > at limit rows_max)
  union all
  (select 'PURGE', r.id, r.tenant_id, r.sender_unit from referral r
    where r.state = 'REJECTED' and r.answered_at <= rejected_before
      and exists (select from referral_content c where c.id = r.id) limit rows_max)
  union all
  (select 'WITHDRAW', r.id, r.tenant_id, r.sender_unit from referral r
    where r.consent_revoked_at is not null and r.state in ('DELIVERED', 'IN_REVIEW')
    limit rows_max)
  union all
  (select 'CLOSE', s.id, s.tenant_id, s.unit_id from signposting s
    where s.state = 'INFORMED' and s.informed_on < informed_before limit rows_max)
$$"""


def upgrade() -> None:
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
        "consent_revocation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("consent_reference", sa.String(length=64), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_revocation")),
    )
    op.create_index(
        "uq_consent_revocation_reference",
        "consent_revocation",
        ["tenant_id", "unit_id", "consent_reference"],
        unique=True,
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
        "org_unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("name_de", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("controller_id", sa.String(length=63), nullable=False),
        sa.Column("public_body_87", sa.String(length=10), nullable=False),
        sa.Column("body_35_sgb1", sa.Boolean(), nullable=False),
        sa.Column("supervisory_dp_authority", sa.String(length=20), nullable=False),
        sa.Column("areas", sa.ARRAY(sa.String(length=8)), nullable=False),
        sa.Column("services", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("endpoint_status", sa.String(length=20), nullable=False),
        sa.Column("commitment_78_signed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "endpoint_status in ('DRAFT', 'ACTIVE', 'SUSPENDED')",
            name=op.f("ck_org_unit_endpoint_status"),
        ),
        sa.CheckConstraint(
            "public_body_87 in ('YES', 'NO', 'EXEMPT')", name=op.f("ck_org_unit_public_body_87")
        ),
        sa.CheckConstraint(
            "supervisory_dp_authority in ('LDI_NRW', 'BFDI', 'CHURCH')",
            name=op.f("ck_org_unit_authority"),
        ),
        sa.CheckConstraint(
            "type in ('KI', 'KIM_COORDINATION', 'CM_TEAM', 'ABH', 'EBH', 'JOBCENTER_ACTIVE', 'JOBCENTER_PASSIVE', 'JOBCENTER_GE', 'JOBCENTER_ZKT', 'AGENTUR_FUER_ARBEIT', 'JUGENDAMT', 'SOZIALAMT_SGB_XII', 'ASYLBLG_AUTHORITY', 'SCHULAMT', 'SCHOOL', 'GESUNDHEITSAMT', 'WOHNUNGSAMT', 'STADTTEILBUERO', 'MBE', 'JMD', 'SOZIALE_BERATUNG_GEFLUECHTETE', 'TRAEGER_WELFARE', 'TRAEGER_OTHER', 'LANGUAGE_COURSE_PROVIDER', 'TEILHABEMANAGEMENT', 'BEZIRKSREGIERUNG', 'MINISTRY', 'LENKUNGSGRUPPE', 'DATA_PROTECTION', 'AUDIT_OFFICE', 'IT')",
            name=op.f("ck_org_unit_type"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_org_unit")),
    )
    op.create_index(
        "uq_org_unit_tenant_id_unit_id", "org_unit", ["tenant_id", "unit_id"], unique=True
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
        postgresql_where=sa.text("sent_at is null"),
    )
    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("service_code", sa.String(length=60), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("urgency", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=False),
        sa.Column("interpreter_needed", sa.Boolean(), nullable=False),
        sa.Column("municipality_ags", sa.String(length=8), nullable=False),
        sa.Column("age_band", sa.String(length=20), nullable=False),
        sa.Column("sender_unit", sa.String(length=63), nullable=False),
        sa.Column("recipient_unit", sa.String(length=63), nullable=True),
        sa.Column("forwarded_from", sa.String(length=63), nullable=True),
        sa.Column("manual_reason", sa.String(length=20), nullable=True),
        sa.Column("rules_version", sa.Integer(), nullable=True),
        sa.Column("ground_kind", sa.String(length=20), nullable=True),
        sa.Column("ground_code", sa.String(length=30), nullable=True),
        sa.Column("ground_valid_to", sa.Date(), nullable=True),
        sa.Column("covers_feedback", sa.Boolean(), nullable=False),
        sa.Column("subject_digest", sa.LargeBinary(), nullable=False),
        sa.Column("payload_digest", sa.String(length=71), nullable=True),
        sa.Column("problems", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("outcome", sa.String(length=30), nullable=True),
        sa.Column("withdraw_reason", sa.String(length=30), nullable=True),
        sa.Column("consent_revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signposting_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(submitted_at is null) = (state in ('DRAFT', 'READY')) or state = 'WITHDRAWN'",
            name=op.f("ck_referral_submitted"),
        ),
        sa.CheckConstraint(
            "age_band in ('CHILD_0_13', 'YOUTH_14_17', 'YOUNG_ADULT_18_26', 'ADULT_27_64', 'SENIOR_65_PLUS', 'UNKNOWN')",
            name=op.f("ck_referral_age_band"),
        ),
        sa.CheckConstraint(
            "manual_reason is null or manual_reason in ('NO_RULE', 'ADDRESS_NEEDED', 'NOT_LOCATABLE', 'AMBIGUOUS')",
            name=op.f("ck_referral_manual_reason"),
        ),
        sa.CheckConstraint(
            "mode in ('ZUSTEUERUNG_IN', 'ZUSTEUERUNG_OUT', 'WARM_HANDOVER', 'CHILD_PROTECTION')",
            name=op.f("ck_referral_mode"),
        ),
        sa.CheckConstraint(
            "state in ('DRAFT', 'READY', 'SUBMITTED', 'DELIVERED', 'IN_REVIEW', 'FORWARDED', 'ACCEPTED', 'REJECTED', 'EXPIRED', 'WITHDRAWN', 'IN_SERVICE', 'COMPLETED', 'RETURNED')",
            name=op.f("ck_referral_state"),
        ),
        sa.CheckConstraint(
            "urgency in ('ROUTINE', 'SOON', 'URGENT')", name=op.f("ck_referral_urgency")
        ),
        sa.CheckConstraint(
            "recipient_unit is distinct from sender_unit", name=op.f("ck_referral_two_units")
        ),
        sa.CheckConstraint(
            "submitted_at is null or recipient_unit is not null", name=op.f("ck_referral_addressed")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(
        "ix_referral_forwarded",
        "referral",
        ["tenant_id", "forwarded_from"],
        unique=False,
        postgresql_where=sa.text("forwarded_from is not null"),
    )
    op.create_index(
        "ix_referral_inbox",
        "referral",
        ["tenant_id", "recipient_unit", "submitted_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_referral_manual",
        "referral",
        ["tenant_id", "created_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'READY' and manual_reason is not null"),
    )
    op.create_index(
        "ix_referral_outbox",
        "referral",
        ["tenant_id", "sender_unit", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_referral_rejected",
        "referral",
        ["tenant_id", "answered_at"],
        unique=False,
        postgresql_where=sa.text("state = 'REJECTED'"),
    )
    op.create_index(
        "ix_referral_revoked",
        "referral",
        ["tenant_id", "id"],
        unique=False,
        postgresql_where=sa.text("consent_revoked_at is not null"),
    )
    op.create_index(
        "ix_referral_waiting",
        "referral",
        ["tenant_id", "submitted_at"],
        unique=False,
        postgresql_where=sa.text("state = 'SUBMITTED'"),
    )
    op.create_index(
        "uq_referral_pending",
        "referral",
        ["tenant_id", "sender_unit", "service_code", "subject_digest"],
        unique=True,
        postgresql_where=sa.text("state in ('DELIVERED', 'FORWARDED', 'IN_REVIEW', 'SUBMITTED')"),
    )
    op.create_table(
        "routing_rule_set",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("rules", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_rule_set")),
    )
    op.create_index(
        "uq_routing_rule_set_tenant_id_version",
        "routing_rule_set",
        ["tenant_id", "version"],
        unique=True,
    )
    op.create_table(
        "signposting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("service_code", sa.String(length=60), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("target_name", sa.String(length=200), nullable=False),
        sa.Column("target_unit", sa.String(length=63), nullable=True),
        sa.Column("municipality_ags", sa.String(length=8), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("informed_on", sa.Date(), nullable=True),
        sa.Column("information_language", sa.String(length=3), nullable=True),
        sa.Column("outcome", sa.String(length=30), nullable=True),
        sa.Column("referral_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state in ('RECORDED', 'INFORMED', 'OUTCOME_KNOWN', 'OUTCOME_UNKNOWN')",
            name=op.f("ck_signposting_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signposting")),
    )
    op.create_index(
        "ix_signposting_informed",
        "signposting",
        ["tenant_id", "informed_on"],
        unique=False,
        postgresql_where=sa.text("state = 'INFORMED'"),
    )
    op.create_index(
        "ix_signposting_unit",
        "signposting",
        ["tenant_id", "unit_id", "created_at", "id"],
        unique=False,
    )
    op.create_table(
        "recipient_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(length=30), nullable=True),
        sa.ForeignKeyConstraint(
            ["id"], ["referral.id"], name=op.f("fk_recipient_record_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient_record")),
    )
    op.create_index(
        "ix_recipient_record_case",
        "recipient_record",
        ["tenant_id", "unit_id", "case_id"],
        unique=False,
    )
    op.create_table(
        "referral_content",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("disputed_fields", sa.ARRAY(sa.String(length=120)), nullable=False),
        sa.Column("secret_categories", sa.ARRAY(sa.String(length=20)), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["referral.id"], name=op.f("fk_referral_content_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_content")),
    )
    op.create_table(
        "referral_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("feed_tx", sa.BigInteger(), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("actor_unit", sa.String(length=63), nullable=False),
        sa.Column("sender_unit", sa.String(length=63), nullable=False),
        sa.Column("recipient_unit", sa.String(length=63), nullable=True),
        sa.Column("is_for_recipient", sa.Boolean(), nullable=False),
        sa.Column("from_state", sa.String(length=20), nullable=True),
        sa.Column("to_state", sa.String(length=20), nullable=False),
        sa.Column("referral_version", sa.Integer(), nullable=False),
        sa.Column("codes", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.CheckConstraint(
            "side in ('SENDER', 'RECIPIENT', 'COORDINATION', 'SYSTEM')",
            name=op.f("ck_referral_event_side"),
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_event_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_event")),
    )
    op.create_index(
        "ix_referral_event_feed", "referral_event", ["tenant_id", "feed_tx", "id"], unique=False
    )
    op.create_index(
        "ix_referral_event_referral",
        "referral_event",
        ["tenant_id", "referral_id", "feed_tx", "id"],
        unique=False,
    )
    op.create_table(
        "referral_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("ags", sa.String(length=8), nullable=False),
        sa.Column("street", sa.String(length=120), nullable=False),
        sa.Column("house_number", sa.String(length=20), nullable=False),
        sa.Column("district", sa.String(length=120), nullable=False),
        sa.Column("lon_microdeg", sa.Integer(), nullable=True),
        sa.Column("lat_microdeg", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["id"], ["referral.id"], name=op.f("fk_referral_place_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_place")),
    )
    op.create_table(
        "sender_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("subject_reference", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("consent_reference", sa.String(length=64), nullable=True),
        sa.Column("release_reference", sa.String(length=64), nullable=True),
        sa.Column("legal_ground", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("disclosure_decision", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("protection_steps", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["referral.id"], name=op.f("fk_sender_record_id_referral")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sender_record")),
    )
    op.create_index(
        "ix_sender_record_case", "sender_record", ["tenant_id", "unit_id", "case_id"], unique=False
    )
    op.create_index(
        "ix_sender_record_consent",
        "sender_record",
        ["tenant_id", "unit_id", "consent_reference"],
        unique=False,
    )
    op.create_index(
        "ix_sender_record_release",
        "sender_record",
        ["tenant_id", "unit_id", "release_reference"],
        unique=False,
    )
    secure_technical_tables("referrals")
    for table in ("org_unit", "routing_rule_set"):
        secure(
            table,
            role=APP,
            privileges="select, insert, update" if table == "org_unit" else "select, insert",
            check=DIRECTORY_IS_MINE,
        )
    for table in ("sender_record", "consent_revocation", "signposting"):
        secure(
            table,
            role=APP,
            privileges="select, insert, update",
            using=f"{TENANT_IS_MINE} and {UNIT_IS_MINE}",
        )
    secure(
        "recipient_record",
        role=APP,
        privileges="select, insert, update",
        using=f"{TENANT_IS_MINE} and {UNIT_IS_MINE}",
        check=f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {IT_CAME_TO_ME}",
    )
    secure_referral()
    secure_parts()
    find_due_work()


def secure_referral() -> None:
    bolt("referral", "select, insert, update")
    policy("referral", "sender_reads", "select", using=I_SEND)
    policy("referral", "sender_inserts", "insert", check=I_SEND)
    policy("referral", "sender_changes", "update", using=I_SEND, check=I_SEND)
    policy("referral", "recipient_reads", "select", using=I_RECEIVE)
    policy("referral", "recipient_changes", "update", using=I_RECEIVE, check=I_RECEIVE)
    policy("referral", "coordinator_reads", "select", using=I_ASSIGN)
    policy("referral", "coordinator_changes", "update", using=I_ASSIGN, check=I_ASSIGN)


def secure_parts() -> None:
    mine = f"{TENANT_IS_MINE} and {UNIT_IS_MINE}"
    bolt("referral_content", "select, insert, update, delete")
    policy(
        "referral_content",
        "reads",
        "select",
        using=f"{TENANT_IS_MINE} and {WORKS_WITH_PEOPLE} and ({UNIT_IS_MINE} or {I_ACCEPTED})",
    )
    policy("referral_content", "sender_inserts", "insert", check=mine)
    policy("referral_content", "sender_changes", "update", using=mine, check=mine)
    policy("referral_content", "sender_deletes", "delete", using=mine)
    bolt("referral_place", "select, insert, update, delete")
    policy(
        "referral_place",
        "reads",
        "select",
        using=f"{TENANT_IS_MINE} and ({UNIT_IS_MINE} or {IT_WAITS_FOR_ME})",
    )
    policy("referral_place", "sender_inserts", "insert", check=mine)
    policy("referral_place", "sender_changes", "update", using=mine, check=mine)
    policy("referral_place", "sender_deletes", "delete", using=mine)
    bolt("referral_event", "select, insert")
    policy("referral_event", "reads", "select", using=IT_CONCERNS_ME)
    policy(
        "referral_event",
        "writes",
        "insert",
        check=f"{TENANT_IS_MINE} and actor_unit = {ME} and {IT_IS_BEFORE_ME}",
    )


def find_due_work() -> None:
    """The worker asks what is due in every tenant and gets ids and units, nothing else."""
    for table, columns in (
        (
            "referral",
            "id, tenant_id, sender_unit, state, submitted_at, expires_at, reminded_at, answered_at, consent_revoked_at",
        ),
        ("referral_content", "id"),
        ("signposting", "id, tenant_id, unit_id, state, informed_on"),
    ):
        op.execute(f"grant select ({columns}) on {table} to {STATISTICS}")
        op.execute(f"create policy due_work on {table} for select to {STATISTICS} using (true)")
    op.execute(DUE_WORK)
    signature = "due_work(timestamptz, timestamptz, timestamptz, date, int)"
    op.execute(f"revoke all on function {signature} from public")
    op.execute(f"grant execute on function {signature} to {APP}")
    op.execute(f"alter function {signature} owner to {STATISTICS}")


def bolt(table: str, privileges: str) -> None:
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")
    op.execute(f"grant {privileges} on {table} to {APP}")


def policy(table: str, name: str, command: str, *, using: str = "", check: str = "") -> None:
    parts = [f"create policy {name} on {table} for {command} to {APP}"]
    parts += [f"using ({using})"] if using else []
    parts += [f"with check ({check})"] if check else []
    op.execute(" ".join(parts))


def downgrade() -> None:
    op.execute("drop function due_work(timestamptz, timestamptz, timestamptz, date, int)")
    op.drop_index("ix_sender_record_release", table_name="sender_record")
    op.drop_index("ix_sender_record_consent", table_name="sender_record")
    op.drop_index("ix_sender_record_case", table_name="sender_record")
    op.drop_table("sender_record")
    op.drop_table("referral_place")
    op.drop_index("ix_referral_event_referral", table_name="referral_event")
    op.drop_index("ix_referral_event_feed", table_name="referral_event")
    op.drop_table("referral_event")
    op.drop_table("referral_content")
    op.drop_index("ix_recipient_record_case", table_name="recipient_record")
    op.drop_table("recipient_record")
    op.drop_index("ix_signposting_unit", table_name="signposting")
    op.drop_index(
        "ix_signposting_informed",
        table_name="signposting",
        postgresql_where=sa.text("state = 'INFORMED'"),
    )
    op.drop_table("signposting")
    op.drop_index("uq_routing_rule_set_tenant_id_version", table_name="routing_rule_set")
    op.drop_table("routing_rule_set")
    op.drop_index(
        "uq_referral_pending",
        table_name="referral",
        postgresql_where=sa.text("state in ('DELIVERED', 'FORWARDED', 'IN_REVIEW', 'SUBMITTED')"),
    )
    op.drop_index(
        "ix_referral_waiting",
        table_name="referral",
        postgresql_where=sa.text("state = 'SUBMITTED'"),
    )
    op.drop_index(
        "ix_referral_rejected",
        table_name="referral",
        postgresql_where=sa.text("state = 'REJECTED'"),
    )
    op.drop_index(
        "ix_referral_revoked",
        table_name="referral",
        postgresql_where=sa.text("consent_revoked_at is not null"),
    )
    op.drop_index("ix_referral_outbox", table_name="referral")
    op.drop_index(
        "ix_referral_manual",
        table_name="referral",
        postgresql_where=sa.text("state = 'READY' and manual_reason is not null"),
    )
    op.drop_index("ix_referral_inbox", table_name="referral")
    op.drop_index(
        "ix_referral_forwarded",
        table_name="referral",
        postgresql_where=sa.text("forwarded_from is not null"),
    )
    op.drop_table("referral")
    op.drop_index(
        "ix_outbox_message_waiting",
        table_name="outbox_message",
        postgresql_where=sa.text("sent_at is null"),
    )
    op.drop_table("outbox_message")
    op.execute("drop function wake_relay()")
    op.drop_index("uq_org_unit_tenant_id_unit_id", table_name="org_unit")
    op.drop_table("org_unit")
    op.drop_table("idempotency_key")
    op.drop_table("consumed_event")
    op.drop_index("uq_consent_revocation_reference", table_name="consent_revocation")
    op.drop_table("consent_revocation")
    op.drop_index("ix_audit_entry_at", table_name="audit_entry")
    op.drop_table("audit_entry")
