"""notices name fields

A recipient learns which fields changed, by name, and that the accuracy of one is disputed.
"""

import sqlalchemy as sa
from alembic import op

revision = "e506b3d9c170"
down_revision = "d06b8f3e91c4"
branch_labels = None
depends_on = None

KINDS = "'CONSENT_REVOKED', 'DATA_CORRECTED', {0}'DATA_ERASED', 'RESTRICTED', 'OBJECTED'"


def upgrade() -> None:
    op.add_column(
        "notice",
        sa.Column(
            "fields",
            sa.ARRAY(sa.String(length=120)),
            server_default="{}",
            nullable=False,
        ),
    )
    _check("'ACCURACY_DISPUTED', ")


def downgrade() -> None:
    op.execute("delete from notice where kind = 'ACCURACY_DISPUTED'")
    _check("")
    op.drop_column("notice", "fields")


def _check(disputed: str) -> None:
    op.drop_constraint(op.f("ck_notice_kind"), "notice", type_="check")
    op.create_check_constraint(
        op.f("ck_notice_kind"), "notice", f"kind in ({KINDS.format(disputed)})"
    )
