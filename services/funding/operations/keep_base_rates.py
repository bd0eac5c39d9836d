"""Keep the base rates that interest is reckoned from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.funding.operations.changes import answer_with, leave_trace
from services.funding.storage.queries.recoveries import BASE_RATE_VIEW
from services.funding.storage.tables import BaseRateRow
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True)
class NewBaseRate:
    valid_from: date
    percent: Decimal
    source: str


async def record_base_rate(tx: Transaction, command: NewBaseRate) -> Answer:
    """A second rate of the same day is refused by the database (409 already-exists)."""
    base_rate_id, instant = new_id(), now()
    await tx.insert(
        BaseRateRow,
        id=base_rate_id,
        version=1,
        created_at=instant,
        updated_at=instant,
        valid_from=command.valid_from,
        percent=command.percent,
        source=command.source,
        recorded_by=tx.caller.actor,
    )
    await leave_trace(
        tx,
        action="record-base-rate",
        kind="base-rate",
        record_id=base_rate_id,
        changes={"validFrom": command.valid_from.isoformat(), "percent": str(command.percent)},
    )
    location = f"/v1/base-rates/{base_rate_id}"
    return await answer_with(tx, BASE_RATE_VIEW, location, base_rate_id=base_rate_id)
