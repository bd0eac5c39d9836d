"""after sending

Files go along from the version of an amendment on; no acceptance past a refusal or a revocation;
free text reaches an authority where a decision releases it; a head sees what waits for a decision.
"""

import logging

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE

revision = "e501a0c7d3f8"
down_revision = "c5a0d27c5e15"
branch_labels = None
depends_on = None

# Not a logger of Alembic: its command line keeps those silent.
log = logging.getLogger(__name__)

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
UNDER_WAY = "('SUBMITTED', 'DELIVERED', 'IN_REVIEW', 'FORWARDED', 'ACCEPTED', 'IN_SERVICE')"
# Sent before manifests were kept, to an authority and without a decision: nobody sees their content
# any more but the sender, until an amendment with a decision makes a manifest.
LEFT_OUT = """
select r.tenant_id, r.sender_unit, count(*) as referrals
  from referral r
  join referral_content c on c.tenant_id = r.tenant_id and c.id = r.id
  join org_unit o on o.tenant_id = r.tenant_id and o.unit_id = r.recipient_unit
 where r.submitted_at is not null and o.type in ('ABH', 'EBH')
   and not exists (select from disclosure d where d.tenant_id = r.tenant_id
                      and d.referral_id = r.id and d.recipient_unit = r.recipient_unit)
 group by r.tenant_id, r.sender_unit order by r.tenant_id, r.sender_unit"""
READ_FOR_IT = ("attachment", "referral", "referral_content", "org_unit", "disclosure")
I_SENT_IT = (
    "exists (select from referral r where r.tenant_id = attachment.tenant_id"
    f" and r.id = attachment.referral_id and r.sender_unit = {ME} and "
)
IT_IS_NOT_SENT = f"{I_SENT_IT}r.submitted_at is null)"
IT_IS_NOT_OVER = f"{I_SENT_IT}(r.submitted_at is null or r.state in {UNDER_WAY}))"
WHAT_NEVER_WENT_GOES = """
create function delete_waiting_attachments() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into object_removal (id, tenant_id, object_key)
  select gen_random_uuid(), a.tenant_id, a.object_key from attachment a
   where a.tenant_id = new.tenant_id and a.referral_id = new.id and a.content_version is null
     and a.object_key is not null;
  delete from attachment a
   where a.tenant_id = new.tenant_id and a.referral_id = new.id and a.content_version is null;
  return null;
end $$"""
# What the application refuses in words, once more: the constraint names tell which it was.
ACCEPTANCE_GATE = """
create function acceptance_gate() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  kind text;
  decided text;
begin
  if new.consent_revoked_at is not null then
    raise exception 'the ground was revoked'
      using errcode = '23514', constraint = 'acceptance_not_revoked';
  end if;
  select o.type into kind from org_unit o
   where o.tenant_id = new.tenant_id and o.unit_id = new.recipient_unit;
  if kind in ('ABH', 'EBH') then
    select d.outcome into decided from disclosure_decision d
     where d.tenant_id = new.tenant_id and d.referral_id = new.id
       and d.recipient_unit = new.recipient_unit
     order by d.recorded_at desc, d.id desc limit 1;
    if decided is distinct from 'RELEASE' then
      raise exception 'no decision stands'
        using errcode = '23514', constraint = 'acceptance_decided';
    end if;
  end if;
  return new;
end $$"""
I_AM_AN_AUTHORITY = (
    "exists (select from org_unit o where o.tenant_id = referral_message.tenant_id"
    f" and o.unit_id = {ME} and o.type in ('ABH', 'EBH'))"
)
TEXT_IS_RELEASED = (
    "exists (select from standing_disclosure_decision(referral_message.referral_id,"
    f" cast({ME} as varchar)) d where d.outcome = 'RELEASE' and 'messages' = any (d.fields))"
)
MESSAGE_IS_MINE = (
    f"{TENANT_IS_MINE} and exists (select from referral r"
    " where r.tenant_id = referral_message.tenant_id and r.id = referral_message.referral_id"
    f" and (r.sender_unit = {ME} or r.recipient_unit = {ME} and r.submitted_at is not null))"
    f" and {WORKS_WITH_PEOPLE}"
)
# Paths, never values: what a draft of the own unit to an authority would tell, and whether no
# decision stands on it: neither a record nor the consent that is enclosed. A refusal stands, too.
AWAITED = """
create function awaited_disclosure(referral uuid) returns varchar[]
language sql stable security definer set search_path = public, pg_temp as $$
  with asked as (
    select r.tenant_id, r.id, r.recipient_unit, s.disclosure_decision as enclosed,
           array(select path from (
             select p.key || '.' || m.key as path
               from jsonb_each(c.content) p, jsonb_each(p.value) m
              where m.value not in ('null', '""', '[]', '{}')
              union
             select 'attachments.' || a.category from attachment a
              where a.tenant_id = r.tenant_id and a.referral_id = r.id) paths
            order by path)::varchar[] as fields
      from referral r
      join referral_content c on c.tenant_id = r.tenant_id and c.id = r.id
      join sender_record s on s.tenant_id = r.tenant_id and s.id = r.id
      join org_unit o on o.tenant_id = r.tenant_id and o.unit_id = r.recipient_unit
     where r.id = referral and r.submitted_at is null and r.state in ('DRAFT', 'READY')
       and o.type in ('ABH', 'EBH')
       and r.tenant_id = current_setting('app.tenant', true)
       and r.sender_unit = current_setting('app.unit', true)),
  known as (
    select asked.*, d.outcome, d.ground, d.fields as released from asked
      left join lateral (
        select n.outcome, n.ground, n.fields from disclosure_decision n
         where n.tenant_id = asked.tenant_id and n.referral_id = asked.id
           and n.recipient_unit = asked.recipient_unit
         order by n.recorded_at desc, n.id desc limit 1) d on true)
  select k.fields from known k
   where k.outcome is distinct from 'REFUSE'
     and not coalesce(k.fields <@ k.released, false)
     and not coalesce(
       k.enclosed->>'ground' = 'CLIENT_CONSENT' and coalesce(k.ground, 'CLIENT_CONSENT') = 'CLIENT_CONSENT'
       and k.fields <@ array(select jsonb_array_elements_text(k.enclosed->'fields'))::varchar[],
       false)
$$"""


def upgrade() -> None:
    op.add_column("attachment", sa.Column("content_version", sa.Integer(), nullable=True))
    for table in READ_FOR_IT:
        op.execute(f"alter table {table} no force row level security")
    op.execute(
        "update attachment a set content_version = 1 from referral r where r.tenant_id = a.tenant_id"
        " and r.id = a.referral_id and r.submitted_at is not null"
    )
    tell_what_was_left_out()
    for table in READ_FOR_IT:
        op.execute(f"alter table {table} force row level security")
    attach_until(IT_IS_NOT_OVER)
    make_trigger(
        WHAT_NEVER_WENT_GOES,
        "delete_waiting_attachments",
        "after update of state on referral for each row"
        f" when (new.submitted_at is not null and new.state not in {UNDER_WAY}"
        f" and old.state in {UNDER_WAY})",
    )
    make_trigger(
        ACCEPTANCE_GATE,
        "acceptance_gate",
        "before update of state on referral for each row"
        " when (new.state = 'ACCEPTED' and old.state <> 'ACCEPTED')",
    )
    read_messages_if(f"not {I_AM_AN_AUTHORITY} or {TEXT_IS_RELEASED}")
    show_what_waits()


def tell_what_was_left_out() -> None:
    for row in op.get_bind().execute(sa.text(LEFT_OUT)).mappings():
        log.warning(
            "%s %s: %s referrals to an authority have no decision and so no manifest; their content"
            " is shown to nobody else until they are amended with one",
            row["tenant_id"],
            row["sender_unit"],
            row["referrals"],
        )


def show_what_waits() -> None:
    """The function's owner reads what it needs of a draft, and gives paths away alone."""
    for table, columns in (
        ("referral", "tenant_id, id, recipient_unit, sender_unit, submitted_at, state"),
        ("referral_content", "tenant_id, id, content"),
        ("sender_record", "tenant_id, id, disclosure_decision"),
    ):
        op.execute(f"grant select ({columns}) on {table} to {STATISTICS}")
    op.execute(f"create policy awaited on sender_record for select to {STATISTICS} using (true)")
    op.execute(AWAITED)
    op.execute("revoke all on function awaited_disclosure(uuid) from public")
    op.execute(f"grant execute on function awaited_disclosure(uuid) to {APP}")
    op.execute(f"alter function awaited_disclosure(uuid) owner to {STATISTICS}")


def make_trigger(definition: str, name: str, event: str) -> None:
    op.execute(definition)
    op.execute(f"create trigger {name} {event} execute function {name}()")
    op.execute(f"revoke all on function {name}() from public")
    op.execute(f"alter function {name}() owner to {STATISTICS}")


def attach_until(term: str) -> None:
    mine = f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {WORKS_WITH_PEOPLE} and {term}"
    op.execute(f"alter policy announces on attachment with check ({mine})")
    op.execute(f"alter policy takes_away on attachment using ({mine})")


def read_messages_if(released: str) -> None:
    readable = f"{MESSAGE_IS_MINE} and (author_unit = {ME} or {released})"
    op.execute(f"alter policy reads on referral_message using ({readable})")
    op.execute(
        f"alter policy marks_read on referral_message using ({readable} and author_unit <> {ME})"
    )


def downgrade() -> None:
    op.execute(f"set role {STATISTICS}")
    op.execute("drop function awaited_disclosure(uuid)")
    op.execute("reset role")
    op.execute("drop policy awaited on sender_record")
    op.execute(
        "revoke select (tenant_id, content) on referral_content from kim_referrals_statistics"
    )
    op.execute("revoke select on sender_record from kim_referrals_statistics")
    read_messages_if(f"not {I_AM_AN_AUTHORITY}")
    for name in ("acceptance_gate", "delete_waiting_attachments"):
        op.execute(f"drop trigger {name} on referral")
        op.execute(f"set role {STATISTICS}")
        op.execute(f"drop function {name}()")
        op.execute("reset role")
    attach_until(IT_IS_NOT_SENT)
    op.drop_column("attachment", "content_version")
