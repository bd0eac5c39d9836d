"""offer directory

Which counselling there is and which is missing, and what findings say about it: of the whole
tenant, about nobody. A finding names the line of an award that shall pay its measure.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE, secure

revision = "e7b0c5d81f44"
down_revision = "d4e8a1b6c035"
branch_labels = None
depends_on = None

APP = "kim_cases_app"
ROLES = "(select current_setting('app.roles', true))"
IS_NO_AUTHORITY = (
    f"({ROLES} !~ ',b3_officer,'"
    " and (select current_setting('app.unit_type', true)) not in ('ABH', 'EBH'))"
)
READERS = (
    f"{TENANT_IS_MINE} and {IS_NO_AUTHORITY} and {ROLES}"
    " ~ ',(case_manager|team_lead|coordinator|unit_head|funding_officer|funding_approver),'"
)
WRITERS = f"{TENANT_IS_MINE} and {IS_NO_AUTHORITY} and {ROLES} ~ ',(case_manager|coordinator),'"


def upgrade() -> None:
    op.add_column("structural_finding", sa.Column("funding_line_id", sa.Uuid(), nullable=True))
    op.create_table(
        "counselling_offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("area_ags", sa.ARRAY(sa.String(length=8)), nullable=False),
        sa.Column("provider", sa.String(length=200), nullable=True),
        sa.Column("provider_unit", sa.String(length=63), nullable=True),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state in ('EXISTING', 'MISSING', 'ENDED')", name=op.f("ck_counselling_offer_state")
        ),
        sa.CheckConstraint(
            "(state = 'MISSING') = (provider is null)", name=op.f("ck_counselling_offer_provider")
        ),
        sa.CheckConstraint("places >= 0", name=op.f("ck_counselling_offer_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counselling_offer")),
    )
    op.create_index(
        "ix_counselling_offer_topic", "counselling_offer", ["tenant_id", "topic", "title", "id"]
    )
    op.create_table(
        "finding_offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("offer_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "relation in ('MISSING', 'INSUFFICIENT', 'DOUBLED', 'FITTING')",
            name=op.f("ck_finding_offer_relation"),
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"],
            ["structural_finding.id"],
            name=op.f("fk_finding_offer_finding_id_structural_finding"),
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"],
            ["counselling_offer.id"],
            name=op.f("fk_finding_offer_offer_id_counselling_offer"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_offer")),
    )
    op.create_index(
        "uq_finding_offer", "finding_offer", ["tenant_id", "finding_id", "offer_id"], unique=True
    )
    offers = "select, insert, update"
    secure("counselling_offer", role=APP, privileges=offers, using=READERS, check=WRITERS)
    secure("finding_offer", role=APP, privileges="select, insert", using=READERS, check=WRITERS)


def downgrade() -> None:
    op.drop_table("finding_offer")
    op.drop_table("counselling_offer")
    op.drop_column("structural_finding", "funding_line_id")
