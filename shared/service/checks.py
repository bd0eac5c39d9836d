"""What makes a service ready: its database answers and is not older than the code."""

from collections.abc import Callable
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from shared.database.connection import Database
from shared.web.health import Check


def migrations_applied(database: Callable[[], Database], migrations: Path) -> Check:
    """Whether the database stands at the newest migration that this code knows, or at one that it
    does not know: a newer release migrates first, and the older one serves until it is replaced.
    """
    config = Config()
    config.set_main_option("script_location", str(migrations))
    directory = ScriptDirectory.from_config(config)
    older = {one.revision for one in directory.walk_revisions()} - {directory.get_current_head()}

    async def check() -> bool:
        found = await database().pool.fetchval("select version_num from alembic_version")
        return found is not None and found not in older

    return check


def database_answers(database: Callable[[], Database]) -> Check:
    async def check() -> bool:
        return bool(await database().pool.fetchval("select true"))

    return check
