"""A page of a list as lines of a file: CSV for spreadsheets, NDJSON for programs."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from shared.database.views import View
from shared.jobs.lifecycle import JobFormat
from shared.kernel.cells import defused

BOM: Final = "\ufeff"
MEDIA_TYPES: Final = {
    JobFormat.CSV: "text/csv; charset=utf-8; header=present",
    JobFormat.NDJSON: "application/x-ndjson",
}
ENDINGS: Final = {JobFormat.CSV: "csv", JobFormat.NDJSON: "ndjson"}
_WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_ACRONYMS: Final = {"id": "ID", "ids": "IDs", "ags": "AGS", "fte": "FTE", "url": "URL"}


def english_heading(member: str) -> str:
    """`municipalityAgs` → `Municipality AGS`."""
    words = [_ACRONYMS.get(word.lower(), word.lower()) for word in _WORDS.findall(member)]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def columns(view: View, fields: Sequence[str]) -> tuple[str, ...]:
    """`fields` in the order asked; the id is always there. None asked: all of the list."""
    members = tuple(dict.fromkeys(fields)) or view.published_names()
    return members if "id" in members else ("id", *members)


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints the items of one list. `members` are the columns of a CSV in their order; `decimals`
    are those among them that are decimal numbers.
    """

    file_format: JobFormat
    locale: str
    members: Sequence[str]
    decimals: frozenset[str]
    headings: Mapping[str, str]

    def head(self) -> bytes:
        if self.file_format is JobFormat.NDJSON:
            return b""
        names = [
            self.headings[member] if self.locale == "de" else english_heading(member)
            for member in self.members
        ]
        return (BOM + self._lines([names])).encode()

    def lines(self, items: Sequence[Mapping[str, Any]]) -> bytes:
        if self.file_format is JobFormat.NDJSON:
            return b"".join(orjson.dumps(item) + b"\n" for item in items)
        rows = [[self._cell(name, item[name]) for name in self.members] for item in items]
        return self._lines(rows).encode()

    def _lines(self, rows: Sequence[Sequence[str]]) -> str:
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
        writer.writerows([defused(cell) for cell in row] for row in rows)
        return text.getvalue()

    def _cell(self, member: str, value: Any) -> str:
        if member in self.decimals and isinstance(value, str):
            return value.replace(".", ",") if self.locale == "de" else value
        if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
            return ", ".join(_plain(one) for one in value)
        return _plain(value)


def _plain(value: Any) -> str:
    """Empty for nothing; codes, dates and instants as the interface has them; parts as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return orjson.dumps(value).decode()
