"""Erase the content of a case: what stays is a tombstone without anybody's data (C19)."""

import asyncpg

from services.cases.storage.queries.cases import DELETE_CASE_FILE
from services.cases.storage.queries.deliveries import KEEP_DIGESTS
from services.cases.storage.queries.documents import REMOVE_OBJECTS_OF_CASE
from services.cases.storage.queries.families import (
    DELETE_FAMILIES_UNLESS_USED,
    DELETE_PERSONS_UNLESS_USED,
    FAMILIES_OF_CASE,
    PERSONS_OF_CASE,
)
from services.cases.storage.tables import CaseRow
from shared.database.transaction import Transaction
from shared.secrecy.removal import forget_keys

NOTHING = dict.fromkeys(
    (
        "pseudonym",
        "contact",
        "language",
        "person_id",
        "family_id",
        "municipality_ags",
        "referral_id",
        "case_manager",
        "other_basis_reason",
        "signposted_to",
    )
)


async def erase_content(tx: Transaction, case: asyncpg.Record) -> None:
    """Delete the case file with everything that hangs on it, then the families, present and
    former, and the persons that no other case of the unit needs. Entrusted notes go with the file
    although nobody but their owner can see them. The keys of all of it are destroyed, so that
    backups forget it too.
    """
    families = [row["id"] for row in await tx.rows(FAMILIES_OF_CASE, case_id=case["id"])]
    persons = await tx.rows(PERSONS_OF_CASE, person_id=case["person_id"], family_ids=families)
    await tx.update(CaseRow, case["id"], **NOTHING)
    await tx.execute(REMOVE_OBJECTS_OF_CASE, case_id=case["id"])
    await tx.execute(KEEP_DIGESTS, tenant_id=tx.caller.tenant_id, case_id=case["id"])
    await tx.execute(DELETE_CASE_FILE, case_id=case["id"])
    await forget_keys(tx, case["id"])
    await tx.execute(DELETE_FAMILIES_UNLESS_USED, family_ids=families)
    for gone in await tx.rows(DELETE_PERSONS_UNLESS_USED, person_ids=[r["id"] for r in persons]):
        await forget_keys(tx, gone["id"])
