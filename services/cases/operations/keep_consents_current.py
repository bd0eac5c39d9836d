"""Let the day do its work: scheduled consents begin, expired ones end (K4, K6)."""

from datetime import date
from uuid import UUID

from services.cases.domain.consent_lifecycle import (
    CONSENT_LIFECYCLE,
    ConsentAction,
    ConsentFacts,
    ConsentState,
)
from services.cases.operations.on_case import advance_case, lock_case
from services.cases.operations.supersede_consents import lock_scope, supersede_others
from services.cases.storage.queries.care import CASE_OF_CONSENT, CONSENT_FOR_UPDATE
from services.cases.storage.queries.reports import CONSENTS_DUE
from services.cases.storage.tables import ConsentRow
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.kernel.caller import system_caller
from shared.kernel.clock import berlin_date, now

PART = "consent-timer"


async def keep_consents_current(database: Database) -> None:
    """Move every consent whose day has come, each in a transaction of its own unit."""
    today = berlin_date(now())
    for tenant_id, unit_id, consent_id in await _due(database, today):
        caller = system_caller(tenant_id=tenant_id, unit_id=unit_id, part=PART)
        async with database.transaction(caller) as tx:
            await _move(tx, consent_id, today)


async def _due(database: Database, today: date) -> list[tuple[str, str, UUID]]:
    nobody = system_caller(tenant_id="", unit_id="", part=PART)
    async with database.transaction(nobody) as tx:
        rows = await tx.rows(CONSENTS_DUE, today=today)
    return [(row["tenant_id"], row["unit_id"], row["id"]) for row in rows]


async def _move(tx: Transaction, consent_id: UUID, today: date) -> None:
    case_id = await tx.value(CASE_OF_CONSENT, consent_id=consent_id)
    if case_id is None:
        return
    case = await lock_case(tx, case_id)
    await lock_scope(tx, consent_id)
    row = await tx.row(CONSENT_FOR_UPDATE, consent_id=consent_id)
    assert row is not None
    facts = ConsentFacts(today=today, valid_from=row["valid_from"], valid_to=row["valid_to"])
    open_moves = [
        option
        for option in CONSENT_LIFECYCLE.options(ConsentState(row["state"]), facts)
        if option.is_open and option.action in {ConsentAction.ACTIVATE, ConsentAction.EXPIRE}
    ]
    for option in open_moves:
        if option.to is ConsentState.ACTIVE:
            await supersede_others(tx, row, today)
        await tx.update(ConsentRow, consent_id, state=option.to, version=row["version"] + 1)
        await advance_case(
            tx, case, f"{option.action}-consent", changes={"consentId": str(consent_id)}
        )
