"""Tables of posts as somebody reported them, as published and as the rules need them."""

from datetime import date

from sqlalchemy import bindparam, select
from sqlmodel import col

from services.funding.storage.queries.moments import AS_OF, KNOWN_AT
from services.funding.storage.tables import PositionReportRow, PositionReportTableRow
from shared.database.lists import Filter, ListView
from shared.database.publish import json_list
from shared.database.statements import Statement, table_of
from shared.database.views import View

REPORT_ROWS = json_list(
    select(
        col(PositionReportTableRow.label),
        col(PositionReportTableRow.post_type),
        col(PositionReportTableRow.approved_fte),
        col(PositionReportTableRow.filled_fte),
        col(PositionReportTableRow.reported_vacant_fte),
        (col(PositionReportTableRow.approved_fte) - col(PositionReportTableRow.filled_fte)).label(
            "unoccupied_computed"
        ),
        (
            col(PositionReportTableRow.approved_fte)
            - col(PositionReportTableRow.filled_fte)
            - col(PositionReportTableRow.reported_vacant_fte)
        ).label("residual"),
    )
    .where(
        col(PositionReportTableRow.tenant_id) == col(PositionReportRow.tenant_id),
        col(PositionReportTableRow.position_report_id) == col(PositionReportRow.id),
    )
    .order_by(col(PositionReportTableRow.ordinal))
    .correlate(PositionReportRow)
).label("rows")
POSITION_REPORT = (
    col(PositionReportRow.id),
    col(PositionReportRow.reported_on),
    col(PositionReportRow.source),
    col(PositionReportRow.provenance),
    REPORT_ROWS,
    col(PositionReportRow.total_approved_fte),
    col(PositionReportRow.total_filled_fte),
    col(PositionReportRow.total_reported_vacant_fte),
    col(PositionReportRow.recorded_at),
)
POSITION_REPORT_VIEW = View(
    select(*POSITION_REPORT).where(col(PositionReportRow.id) == bindparam("report_id"))
)
POSITION_REPORT_LIST = ListView(
    select(*POSITION_REPORT),
    filters={
        "reportedOn": Filter(
            col(PositionReportRow.reported_on), date.fromisoformat, ("eq", "gte", "lte")
        )
    },
    sorts={"reportedOn": "reported_on"},
    default_sort="-reportedOn",
)
NEWEST_REPORT_OF_YEAR = Statement(
    select(table_of(PositionReportRow))
    .where(
        col(PositionReportRow.reported_on) <= AS_OF,
        col(PositionReportRow.reported_on) >= bindparam("first_day"),
        col(PositionReportRow.recorded_at) <= KNOWN_AT,
    )
    .order_by(col(PositionReportRow.reported_on).desc(), col(PositionReportRow.id).desc())
    .limit(1)
)
REPORT_BY_ID = Statement(
    select(table_of(PositionReportRow)).where(col(PositionReportRow.id) == bindparam("report_id"))
)
ROWS_OF_REPORT = Statement(
    select(table_of(PositionReportTableRow))
    .where(col(PositionReportTableRow.position_report_id) == bindparam("report_id"))
    .order_by(col(PositionReportTableRow.ordinal))
)
