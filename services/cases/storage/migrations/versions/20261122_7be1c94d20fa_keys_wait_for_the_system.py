"""keys wait for the system

Which keys are to be destroyed is told, in every tenant, to whoever acts as the system alone.
"""

from shared.database.migration_keys import list_removals_for_the_system

revision = "7be1c94d20fa"
down_revision = "027217b0e46a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    list_removals_for_the_system("cases")


def downgrade() -> None:
    """What was before is the same for the worker, and wider for nobody that there is."""
