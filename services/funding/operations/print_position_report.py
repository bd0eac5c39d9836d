"""A reported table as text: the numbers digit by digit, in the notation of a locale."""

import csv
import io
from decimal import Decimal
from uuid import UUID

from services.funding.domain.figures import FigureLocale, write_fte
from services.funding.domain.position_tables import (
    DELIMITER,
    HEADINGS,
    TOTAL,
    Column,
)
from services.funding.domain.positions import PostFigures
from services.funding.storage.position_records import report_table
from services.funding.storage.queries.position_reports import REPORT_BY_ID
from shared.database.transaction import Transaction
from shared.kernel.cells import defused
from shared.kernel.errors import NotFound

PRINTED = (Column.LABEL, Column.APPROVED, Column.FILLED, Column.REPORTED_VACANT)


async def print_position_report(tx: Transaction, report_id: UUID, locale: FigureLocale) -> str:
    """CSV with CRLF. The total row is the reported one; none was reported, none is printed.

    Raises NotFound.
    """
    report = await tx.row(REPORT_BY_ID, report_id=report_id)
    if report is None:
        raise NotFound
    table = await report_table(tx, report)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=DELIMITER[locale], lineterminator="\r\n")
    writer.writerow([HEADINGS[locale][column] for column in PRINTED])
    for row in table.rows:
        writer.writerow([defused(row.label), *_numbers(row.figures, locale)])
    if table.reported_total is not None:
        writer.writerow([TOTAL[locale], *_numbers(table.reported_total, locale)])
    return text.getvalue()


def _numbers(figures: PostFigures, locale: FigureLocale) -> list[str]:
    columns: tuple[Decimal | None, ...] = (
        figures.approved,
        figures.filled,
        figures.reported_vacant,
    )
    return ["" if number is None else write_fte(number, locale) for number in columns]
