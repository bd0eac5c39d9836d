"""disclosures

What an authority for foreigners or naturalisation gets needs a person's decision, and the database
asks for it itself: no manifest without one, no content without a manifest of its version.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE

revision = "a4d15c10de01"
down_revision = "a3c20b81f6d4"
branch_labels = None
depends_on = None

APP = "kim_referrals_app"
STATISTICS = "kim_referrals_statistics"
ME = "(select current_setting('app.unit', true))"
ROLES = "(select current_setting('app.roles', true))"
WORKS_WITH_PEOPLE = "({})".format(
    " or ".join(
        f"strpos({ROLES}, ',{role},') > 0"
        for role in ("case_manager", "team_lead", "partner", "b3_officer", "system")
    )
)
ACCEPTED = "r.state in ('ACCEPTED', 'IN_SERVICE', 'COMPLETED', 'RETURNED')"
I_ACCEPTED = (
    "exists (select from referral r where r.tenant_id = referral_content.tenant_id"
    f" and r.id = referral_content.id and r.recipient_unit = {ME} and {ACCEPTED})"
)
IT_WAS_DISCLOSED_TO_ME = (
    "exists (select from referral r join disclosure d on d.tenant_id = r.tenant_id"
    " and d.referral_id = r.id and d.recipient_unit = r.recipient_unit"
    " where r.tenant_id = referral_content.tenant_id and r.id = referral_content.id"
    f" and d.content_version = referral_content.version and r.recipient_unit = {ME}"
    f" and {ACCEPTED})"
)
I_SENT_IT = (
    "exists (select from referral r where r.tenant_id = disclosure_decision.tenant_id"
    f" and r.id = disclosure_decision.referral_id and r.sender_unit = {ME})"
)
IT_IS_ADDRESSED_SO = (
    "exists (select from referral r where r.tenant_id = disclosure.tenant_id"
    " and r.id = disclosure.referral_id and r.submitted_at is not null"
    " and r.sender_unit = disclosure.sender_unit and r.recipient_unit = disclosure.recipient_unit"
    f" and {ME} in (r.sender_unit, r.forwarded_from))"
)
# The sharpest rules of `domain/` once more; the constraint names tell which one failed.
GATE = """
create function disclosure_gate() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  kind text;
  me text := current_setting('app.unit', true);
begin
  select o.type into kind from org_unit o
   where o.tenant_id = new.tenant_id and o.unit_id = new.recipient_unit;
  if kind is null then
    raise exception 'unknown recipient' using errcode = '23514', constraint = 'disclosure_known';
  end if;
  if kind in ('ABH', 'EBH') and not exists (
    select from disclosure_decision d
     where d.id = new.decision_id and d.tenant_id = new.tenant_id
       and d.referral_id = new.referral_id and d.recipient_unit = new.recipient_unit
       and d.outcome = 'RELEASE' and d.decided_at <= new.disclosed_at and new.fields <@ d.fields
       and not exists (
         select from disclosure_decision n
          where n.tenant_id = d.tenant_id and n.referral_id = d.referral_id
            and n.recipient_unit = d.recipient_unit and n.outcome = 'REFUSE'
            and n.recorded_at >= d.recorded_at))
  then
    raise exception 'no decision covers it'
      using errcode = '23514', constraint = 'disclosure_decided';
  end if;
  if me is distinct from new.sender_unit and not exists (
    select from disclosure d
     where d.tenant_id = new.tenant_id and d.referral_id = new.referral_id
       and d.content_version = new.content_version and d.recipient_unit = me
       and new.fields <@ d.fields)
  then
    raise exception 'more than was disclosed here'
      using errcode = '23514', constraint = 'disclosure_passed_on';
  end if;
  return new;
end $$"""
# For the sender, and for the unit that has the referral and wants to pass it on: not why.
STANDING = """
create function standing_disclosure_decision(referral uuid, recipient varchar)
returns table (id uuid, outcome text, ground text, fields varchar[], client_informed boolean,
               decided_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.id, d.outcome, d.ground, d.fields, d.client_informed, d.decided_at
    from disclosure_decision d
    join referral r on r.tenant_id = d.tenant_id and r.id = d.referral_id
   where d.tenant_id = current_setting('app.tenant', true)
     and d.referral_id = referral and d.recipient_unit = recipient
     and current_setting('app.unit', true) in (r.sender_unit, r.recipient_unit)
   order by d.recorded_at desc, d.id desc limit 1
$$"""
# A path names a part and a member: the content has these two levels, the rest is a value.
WITHIN = (
    """
create function content_within(content jsonb, fields varchar[]) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_object_agg(p.part, p.kept), '{}') from (
    select part.key as part, jsonb_object_agg(member.key, member.value) as kept
      from jsonb_each(content) part, jsonb_each(part.value) member
     where part.key || '.' || member.key = any (fields)
     group by part.key) p
$$""",
    """
create function paths_within(paths varchar[], fields varchar[]) returns varchar[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(path order by path), '{}') from unnest(paths) path
   where path = any (fields)
$$""",
    """
create function dispute_notes(paths varchar[], de text, en text) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object(
           'field', path, 'note', jsonb_build_object('de', de, 'en', en)) order by path), '[]')
    from unnest(paths) path
$$""",
)
OF_BEFORE = """
with sent as (
  select r.tenant_id, r.id, r.sender_unit, r.recipient_unit, r.ground_kind, r.ground_code,
         r.payload_digest, r.submitted_at, r.content_version, c.disputed_fields, s.disclosure_decision as decided,
         o.type as kind,
         array(select p.key || '.' || m.key from jsonb_each(c.content) p, jsonb_each(p.value) m
                order by 1)::varchar[] as fields,
         array(select key from jsonb_object_keys(c.content) key order by 1)::varchar[] as categories
    from referral r
    join referral_content c on c.tenant_id = r.tenant_id and c.id = r.id
    join sender_record s on s.tenant_id = r.tenant_id and s.id = r.id
    join org_unit o on o.tenant_id = r.tenant_id and o.unit_id = r.recipient_unit
   where r.submitted_at is not null and r.payload_digest is not null),
judged as (
  select sent.*, gen_random_uuid() as decision, kind in ('ABH', 'EBH') as is_authority,
         array(select jsonb_array_elements_text(decided->'fields'))::varchar[] as released
    from sent),
allowed as (
  select * from judged where not is_authority or (decided is not null and fields <@ released)),
decisions as (
  insert into disclosure_decision (id, tenant_id, unit_id, referral_id, recipient_unit, outcome,
    ground, fields, client_informed, reason, request_reference, decided_by, decided_at,
    recorded_by, recorded_at)
  select decision, tenant_id, sender_unit, id, recipient_unit, 'RELEASE', decided->>'ground',
         released, (decided->>'clientInformed')::boolean, decided->>'reason',
         decided->>'requestReference', decided->>'decidedBy',
         (decided->>'decidedAt')::timestamptz, decided->>'decidedBy', submitted_at
    from allowed where is_authority returning id)
insert into disclosure (id, tenant_id, referral_id, content_version, sender_unit, recipient_unit,
  ground_kind, ground_code, categories, fields, disputed_fields, attachments, decision_id,
  payload_digest, disclosed_at)
select gen_random_uuid(), a.tenant_id, a.id, a.content_version, a.sender_unit, a.recipient_unit, a.ground_kind,
       a.ground_code, a.categories, a.fields, a.disputed_fields, '[]', d.id, a.payload_digest,
       a.submitted_at
  from allowed a left join decisions d on d.id = a.decision"""
READ_FOR_IT = (
    "referral",
    "referral_content",
    "sender_record",
    "org_unit",
    "disclosure_decision",
    "disclosure",
)


def upgrade() -> None:
    create_tables()
    for table in READ_FOR_IT:
        op.execute(f"alter table {table} no force row level security")
    op.execute(
        "update referral_content c set version = r.content_version from referral r"
        " where r.tenant_id = c.tenant_id and r.id = c.id"
    )
    op.execute(OF_BEFORE)
    for table in READ_FOR_IT:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
    for function in WITHIN:
        op.execute(function)
    secure_disclosures()
    make_gate()
    op.execute("drop policy reads on referral_content")
    op.execute(
        f"create policy reads on referral_content for select to {APP} using ({TENANT_IS_MINE}"
        f" and {WORKS_WITH_PEOPLE} and ({UNIT_IS_MINE} or {IT_WAS_DISCLOSED_TO_ME}))"
    )


def create_tables() -> None:
    texts = sa.ARRAY(sa.String(length=120))
    op.create_table(
        "disclosure_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("recipient_unit", sa.String(length=63), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("fields", texts, nullable=False),
        sa.Column("client_informed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("request_reference", sa.String(length=64), nullable=False),
        sa.Column("decided_by", sa.String(length=520), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome in ('RELEASE', 'REFUSE')", name=op.f("ck_disclosure_decision_outcome")
        ),
        sa.CheckConstraint(
            "ground in ('CLIENT_CONSENT', 'AUFENTHG_87_1', 'AUFENTHG_87_2', 'AUFENTHG_88_2',"
            " 'SGB_X_71_2', 'STAG_32_1')",
            name=op.f("ck_disclosure_decision_ground"),
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_disclosure_decision_reason")),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
            name=op.f("fk_disclosure_decision_referral_id_referral"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_decision")),
    )
    op.create_index(
        "ix_disclosure_decision_standing",
        "disclosure_decision",
        ["tenant_id", "referral_id", "recipient_unit", "recorded_at"],
    )
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("content_version", sa.Integer(), nullable=False),
        sa.Column("sender_unit", sa.String(length=63), nullable=False),
        sa.Column("recipient_unit", sa.String(length=63), nullable=False),
        sa.Column("ground_kind", sa.String(length=20), nullable=True),
        sa.Column("ground_code", sa.String(length=30), nullable=True),
        sa.Column("categories", sa.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("fields", texts, nullable=False),
        sa.Column("disputed_fields", texts, nullable=False),
        sa.Column("attachments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("payload_digest", sa.String(length=71), nullable=False),
        sa.Column("disclosed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_disclosure_referral_id_referral")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["disclosure_decision.id"],
            name=op.f("fk_disclosure_decision_id_disclosure_decision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
    )
    op.create_index(
        "uq_disclosure_version",
        "disclosure",
        ["tenant_id", "referral_id", "content_version", "recipient_unit"],
        unique=True,
    )
    op.add_column(
        "referral_content",
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def secure_disclosures() -> None:
    """Written once: no role may change or delete a decision or a manifest."""
    for table in ("disclosure_decision", "disclosure"):
        op.execute(f"grant select, insert on {table} to {APP}")
        op.execute(f"grant select on {table} to {STATISTICS}")
        op.execute(f"create policy gate on {table} for select to {STATISTICS} using (true)")
    policy("disclosure_decision", "reads", "select", using=f"{TENANT_IS_MINE} and {UNIT_IS_MINE}")
    policy(
        "disclosure_decision",
        "writes",
        "insert",
        check=f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {I_SENT_IT}"
        f" and (ground = 'CLIENT_CONSENT' or strpos({ROLES}, ',unit_head,') > 0)",
    )
    policy(
        "disclosure",
        "reads",
        "select",
        using=f"{TENANT_IS_MINE} and {ME} in (sender_unit, recipient_unit)",
    )
    policy("disclosure", "writes", "insert", check=f"{TENANT_IS_MINE} and {IT_IS_ADDRESSED_SO}")


def policy(table: str, name: str, command: str, *, using: str = "", check: str = "") -> None:
    parts = [f"create policy {name} on {table} for {command} to {APP}"]
    parts += [f"using ({using})"] if using else []
    parts += [f"with check ({check})"] if check else []
    op.execute(" ".join(parts))


def make_gate() -> None:
    op.execute(f"grant select (tenant_id, unit_id, type) on org_unit to {STATISTICS}")
    op.execute(f"create policy gate on org_unit for select to {STATISTICS} using (true)")
    op.execute(GATE)
    op.execute(
        "create trigger disclosure_gate before insert on disclosure"
        " for each row execute function disclosure_gate()"
    )
    op.execute(STANDING)
    for function in ("disclosure_gate()", "standing_disclosure_decision(uuid, varchar)"):
        op.execute(f"revoke all on function {function} from public")
        op.execute(f"grant execute on function {function} to {APP}")
        op.execute(f"alter function {function} owner to {STATISTICS}")


def downgrade() -> None:
    op.execute("drop policy reads on referral_content")
    op.execute(
        f"create policy reads on referral_content for select to {APP} using ({TENANT_IS_MINE}"
        f" and {WORKS_WITH_PEOPLE} and ({UNIT_IS_MINE} or {I_ACCEPTED}))"
    )
    op.execute("drop trigger disclosure_gate on disclosure")
    op.execute("drop function standing_disclosure_decision(uuid, varchar)")
    op.execute("drop function disclosure_gate()")
    op.execute("drop function dispute_notes(varchar[], text, text)")
    op.execute("drop function paths_within(varchar[], varchar[])")
    op.execute("drop function content_within(jsonb, varchar[])")
    op.execute("drop policy gate on org_unit")
    op.execute(f"revoke all on org_unit from {STATISTICS}")
    op.drop_column("referral_content", "version")
    op.drop_index("uq_disclosure_version", table_name="disclosure")
    op.drop_table("disclosure")
    op.drop_index("ix_disclosure_decision_standing", table_name="disclosure_decision")
    op.drop_table("disclosure_decision")
