"""Take over a table of posts from a file: all of it or nothing, and first only to look."""

from datetime import date
from uuid import UUID

from services.funding.domain.figures import FigureLocale
from services.funding.domain.position_tables import TableReading, read_position_table
from services.funding.operations.record_position_report import (
    NewPositionReport,
    insert_position_report,
)
from shared.database.transaction import Transaction
from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text


class TableNotText(RuleViolated):
    code = "table-not-text"
    title = Text(
        de="Der Inhalt ist kein Text in der angegebenen Zeichenkodierung.",
        en="The content is no text in the stated character set.",
    )


def read_table(content: bytes, charset: str, locale: FigureLocale) -> TableReading:
    """Raises TableNotText."""
    try:
        text = content.decode(charset)
    except UnicodeDecodeError as broken:
        raise TableNotText(charset=charset) from broken
    return read_position_table(text.removeprefix("\ufeff"), locale)


async def import_position_table(
    tx: Transaction, reading: TableReading, *, reported_on: date, source: str, provenance: str
) -> UUID:
    """The id of the new report. Raises TableRefused, which names every doubtful cell."""
    report = NewPositionReport(reported_on, source, provenance, reading.table)
    return await insert_position_report(tx, report)
