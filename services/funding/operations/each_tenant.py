"""Do something for every tenant, each in a transaction of its own."""

from collections.abc import Awaitable, Callable

from services.funding.storage.queries.ledger import TENANTS
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.kernel.caller import system_caller


async def each_tenant(
    database: Database, part: str, run: Callable[[Transaction], Awaitable[None]]
) -> None:
    """Run `run` under each tenant's policies, in the name of the system's `part`."""
    nobody = system_caller(tenant_id="", unit_id="", part=part)
    async with database.transaction(nobody) as tx:
        tenants = [row["tenant_id"] for row in await tx.rows(TENANTS)]
    for tenant_id in tenants:
        caller = system_caller(tenant_id=tenant_id, unit_id="", part=part)
        async with database.transaction(caller) as tx:
            await run(tx)
