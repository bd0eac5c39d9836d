"""amendments and messages

What a sender changes after sending is logged by paths; both sides write to each other. Messages go
with the content: a trigger deletes them, no client can.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE

revision = "a3c20b81f6d4"
down_revision = "a3c10c5d7e21"
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
# To a foreigners or naturalisation authority no free text of the sender's goes.
I_AM_AN_AUTHORITY = (
    f"exists (select from org_unit o where o.tenant_id = referral_message.tenant_id"
    f" and o.unit_id = {ME} and o.type in ('ABH', 'EBH'))"
)
MESSAGES_GO_WITH_THE_CONTENT = """
create function delete_messages() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from referral_message m where m.tenant_id = old.tenant_id and m.referral_id = old.id;
  return null;
end $$"""


def it_is_mine(table: str) -> str:
    """The present two sides; not who has passed it on."""
    return (
        f"{TENANT_IS_MINE} and exists (select from referral r where r.tenant_id = {table}.tenant_id"
        f" and r.id = {table}.referral_id and (r.sender_unit = {ME}"
        f" or r.recipient_unit = {ME} and r.submitted_at is not null))"
    )


def upgrade() -> None:
    op.add_column(
        "referral",
        sa.Column("content_version", sa.Integer(), nullable=False, server_default="1"),
    )
    make_tables()
    for table in ("referral_amendment", "referral_message"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
    secure_amendments()
    secure_messages()


def make_tables() -> None:
    op.create_table(
        "referral_amendment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_unit", sa.String(length=63), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("changed_fields", sa.ARRAY(sa.String(length=120)), nullable=False),
        sa.Column("version_before", sa.Integer(), nullable=False),
        sa.Column("version_after", sa.Integer(), nullable=False),
        sa.Column("digest_before", sa.String(length=71), nullable=False),
        sa.Column("digest_after", sa.String(length=71), nullable=False),
        sa.CheckConstraint(
            "reason in ('CORRECTION', 'ADDITION', 'CIRCUMSTANCES_CHANGED', 'NEW_GROUND')",
            name=op.f("ck_referral_amendment_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
            name=op.f("fk_referral_amendment_referral_id_referral"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_amendment")),
    )
    op.create_table(
        "referral_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_unit", sa.String(length=63), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("body", sa.String(length=2000), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "side in ('SENDER', 'RECIPIENT', 'COORDINATION', 'SYSTEM')",
            name=op.f("ck_referral_message_side"),
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_referral_message_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_message")),
    )
    for table in ("referral_amendment", "referral_message"):
        op.create_index(
            f"uq_{table}_number", table, ["tenant_id", "referral_id", "number"], unique=True
        )


def secure_amendments() -> None:
    mine = it_is_mine("referral_amendment")
    op.execute(f"grant select, insert on referral_amendment to {APP}")
    op.execute(f"create policy reads on referral_amendment for select to {APP} using ({mine})")
    op.execute(
        f"create policy writes on referral_amendment for insert to {APP}"
        f" with check ({mine} and actor_unit = {ME})"
    )


def secure_messages() -> None:
    mine = f"{it_is_mine('referral_message')} and {WORKS_WITH_PEOPLE}"
    readable = f"{mine} and (author_unit = {ME} or not {I_AM_AN_AUTHORITY})"
    op.execute(f"grant select, insert, update (read_at) on referral_message to {APP}")
    op.execute(f"create policy reads on referral_message for select to {APP} using ({readable})")
    op.execute(
        f"create policy writes on referral_message for insert to {APP}"
        f" with check ({mine} and author_unit = {ME})"
    )
    op.execute(
        f"create policy marks_read on referral_message for update to {APP}"
        f" using ({readable} and author_unit <> {ME})"
    )
    op.execute(f"grant select, delete on referral_message to {STATISTICS}")
    op.execute(f"create policy goes on referral_message to {STATISTICS} using (true)")
    op.execute(MESSAGES_GO_WITH_THE_CONTENT)
    op.execute(
        "create trigger delete_messages after delete on referral_content"
        " for each row execute function delete_messages()"
    )
    op.execute("revoke all on function delete_messages() from public")
    op.execute(f"alter function delete_messages() owner to {STATISTICS}")


def downgrade() -> None:
    op.execute("drop trigger delete_messages on referral_content")
    op.execute("drop function delete_messages()")
    op.drop_table("referral_message")
    op.drop_table("referral_amendment")
    op.drop_column("referral", "content_version")
