"""What the database counts on a day: reports tell it of fixed days and once only."""

from collections.abc import Callable

import asyncpg

from tests.engines import ServiceDatabase

STEINFURT = "05566"


async def families_on(database: Callable[[str], ServiceDatabase], day: str) -> int:
    """Families in counselling in Kreis Steinfurt at the end of the day."""
    service = await asyncpg.connect(database("cases").app_dsn)
    try:
        await service.execute("select set_config('app.tenant', $1, false)", STEINFURT)
        counted = f"select coalesce(sum(families), 0) from count_families('{day}')"
        return int(await service.fetchval(counted))
    finally:
        await service.close()
