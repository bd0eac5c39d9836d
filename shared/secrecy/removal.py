"""Keys of erased records are destroyed: noted in the erasure's transaction, done by the worker.

Were a key destroyed before the commit, a transaction that fails would lose what it kept; were it
forgotten after it, a crash would keep what it should not.
"""

from typing import Final
from uuid import UUID

from sqlmodel import Field, SQLModel

from shared.database.connection import Database
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.kernel.caller import system_caller
from shared.kernel.ids import made_at, new_id

PART: Final = "keys"
# All parts of a record.
WHOLE: Final = ""
# Behind a part: some of it was erased, but what stays needs the key. It is noted all the same.
KEYS_STAY: Final = "/KEYS-STAY"
NOTE: Final = Statement(
    "insert into key_removal (id, tenant_id, holder, part) values (:id, :tenant_id, :holder, :part)"
)
WAITING: Final = Statement(
    "select id, tenant_id, holder, part from key_removal order by id limit 500"
)
DONE: Final = Statement("delete from key_removal where id = :removal_id")


class KeyRemovalColumns(SQLModel):
    """The keys of a record, or of a part of it, that the worker is to destroy."""

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    holder: UUID
    part: str = Field(max_length=40)


async def forget_keys(tx: Transaction, holder: UUID, part: str = WHOLE) -> None:
    """Once this transaction is committed, nothing of the record can be read any more, in no backup
    either.
    """
    await tx.execute(NOTE, id=new_id(), tenant_id=tx.caller.tenant_id, holder=holder, part=part)


async def destroy_keys(database: Database) -> None:
    """Destroy what was noted; what fails is tried again."""
    assert database.ring is not None
    nobody = system_caller(tenant_id="", unit_id="", part=PART)
    async with database.transaction(nobody) as tx:
        for row in await tx.rows(WAITING):
            owner = system_caller(tenant_id=row["tenant_id"], unit_id="", part=PART)
            erased_at = made_at(row["id"])
            await database.ring.store.destroy(owner, row["holder"], row["part"], erased_at)
            await tx.execute(DONE, removal_id=row["id"])
