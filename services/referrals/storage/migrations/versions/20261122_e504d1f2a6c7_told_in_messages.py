"""told in messages

What is written to an authority stands in a manifest of its own, of no version of the content; by it
alone, and once it has accepted, the authority reads the message. So what was written to another
unit before a referral was passed on stays unread, too.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE

revision = "e504d1f2a6c7"
down_revision = "b6a0d27c5e13"
branch_labels = None
depends_on = None

STATISTICS = "kim_referrals_statistics"
ME = "(select current_setting('app.unit', true))"
ROLES = "(select current_setting('app.roles', true))"
WORKS_WITH_PEOPLE = "({})".format(
    " or ".join(
        f"strpos({ROLES}, ',{role},') > 0"
        for role in ("case_manager", "team_lead", "partner", "b3_officer", "system")
    )
)
I_AM_AN_AUTHORITY = (
    "exists (select from org_unit o where o.tenant_id = referral_message.tenant_id"
    f" and o.unit_id = {ME} and o.type in ('ABH', 'EBH'))"
)
TEXT_IS_RELEASED = (
    "exists (select from standing_disclosure_decision(referral_message.referral_id,"
    f" cast({ME} as varchar)) d where d.outcome = 'RELEASE' and 'messages' = any (d.fields))"
)
IT_WAS_DISCLOSED_TO_ME = (
    "exists (select from referral r join disclosure d on d.tenant_id = r.tenant_id"
    " and d.referral_id = r.id and d.recipient_unit = r.recipient_unit"
    " where r.tenant_id = referral_message.tenant_id and r.id = referral_message.referral_id"
    f" and d.message_id = referral_message.id and r.recipient_unit = {ME}"
    " and r.state in ('ACCEPTED', 'IN_SERVICE', 'COMPLETED', 'RETURNED'))"
)
MESSAGE_IS_MINE = (
    f"{TENANT_IS_MINE} and exists (select from referral r"
    " where r.tenant_id = referral_message.tenant_id and r.id = referral_message.referral_id"
    f" and (r.sender_unit = {ME} or r.recipient_unit = {ME} and r.submitted_at is not null))"
    f" and {WORKS_WITH_PEOPLE}"
)
# A manifest of a message is its author's, and of a message that there is.
GATE = """
create function message_gate() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.fields <> array['messages']::varchar[] or new.attachments <> '[]' or not exists (
    select from referral_message m
     where m.tenant_id = new.tenant_id and m.id = new.message_id
       and m.referral_id = new.referral_id and m.author_unit = new.sender_unit
       and m.author_unit = current_setting('app.unit', true))
  then
    raise exception 'no message of this unit'
      using errcode = '23514', constraint = 'disclosure_message';
  end if;
  return new;
end $$"""
# Written since the present recipient has the referral, under the decision that stood then.
OF_BEFORE = """
insert into disclosure (id, tenant_id, referral_id, content_version, sender_unit, recipient_unit,
  ground_kind, ground_code, categories, fields, disputed_fields, attachments, decision_id,
  payload_digest, message_id, disclosed_at)
select gen_random_uuid(), r.tenant_id, r.id, 0, r.sender_unit, r.recipient_unit, r.ground_kind,
       r.ground_code, '{}', '{messages}', '{}', '[]', n.id,
       'sha256:' || encode(sha256(convert_to(m.body, 'UTF8')), 'hex'), m.id, m.at
  from referral r
  join org_unit o on o.tenant_id = r.tenant_id and o.unit_id = r.recipient_unit
  join referral_message m on m.tenant_id = r.tenant_id and m.referral_id = r.id
   and m.author_unit = r.sender_unit
  join lateral (
    select d.id, d.outcome, d.fields from disclosure_decision d
     where d.tenant_id = r.tenant_id and d.referral_id = r.id
       and d.recipient_unit = r.recipient_unit and d.recorded_at <= m.at
     order by d.recorded_at desc, d.id desc limit 1) n
    on n.outcome = 'RELEASE' and 'messages' = any (n.fields)
 where o.type in ('ABH', 'EBH') and exists (
   select from disclosure d where d.tenant_id = r.tenant_id and d.referral_id = r.id
      and d.recipient_unit = r.recipient_unit and d.disclosed_at <= m.at)"""
READ_FOR_IT = ("referral", "org_unit", "referral_message", "disclosure_decision", "disclosure")
OF_A_VERSION = ["tenant_id", "referral_id", "content_version", "recipient_unit"]


def upgrade() -> None:
    op.add_column("disclosure", sa.Column("message_id", sa.Uuid(), nullable=True))
    op.drop_index("uq_disclosure_version", table_name="disclosure")
    op.create_index(
        "uq_disclosure_version",
        "disclosure",
        [*OF_A_VERSION, "message_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_index(
        "ix_disclosure_message",
        "disclosure",
        ["tenant_id", "message_id", "recipient_unit"],
        postgresql_where=sa.text("message_id is not null"),
    )
    op.create_check_constraint(
        op.f("ck_disclosure_message"),
        "disclosure",
        "(message_id is null) = (content_version > 0)",
    )
    write_past_policies(OF_BEFORE)
    op.execute(GATE)
    op.execute(
        "create trigger message_gate before insert on disclosure for each row"
        " when (new.message_id is not null) execute function message_gate()"
    )
    op.execute("revoke all on function message_gate() from public")
    op.execute(f"alter function message_gate() owner to {STATISTICS}")
    read_messages_if(f"{TEXT_IS_RELEASED} and {IT_WAS_DISCLOSED_TO_ME}")


def write_past_policies(statement: str) -> None:
    """As the owner of the tables; what was decided then is not asked for again."""
    for table in READ_FOR_IT:
        op.execute(f"alter table {table} no force row level security")
    op.execute("alter table disclosure disable trigger disclosure_gate")
    op.execute(statement)
    op.execute("alter table disclosure enable trigger disclosure_gate")
    for table in READ_FOR_IT:
        op.execute(f"alter table {table} force row level security")


def read_messages_if(released: str) -> None:
    readable = (
        f"{MESSAGE_IS_MINE} and (author_unit = {ME} or not {I_AM_AN_AUTHORITY} or {released})"
    )
    op.execute(f"alter policy reads on referral_message using ({readable})")
    op.execute(
        f"alter policy marks_read on referral_message using ({readable} and author_unit <> {ME})"
    )


def downgrade() -> None:
    read_messages_if(TEXT_IS_RELEASED)
    op.execute("drop trigger message_gate on disclosure")
    op.execute(f"set role {STATISTICS}")
    op.execute("drop function message_gate()")
    op.execute("reset role")
    write_past_policies("delete from disclosure where message_id is not null")
    op.drop_constraint(op.f("ck_disclosure_message"), "disclosure")
    op.drop_index("ix_disclosure_message", table_name="disclosure")
    op.drop_index("uq_disclosure_version", table_name="disclosure")
    op.create_index("uq_disclosure_version", "disclosure", OF_A_VERSION, unique=True)
    op.drop_column("disclosure", "message_id")
