"""SQL compiled once: SQLAlchemy Core writes it, asyncpg runs it, nothing lies in between."""

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import Select, Table, bindparam, insert, inspect, text, update
from sqlalchemy.dialects.postgresql import asyncpg as asyncpg_dialect
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseElement
from sqlmodel import SQLModel

from shared.secrecy.columns import is_sealed, placed

DIALECT: Dialect = asyncpg_dialect.dialect()  # type: ignore[no-untyped-call] # SQLAlchemy leaves it untyped


def table_of(row_class: type[SQLModel]) -> Table:
    """The Core table behind a SQLModel table class."""
    table = inspect(row_class).local_table
    assert isinstance(table, Table)
    return table


class Statement:
    """One statement with named parameters, compiled when first used and sent with positional ones.

    Parameters that the clause holds as literals keep their values; those made by `bindparam` are
    given at run time by name. A list goes in as an array: write `col.in_(...)` as
    `col == any_(bindparam("ids", type_=ARRAY(...)))`.
    """

    def __init__(self, clause: ClauseElement | str) -> None:
        self._element = _with_places(text(clause) if isinstance(clause, str) else clause)

    # A service holds some five hundred statements: compiled at import they were a third of its
    # start.
    @cached_property
    def _compiled(self) -> SQLCompiler:
        options = {"render_postcompile": True}
        compiled = self._element.compile(dialect=DIALECT, compile_kwargs=options)
        assert isinstance(compiled, SQLCompiler)
        return compiled

    @cached_property
    def sql(self) -> str:
        return str(self._compiled)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(self._compiled.positiontup or ())

    @cached_property
    def literals(self) -> Mapping[str, Any]:
        return {name: value for name, value in self._compiled.params.items() if value is not None}

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """The positional arguments. Raises TypeError for a name the statement does not have."""
        unknown = values.keys() - set(self.names)
        if unknown:
            raise TypeError(f"The statement has no parameter {', '.join(sorted(unknown))}.")
        return [values[name] if name in values else self.literals.get(name) for name in self.names]


def _with_places(element: ClauseElement) -> ClauseElement:
    """A select whose sealed texts say from which row they are, so that they can be opened."""
    if not isinstance(element, Select) or not any(map(is_sealed, element.selected_columns)):
        return element
    return element.with_only_columns(
        *(placed(one) if is_sealed(one) else one for one in element.selected_columns)
    )


@lru_cache(maxsize=512)
def insert_statement(row_class: type[SQLModel], columns: tuple[str, ...]) -> Statement:
    table = table_of(row_class)
    return Statement(insert(table).values({name: bindparam(name) for name in columns}))


@lru_cache(maxsize=512)
def update_statement(
    row_class: type[SQLModel], keys: tuple[str, ...], columns: tuple[str, ...]
) -> Statement:
    """Update by key columns; their parameters are named `key_<column>`."""
    table = table_of(row_class)
    conditions: Sequence[Any] = [table.c[key] == bindparam(f"key_{key}") for key in keys]
    return Statement(
        update(table).where(*conditions).values({name: bindparam(name) for name in columns})
    )
