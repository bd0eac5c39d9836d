"""Delete again, without being asked, what a restored backup brought back.

What was deleted is noted where the keys lie, after its deletion and never before. What was on its
way in the backup and has no content any more ends: nobody is to decide on nothing.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from services.referrals.operations.erasing import forget_case_sent
from services.referrals.operations.withdrawing import end_without_content, take_back_again
from services.referrals.storage.base import CASE_RECEIVED, CASE_SENT, CONTENT_KEY, GROUND_KEY
from services.referrals.storage.directory_lookups import BROUGHT_BACK
from services.referrals.storage.lookups import forget_received
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.kernel.caller import system_caller
from shared.kernel.ids import made_at
from shared.secrecy.removal import KEYS_STAY
from shared.secrecy.store import Destroyed

PART: Final = "referrals-restored"
Again = Callable[[Transaction, UUID], Awaitable[None]]
_AGAIN: Final[Mapping[str, Again]] = {
    # A case before the content of its referrals: why they end is said then.
    f"{CASE_SENT}{KEYS_STAY}": forget_case_sent,
    f"{CASE_RECEIVED}{KEYS_STAY}": forget_received,
    GROUND_KEY: take_back_again,
    CONTENT_KEY: end_without_content,
}


async def forget_restored(database: Database) -> int:
    """How much was deleted again, each in a transaction of its own. Done twice it finds nothing."""
    assert database.ring is not None
    done = 0
    async for page in database.ring.store.all_destroyed():
        rows = await _brought_back(database, page)
        for part, again in _AGAIN.items():
            for row in rows:
                if row["part"] == part:
                    await _forget(database, row, again)
                    done += 1
    return done


async def _brought_back(database: Database, page: Sequence[Destroyed]) -> list[Any]:
    """Without the records of cases that are younger than the erasure: they came later."""
    rows = await database.across_tenants(
        BROUGHT_BACK,
        [one.tenant_id for one in page],
        [one.holder for one in page],
        [one.part for one in page],
        part=PART,
    )
    erased_at = {(one.tenant_id, one.holder, one.part): one.erased_at for one in page}
    return [
        row
        for row in rows
        if row["case_id"] is None
        or made_at(row["case_id"]) < erased_at[row["tenant_id"], row["id"], row["part"]]
    ]


async def _forget(database: Database, row: Any, again: Again) -> None:
    caller = system_caller(tenant_id=row["tenant_id"], unit_id=row["unit_id"], part=PART)
    async with database.transaction(caller) as tx:
        await again(tx, row["id"])
