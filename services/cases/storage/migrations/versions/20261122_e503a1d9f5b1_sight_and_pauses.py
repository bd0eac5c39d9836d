"""sight and pauses

A unit learns that it does not see a record any more; an endpoint says what a long pause missed.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration_sight import add_lost_sight, drop_lost_sight

revision = "e503a1d9f5b1"
down_revision = "e502b1c8e4a9"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_lost_sight("cases")
    op.add_column(
        "webhook_endpoint",
        sa.Column("missed_until", sa.DateTime(timezone=True), nullable=True),
    )


def downgrade() -> None:
    op.drop_column("webhook_endpoint", "missed_until")
    drop_lost_sight("cases")
