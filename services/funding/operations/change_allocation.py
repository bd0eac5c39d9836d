"""Complete what is known of an allocation before it is released."""

from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from services.funding.domain.allocation_lifecycle import AllocationState
from services.funding.domain.territory import Territory
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.storage.allocation_records import load_allocation
from services.funding.storage.queries.allocations import ALLOCATION_VIEW
from services.funding.storage.queries.moments import moment
from services.funding.storage.tables import AllocationRow
from services.funding.storage.territories import territory_form
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import now
from shared.kernel.errors import Conflict
from shared.kernel.text import Text
from shared.service.writes import Answer

OPEN_STATES = frozenset(
    {
        AllocationState.PLANNED,
        AllocationState.CALL_OPEN,
        AllocationState.SELECTED,
        AllocationState.CONTRACTED,
    }
)


class AllocationIsReleased(Conflict):
    code = "allocation-is-released"
    title = Text(
        de="Die Weiterleitung ist freigegeben; Änderungen kommen als neue Fassung.",
        en="The allocation is released; changes come as a new version.",
    )


@dataclass(frozen=True, slots=True)
class AllocationCorrection:
    """What may be completed; None leaves it as it is."""

    target_group: str | None = None
    territory: Territory | None = None
    overlap_reason: str | None = None
    authority_consent_ref: str | None = None
    double_funding_checked_on: date | None = None


async def change_allocation(
    tx: Transaction,
    allocation_id: UUID,
    expected_version: int | None,
    correction: AllocationCorrection,
) -> Answer:
    """Raises NotFound, the refusals of versions, AllocationIsReleased."""
    row = await load_allocation(tx, allocation_id)
    require_version(row["version"], expected_version)
    if AllocationState(row["state"]) not in OPEN_STATES:
        raise AllocationIsReleased
    changes = {
        one.name: value
        for one in fields(correction)
        if (value := getattr(correction, one.name)) is not None
    }
    columns = dict(changes)
    if correction.territory is not None:
        columns["territory"] = territory_form(correction.territory)
    await tx.update(
        AllocationRow, allocation_id, version=row["version"] + 1, updated_at=now(), **columns
    )
    await leave_trace(
        tx,
        action="change-allocation",
        kind="allocation",
        record_id=allocation_id,
        changes={"fields": sorted(changes)},
    )
    return await answer_with(tx, ALLOCATION_VIEW, allocation_id=allocation_id, **moment())
