"""access scopes

How far a role or a person of a unit sees: whose cases, of which types, up to which class of notes.
Restrictive policies beside those of the rows, so a setting narrows and opens nothing. What applies
to the caller is asked once per statement; without a setting nothing else is asked.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, secure

revision = "a5f27c90d3e8"
down_revision = "e93f06ab72d1"
branch_labels = None
depends_on = None

APP = "kim_cases_app"
ROLES = "(select current_setting('app.roles', true))"
ME = "(select current_setting('app.actor', true))"
TODAY = "(select (now() at time zone 'Europe/Berlin')::date)"
IS_ADMIN = f"{ROLES} ~ ',admin,'"
NOT_BLIND = (
    f"{ROLES} !~ ',b3_officer,'"
    " and (select current_setting('app.unit_type', true)) not in ('ABH', 'EBH')"
)
SEES_SCOPES = f"{TENANT_IS_MINE} and {NOT_BLIND} and ({UNIT_IS_MINE} or {IS_ADMIN})"
SETS = f"{TENANT_IS_MINE} and {NOT_BLIND} and {IS_ADMIN} and actor is distinct from {ME}"
OF_MINE = """from access_scope s
   where s.tenant_id = current_setting('app.tenant', true)
     and s.unit_id = current_setting('app.unit', true) and s.ended_at is null
     and strpos(current_setting('app.roles', true), ',' || s.role || ',') > 0
     and (s.actor is null or s.actor = current_setting('app.actor', true))"""


def _mine(column: str) -> str:
    """Of the setting that applies to the caller: the person's own goes before the role's."""
    return f"(select s.{column} {OF_MINE} order by s.actor nulls last limit 1)"


UNNARROWED = f"(select not exists (select {OF_MINE}))"
OPEN_IN_EMERGENCY = f"""(select e.case_id from emergency_access e
    where e.tenant_id = current_setting('app.tenant', true)
      and e.unit_id = current_setting('app.unit', true)
      and e.actor = {ME} and e.ended_at is null and now() < e.expires_at)"""  # noqa: S608 - constants
DEPUTISED = f"""(select d.principal from deputyship d
    where d.tenant_id = current_setting('app.tenant', true)
      and d.unit_id = current_setting('app.unit', true)
      and d.deputy = {ME} and d.ended_at is null and {TODAY} between d.from_on and d.to_on)"""  # noqa: S608 - constants
NAMED_TYPES = f"""(select t.id from case_type t
    where t.code = any ({_mine("case_types")}::varchar[]))"""  # noqa: S608 - constants
# What the caller has just handed over is shown to the end of this transaction, and not beyond.
HANDED_OVER = "id::text = current_setting('app.handed_over', true)"
CASE_IN_SCOPE = f"""{UNNARROWED} or id in {OPEN_IN_EMERGENCY} or {HANDED_OVER} or (
    ({_mine("row_scope")} = 'AGENCY' or case_manager is null or case_manager = {ME}
     or case_manager = any ({_mine("colleagues")}::varchar[]) or case_manager in {DEPUTISED})
    and ({_mine("case_types")} is null or case_type_id in {NAMED_TYPES}))"""
NOTE_IN_CLASS = f"""{UNNARROWED} or confidentiality = 'NORMAL' or owner = {ME}
    or {_mine("confidentiality_max")} = 'ENTRUSTED'
    or (confidentiality = 'CONFIDENTIAL'
        and ({_mine("confidentiality_max")} = 'CONFIDENTIAL' or case_id in {OPEN_IN_EMERGENCY}))"""
PARTS = (
    *("assessment_entry", "case_conference", "case_flag", "case_phase", "case_task", "consent"),
    *("conference_outcome", "conference_participant", "contact_attempt", "counselling_contact"),
    *("custom_fields", "delivery", "destruction_item", "document", "double_care_check"),
    *("extract_origin", "family_move", "goal", "indication_checklist", "information_notice"),
    *("kind_deadline", "measure", "note", "note_release", "phase_reason", "plan_approval"),
    *("plan_version", "referral_proposal", "related_case", "seen_mark", "sent_referral"),
)


def upgrade() -> None:
    _add_table()
    op.execute(
        f"create policy in_scope on case_record as restrictive for select to {APP}"
        f" using ({CASE_IN_SCOPE})"
    )
    for table in PARTS:
        in_scope = f"""{UNNARROWED} or case_id is null or exists (
            select 1 from case_record c
             where c.tenant_id = {table}.tenant_id and c.id = {table}.case_id)"""  # noqa: S608 - constants
        op.execute(
            f"create policy in_scope on {table} as restrictive for select to {APP}"
            f" using ({in_scope})"
        )
    op.execute(
        f"create policy in_class on note as restrictive for select to {APP} using ({NOTE_IN_CLASS})"
    )


def _add_table() -> None:
    op.create_table(
        "access_scope",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("actor", sa.String(length=520), nullable=True),
        sa.Column("row_scope", sa.String(length=20), nullable=False),
        sa.Column("colleagues", sa.ARRAY(sa.String(length=520)), nullable=False),
        sa.Column("case_types", sa.ARRAY(sa.String(length=60)), nullable=True),
        sa.Column("confidentiality_max", sa.String(length=20), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=520), nullable=True),
        sa.CheckConstraint("role in ('case_manager')", name=op.f("ck_access_scope_role")),
        sa.CheckConstraint(
            "row_scope in ('ASSIGNED', 'TEAM', 'AGENCY')", name=op.f("ck_access_scope_row_scope")
        ),
        sa.CheckConstraint(
            "confidentiality_max in ('NORMAL', 'CONFIDENTIAL', 'ENTRUSTED')",
            name=op.f("ck_access_scope_confidentiality_max"),
        ),
        sa.CheckConstraint(
            "(row_scope = 'TEAM') = (colleagues <> '{}')", name=op.f("ck_access_scope_team")
        ),
        sa.CheckConstraint(
            "(ended_at is null) = (ended_by is null)", name=op.f("ck_access_scope_end")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_scope")),
    )
    op.create_index(
        "uq_access_scope_in_force",
        "access_scope",
        ["tenant_id", "unit_id", "role", "actor"],
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
        postgresql_nulls_not_distinct=True,
    )
    op.create_index("ix_access_scope_recorded", "access_scope", ["tenant_id", "recorded_at", "id"])
    secure(
        "access_scope",
        role=APP,
        privileges="select, insert, update (ended_at, ended_by)",
        using=SEES_SCOPES,
    )
    op.execute(
        f"create policy {APP}_sets on access_scope as restrictive for insert to {APP}"
        f" with check ({SETS} and ended_at is null and recorded_by = {ME})"
    )
    op.execute(
        f"create policy {APP}_ends on access_scope as restrictive for update to {APP}"
        f" using ({SETS} and ended_at is null) with check ({SETS} and ended_by = {ME})"
    )


def downgrade() -> None:
    op.execute("drop policy in_class on note")
    for table in (*PARTS, "case_record"):
        op.execute(f"drop policy in_scope on {table}")
    op.drop_table("access_scope")
