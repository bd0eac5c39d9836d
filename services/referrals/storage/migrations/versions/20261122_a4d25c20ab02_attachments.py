"""attachments

Files go with the content: seen where a manifest names them, gone when the content goes. A trigger
deletes them, and hands their objects to the worker.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, secure

revision = "a4d25c20ab02"
down_revision = "a5d1ec70c0a1"
branch_labels = None
depends_on = None

APP = "kim_referrals_app"
STATISTICS = "kim_referrals_statistics"
ME = "(select current_setting('app.unit', true))"
ROLES = "(select current_setting('app.roles', true))"
IS_SYSTEM = "(select current_setting('app.roles', true) = ',system,')"
WORKS_WITH_PEOPLE = "({})".format(
    " or ".join(
        f"strpos({ROLES}, ',{role},') > 0"
        for role in ("case_manager", "team_lead", "partner", "b3_officer", "system")
    )
)
IT_WAS_DISCLOSED_TO_ME = (
    "exists (select from referral r join disclosure d on d.tenant_id = r.tenant_id"
    " and d.referral_id = r.id and d.recipient_unit = r.recipient_unit"
    " and d.content_version = r.content_version"
    " where r.tenant_id = attachment.tenant_id and r.id = attachment.referral_id"
    f" and r.recipient_unit = {ME}"
    " and r.state in ('ACCEPTED', 'IN_SERVICE', 'COMPLETED', 'RETURNED')"
    " and d.attachments @> jsonb_build_array(jsonb_build_object('id', attachment.id)))"
)
IT_IS_NOT_SENT = (
    "exists (select from referral r where r.tenant_id = attachment.tenant_id"
    f" and r.id = attachment.referral_id and r.sender_unit = {ME} and r.submitted_at is null)"
)
THEY_GO_WITH_THE_CONTENT = """
create function delete_attachments() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into object_removal (id, tenant_id, object_key)
  select gen_random_uuid(), a.tenant_id, a.object_key from attachment a
   where a.tenant_id = old.tenant_id and a.referral_id = old.id and a.object_key is not null;
  delete from attachment a where a.tenant_id = old.tenant_id and a.referral_id = old.id;
  return null;
end $$"""
SIGNATURE = "attachments_pending(uuid, int)"
PENDING = """
create function attachments_pending(after uuid, rows_max int)
returns table (tenant_id text, unit_id text, id uuid, object_key text)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.tenant_id, a.unit_id, a.id, a.object_key from attachment a
   where a.scan_state = 'PENDING' and a.id > after
   order by a.id limit rows_max
$$"""


def upgrade() -> None:
    make_tables()
    mine = f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {WORKS_WITH_PEOPLE}"
    op.execute("alter table attachment enable row level security")
    op.execute("alter table attachment force row level security")
    op.execute(f"grant select, insert, update, delete on attachment to {APP}")
    seen = (
        f"{TENANT_IS_MINE} and {WORKS_WITH_PEOPLE} and ({UNIT_IS_MINE} or {IT_WAS_DISCLOSED_TO_ME})"
    )
    for name, command, clause in (
        ("reads", "select", f"using ({seen})"),
        ("announces", "insert", f"with check ({mine} and {IT_IS_NOT_SENT})"),
        ("changes", "update", f"using ({mine}) with check ({mine})"),
        ("takes_away", "delete", f"using ({mine} and {IT_IS_NOT_SENT})"),
    ):
        op.execute(f"create policy {name} on attachment for {command} to {APP} {clause}")
    secure(
        "object_removal",
        role=APP,
        privileges="select, insert, delete",
        using=IS_SYSTEM,
        check=TENANT_IS_MINE,
    )
    op.execute(f"grant select, delete on attachment to {STATISTICS}")
    op.execute(f"create policy goes on attachment to {STATISTICS} using (true)")
    op.execute(f"grant insert on object_removal to {STATISTICS}")
    op.execute(f"create policy goes on object_removal for insert to {STATISTICS} with check (true)")
    op.execute(THEY_GO_WITH_THE_CONTENT)
    op.execute(
        "create trigger delete_attachments after delete on referral_content"
        " for each row execute function delete_attachments()"
    )
    op.execute("revoke all on function delete_attachments() from public")
    op.execute(f"alter function delete_attachments() owner to {STATISTICS}")
    op.execute(PENDING)
    op.execute(f"revoke all on function {SIGNATURE} from public")
    op.execute(f"grant execute on function {SIGNATURE} to {APP}")
    op.execute(f"alter function {SIGNATURE} owner to {STATISTICS}")


def make_tables() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("object_key", sa.String(length=200), nullable=True),
        sa.Column("media_type", sa.String(length=60), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size_bytes", sa.Integer(), nullable=True),
        sa.Column("scan_state", sa.String(length=20), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "category in ('identity', 'contact', 'address', 'languages', 'family', 'need',"
            " 'residence', 'educationWork', 'benefits', 'health')",
            name=op.f("ck_attachment_category"),
        ),
        sa.CheckConstraint(
            "scan_state in ('PENDING', 'CLEAN', 'INFECTED', 'NOT_SCANNED')",
            name=op.f("ck_attachment_scan_state"),
        ),
        sa.CheckConstraint(
            "(object_key is null) = (sha256 is null)"
            " and (object_key is null) = (size_bytes is null)"
            " and (object_key is null) = (media_type is null)"
            " and (object_key is null) = (scan_state is null)",
            name=op.f("ck_attachment_content_is_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_attachment_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(
        "ix_attachment_referral", "attachment", ["tenant_id", "referral_id", "created_at", "id"]
    )
    op.create_index(
        "ix_attachment_pending",
        "attachment",
        ["tenant_id", "id"],
        postgresql_where=sa.text("scan_state = 'PENDING'"),
    )
    op.create_table(
        "object_removal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("object_key", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_object_removal")),
    )


def downgrade() -> None:
    op.execute("drop trigger delete_attachments on referral_content")
    op.execute(f"set role {STATISTICS}")
    op.execute("drop function delete_attachments()")
    op.execute(f"drop function {SIGNATURE}")
    op.execute("reset role")
    op.drop_table("object_removal")
    op.drop_index(
        "ix_attachment_pending",
        table_name="attachment",
        postgresql_where=sa.text("scan_state = 'PENDING'"),
    )
    op.drop_index("ix_attachment_referral", table_name="attachment")
    op.drop_table("attachment")
