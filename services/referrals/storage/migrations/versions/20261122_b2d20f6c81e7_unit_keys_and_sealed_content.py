"""unit keys and sealed content

Each unit writes its own public keys, all of its tenant read those that are valid. A ciphertext is
taken for a key that the recipient offers now, never for a foreigners or naturalisation authority;
it is seen where a manifest names its digest, and goes with the content.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE

revision = "b2d20f6c81e7"
down_revision = "b3a0d27c5e13"
branch_labels = None
depends_on = None

APP = "kim_referrals_app"
ME = "(select current_setting('app.unit', true))"
ROLES = "(select current_setting('app.roles', true))"


def has_one_of(*roles: str) -> str:
    return "({})".format(" or ".join(f"strpos({ROLES}, ',{role},') > 0" for role in roles))


SENDS = has_one_of("case_manager", "team_lead", "partner")
WORKS_WITH_PEOPLE = has_one_of("case_manager", "team_lead", "partner", "system")
IS_VALID = "revoked_at is null and valid_from <= now() and now() < valid_to"
I_KEEP_IT = (
    f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {has_one_of('partner', 'integrator', 'admin')}"
)
NO_AUTHORITY = "o.type not in ('ABH', 'EBH')"
ITS_RECIPIENT_OFFERS_THE_KEY = (
    "exists (select from referral r"
    " join org_unit o on o.tenant_id = r.tenant_id and o.unit_id = r.recipient_unit"
    " join unit_key k on k.tenant_id = r.tenant_id and k.unit_id = r.recipient_unit"
    " where r.tenant_id = encrypted_content.tenant_id and r.id = encrypted_content.id"
    f" and r.sender_unit = {ME} and r.submitted_at is null and r.is_sealed and {NO_AUTHORITY}"
    f" and k.kid = encrypted_content.kid and k.use = 'enc' and {IS_VALID})"
)
IT_WAS_DISCLOSED_TO_ME = (
    "exists (select from referral r"
    " join org_unit o on o.tenant_id = r.tenant_id and o.unit_id = r.recipient_unit"
    " join disclosure d on d.tenant_id = r.tenant_id and d.referral_id = r.id"
    " and d.recipient_unit = r.recipient_unit and d.content_version = r.content_version"
    " where r.tenant_id = encrypted_content.tenant_id and r.id = encrypted_content.id"
    f" and d.payload_digest = encrypted_content.digest and r.recipient_unit = {ME}"
    f" and {NO_AUTHORITY}"
    " and r.state in ('ACCEPTED', 'IN_SERVICE', 'COMPLETED', 'RETURNED'))"
)


def upgrade() -> None:
    op.add_column(
        "referral", sa.Column("is_sealed", sa.Boolean(), server_default="false", nullable=False)
    )
    make_tables()
    for table in ("unit_key", "encrypted_content"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
    op.execute(f"grant select, insert, update (revoked_at) on unit_key to {APP}")
    policy(
        "unit_key",
        "reads",
        "select",
        f"using ({TENANT_IS_MINE} and ({UNIT_IS_MINE} or {IS_VALID}))",
    )
    policy("unit_key", "publishes", "insert", f"with check ({I_KEEP_IT} and revoked_at is null)")
    policy(
        "unit_key",
        "revokes",
        "update",
        f"using ({I_KEEP_IT} and revoked_at is null) with check ({I_KEEP_IT})",
    )
    op.execute(f"grant select, insert on encrypted_content to {APP}")
    seen = f"{WORKS_WITH_PEOPLE} and ({UNIT_IS_MINE} or {IT_WAS_DISCLOSED_TO_ME})"
    policy("encrypted_content", "reads", "select", f"using ({TENANT_IS_MINE} and {seen})")
    mine = f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {SENDS}"
    policy(
        "encrypted_content",
        "sends",
        "insert",
        f"with check ({mine} and {ITS_RECIPIENT_OFFERS_THE_KEY})",
    )


def make_tables() -> None:
    op.create_table(
        "unit_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("kid", sa.String(length=43), nullable=False),
        sa.Column("use", sa.String(length=3), nullable=False),
        sa.Column("n", sa.String(length=1400), nullable=False),
        sa.Column("e", sa.String(length=11), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=520), nullable=False),
        sa.CheckConstraint("use in ('enc', 'sig')", name=op.f("ck_unit_key_use")),
        sa.CheckConstraint("valid_to > valid_from", name=op.f("ck_unit_key_term")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_key")),
    )
    op.create_index("uq_unit_key_kid", "unit_key", ["tenant_id", "unit_id", "kid"], unique=True)
    op.create_table(
        "encrypted_content",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("kid", sa.String(length=43), nullable=False),
        sa.Column("jwe", sa.String(), nullable=False),
        sa.Column("digest", sa.String(length=71), nullable=False),
        sa.CheckConstraint("length(jwe) <= 1400000", name=op.f("ck_encrypted_content_size")),
        sa.CheckConstraint(
            "digest = 'sha256:' || encode(sha256(convert_to(jwe, 'UTF8')), 'hex')",
            name=op.f("ck_encrypted_content_digest"),
        ),
        sa.ForeignKeyConstraint(
            ["id"],
            ["referral_content.id"],
            name=op.f("fk_encrypted_content_id_referral_content"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_encrypted_content")),
    )
    op.create_index("ix_encrypted_content_unit", "encrypted_content", ["tenant_id", "unit_id"])


def policy(table: str, name: str, command: str, rule: str) -> None:
    op.execute(f"create policy {name} on {table} for {command} to {APP} {rule}")


def downgrade() -> None:
    op.drop_table("encrypted_content")
    op.drop_table("unit_key")
    op.drop_column("referral", "is_sealed")
