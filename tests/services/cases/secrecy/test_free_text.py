"""Every column that could hold text about people: sealed, or left readable for a reason."""

from typing import Any

from sqlalchemy import JSON, String

from services.cases.storage.data_kinds import DATA_KINDS
from services.cases.storage.readable_text import READABLE
from services.cases.storage.tables import Table
from services.cases.storage.tables.base import ACTOR_LENGTH_MAX
from shared.secrecy.columns import sealed_columns

# Nothing that fits here tells anything about somebody that its code does not.
LENGTH_MAX = 63


def free_columns() -> set[tuple[str, str]]:
    """Text without a form and JSON, in tables that hold data about people."""
    return {
        (table.name, column.name)
        for table in Table.metadata.sorted_tables
        if table.key in DATA_KINDS
        for column in table.columns
        if isinstance(column.type, JSON) or _is_free(column.type)
    }


def _is_free(kind: Any) -> bool:
    """Text of more than a code; the key of a member of staff is none."""
    if not isinstance(getattr(kind, "impl", kind), String):
        return False
    return kind.length is None or LENGTH_MAX < kind.length != ACTOR_LENGTH_MAX


def test_every_free_text_is_sealed_or_readable_for_a_reason() -> None:
    sealed = {
        (table.name, name)
        for table in Table.metadata.sorted_tables
        for name in sealed_columns(table)
    }
    assert {table for table, _ in sealed} <= DATA_KINDS.keys()
    assert free_columns() - sealed - READABLE.keys() == set()
    assert READABLE.keys() - free_columns() == set()
    assert all(READABLE.values())


def test_what_is_erased_by_itself_has_a_key_of_its_own() -> None:
    """The part of a key is the kind of data by which its table is erased (R-D1)."""
    for table in Table.metadata.sorted_tables:
        for column in sealed_columns(table).values():
            assert column.part == DATA_KINDS[table.name].value
