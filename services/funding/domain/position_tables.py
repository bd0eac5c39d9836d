"""Tables of posts as files: read line by line, every doubt reported, nothing guessed (R-I5)."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from services.funding.domain.figures import FigureLocale, FigureUnreadable, read_fte
from services.funding.domain.positions import (
    POST_TYPE_NAMES,
    PostFigures,
    PostRow,
    PostTable,
    PostType,
)
from shared.kernel.cells import as_written
from shared.kernel.errors import FieldFault, RuleViolated
from shared.kernel.text import Text

ROWS_MAX = 100
LABEL_LENGTH_MAX = 200


class Column(StrEnum):
    LABEL = "label"
    POST_TYPE = "postType"
    APPROVED = "approved"
    FILLED = "filled"
    REPORTED_VACANT = "reportedVacant"


HEADINGS: Final[Mapping[FigureLocale, Mapping[Column, str]]] = {
    FigureLocale.DE: {
        Column.LABEL: "Personalstellen",
        Column.APPROVED: "Bewilligte Stellen",
        Column.FILLED: "Besetzte Stellen",
        Column.REPORTED_VACANT: "Noch nicht besetzte Stellen",
        Column.POST_TYPE: "Stellenart",
    },
    FigureLocale.EN: {
        Column.LABEL: "Posts",
        Column.APPROVED: "Approved",
        Column.FILLED: "Filled",
        Column.REPORTED_VACANT: "Not yet filled",
        Column.POST_TYPE: "Post type",
    },
}
TOTAL: Final[Mapping[FigureLocale, str]] = {FigureLocale.DE: "Gesamt", FigureLocale.EN: "Total"}
DELIMITER: Final[Mapping[FigureLocale, str]] = {FigureLocale.DE: ";", FigureLocale.EN: ","}
REQUIRED: Final = (Column.LABEL, Column.APPROVED, Column.FILLED)
_COLUMNS: Final = {
    heading.casefold(): column
    for headings in HEADINGS.values()
    for column, heading in headings.items()
}
_TOTALS: Final = frozenset(word.casefold() for word in (*TOTAL.values(), "Summe"))


class TableFaultCode(StrEnum):
    FIGURE_UNREADABLE = "figure-unreadable"
    FIGURE_MISSING = "figure-missing"
    POST_TYPE_UNKNOWN = "post-type-unknown"
    LABEL_UNREADABLE = "label-unreadable"
    COLUMN_UNKNOWN = "column-unknown"
    COLUMN_MISSING = "column-missing"
    CELLS_DO_NOT_MATCH = "cells-do-not-match"
    TOTAL_TWICE = "total-twice"
    NO_ROWS = "no-rows"
    ROWS_TOO_MANY = "rows-too-many"
    NOT_A_TABLE = "not-a-table"


TABLE_FAULTS: Final[Mapping[TableFaultCode, Text]] = {
    TableFaultCode.FIGURE_UNREADABLE: FigureUnreadable.title,
    TableFaultCode.FIGURE_MISSING: Text(de="Hier fehlt eine Zahl.", en="A figure is missing here."),
    TableFaultCode.POST_TYPE_UNKNOWN: Text(
        de="Diese Zeile lässt sich keiner Stellenart zuordnen; geben Sie die Stellenart an.",
        en="This row cannot be matched with a post type; state the post type.",
    ),
    TableFaultCode.LABEL_UNREADABLE: Text(
        de="Die Bezeichnung fehlt, ist zu lang oder enthält Steuerzeichen.",
        en="The name is missing, too long or contains control characters.",
    ),
    TableFaultCode.COLUMN_UNKNOWN: Text(
        de="Diese Spalte ist unbekannt oder doppelt.", en="This column is unknown or there twice."
    ),
    TableFaultCode.COLUMN_MISSING: Text(
        de="Eine nötige Spalte fehlt; stimmt das Trennzeichen zur Schreibweise?",
        en="A needed column is missing; does the delimiter fit the notation?",
    ),
    TableFaultCode.CELLS_DO_NOT_MATCH: Text(
        de="Die Zeile hat nicht so viele Zellen wie der Kopf.",
        en="The row has not as many cells as the head.",
    ),
    TableFaultCode.TOTAL_TWICE: Text(
        de="Es gibt mehr als eine Summenzeile.", en="There is more than one total row."
    ),
    TableFaultCode.NO_ROWS: Text(de="Die Tabelle hat keine Zeile.", en="The table has no row."),
    TableFaultCode.ROWS_TOO_MANY: Text(
        de="Die Tabelle hat mehr als 100 Zeilen.", en="The table has more than 100 rows."
    ),
    TableFaultCode.NOT_A_TABLE: Text(
        de="Der Inhalt ist kein CSV mit diesem Trennzeichen.",
        en="The content is no CSV with this delimiter.",
    ),
}


class TableRefused(RuleViolated):
    """Each fault names its line and column, as in `/3/approved`. Nothing was written."""

    code = "table-refused"
    title = Text(
        de="Die Tabelle wurde nicht übernommen.",
        en="The table was not taken over.",
    )


@dataclass(frozen=True, slots=True)
class TableFault:
    """What is wrong in which line of the file; the first line is 1."""

    line: int
    code: TableFaultCode
    column: Column | None = None

    @property
    def message(self) -> Text:
        return TABLE_FAULTS[self.code]

    @property
    def field(self) -> FieldFault:
        pointer = f"/{self.line}" + (f"/{self.column.value}" if self.column else "")
        return FieldFault(pointer, self.code.value, self.message)


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line that was read without doubt; `row` is None for the total."""

    line: int
    label: str
    figures: PostFigures
    row: PostRow | None


@dataclass(frozen=True, slots=True)
class TableReading:
    """All lines that could be read, and everything that could not."""

    lines: tuple[TableLine, ...]
    faults: tuple[TableFault, ...]

    @property
    def is_acceptable(self) -> bool:
        return not self.faults

    @property
    def table(self) -> PostTable:
        """What would be stored. Raises TableRefused."""
        if self.faults:
            raise TableRefused(faults=tuple(fault.field for fault in self.faults))
        rows = tuple(line.row for line in self.lines if line.row is not None)
        return PostTable(rows, next((one.figures for one in self.lines if one.row is None), None))


def read_position_table(text: str, locale: FigureLocale) -> TableReading:
    """Read CSV with the locale's delimiter: a head, a row for each kind of post, perhaps a total.

    Headings may be German or English; the numbers are read in the stated locale alone.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=DELIMITER[locale], strict=True)
    lines: list[TableLine] = []
    faults: list[TableFault] = []
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error:
        return TableReading((), (TableFault(reader.line_num, TableFaultCode.NOT_A_TABLE),))
    filled = [(number, row) for number, row in rows if any(row)]
    if not filled:
        return TableReading((), (TableFault(1, TableFaultCode.NO_ROWS),))
    (head_line, head), *body = filled
    columns = [_COLUMNS.get(name.casefold()) for name in head]
    faults.extend(_head_faults(head_line, columns))
    if faults:
        return TableReading((), tuple(faults))
    if not body:
        faults.append(TableFault(head_line, TableFaultCode.NO_ROWS))
    if len(body) > ROWS_MAX + 1:
        number, _ = body[ROWS_MAX + 1]
        return TableReading((), (TableFault(number, TableFaultCode.ROWS_TOO_MANY),))
    for number, row in body:
        found = _line(number, columns, row, locale)
        if isinstance(found, TableLine):
            lines.append(found)
        else:
            faults.extend(found)
    faults.extend(
        TableFault(one.line, TableFaultCode.TOTAL_TWICE)
        for one in [one for one in lines if one.row is None][1:]
    )
    if lines and all(one.row is None for one in lines):
        faults.append(TableFault(head_line, TableFaultCode.NO_ROWS))
    return TableReading(tuple(lines), tuple(sorted(faults, key=lambda one: one.line)))


def _head_faults(line: int, columns: list[Column | None]) -> Iterator[TableFault]:
    for index, column in enumerate(columns):
        if column is None or column in columns[:index]:
            yield TableFault(line, TableFaultCode.COLUMN_UNKNOWN, column)
    for column in REQUIRED:
        if column not in columns:
            yield TableFault(line, TableFaultCode.COLUMN_MISSING, column)


def _line(
    number: int, columns: list[Column | None], row: list[str], locale: FigureLocale
) -> TableLine | list[TableFault]:
    if len(row) != len(columns):
        return [TableFault(number, TableFaultCode.CELLS_DO_NOT_MATCH)]
    cells = {column: cell for column, cell in zip(columns, row, strict=True) if column is not None}
    label = as_written(cells[Column.LABEL])
    faults: list[TableFault] = []
    if not label or len(label) > LABEL_LENGTH_MAX or not label.isprintable():
        faults.append(TableFault(number, TableFaultCode.LABEL_UNREADABLE, Column.LABEL))
    is_total = label.casefold() in _TOTALS
    post_type = None if is_total else _post_type(label, cells.get(Column.POST_TYPE, ""))
    if not is_total and post_type is None:
        faults.append(TableFault(number, TableFaultCode.POST_TYPE_UNKNOWN, Column.POST_TYPE))
    figures: dict[Column, Decimal | None] = {}
    for column in (Column.APPROVED, Column.FILLED, Column.REPORTED_VACANT):
        try:
            figures[column] = _figure(cells.get(column, ""), locale)
        except FigureUnreadable:
            faults.append(TableFault(number, TableFaultCode.FIGURE_UNREADABLE, column))
            continue
        if figures[column] is None and column in REQUIRED:
            faults.append(TableFault(number, TableFaultCode.FIGURE_MISSING, column))
    approved, filled = figures.get(Column.APPROVED), figures.get(Column.FILLED)
    if faults or approved is None or filled is None:
        return faults
    whole = PostFigures(approved, filled, figures.get(Column.REPORTED_VACANT))
    row_of = PostRow(label, post_type, whole) if post_type is not None else None
    return TableLine(number, label, whole, row_of)


def _figure(cell: str, locale: FigureLocale) -> Decimal | None:
    """None for an empty cell: nobody reported. Raises FigureUnreadable."""
    return read_fte(cell, locale) if cell else None


def _post_type(label: str, stated: str) -> PostType | None:
    """As stated, by code or name; else the one type with whose name the label begins."""
    if stated:
        return _only(kind for kind in PostType if stated.casefold() in _names(kind))
    known = label.casefold()
    return _only(kind for kind in PostType if known.startswith(_names(kind)))


def _names(kind: PostType) -> tuple[str, ...]:
    name = POST_TYPE_NAMES[kind]
    return tuple(one.casefold() for one in (kind.value, name.de, name.en))


def _only(kinds: Iterable[PostType]) -> PostType | None:
    found = list(kinds)
    return found[0] if len(found) == 1 else None
