"""Columns whose text lies encrypted, and how a select says from which row it took a sealed text."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, String, Table, Text, case, cast, func, literal_column
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.elements import Label

# Nothing that a client sends can begin with it: control characters are refused with 422.
MARK: Final = "\x01"

Readers = Callable[[Mapping[str, Any]], tuple[str, ...]]


def everybody(_: Mapping[str, Any]) -> tuple[str, ...]:
    """No reader is named: the policies of the table alone say who reads."""
    return ()


class SealedText(Text):
    """Text encrypted under a key of the record that the column `holder` names.

    `part` divides the keys of a holder: what is erased by itself has a key of its own. `readers`
    may name persons; then each row has a key of its own, with a copy for each of them, and for
    nobody else.
    """

    def __init__(self, part: str = "", *, holder: str = "id", readers: Readers = everybody) -> None:
        super().__init__()
        self.part = part
        self.holder = holder
        self.readers = readers


class SealedJson(JSONB):
    """JSON of two levels, part and member, each value of a member sealed by itself.

    Which members there are stays readable, so that the database can show a part of them.
    """

    def __init__(self, part: str = "", *, holder: str = "id") -> None:
        super().__init__()
        self.part = part
        self.holder = holder
        self.readers = everybody


class SealedMembers(JSONB):
    """JSON in which a few texts are free: these are sealed, what the database reads stays readable.

    `paths` name members (`reason`), or members of a part (`consent.formReason`).
    """

    def __init__(self, part: str = "", *, paths: tuple[str, ...] = (), holder: str = "id") -> None:
        super().__init__()
        self.part = part
        self.paths = paths
        self.holder = holder
        self.readers = everybody

    def texts(self, content: Mapping[str, Any]) -> dict[str, str]:
        """What stands at the paths, sealed or not; nothing for what is not said."""
        found = {path: member_at(content, path) for path in self.paths}
        return {path: text for path, text in found.items() if isinstance(text, str) and text}


def member_at(content: Mapping[str, Any], path: str) -> Any:
    """What stands there; None where nothing does."""
    found: Any = content
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def with_members(content: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """The same JSON with these texts at their paths, which are there."""
    result = dict(content)
    for path, text in texts.items():
        part, _, member = path.partition(".")
        result[part] = result[part] | {member: text} if member else text
    return result


Sealed = SealedText | SealedJson | SealedMembers


@lru_cache(maxsize=512)
def sealed_columns(table: Table) -> dict[str, Sealed]:
    """The sealed columns of a table by name."""
    return {one.name: one.type for one in table.columns if isinstance(one.type, Sealed)}


def is_sealed(column: Any) -> bool:
    return isinstance(getattr(column, "type", None), Sealed)


def place_of(table: str, column: str) -> str:
    return f"{table}.{column}"


def placed(column: Any) -> ColumnElement[Any]:
    """The value with its place: table, column and id of the row from which it is read.

    A text that was moved names the place where it lies, not the one for which it was sealed, and
    does not open there. Raises TypeError for a sealed expression that is no plain column.
    """
    inner = getattr(column, "expression", column)
    inner = inner.element if isinstance(inner, Label) else inner
    if not isinstance(inner, Column) or isinstance(inner.type, SealedJson):
        raise TypeError(f"Nobody can tell from which row {column} is taken.")
    table = inner.table
    name = getattr(table, "element", table).name
    if isinstance(inner.type, SealedMembers):
        return placed_json(inner, place_of(name, inner.name), table.c.id).label(column.key)
    place = literal_column(f"E'\\x01{place_of(name, inner.name)} '", Text)
    stored = func.substr(inner, literal_column("2"), type_=Text)
    value = case(
        (
            func.left(inner, literal_column("1"), type_=Text) == literal_column("E'\\x01'", Text),
            place.concat(cast(table.c.id, String)).concat(literal_column("' '")).concat(stored),
        ),
        else_=cast(inner, Text),
    )
    return value.label(column.key)


def placed_json(content: ColumnElement[Any], column: str, row_id: Any) -> ColumnElement[Any]:
    """The same for sealed JSON, by the function `sealed_places` that the migrations make."""
    place = literal_column(f"'{column}'", Text)
    return func.sealed_places(content, place, row_id, type_=JSONB())
