"""Record a table of posts as somebody reported it, number by number."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.funding.domain.events.positions import PositionReportRecorded
from services.funding.domain.positions import PostFigures, PostTable
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.storage.queries.position_reports import POSITION_REPORT_VIEW
from services.funding.storage.tables import PositionReportRow, PositionReportTableRow
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True)
class NewPositionReport:
    """The table, the day it describes, the paper it stands in, and whether that was a mirror."""

    reported_on: date
    source: str
    provenance: str
    table: PostTable


async def record_position_report(tx: Transaction, command: NewPositionReport) -> Answer:
    report_id = await insert_position_report(tx, command)
    location = f"/v1/position-reports/{report_id}"
    return await answer_with(tx, POSITION_REPORT_VIEW, location, report_id=report_id)


async def insert_position_report(tx: Transaction, command: NewPositionReport) -> UUID:
    """All numbers are stored unchanged, also those that contradict each other (R-S4-2)."""
    report_id = new_id()
    total = command.table.reported_total
    await tx.insert(
        PositionReportRow,
        id=report_id,
        reported_on=command.reported_on,
        source=command.source,
        provenance=command.provenance,
        total_approved_fte=total.approved if total else None,
        total_filled_fte=total.filled if total else None,
        total_reported_vacant_fte=total.reported_vacant if total else None,
        recorded_at=now(),
        recorded_by=tx.caller.actor,
    )
    for ordinal, row in enumerate(command.table.rows):
        await tx.insert(
            PositionReportTableRow,
            id=new_id(),
            position_report_id=report_id,
            ordinal=ordinal,
            label=row.label,
            post_type=row.post_type.value,
            **_columns(row.figures),
        )
    await leave_trace(
        tx,
        action="record-position-report",
        kind="position-report",
        record_id=report_id,
        events=(PositionReportRecorded(tenant_id=tx.caller.tenant_id, report_id=report_id),),
    )
    return report_id


def _columns(figures: PostFigures) -> dict[str, Decimal | None]:
    return {
        "approved_fte": figures.approved,
        "filled_fte": figures.filled,
        "reported_vacant_fte": figures.reported_vacant,
    }
