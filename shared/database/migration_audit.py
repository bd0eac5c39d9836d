"""The audit log in its own schema, in one wording for every service's migration.

The application may insert entries and, in the officer's name, read them; nobody who logs in may
change or delete anything. Sealing, expiry and what a person may know of it are functions of the
role `kim_<service>_audit`, which nobody logs in as.
"""

import sqlalchemy as sa
from alembic import op

from shared.audit.digests import BLOCK_HASH, ENTRY_DIGEST, FIRST_DIGEST, IS_READ
from shared.database.migration import ACTOR_IS_ME, TENANT_IS_MINE, allow, secure

IS_OFFICER = "strpos((select current_setting('app.roles', true)), ',dpo,') > 0"
# An entry is dated by the database; nobody writes the past.
IS_FRESH = "at between clock_timestamp() - interval '1 minute' and clock_timestamp()"
LOOK_BACK = "interval '15 minutes'"
FRAME = "security definer set search_path = pg_catalog, audit, pg_temp"
INSTANT = sa.DateTime(timezone=True)
TABLES = ("audit_block", "audit_seal", "audit_expiry", "audit_anchor")

TENANTS = """
create function audit.tenants() returns setof text language sql stable {frame} as $$
  with recursive found (tenant_id) as (
    (select tenant_id from audit.audit_entry order by tenant_id limit 1)
    union all
    select (select e.tenant_id from audit.audit_entry e where e.tenant_id > f.tenant_id
             order by e.tenant_id limit 1)
      from found f where f.tenant_id is not null)
  select tenant_id from found where tenant_id is not null
$$"""
# One block of one kind; the number of entries in it. Who seals the tenant already is not disturbed:
# -1. What was committed late is found by looking back further than any transaction may last.
SEAL = """
create function audit.seal(tenant text, kind_ text, entries_max int) returns int
language plpgsql {frame} as $$
declare
  head record;
  reached timestamptz;
  began timestamptz := clock_timestamp();
  sealed int;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('kim-audit:' || tenant, 0)) then
    return -1;
  end if;
  select b.number, b.hash into head from audit.audit_block b
   where b.tenant_id = tenant order by b.number desc limit 1;
  select b.reached_at into reached from audit.audit_block b
   where b.tenant_id = tenant and b.kind = kind_ order by b.number desc limit 1;
  with waiting as materialized (
    select row_number() over (order by e.at, e.id) as place, e.id, e.at, {digest} as digest
      from audit.audit_entry e
     where e.tenant_id = tenant and ({is_read}) = (kind_ = 'READ')
       and e.at >= coalesce(reached - {look_back}, '-infinity')
       and not exists (select from audit.audit_seal s
                        where s.tenant_id = tenant and s.entry_id = e.id)
     order by e.at, e.id limit entries_max),
  counted as materialized (
    select count(*)::int as entry_count, max(w.at) as last_at,
           sha256(string_agg(w.digest, ''::bytea order by w.place)) as root
      from waiting w),
  fresh as materialized (
    select tenant as tenant_id, coalesce(head.number, 0) + 1 as number, kind_ as kind, c.*,
           case when c.entry_count < entries_max then began else c.last_at end as reached_at,
           clock_timestamp() as sealed_at,
           coalesce(head.hash, decode(repeat('00', 32), 'hex')) as previous_hash
      from counted c where c.entry_count > 0),
  block as (
    insert into audit.audit_block
      (tenant_id, number, kind, entry_count, last_at, reached_at, sealed_at, root, previous_hash,
       hash)
    select b.tenant_id, b.number, b.kind, b.entry_count, b.last_at, b.reached_at, b.sealed_at,
           b.root, b.previous_hash, {block_hash}
      from fresh b),
  seals as (
    insert into audit.audit_seal (tenant_id, entry_id, block, place, digest)
    select tenant, w.id, b.number, w.place, w.digest from waiting w cross join fresh b)
  select entry_count into sealed from counted;
  return sealed;
end $$"""
# Whole blocks, the oldest first, once they are older than their kind may get; no less than 30 days.
EXPIRE = """
create function audit.expire(tenant text, kind_ text, days_ int, blocks_max int) returns int
language plpgsql {frame} as $$
declare
  gone bigint[];
  count_ int;
begin
  if days_ < 30 then
    raise exception 'An audit log is kept for 30 days at least.';
  end if;
  select array_agg(b.number) into gone from (
    select b.number from audit.audit_block b
     where b.tenant_id = tenant and b.kind = kind_
       and b.last_at < clock_timestamp() - make_interval(days => days_)
       and b.number > coalesce((select max(x.block) from audit.audit_expiry x
                                 where x.tenant_id = tenant and x.kind = kind_), 0)
     order by b.number limit blocks_max) b;
  if gone is null then
    return 0;
  end if;
  insert into audit.audit_expiry (tenant_id, kind, block, days, expired_at)
  select tenant, kind_, number, days_, clock_timestamp() from unnest(gone) number;
  delete from audit.audit_entry e using audit.audit_seal s
   where s.tenant_id = tenant and s.block = any(gone)
     and e.tenant_id = tenant and e.id = s.entry_id;
  get diagnostics count_ = row_count;
  delete from audit.audit_seal s where s.tenant_id = tenant and s.block = any(gone);
  insert into audit.audit_entry
    (id, tenant_id, actor, unit_id, client_id, action, record_kind, record_ids, purpose,
     request_id, reason, changes)
  values (uuidv7(), tenant, 'urn:kim:system|audit', 'system', 'audit', 'expire', 'audit-block',
          '{{}}', 'RECORDS_DISPOSAL', '', '',
          jsonb_build_object('kind', kind_, 'days', days_, 'entries', count_,
                             'blocks', to_jsonb(gone)));
  return count_;
end $$"""
# What a unit may tell the person concerned: who acted when and for what, as units, never as
# people. Officers are told of every unit, all others of their own.
ACCESSES = """
create function audit.accesses(records uuid[])
returns table (day date, unit_id text, action text, record_kind text, purpose text, times int)
language sql stable {frame} as $$
  select (e.at at time zone 'Europe/Berlin')::date, e.unit_id, e.action, e.record_kind, e.purpose,
         count(*)::int
    from audit.audit_entry e
   where e.record_ids && records
     and e.tenant_id = current_setting('app.tenant', true)
     and (e.unit_id = current_setting('app.unit', true)
          or strpos(current_setting('app.roles', true), ',dpo,') > 0)
     and current_setting('app.roles', true) ~ ',(dpo|case_manager|coordinator|team_lead),'
   group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
$$"""
# The unit's own worker puts the answer to a person together.
ACCESSES_FOR_ANSWERS = ACCESSES.replace("create function", "create or replace function").replace(
    "(dpo|case_manager|", "(dpo|system|case_manager|"
)
FUNCTIONS = (
    (TENANTS, "tenants()", "relay"),
    (SEAL, "seal(text, text, int)", "relay"),
    (EXPIRE, "expire(text, text, int, int)", "relay"),
    (ACCESSES, "accesses(uuid[])", "app"),
)


def open_audit(service: str) -> None:
    """Move the log into its schema, make the tables of its chain and the functions around them."""
    app, relay, audit = (f"kim_{service}_{kind}" for kind in ("app", "relay", "audit"))
    op.execute("create schema audit")
    op.execute(f"grant usage on schema audit to {app}, {relay}, {audit}")
    op.execute(f"grant create on schema audit to {audit}")
    op.execute("alter table audit_entry set schema audit")
    op.execute("alter table audit.audit_entry alter at set default clock_timestamp()")
    op.execute("create index ix_audit_entry_records on audit.audit_entry using gin (record_ids)")
    _make_chain()
    op.execute(
        f"alter policy {app}_writes on audit.audit_entry"
        f" with check ({TENANT_IS_MINE} and {ACTOR_IS_ME} and purpose <> '' and {IS_FRESH})"
    )
    privileges = "select, insert, delete"
    allow("audit.audit_entry", role=audit, privileges=privileges, using="true")
    for table in TABLES:
        is_anchor = table == "audit_anchor"
        secure(
            f"audit.{table}",
            role=app,
            privileges="select",
            using=f"{TENANT_IS_MINE} and {IS_OFFICER}",
        )
        allow(
            f"audit.{table}",
            role=audit,
            privileges="select, insert, delete" if table == "audit_seal" else "select, insert",
            using="true",
        )
        if table == "audit_block" or is_anchor:
            allow(
                f"audit.{table}",
                role=relay,
                privileges="select, insert" if is_anchor else "select",
                using="true",
            )
    for text, signature, caller in FUNCTIONS:
        _make_function(text, signature, owner=audit, caller=f"kim_{service}_{caller}")


def tell_workers_of_accesses(service: str) -> None:
    """The function answers workers, too; of their unit alone, as all others."""
    _replace_accesses(service, ACCESSES_FOR_ANSWERS)


def tell_people_of_accesses(service: str) -> None:
    """Undo it."""
    _replace_accesses(service, ACCESSES.replace("create function", "create or replace function"))


def add_end_user(service: str) -> None:
    """Entries say for whom a machine acted, and the seal covers it."""
    op.add_column(
        "audit_entry",
        sa.Column("end_user", sa.String(length=120), server_default="", nullable=False),
        schema="audit",
    )
    _replace(service, _seal_with(ENTRY_DIGEST))


def drop_end_user(service: str) -> None:
    """Undo it: what was said is lost, and what was sealed with it no longer verifies."""
    _replace(service, _seal_with(FIRST_DIGEST))
    op.drop_column("audit_entry", "end_user", schema="audit")


def _seal_with(digest: str) -> str:
    return SEAL.replace("create function", "create or replace function").format(
        frame=FRAME, digest=digest, block_hash=BLOCK_HASH, is_read=IS_READ, look_back=LOOK_BACK
    )


def _replace_accesses(service: str, text: str) -> None:
    _replace(service, text.format(frame=FRAME))


def _replace(service: str, function: str) -> None:
    """Under the role that owns it."""
    op.execute(f"set local role kim_{service}_audit")
    op.execute(function)
    op.execute("reset role")


def close_audit(service: str) -> None:
    """Undo it: the entries go back to where they were, the chain is lost."""
    app, audit = f"kim_{service}_app", f"kim_{service}_audit"
    for _, signature, _ in reversed(FUNCTIONS):
        op.execute(f"drop function audit.{signature}")
    for table in TABLES:
        op.execute(f"drop table audit.{table}")
    op.execute(f"drop policy {audit}_rows on audit.audit_entry")
    op.execute(f"revoke all on audit.audit_entry from {audit}")
    op.execute(
        f"alter policy {app}_writes on audit.audit_entry"
        f" with check ({TENANT_IS_MINE} and {ACTOR_IS_ME})"
    )
    op.execute("drop index audit.ix_audit_entry_records")
    op.execute("alter table audit.audit_entry alter at drop default")
    op.execute("alter table audit.audit_entry set schema public")
    op.execute("drop schema audit")


def _make_function(text: str, signature: str, *, owner: str, caller: str) -> None:
    op.execute(
        text.format(
            frame=FRAME,
            digest=FIRST_DIGEST,
            block_hash=BLOCK_HASH,
            is_read=IS_READ,
            look_back=LOOK_BACK,
        )
    )
    op.execute(f"revoke all on function audit.{signature} from public")
    op.execute(f"grant execute on function audit.{signature} to {caller}")
    op.execute(f"alter function audit.{signature} owner to {owner}")


def _make_chain() -> None:
    tenant = sa.Column("tenant_id", sa.String(length=5), nullable=False)
    op.create_table(
        "audit_block",
        tenant.copy(),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("entry_count", sa.Integer(), nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.Column("reached_at", INSTANT, nullable=False),
        sa.Column("sealed_at", INSTANT, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind in ('READ', 'CHANGE')", name=op.f("ck_audit_block_kind")),
        sa.PrimaryKeyConstraint("tenant_id", "number", name=op.f("pk_audit_block")),
        schema="audit",
    )
    op.create_index(
        "ix_audit_block_kind", "audit_block", ["tenant_id", "kind", "number"], schema="audit"
    )
    op.create_table(
        "audit_seal",
        tenant.copy(),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("block", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "entry_id", name=op.f("pk_audit_seal")),
        schema="audit",
    )
    place = ["tenant_id", "block", "place"]
    op.create_index("uq_audit_seal_place", "audit_seal", place, unique=True, schema="audit")
    op.create_table(
        "audit_expiry",
        tenant.copy(),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("block", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("expired_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "kind", "block", name=op.f("pk_audit_expiry")),
        schema="audit",
    )
    op.create_table(
        "audit_anchor",
        sa.Column("id", sa.Uuid(), nullable=False),
        tenant.copy(),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("block", sa.BigInteger(), nullable=False),
        sa.Column("statement", sa.String(length=4000), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_anchor")),
        schema="audit",
    )
    day = ["tenant_id", "day"]
    op.create_index("uq_audit_anchor_day", "audit_anchor", day, unique=True, schema="audit")
