"""deputies and emergency access

Deputies are appointed by who is represented or by the team lead, never by the deputy; what was
appointed stays as it was, an early end has a line of its own. Emergency access opens one case of
the own unit for some minutes. Both stand in the policy of the notes: the database reads the clock.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, secure

revision = "9c05d7e1b3a8"
down_revision = "8e41b6d0c7a3"
branch_labels = None
depends_on = None

APP = "kim_cases_app"
ROLES = "(select current_setting('app.roles', true))"
ME = "(select current_setting('app.actor', true))"
TODAY = "(select (now() at time zone 'Europe/Berlin')::date)"
NOT_BLIND = (
    f"{ROLES} !~ ',b3_officer,'"
    " and (select current_setting('app.unit_type', true)) not in ('ABH', 'EBH')"
)
OF_THE_UNIT = f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {NOT_BLIND}"
IS_CASE_STAFF = f"{OF_THE_UNIT} and {ROLES} ~ ',(case_manager|system),'"
IS_CASE_MANAGER = f"{ROLES} ~ ',case_manager,'"
IS_LEAD = f"{ROLES} ~ ',team_lead,'"
IS_OFFICER = f"{ROLES} ~ ',dpo,'"
# --- deputies ---
SEES_DEPUTIES = f"{OF_THE_UNIT} and {ROLES} ~ ',(case_manager|team_lead|system),'"
APPOINTS = (
    f"{SEES_DEPUTIES} and recorded_by = {ME} and ended_at is null"
    f" and (({IS_CASE_MANAGER} and principal = {ME}) or ({IS_LEAD} and deputy <> {ME}))"
)
ENDS = (
    f"{SEES_DEPUTIES} and ended_at is not null and ended_by = {ME}"
    f" and ({IS_LEAD} or {ME} in (principal, deputy, recorded_by))"
)
# --- emergency access ---
SEES_EMERGENCIES = (
    f"({OF_THE_UNIT} and ({IS_LEAD} or ({IS_CASE_MANAGER} and actor = {ME})))"
    f" or ({TENANT_IS_MINE} and {IS_OFFICER} and {NOT_BLIND})"
)
OPENS = (
    f"{OF_THE_UNIT} and {IS_CASE_MANAGER} and actor = {ME} and ended_at is null"
    " and reviewed_at is null and opened_at <= now() + interval '1 minute'"
)
# What has ended does not begin again, and nobody reviews what they opened.
EMERGENCY_STAYS = """
create function emergency_access_stays() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp as $$
begin
  if old.ended_at is distinct from new.ended_at
     and (old.ended_at is not null or new.ended_at > old.expires_at
          or new.ended_by is distinct from current_setting('app.actor', true)) then
    raise exception 'An emergency access ends once.' using errcode = 'check_violation';
  end if;
  if (old.reviewed_at is distinct from new.reviewed_at or old.verdict is distinct from new.verdict)
     and (old.reviewed_at is not null
          or current_setting('app.roles', true) !~ ',dpo,'
          or new.reviewed_by is distinct from current_setting('app.actor', true)
          or (new.ended_at is null and now() < new.expires_at)) then
    raise exception 'The data protection officer reviews, once, after the end.'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$"""
# --- notes: as they were, with the two above ---
IN_CHARGE = """exists (
    select 1 from case_record c
     where c.tenant_id = note.tenant_id and c.id = note.case_id
       and (c.case_manager = {me} or exists (
         select 1 from deputyship d
          where d.tenant_id = c.tenant_id and d.unit_id = c.unit_id
            and d.principal = c.case_manager and d.deputy = {me}
            and {today} between d.from_on and d.to_on{still})))"""
IN_AN_EMERGENCY = f"""exists (
    select 1 from emergency_access e
     where e.tenant_id = note.tenant_id and e.unit_id = note.unit_id and e.case_id = note.case_id
       and e.actor = {ME} and e.ended_at is null and now() < e.expires_at)"""  # noqa: S608 - constants
HANDED_ON_TO_ME = f"""exists (
    select 1 from note_release r
     where r.tenant_id = note.tenant_id and r.note_id = note.id and r.receiver = {ME})"""  # noqa: S608 - constants


def _readers(confidential: str) -> str:
    return (
        f"{IS_CASE_STAFF} and (confidentiality = 'NORMAL' or owner = {ME}"
        f" or (confidentiality = 'CONFIDENTIAL' and ({confidential}))"
        f" or (confidentiality = 'ENTRUSTED' and {HANDED_ON_TO_ME}))"
    )


READERS_BEFORE = _readers(IN_CHARGE.format(me=ME, today=TODAY, still=""))
READERS = _readers(
    IN_CHARGE.format(me=ME, today=TODAY, still=" and d.ended_at is null") + f" or {IN_AN_EMERGENCY}"
)
WRITER = f"{IS_CASE_STAFF} and owner = {ME} and recorded_by = {ME}"


def upgrade() -> None:
    op.add_column("deputyship", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("deputyship", sa.Column("ended_by", sa.String(length=520), nullable=True))
    op.create_check_constraint(
        op.f("ck_deputyship_end"), "deputyship", "(ended_at is null) = (ended_by is null)"
    )
    op.execute(f"revoke update on deputyship from {APP}")
    op.execute(f"grant update (ended_at, ended_by) on deputyship to {APP}")
    op.execute(f"drop policy {APP}_rows on deputyship")
    for command, clause in (
        ("select", f"using ({SEES_DEPUTIES})"),
        ("insert", f"with check ({APPOINTS})"),
        ("update", f"using ({SEES_DEPUTIES}) with check ({ENDS})"),
    ):
        op.execute(f"create policy {APP}_{command} on deputyship for {command} to {APP} {clause}")
    _add_emergencies()
    op.execute(f"alter policy {APP}_rows on note using ({READERS}) with check ({WRITER})")


def _add_emergencies() -> None:
    op.create_index("uq_case_file_unit", "case_file", ["tenant_id", "unit_id", "id"], unique=True)
    op.create_table(
        "emergency_access",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.String(length=520), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("justification", sa.String(length=500), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=520), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.String(length=520), nullable=True),
        sa.Column("verdict", sa.String(length=20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "reason in ('DANGER_TO_LIFE_OR_HEALTH', 'CHILD_AT_RISK', 'DEADLINE_TODAY',"
            " 'PERSON_IN_CHARGE_UNREACHABLE')",
            name=op.f("ck_emergency_access_reason"),
        ),
        sa.CheckConstraint(
            "verdict in ('JUSTIFIED', 'NOT_JUSTIFIED')", name=op.f("ck_emergency_access_verdict")
        ),
        sa.CheckConstraint(
            "expires_at > opened_at and expires_at <= opened_at + interval '1 day'",
            name=op.f("ck_emergency_access_period"),
        ),
        sa.CheckConstraint(
            "(reviewed_at is null) = (verdict is null)", name=op.f("ck_emergency_access_review")
        ),
        sa.CheckConstraint("reviewed_by <> actor", name=op.f("ck_emergency_access_reviewer")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "unit_id", "case_id"],
            ["case_file.tenant_id", "case_file.unit_id", "case_file.id"],
            name=op.f("fk_emergency_access_tenant_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_access")),
    )
    for name, columns in (
        ("actor", ["tenant_id", "unit_id", "actor", "case_id"]),
        ("opened", ["tenant_id", "opened_at", "id"]),
        ("case", ["tenant_id", "unit_id", "case_id"]),
    ):
        op.create_index(f"ix_emergency_access_{name}", "emergency_access", columns)
    secure(
        "emergency_access",
        role=APP,
        privileges="select, insert,"
        " update (ended_at, ended_by, reviewed_at, reviewed_by, verdict, version)",
        using=SEES_EMERGENCIES,
    )
    # Whoever sees one may end it; only its opener writes one, and only now.
    op.execute(
        f"create policy {APP}_opens on emergency_access as restrictive for insert to {APP}"
        f" with check ({OPENS})"
    )
    op.execute(EMERGENCY_STAYS)
    op.execute(
        "create trigger emergency_access_stays before update on emergency_access"
        " for each row execute function emergency_access_stays()"
    )


def downgrade() -> None:
    op.execute(f"alter policy {APP}_rows on note using ({READERS_BEFORE}) with check ({WRITER})")
    op.drop_table("emergency_access")
    op.execute("drop function emergency_access_stays()")
    op.drop_index("uq_case_file_unit", table_name="case_file")
    for command in ("select", "insert", "update"):
        op.execute(f"drop policy {APP}_{command} on deputyship")
    op.execute(
        f"create policy {APP}_rows on deputyship to {APP}"
        f" using ({IS_CASE_STAFF}) with check ({IS_CASE_STAFF})"
    )
    op.execute(f"grant update (from_on, to_on) on deputyship to {APP}")
    op.drop_constraint(op.f("ck_deputyship_end"), "deputyship", type_="check")
    for column in ("ended_by", "ended_at"):
        op.drop_column("deputyship", column)
