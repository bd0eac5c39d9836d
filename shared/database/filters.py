"""Filters of a list: one column each, with the operators that its clients may use."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ARRAY, ColumnElement, all_, any_, bindparam, or_

from shared.database.filter_values import (
    SEARCH_VALUES_MAX,
    TEXTS_MAX,
    VALUES_MAX,
    Written,
    instant,
    written,
    yes_or_no,
)
from shared.kernel.errors import FieldFault, Malformed
from shared.kernel.text import Text


class FilterUnknown(Malformed):
    code = "filter-unknown"
    title = Text(
        de="Dieser Filter oder diese Sortierung ist hier nicht bekannt.",
        en="This filter or sort order is not known here.",
    )


class FilterUnreadable(Malformed):
    code = "filter-unreadable"
    title = Text(
        de="Der Wert eines Filters ist nicht lesbar.", en="The value of a filter cannot be read."
    )


class FieldUnknown(Malformed):
    code = "field-unknown"
    title = Text(
        de="Ein Feld aus `fields` gibt es hier nicht.",
        en="A field in `fields` does not exist here.",
    )


OPERATORS: Final[dict[str, Callable[[ColumnElement[Any], Any], ColumnElement[bool]]]] = {
    "eq": lambda column, value: column == value,
    # A missing value is another one.
    "ne": lambda column, value: column.is_distinct_from(value),
    "gte": lambda column, value: column >= value,
    "gt": lambda column, value: column > value,
    "lte": lambda column, value: column <= value,
    "lt": lambda column, value: column < value,
    "in": lambda column, values: column == any_(values),
    "notin": lambda column, values: or_(column.is_(None), column != all_(values)),
}
OF_SEVERAL: Final = frozenset({"in", "notin"})
# Who may ask for something may ask for the rest of it.
OPPOSITES: Final = {"eq": "ne", "in": "notin"}
IS_NULL: Final = "isnull"


@dataclass(frozen=True, slots=True)
class Filter:
    """One column that may be filtered: `parse` reads a value and raises ValueError if it cannot.

    It is `str`, `UUID`, `instant`, `yes_or_no`, an enum, `fromisoformat` of a day or a moment, or
    `Written` for a form of its own: the contract says that form. Beside its `operators` it offers
    their opposites and, where the column may be empty, `isnull`.
    """

    column: Any
    parse: Callable[[str], Any] = str
    operators: tuple[str, ...] = ("eq",)

    @property
    def offered(self) -> tuple[str, ...]:
        offered = [*self.operators]
        offered += [OPPOSITES[one] for one in self.operators if one in OPPOSITES]
        column = getattr(self.column, "expression", self.column)
        if getattr(column, "nullable", False):
            offered.append(IS_NULL)
        return tuple(dict.fromkeys(offered))

    @property
    def form(self) -> Written:
        return written(self.parse)

    def schema(self, operator: str) -> dict[str, Any]:
        """The value as the contract describes it."""
        if operator == IS_NULL:
            return {"type": "boolean"}
        return self.form.published_list if operator in OF_SEVERAL else self.form.published

    def condition(self, operator: str, parameter: str) -> ColumnElement[bool]:
        """The condition; for `isnull`, whose value is a part of it, `parameter` is the value."""
        if operator == IS_NULL:
            column: ColumnElement[Any] = self.column
            return column.is_(None) if yes_or_no(parameter) else column.is_not(None)
        kind = self.column.type
        value = bindparam(parameter, type_=ARRAY(kind) if operator in OF_SEVERAL else kind)
        return OPERATORS[operator](self.column, value)

    def read(self, operator: str, raw: str | Sequence[str]) -> Any:
        """The value or, of `in` and `notin`, the values. Raises ValueError."""
        read = self.form
        if operator not in OF_SEVERAL:
            if not isinstance(raw, str):
                raise ValueError(raw)
            return read(raw)
        most = VALUES_MAX if isinstance(raw, str) else SEARCH_VALUES_MAX
        if isinstance(raw, str) and len(raw) > TEXTS_MAX:
            raise ValueError(raw)
        values = raw.split(",") if isinstance(raw, str) else raw
        if len(values) > most:
            raise ValueError(raw)
        return [read(value) for value in values]


class Since(Filter):
    """A column of instants, from a moment on: `updatedSince=2026-11-01T00:00:00Z`."""

    def __init__(self, column: Any) -> None:
        super().__init__(column, instant)

    @property
    def offered(self) -> tuple[str, ...]:
        return ("eq",)

    def condition(self, operator: str, parameter: str) -> ColumnElement[bool]:
        assert operator == "eq"
        return Filter.condition(self, "gte", parameter)


class Holds(Filter):
    """An array column that has the value among others: `recordId=019a…`."""

    @property
    def offered(self) -> tuple[str, ...]:
        return ("eq",)

    def condition(self, operator: str, parameter: str) -> ColumnElement[bool]:
        assert operator == "eq"
        return bindparam(parameter, type_=self.column.type.item_type) == any_(self.column)


def refused(kind: type[Malformed], parameter: str) -> Malformed:
    """The refusal of one parameter of a list, which it names."""
    printable = parameter if parameter.isprintable() else "?"
    return kind(faults=(FieldFault(f"?{printable[:80]}", kind.code, kind.title),))
