"""The rows of a received file, one after the other: the file lies on disk, never in memory."""

import csv
import hashlib
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from typing import IO, Any

from services.cases.domain import import_mapping
from services.cases.domain.imports import (
    FILE_FAULTS,
    FileUnusable,
    ImportEncoding,
    ImportLocale,
)
from services.cases.operations.import_rows import ImportRow, RefusedRow
from shared.kernel.errors import FieldFault
from shared.kernel.text import Text
from shared.objects.store import Objects

LINE_BYTES_MAX = 200_000
Row = ImportRow | RefusedRow
CODECS = {ImportEncoding.UTF_8: "utf-8-sig", ImportEncoding.WINDOWS_1252: "cp1252"}
UTF_8_MARK = b"\xef\xbb\xbf"
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
RAGGED = FieldFault(
    "",
    "csv-row-ragged",
    Text(
        de="Die Zeile hat nicht so viele Zellen wie die Kopfzeile.",
        en="The line does not have as many cells as the header line.",
    ),
)
MISENCODED = FieldFault(
    "",
    "character-unreadable",
    Text(
        de="Die Zeile enthält Bytes, die es in der angegebenen Zeichenkodierung nicht gibt.",
        en="The line contains bytes that the stated character encoding does not have.",
    ),
)
QUOTE = FieldFault(
    "",
    "csv-quote-misplaced",
    Text(
        de="In der Zeile stehen Anführungszeichen an falscher Stelle.",
        en="A quotation mark stands in the wrong place of the line.",
    ),
)
TOO_LONG = FieldFault(
    "", "line-too-long", Text(de="Die Zeile ist zu lang.", en="The line is too long.")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReaders:
    """How one row is read: the bytes of a JSON line, or members made of cells."""

    line: Callable[[int, bytes], Row]
    fields: Callable[[int, Mapping[str, Any]], Row]


@asynccontextmanager
async def spooled(objects: Objects, key: str, sha256: str) -> AsyncIterator[IO[bytes]]:
    """The received file on the local disk, as long as it is read. Raises FileUnusable."""
    with tempfile.TemporaryFile() as file:
        digest = hashlib.sha256()
        try:
            async for chunk in await objects.read(key):
                digest.update(chunk)
                file.write(chunk)
        except FileNotFoundError as missing:
            raise unusable("content-missing") from missing
        if digest.hexdigest() != sha256:
            raise unusable("content-differs")
        file.seek(0)
        yield file


def ndjson_rows(file: IO[bytes], readers: RowReaders) -> Iterator[Row]:
    """Every line that is not empty; lines count from 1."""
    number = 0
    if file.read(len(UTF_8_MARK)) != UTF_8_MARK:
        file.seek(0)
    while line := file.readline(LINE_BYTES_MAX + 1):
        number += 1
        if len(line) > LINE_BYTES_MAX:
            while line and not line.endswith(b"\n"):
                line = file.readline(LINE_BYTES_MAX)
            yield RefusedRow(line=number, key=None, faults=(TOO_LONG,))
        elif line.strip():
            yield readers.line(number, line)


def csv_rows(
    file: IO[bytes],
    readers: RowReaders,
    *,
    encoding: ImportEncoding,
    delimiter: str,
    locale: ImportLocale,
    mapping: import_mapping.Mapping,
) -> Iterator[Row]:
    """Every row behind the header that is not empty; a row counts as the line it begins in.

    Raises FileUnusable: nothing behind a broken quotation can be told apart.
    """
    _check_mark(file, encoding)
    text = TextIOWrapper(file, CODECS[encoding], errors="surrogateescape", newline="")
    try:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        header = _header(reader, mapping)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as broken:
                if reader.line_num > line:
                    raise unusable("quotes-broken", line=line) from broken
                yield RefusedRow(line=line, key=None, faults=(QUOTE,))
                continue
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                yield _row(line, header, cells, readers, mapping, locale)
    finally:
        text.detach()


def unusable(reason: str, *, line: int | None = None, column: str | None = None) -> FileUnusable:
    return FileUnusable(FILE_FAULTS[reason], reason=reason, line=line, column=column)


def _check_mark(file: IO[bytes], encoding: ImportEncoding) -> None:
    head = file.read(3)
    file.seek(0)
    is_wrong = head.startswith(UTF_8_MARK) and encoding is not ImportEncoding.UTF_8
    if is_wrong or head.startswith(WIDE_MARKS):
        raise unusable("encoding-contradicts-bom")


def _header(reader: Iterator[list[str]], mapping: import_mapping.Mapping) -> list[str]:
    try:
        header = [cell.strip() for cell in next(reader, [])]
    except csv.Error as broken:
        raise unusable("header-missing") from broken
    if not any(header):
        raise unusable("header-missing")
    for one in mapping.columns:
        if (count := header.count(one.column)) != 1:
            reason = "column-twice" if count else "column-missing"
            raise unusable(reason, line=1, column=one.column)
    return header


def _row(
    line: int,
    header: list[str],
    cells: list[str],
    readers: RowReaders,
    mapping: import_mapping.Mapping,
    locale: ImportLocale,
) -> Row:
    if len(cells) != len(header):
        return RefusedRow(line=line, key=None, faults=(RAGGED,))
    if any("\udc80" <= character <= "\udcff" for cell in cells for character in cell):
        return RefusedRow(line=line, key=None, faults=(MISENCODED,))
    fields, faults = mapping.fields_of(dict(zip(header, cells, strict=True)), locale)
    if faults:
        return RefusedRow(line=line, key=None, faults=faults)
    return readers.fields(line, fields)
