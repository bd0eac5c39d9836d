"""What makes a service ready: its database answers and stands at the newest migration."""

from collections.abc import Callable
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from shared.database.connection import Database
from shared.web.health import Check


def migrations_applied(database: Callable[[], Database], migrations: Path) -> Check:
    """Whether the database stands at the newest migration this code knows."""
    config = Config()
    config.set_main_option("script_location", str(migrations))
    head = ScriptDirectory.from_config(config).get_current_head()

    async def check() -> bool:
        found = await database().pool.fetchval("select version_num from alembic_version")
        return bool(found == head)

    return check


def database_answers(database: Callable[[], Database]) -> Check:
    async def check() -> bool:
        return bool(await database().pool.fetchval("select true"))

    return check
