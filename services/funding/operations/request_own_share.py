"""A request for municipal money above the ceiling: recorded, recommended, decided."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from services.funding.domain.own_share import (
    CostBasis,
    OwnShareRequest,
    own_share,
    request_findings,
)
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.record_position import AwardLineUnknown
from services.funding.storage.queries.awards import AWARD_LINE_BY_ID
from services.funding.storage.queries.plans import (
    OWN_SHARE_REQUEST_FOR_UPDATE,
    OWN_SHARE_REQUEST_VIEW,
)
from services.funding.storage.rows import complete
from services.funding.storage.tables import OwnShareRequestRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import now
from shared.kernel.errors import Conflict, NotFound
from shared.kernel.ids import new_id
from shared.kernel.money import Money
from shared.kernel.text import Text
from shared.service.writes import Answer


class RequestIsDecided(Conflict):
    code = "request-is-decided"
    title = Text(
        de="Über diesen Antrag ist schon entschieden.", en="This request is decided already."
    )


@dataclass(frozen=True, slots=True)
class NewOwnShareRequest:
    """What is asked for, and on which figures; the request stands as it was made (R-S1-5)."""

    fiscal_year: int
    requested_by: str
    basis: CostBasis
    requested: Money
    requested_on: date | None = None
    recommended: Money | None = None
    award_line_id: UUID | None = None
    source: str | None = None


async def request_own_share(tx: Transaction, command: NewOwnShareRequest) -> Answer:
    """Nothing is decided by a request, not even zero (R-S1-4). Raises AwardLineUnknown."""
    line_id = command.award_line_id
    if line_id is not None and await tx.row(AWARD_LINE_BY_ID, line_id=line_id) is None:
        raise AwardLineUnknown
    request_id, instant = new_id(), now()
    recommended, basis = command.recommended, command.basis
    findings = request_findings(OwnShareRequest(command.requested, recommended), basis)
    await tx.insert(
        OwnShareRequestRow,
        **complete(
            OwnShareRequestRow,
            id=request_id,
            created_at=instant,
            updated_at=instant,
            award_line_id=line_id,
            fiscal_year=command.fiscal_year,
            requested_by=command.requested_by,
            requested_on=command.requested_on,
            personnel_cents=basis.personnel.cents,
            overhead_cents=basis.overhead.cents,
            ceiling_cents=basis.ceiling.cents,
            fte=basis.fte,
            own_share_cap_cents=own_share(basis.personnel, basis.ceiling).amount.cents,
            personnel_gap_cents=basis.personnel_gap.cents,
            full_gap_cents=basis.full_gap.cents,
            findings=[finding.code.value for finding in findings],
            requested_cents=command.requested.cents,
            recommended_cents=recommended.cents if recommended is not None else None,
            source=command.source,
        ),
    )
    await leave_trace(
        tx, action="request-own-share", kind="own-share-request", record_id=request_id
    )
    location = f"/v1/own-share-requests/{request_id}"
    return await answer_with(tx, OWN_SHARE_REQUEST_VIEW, location, request_id=request_id)


async def recommend_own_share(
    tx: Transaction, request_id: UUID, expected_version: int | None, amount: Money
) -> Answer:
    """What the administration recommends. Raises NotFound, versions, RequestIsDecided."""
    row = await _open_request(tx, request_id, expected_version)
    return await _finish(tx, row, "recommend-own-share", recommended_cents=amount.cents)


async def decide_own_share(
    tx: Transaction,
    request_id: UUID,
    expected_version: int | None,
    *,
    amount: Money,
    decided_on: date,
) -> Answer:
    """What the council decided. Raises NotFound, versions, RequestIsDecided."""
    row = await _open_request(tx, request_id, expected_version)
    return await _finish(
        tx, row, "decide-own-share", decided_cents=amount.cents, decided_on=decided_on
    )


async def _open_request(
    tx: Transaction, request_id: UUID, expected_version: int | None
) -> asyncpg.Record:
    row = await tx.row(OWN_SHARE_REQUEST_FOR_UPDATE, request_id=request_id)
    if row is None:
        raise NotFound
    require_version(row["version"], expected_version)
    if row["decided_cents"] is not None:
        raise RequestIsDecided(decidedOn=row["decided_on"].isoformat())
    return row


async def _finish(tx: Transaction, row: asyncpg.Record, action: str, **columns: object) -> Answer:
    request_id: UUID = row["id"]
    await tx.update(
        OwnShareRequestRow,
        request_id,
        version=row["version"] + 1,
        updated_at=now(),
        **columns,
    )
    await leave_trace(tx, action=action, kind="own-share-request", record_id=request_id)
    return await answer_with(tx, OWN_SHARE_REQUEST_VIEW, request_id=request_id)
