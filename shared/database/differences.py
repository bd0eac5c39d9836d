"""What an update changed, column by column, told by PostgreSQL in the statement that changes it.

Values are told of codes, numbers, ids, days and instants. Of everything else, of names above all,
only that it was changed: the audit log knows nobody by name (R-L3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Integer,
    Numeric,
    SmallInteger,
    String,
    Table,
    Uuid,
)

from shared.kernel.text import camel

# How a row is kept, not what it says.
OF_THE_ROW: Final = frozenset({"created_at", "tenant_id", "updated_at", "version"})
PLAIN: Final = (BigInteger, Boolean, Date, DateTime, Integer, Numeric, SmallInteger, Uuid)
Differences = Mapping[str, Any]


@lru_cache(maxsize=512)
def told_by(table: Table, columns: tuple[str, ...]) -> str:
    """The end of an update statement that returns `told`: null, or by column `[old, new]` where
    values are told and null where they are not.
    """
    rows = [
        f"('{name}', old.{name} is distinct from new.{name}, {_value(table.columns[name])})"
        for name in columns
        if name not in OF_THE_ROW
    ]
    if not rows:
        return " returning null::jsonb as told"
    return (
        " returning (select jsonb_object_agg(d.name, d.value) from (values"  # noqa: S608 - names of our own columns
        f" {', '.join(rows)}) d (name, is_changed, value) where d.is_changed) as told"
    )


def _value(column: Column[Any]) -> str:
    if not _is_told(column):
        return "null::jsonb"
    return f"jsonb_build_array(old.{column.name}, new.{column.name})"


def _is_told(column: Column[Any]) -> bool:
    if isinstance(column.type, PLAIN):
        return True
    inner = getattr(column.type, "impl", column.type)
    return isinstance(inner, String) and _is_coded(column)


def _is_coded(column: Column[Any]) -> bool:
    """A check of the table lists its values."""
    name = column.name
    return any(
        str(one.sqltext).startswith((f"{name} in (", f"{name} is null or {name} in ("))
        for one in column.table.constraints
        if isinstance(one, CheckConstraint)
    )


@dataclass(slots=True)
class Ledger:
    """The differences of one transaction, by the row, until an entry of the log takes them."""

    rows: dict[UUID, dict[str, Any]] = field(default_factory=dict)

    def note(self, key: UUID, told: Differences | None) -> None:
        """Two updates of one row are one difference: from the first old to the last new."""
        known = self.rows.setdefault(key, {})
        for name, pair in (told or {}).items():
            before = known.get(name)
            known[name] = [before[0], pair[1]] if before and pair else pair

    def take(self, keys: Iterable[UUID]) -> dict[str, Any]:
        """`values` by member and `fields` without values, as an entry of the log holds them."""
        found: dict[str, Any] = {}
        for key in keys:
            found |= self.rows.pop(key, {})
        values = {camel(name): pair for name, pair in sorted(found.items()) if pair is not None}
        fields = sorted(camel(name) for name, pair in found.items() if pair is None)
        return ({"values": values} if values else {}) | ({"fields": fields} if fields else {})
