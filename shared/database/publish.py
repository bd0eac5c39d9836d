"""How a column leaves the house: camelCase names, `Z` instants, decimals and amounts as text."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Integer,
    Numeric,
    Select,
    String,
    Text,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB

from shared.kernel.text import camel
from shared.secrecy.columns import is_sealed, placed

AnySelect = Select[*tuple[Any, ...]]
INSTANT_FORM = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'


def published_name(name: str) -> str:
    """`opened_on` → `openedOn`; `amount_cents` → `amount`, since it leaves as decimal text."""
    return camel(name.removesuffix("_cents"))


def is_decimal(column: ColumnElement[Any]) -> bool:
    """Whether it leaves as the text of a decimal number."""
    name = str(getattr(column, "key", ""))
    return _is_amount(column, name) or isinstance(column.type, Numeric)


def _is_amount(column: ColumnElement[Any], name: str) -> bool:
    return isinstance(column.type, BigInteger | Integer) and name.endswith("_cents")


def published(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """One column in its outside form, labelled with its outside name."""
    name = str(getattr(column, "key", ""))
    kind = column.type
    value: ColumnElement[Any] = column
    if is_sealed(column):
        value = placed(column)
        is_json = isinstance(value.type, JSONB)
        return (value if is_json else cast(value, Text)).label(published_name(name))
    if isinstance(kind, DateTime):
        value = func.to_char(func.timezone("UTC", column), INSTANT_FORM)
    elif _is_amount(column, name):
        value = cast(cast(cast(column, Numeric) / 100, Numeric(18, 2)), String)
    elif isinstance(kind, Numeric):
        value = cast(column, String)
    return value.label(published_name(name))


def json_list(query: AnySelect) -> ColumnElement[Any]:
    """A correlated select as an array member: `json_list(select(...)).label("measures")`.

    Give the inner select its `.correlate(Outer)`; its `order_by` is the order of the array.
    """
    inner = query.with_only_columns(*(published(c) for c in query.selected_columns)).subquery()
    row: ColumnElement[Any] = literal_column(_alias(inner))
    return (
        select(func.coalesce(func.json_agg(row), literal_column("'[]'::json")))
        .select_from(inner)
        .scalar_subquery()
    )


def json_object(query: AnySelect) -> ColumnElement[Any]:
    """A correlated select of one row as an object member, null when there is no row."""
    inner = query.with_only_columns(*(published(c) for c in query.selected_columns)).subquery()
    row: ColumnElement[Any] = literal_column(_alias(inner))
    return select(func.row_to_json(row)).select_from(inner).limit(1).scalar_subquery()


_counter = iter(range(1, 1_000_000))


def _alias(inner: Any) -> str:
    """A name of our own for the subquery, so that its whole row can be named as a value."""
    inner.name = f"part_{next(_counter)}"
    return str(inner.name)
