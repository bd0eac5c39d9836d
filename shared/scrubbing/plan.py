"""What happens to which column. Nothing is left out: a column that no plan names stops the run."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ARRAY, JSON, Column, LargeBinary, MetaData, String, Table
from sqlalchemy.types import TypeEngine

from shared.scrubbing.invented import Invented, no_members, removed
from shared.secrecy.columns import SealedJson, SealedText

Rule = Callable[[Invented, Any], Any]
Row = Mapping[str, Any]
# What follows from columns that were replaced: search keys of a name, for example.
Derived = Callable[[Row], dict[str, Any]]
# What can hold words; numbers, ids, days and instants stay.
WORDY: Final = (String, JSON, LargeBinary)


class ColumnUnplanned(Exception):
    """The plan does not say what happens to a column."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`emptied` are tables that go whole: messages, logs, secrets of others' systems. `kept` are
    columns that hold codes, ids and names of offices, `rules` what happens to the others; both by
    name of the column, or as `table.column` where a name means different things. `derived` gives
    for a table further columns, from the row as it is now.

    Sealed text needs no word here: it is replaced wherever it stands.
    """

    metadata: MetaData
    emptied: frozenset[str]
    kept: frozenset[str]
    rules: Mapping[str, Rule]
    derived: Mapping[str, Derived] = field(default_factory=dict)

    def tables(self) -> Iterator[tuple[Table, dict[str, Rule]]]:
        """Every table that stays, with the rules of its columns. Raises ColumnUnplanned."""
        for table in self.metadata.sorted_tables:
            if not self.is_emptied(table):
                yield table, self.rules_of(table)

    def is_emptied(self, table: Table) -> bool:
        """What lies in a schema of its own is the audit log with its chain."""
        return table.name in self.emptied or table.schema is not None

    def rules_of(self, table: Table) -> dict[str, Rule]:
        """The columns that change. Raises ColumnUnplanned."""
        found = {}
        for column in table.columns:
            rule = self._rule(table.name, column)
            if rule is not None:
                found[column.name] = rule
        return found

    def _rule(self, table: str, column: Column[Any]) -> Rule | None:
        if isinstance(column.type, SealedJson):
            return no_members
        if isinstance(column.type, SealedText):
            return removed
        here = f"{table}.{column.name}"
        for name in (here, column.name):
            if name in self.rules:
                return self.rules[name]
            if name in self.kept or _is_coded(column):
                return None
        if not isinstance(_inner(column), WORDY):
            return None
        raise ColumnUnplanned(f"{here}: say in the plan what a copy shows of it.")


def _inner(column: Column[Any]) -> TypeEngine[Any]:
    """The type itself, without what SQLModel wraps around texts."""
    inner: TypeEngine[Any] = getattr(column.type, "impl", column.type)
    return inner.item_type if isinstance(inner, ARRAY) else inner


def _is_coded(column: Column[Any]) -> bool:
    """A check lists its values."""
    rules = (str(getattr(rule, "sqltext", "")).lower() for rule in column.table.constraints)
    name = column.name.lower()
    return any(
        rule.startswith((f"{name} in (", f"{name} is null or {name} in (")) for rule in rules
    )
