"""access links

Links for agencies without software. A link sees its own row alone (`app.actor` names it), the
sender its own links; none is made for a foreigners or naturalisation authority.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE

revision = "b2c10e7f4a95"
down_revision = "a5d2f3b8c7e4"
branch_labels = None
depends_on = None

APP = "kim_referrals_app"
ME = "(select current_setting('app.unit', true))"
I_AM_IT = "(select current_setting('app.actor', true)) = 'urn:kim:link|' || id::text"
I_SENT_IT = f"sender_unit = {ME}"
IT_IS_ADDRESSED_SO = (
    f"exists (select from referral r where r.tenant_id = access_link.tenant_id"
    f" and r.id = access_link.referral_id and r.sender_unit = {ME}"
    " and r.recipient_unit = access_link.unit_id and r.submitted_at is not null)"
)
NO_AUTHORITY = (
    "exists (select from org_unit o where o.tenant_id = access_link.tenant_id"
    " and o.unit_id = access_link.unit_id and o.type not in ('ABH', 'EBH'))"
)


def upgrade() -> None:
    op.create_table(
        "access_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("referral_id", sa.Uuid(), nullable=False),
        sa.Column("sender_unit", sa.String(length=63), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=520), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("session_digest", sa.LargeBinary(), nullable=True),
        sa.Column("session_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "expires_at <= created_at + interval '8 days'", name=op.f("ck_access_link_eight_days")
        ),
        sa.CheckConstraint(
            "(session_digest is null) = (used_at is null)", name=op.f("ck_access_link_session")
        ),
        sa.CheckConstraint("refusals between 0 and 5", name=op.f("ck_access_link_refusals")),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["referral.id"], name=op.f("fk_access_link_referral_id_referral")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_link")),
    )
    op.create_index(
        "ix_access_link_referral", "access_link", ["tenant_id", "referral_id", "created_at"]
    )
    op.create_index(
        "uq_access_link_open",
        "access_link",
        ["tenant_id", "referral_id"],
        unique=True,
        postgresql_where=sa.text("revoked_at is null"),
    )
    op.execute("alter table access_link enable row level security")
    op.execute("alter table access_link force row level security")
    columns = "used_at, session_digest, session_until, revoked_at, refusals"
    op.execute(f"grant select, insert, update ({columns}) on access_link to {APP}")
    mine = f"{TENANT_IS_MINE} and ({I_SENT_IT} or {I_AM_IT})"
    policy("reads", "select", f"using ({mine})")
    policy("changes", "update", f"using ({mine})")
    policy(
        "writes",
        "insert",
        f"with check ({TENANT_IS_MINE} and {I_SENT_IT} and {IT_IS_ADDRESSED_SO} and {NO_AUTHORITY})",
    )


def policy(name: str, command: str, rule: str) -> None:
    op.execute(f"create policy {name} on access_link for {command} to {APP} {rule}")


def downgrade() -> None:
    op.drop_table("access_link")
