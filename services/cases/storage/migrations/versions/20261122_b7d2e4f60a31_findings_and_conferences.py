"""findings and conferences

Findings, their steps and extracts, meetings and concepts are read in the whole tenant by those
who steer; conferences and the origin of an extract by the case staff of the unit alone. A function
counts conferences over the tenant and gives nothing else away.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, allow, secure

revision = "b7d2e4f60a31"
down_revision = "c3a1e7f20d94"
branch_labels = None
depends_on = None

APP, STATISTICS = "kim_cases_app", "kim_cases_statistics"
ROLES = "(select current_setting('app.roles', true))"
IS_NO_AUTHORITY = (
    f"({ROLES} !~ ',b3_officer,'"
    " and (select current_setting('app.unit_type', true)) not in ('ABH', 'EBH'))"
)
IS_CASE_STAFF = f"({ROLES} ~ ',(case_manager|system),' and {IS_NO_AUTHORITY})"
IS_CASE_MANAGER = f"{ROLES} ~ ',case_manager,'"
IS_COORDINATOR = f"{ROLES} ~ ',coordinator,'"
MINE = f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {IS_CASE_STAFF}"


def readable_by(roles: str) -> str:
    return f"{TENANT_IS_MINE} and {ROLES} ~ ',({roles}),' and {IS_NO_AUTHORITY}"


MEETINGS = readable_by("case_manager|team_lead|coordinator|unit_head")
FINDINGS = readable_by(
    "case_manager|team_lead|coordinator|unit_head|funding_officer|funding_approver"
)
# Who may leave a finding in which state: the analysis is common work, the measure the
# coordination's.
FINDING_TURN = (
    f"{TENANT_IS_MINE} and {IS_NO_AUTHORITY} and"
    f" (({IS_CASE_MANAGER} and state not in ('MEASURE_RUNNING', 'SOLVED'))"
    f" or ({IS_COORDINATOR} and state <> 'DRAFT'))"
)
BY_MANAGER = f"{TENANT_IS_MINE} and {IS_NO_AUTHORITY} and {IS_CASE_MANAGER}"
BY_EITHER = f"{TENANT_IS_MINE} and {IS_NO_AUTHORITY} and ({IS_CASE_MANAGER} or {IS_COORDINATOR})"
BY_COORDINATOR = f"{TENANT_IS_MINE} and {IS_NO_AUTHORITY} and {IS_COORDINATOR}"
# table: (privileges, who reads, who writes). What may be proof later is only added.
SHARED = {
    "structural_finding": ("select, insert, update", FINDINGS, FINDING_TURN),
    "finding_step": ("select, insert", FINDINGS, BY_EITHER),
    "finding_extract": ("select, insert", FINDINGS, BY_MANAGER),
    "meeting": ("select, insert", MEETINGS, BY_COORDINATOR),
    "concept_version": ("select, insert, update", MEETINGS, BY_COORDINATOR),
}
OF_THE_CASE = (
    "extract_origin",
    "case_conference",
    "conference_participant",
    "conference_outcome",
)

# A row without topic counts conferences, a row with one counts how often it was on the table.
COUNT_CONFERENCES = f"""
create function count_conferences(in_year int)
returns table (quarter text, topic text, conferences bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with held as (
    select 'Q' || extract(quarter from c.held_on) as quarter, c.topics
      from case_conference c
     where c.tenant_id = (select current_setting('app.tenant', true))
       and c.held_on >= make_date(in_year, 1, 1) and c.held_on < make_date(in_year + 1, 1, 1)
       and {IS_NO_AUTHORITY}
  )
  select h.quarter, null, count(*) from held h group by h.quarter
  union all
  select h.quarter, t.topic, count(*) from held h cross join unnest(h.topics) as t(topic)
   group by h.quarter, t.topic
$$"""  # noqa: S608 - a constant condition


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("body", sa.String(length=20), nullable=False),
        sa.Column("body_name", sa.String(length=120), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("participant_units", sa.ARRAY(sa.String(length=63)), nullable=False),
        sa.Column("topics", sa.ARRAY(sa.String(length=1000)), nullable=False),
        sa.Column("decisions", sa.ARRAY(sa.String(length=1000)), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "body in ('STEERING_GROUP', 'COORDINATION_GROUP', 'WORKING_GROUP')",
            name=op.f("ck_meeting_body"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index("ix_meeting_held", "meeting", ["tenant_id", "held_on", "id"], unique=False)
    op.create_table(
        "structural_finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("field_of_action", sa.String(length=60), nullable=False),
        sa.Column("participant_units", sa.ARRAY(sa.String(length=63)), nullable=False),
        sa.Column("partner_units", sa.ARRAY(sa.String(length=63)), nullable=False),
        sa.Column("proposed_measure", sa.String(length=4000), nullable=True),
        sa.Column("funding_reference", sa.String(length=60), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state in ('DRAFT', 'IN_ANALYSIS', 'MEASURE_PROPOSED', 'MEASURE_RUNNING', 'SOLVED', 'SET_ASIDE')",
            name=op.f("ck_structural_finding_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_structural_finding")),
    )
    op.create_index(
        "ix_structural_finding_state",
        "structural_finding",
        ["tenant_id", "state", "recorded_at", "id"],
        unique=False,
    )
    op.create_table(
        "case_conference",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("topics", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("extract", sa.String(length=4000), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_case_conference_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_conference")),
    )
    op.create_index(
        "ix_case_conference_case",
        "case_conference",
        ["tenant_id", "case_id", "held_on", "id"],
        unique=False,
    )
    op.create_table(
        "concept_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("document_reference", sa.String(length=500), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("endorsed_on", sa.Date(), nullable=True),
        sa.Column("endorsed_in", sa.Uuid(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.String(length=200), nullable=True),
        sa.Column("approval_reference", sa.String(length=200), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state in ('DRAFT', 'ENDORSED', 'APPROVED', 'SUPERSEDED', 'WITHDRAWN')",
            name=op.f("ck_concept_version_state"),
        ),
        sa.ForeignKeyConstraint(
            ["endorsed_in"], ["meeting.id"], name=op.f("fk_concept_version_endorsed_in_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concept_version")),
    )
    op.create_index(
        "uq_concept_version_number", "concept_version", ["tenant_id", "number"], unique=True
    )
    op.create_table(
        "finding_extract",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("field_of_action", sa.String(length=60), nullable=False),
        sa.Column("residence_group", sa.String(length=60), nullable=False),
        sa.Column("arrival_band", sa.String(length=20), nullable=False),
        sa.Column("age_band", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=3), nullable=True),
        sa.Column("municipality_ags", sa.String(length=8), nullable=True),
        sa.Column("problem", sa.String(length=2000), nullable=False),
        sa.CheckConstraint(
            "age_band in ('UNDER_18', 'AGE_18_TO_26', 'AGE_27_TO_44', 'AGE_45_TO_64', 'AGE_65_AND_OVER', 'UNKNOWN')",
            name=op.f("ck_finding_extract_age_band"),
        ),
        sa.CheckConstraint(
            "arrival_band in ('BEFORE_2015', 'YEARS_2015_TO_2018', 'YEARS_2019_TO_2021', 'SINCE_2022', 'UNKNOWN')",
            name=op.f("ck_finding_extract_arrival_band"),
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"],
            ["structural_finding.id"],
            name=op.f("fk_finding_extract_finding_id_structural_finding"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_extract")),
    )
    op.create_index(
        "ix_finding_extract_finding", "finding_extract", ["tenant_id", "finding_id"], unique=False
    )
    op.create_table(
        "finding_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(length=4000), nullable=False),
        sa.CheckConstraint(
            "step in ('COLLECT', 'ANALYSE', 'DISCUSS', 'MEASURE', 'EVALUATE')",
            name=op.f("ck_finding_step_step"),
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"],
            ["structural_finding.id"],
            name=op.f("fk_finding_step_finding_id_structural_finding"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_step")),
    )
    op.create_index(
        "uq_finding_step_position",
        "finding_step",
        ["tenant_id", "finding_id", "position"],
        unique=True,
    )
    op.create_table(
        "conference_outcome",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conference_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("responsible_unit", sa.String(length=63), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.CheckConstraint("kind in ('DECISION', 'TASK')", name=op.f("ck_conference_outcome_kind")),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_conference_outcome_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["conference_id"],
            ["case_conference.id"],
            name=op.f("fk_conference_outcome_conference_id_case_conference"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_outcome")),
    )
    op.create_index(
        "ix_conference_outcome",
        "conference_outcome",
        ["tenant_id", "conference_id", "position"],
        unique=False,
    )
    op.create_table(
        "conference_participant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conference_id", sa.Uuid(), nullable=False),
        sa.Column("participant", sa.String(length=63), nullable=False),
        sa.Column("participant_type", sa.String(length=40), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("fields", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("consent_id", sa.Uuid(), nullable=True),
        sa.Column("release_id", sa.Uuid(), nullable=True),
        sa.Column("ground", sa.String(length=30), nullable=True),
        sa.Column("decision_reason", sa.String(length=2000), nullable=True),
        sa.Column("is_client_informed", sa.Boolean(), nullable=True),
        sa.Column("request_reference", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "(basis = 'CONSENT') = (consent_id is not null)",
            name=op.f("ck_conference_participant_consent_named"),
        ),
        sa.CheckConstraint(
            "(basis = 'STATUTORY') = (ground is not null)",
            name=op.f("ck_conference_participant_ground_named"),
        ),
        sa.CheckConstraint(
            "basis in ('OWN_UNIT', 'CONSENT', 'STATUTORY')",
            name=op.f("ck_conference_participant_basis"),
        ),
        sa.CheckConstraint(
            "ground in ('SGB_X_69', 'SGB_VIII_64', 'KKG_4', 'SGB_X_71_2', 'AUFENTHG_87_1', 'STAG_32_1')",
            name=op.f("ck_conference_participant_ground"),
        ),
        sa.CheckConstraint(
            "participant_type in ('KI', 'KIM_COORDINATION', 'CM_TEAM', 'ABH', 'EBH', 'JOBCENTER_ACTIVE', 'JOBCENTER_PASSIVE', 'JOBCENTER_GE', 'JOBCENTER_ZKT', 'AGENTUR_FUER_ARBEIT', 'JUGENDAMT', 'SOZIALAMT_SGB_XII', 'ASYLBLG_AUTHORITY', 'SCHULAMT', 'SCHOOL', 'GESUNDHEITSAMT', 'WOHNUNGSAMT', 'STADTTEILBUERO', 'MBE', 'JMD', 'SOZIALE_BERATUNG_GEFLUECHTETE', 'TRAEGER_WELFARE', 'TRAEGER_OTHER', 'LANGUAGE_COURSE_PROVIDER', 'TEILHABEMANAGEMENT', 'BEZIRKSREGIERUNG', 'MINISTRY', 'LENKUNGSGRUPPE')",
            name=op.f("ck_conference_participant_participant_type"),
        ),
        sa.CheckConstraint(
            "participant_type not in ('ABH', 'EBH') or decision_reason is not null",
            name=op.f("ck_conference_participant_authority_needs_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_conference_participant_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["conference_id"],
            ["case_conference.id"],
            name=op.f("fk_conference_participant_conference_id_case_conference"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"],
            ["consent.id"],
            name=op.f("fk_conference_participant_consent_id_consent"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["release_id"],
            ["consent.id"],
            name=op.f("fk_conference_participant_release_id_consent"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_participant")),
    )
    op.create_index(
        "ix_conference_participant_case",
        "conference_participant",
        ["tenant_id", "case_id"],
        unique=False,
    )
    op.create_index(
        "uq_conference_participant",
        "conference_participant",
        ["tenant_id", "conference_id", "participant"],
        unique=True,
    )
    op.create_table(
        "extract_origin",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("extract_id", sa.Uuid(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_extract_origin_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["extract_id"],
            ["finding_extract.id"],
            name=op.f("fk_extract_origin_extract_id_finding_extract"),
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"],
            ["structural_finding.id"],
            name=op.f("fk_extract_origin_finding_id_structural_finding"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extract_origin")),
    )
    op.create_index(
        "uq_extract_origin_case",
        "extract_origin",
        ["tenant_id", "case_id", "finding_id"],
        unique=True,
    )
    op.create_index(
        "uq_extract_origin_extract", "extract_origin", ["tenant_id", "extract_id"], unique=True
    )

    for table, (privileges, readers, writers) in SHARED.items():
        secure(table, role=APP, privileges=privileges, using=readers, check=writers)
    for table in OF_THE_CASE:
        secure(table, role=APP, privileges="select, insert", using=MINE)
    counted = "select (tenant_id, held_on, topics)"
    allow("case_conference", role=STATISTICS, privileges=counted, using=TENANT_IS_MINE)
    op.execute(COUNT_CONFERENCES)
    op.execute("revoke all on function count_conferences(int) from public")
    op.execute(f"grant execute on function count_conferences(int) to {APP}")
    op.execute(f"alter function count_conferences(int) owner to {STATISTICS}")


def downgrade() -> None:
    op.execute(f"set role {STATISTICS}")
    op.execute("drop function count_conferences(int)")
    op.execute("reset role")
    op.drop_index("uq_extract_origin_extract", table_name="extract_origin")
    op.drop_index("uq_extract_origin_case", table_name="extract_origin")
    op.drop_table("extract_origin")
    op.drop_index("uq_conference_participant", table_name="conference_participant")
    op.drop_index("ix_conference_participant_case", table_name="conference_participant")
    op.drop_table("conference_participant")
    op.drop_index("ix_conference_outcome", table_name="conference_outcome")
    op.drop_table("conference_outcome")
    op.drop_index("uq_finding_step_position", table_name="finding_step")
    op.drop_table("finding_step")
    op.drop_index("ix_finding_extract_finding", table_name="finding_extract")
    op.drop_table("finding_extract")
    op.drop_index("uq_concept_version_number", table_name="concept_version")
    op.drop_table("concept_version")
    op.drop_index("ix_case_conference_case", table_name="case_conference")
    op.drop_table("case_conference")
    op.drop_index("ix_structural_finding_state", table_name="structural_finding")
    op.drop_table("structural_finding")
    op.drop_index("ix_meeting_held", table_name="meeting")
    op.drop_table("meeting")
