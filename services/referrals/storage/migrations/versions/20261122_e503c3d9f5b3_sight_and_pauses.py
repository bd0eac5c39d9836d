"""sight and pauses

A unit learns that it does not see a record any more; an endpoint says what a long pause missed.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration_sight import add_lost_sight, drop_lost_sight

revision = "e503c3d9f5b3"
down_revision = "e501a0c7d3f8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_lost_sight("referrals")
    op.add_column(
        "webhook_endpoint",
        sa.Column("missed_until", sa.DateTime(timezone=True), nullable=True),
    )


def downgrade() -> None:
    op.drop_column("webhook_endpoint", "missed_until")
    drop_lost_sight("referrals")
