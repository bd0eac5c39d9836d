"""directory in full

Contacts, accepted kinds of referral, deputy units and parts of municipalities; what a unit can take
on of each service. Everybody of the tenant reads it; a unit writes its own, the coordination all.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE
from shared.database.migration_feed import follow_changes

revision = "a5d1ec70c0a1"
down_revision = "e5f7a9cb3e42"
branch_labels = None
depends_on = None

APP = "kim_referrals_app"
ROLES = "(select current_setting('app.roles', true))"


def one_of_roles(*roles: str) -> str:
    return "({})".format(" or ".join(f"strpos({ROLES}, ',{role},') > 0" for role in roles))


I_MAY_TELL = (
    f"{TENANT_IS_MINE} and ({one_of_roles('coordinator', 'admin')}"
    f" or ({UNIT_IS_MINE} and {one_of_roles('team_lead', 'unit_head', 'partner')}))"
)


def upgrade() -> None:
    extend_units()
    op.create_table(
        "unit_service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("service_code", sa.String(length=60), nullable=False),
        sa.Column("accepts", sa.Boolean(), nullable=False),
        sa.Column("seats_total", sa.Integer(), nullable=True),
        sa.Column("seats_free", sa.Integer(), nullable=True),
        sa.Column("waiting_days", sa.Integer(), nullable=True),
        sa.Column("languages", sa.ARRAY(sa.String(length=3)), nullable=False),
        sa.Column("opening", postgresql.JSONB(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "seats_total >= 0 and seats_free >= 0 and seats_free <= seats_total",
            name=op.f("ck_unit_service_seats"),
        ),
        sa.CheckConstraint("waiting_days >= 0", name=op.f("ck_unit_service_waiting")),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_unit_service_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_service")),
    )
    op.create_index(
        "uq_unit_service", "unit_service", ["tenant_id", "unit_id", "service_code"], unique=True
    )
    op.create_index(
        "ix_unit_service_code", "unit_service", ["tenant_id", "service_code", "unit_id"]
    )
    secure_capacity()
    follow_changes("referrals", "unit_service", "unit-service", "'{}'", filled=False)


def extend_units() -> None:
    for name, length in (("email", 254), ("phone", 40), ("url", 500), ("dvdv_key", 100)):
        op.add_column("org_unit", sa.Column(name, sa.String(length=length), nullable=True))
    op.add_column(
        "org_unit",
        sa.Column("has_software", sa.Boolean(), server_default=sa.text("true"), nullable=False),
    )
    op.add_column(
        "org_unit",
        sa.Column(
            "accepted_modes",
            sa.ARRAY(sa.String(length=20)),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
    )
    op.add_column("org_unit", sa.Column("deputy_unit", sa.String(length=63), nullable=True))
    op.add_column(
        "org_unit",
        sa.Column("area_parts", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
    )


def secure_capacity() -> None:
    op.execute("alter table unit_service enable row level security")
    op.execute("alter table unit_service force row level security")
    op.execute(f"grant select, insert, update on unit_service to {APP}")
    op.execute(
        f"create policy tenant_reads on unit_service for select to {APP} using ({TENANT_IS_MINE})"
    )
    op.execute(
        f"create policy unit_inserts on unit_service for insert to {APP} with check ({I_MAY_TELL})"
    )
    op.execute(
        f"create policy unit_changes on unit_service for update to {APP}"
        f" using ({I_MAY_TELL}) with check ({I_MAY_TELL})"
    )


def downgrade() -> None:
    op.drop_table("unit_service")
    op.execute("set role kim_referrals_statistics")
    op.execute("drop function note_change_of_unit_service()")
    op.execute("reset role")
    op.execute("delete from record_change where kind = 'unit-service'")
    for column in (
        "area_parts",
        "deputy_unit",
        "accepted_modes",
        "has_software",
        "dvdv_key",
        "url",
        "phone",
        "email",
    ):
        op.drop_column("org_unit", column)
