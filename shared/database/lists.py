"""Lists of a service: filters, sorting and keyset pages from the query string, failing closed.

    CASES = ListView(query, filters={"state": Filter(col(Case.state), str, ("eq", "in"))},
                     sorts={"openedOn": "opened_on"}, default_sort="-openedOn", log=ReadLog("case"))
    page = await CASES.page(database, caller, request.query_params.multi_items())

Query strings: `state=INTAKE`, `state[in]=INTAKE,PLANNING`, `openedOn[gte]=2022-01-01`,
`sort=-openedOn`, `first=50`, `after=<cursor>`, `cursors=each` for a cursor of every item. Whatever
is not known is refused with 400.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, any_, bindparam

from shared.database.connection import Database
from shared.database.cursors import CURSOR_PATTERN
from shared.database.gate import ReadLog
from shared.database.publish import AnySelect
from shared.database.views import Page, View
from shared.kernel.caller import Caller
from shared.kernel.errors import FieldFault, Malformed
from shared.kernel.text import Text

PAGE_MAX = 100
PAGE_DEFAULT = 50
VALUES_MAX = 100


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


OPERATORS: dict[str, Callable[[ColumnElement[Any], Any], ColumnElement[bool]]] = {
    "eq": lambda column, value: column == value,
    "gte": lambda column, value: column >= value,
    "gt": lambda column, value: column > value,
    "lte": lambda column, value: column <= value,
    "lt": lambda column, value: column < value,
}


@dataclass(frozen=True, slots=True)
class Filter:
    """One column that may be filtered: `parse` reads a value and raises ValueError if it cannot."""

    column: Any
    parse: Callable[[str], Any] = str
    operators: tuple[str, ...] = ("eq",)

    def condition(self, operator: str, parameter: str) -> ColumnElement[bool]:
        kind = self.column.type
        if operator == "in":
            return self.column == any_(bindparam(parameter, type_=ARRAY(kind)))  # type: ignore[no-any-return]
        return OPERATORS[operator](self.column, bindparam(parameter, type_=kind))

    def read(self, operator: str, raw: str) -> Any:
        if "\x00" in raw:
            raise ValueError(raw)
        if operator != "in":
            return self.parse(raw)
        values = raw.split(",")
        if len(values) > VALUES_MAX:
            raise ValueError(raw)
        return [self.parse(value) for value in values]


@dataclass(frozen=True, slots=True)
class Setting:
    """A query parameter that fills a named parameter of the select: a day, a moment.

    `parse` raises ValueError if it cannot read a value.
    """

    parameter: str
    parse: Callable[[str], Any]
    default: Any
    schema: Mapping[str, Any]


class ListView:
    """A select with the filters and sort orders its clients may use.

    `sorts` maps the outside name to the name of a not-null column of the select; `settings` are
    parameters that choose no rows but say how they are looked at.
    """

    def __init__(
        self,
        query: AnySelect,
        *,
        filters: Mapping[str, Filter],
        sorts: Mapping[str, str],
        default_sort: str,
        log: ReadLog | None = None,
        hidden: tuple[str, ...] = (),
        settings: Mapping[str, Setting] | None = None,
    ) -> None:
        self.query = query
        self.filters = filters
        self.settings = settings or {}
        self.sorts = sorts
        self.default_sort = default_sort
        self.log = log
        self.hidden = hidden
        self._view = lru_cache(maxsize=256)(self._compile)

    async def page(
        self,
        database: Database,
        caller: Caller,
        query_string: Iterable[tuple[str, str]],
        **values: Any,
    ) -> Page:
        """The page that the query string asks for.

        Raises FilterUnknown, FilterUnreadable or CursorUnreadable, all 400.
        """
        asked = self._read(query_string)
        view = self._view(asked.sort, asked.shape)
        return await view.page(
            database,
            caller,
            first=asked.first,
            after=asked.after,
            with_cursors=asked.with_cursors,
            **asked.values,
            **values,
        )

    def parameters(self) -> list[dict[str, Any]]:
        """The query parameters as OpenAPI objects, so that the contract says what is enforced."""
        names = [
            name if operator == "eq" else f"{name}[{operator}]"
            for name, one in self.filters.items()
            for operator in one.operators
        ]
        orders = [sign + name for name in self.sorts for sign in ("", "-")]
        text = {"type": "string", "maxLength": 4000}
        return [
            _parameter("first", {"type": "integer", "minimum": 1, "maximum": PAGE_MAX}),
            _parameter("after", {"type": "string", "pattern": CURSOR_PATTERN}),
            _parameter("cursors", {"type": "string", "enum": ["each"]}),
            _parameter("sort", {"type": "string", "enum": orders, "default": self.default_sort}),
            *(_parameter(name, text) for name in names),
            *(_parameter(name, dict(one.schema)) for name, one in self.settings.items()),
        ]

    def _compile(self, sort: str, shape: tuple[tuple[str, str, str], ...]) -> View:
        conditions = [
            self.filters[name].condition(operator, parameter) for name, operator, parameter in shape
        ]
        return View(
            self.query.where(*conditions),
            log=self.log,
            sort=self.sorts[sort.removeprefix("-")],
            descending=sort.startswith("-"),
            hidden=self.hidden,
        )

    def _read(self, query_string: Iterable[tuple[str, str]]) -> "_Asked":
        asked = _Asked(sort=self.default_sort)
        asked.values |= {one.parameter: one.default for one in self.settings.values()}
        seen: set[str] = set()
        for key, raw in query_string:
            if key in seen:
                raise _refused(FilterUnreadable, key)
            seen.add(key)
            if key == "first":
                asked.first = _page_size(raw)
            elif key == "after":
                asked.after = raw
            elif key == "cursors":
                if raw != "each":
                    raise _refused(FilterUnreadable, key)
                asked.with_cursors = True
            elif key == "sort":
                if raw.removeprefix("-") not in self.sorts:
                    raise _refused(FilterUnknown, key)
                asked.sort = raw
            elif key in self.settings:
                self._read_setting(asked, key, raw)
            else:
                self._read_filter(asked, key, raw)
        return asked

    def _read_setting(self, asked: "_Asked", key: str, raw: str) -> None:
        setting = self.settings[key]
        try:
            asked.values[setting.parameter] = setting.parse(raw)
        except ValueError as unreadable:
            raise _refused(FilterUnreadable, key) from unreadable

    def _read_filter(self, asked: "_Asked", key: str, raw: str) -> None:
        name, _, operator = key.removesuffix("]").partition("[")
        operator = operator or "eq"
        known = self.filters.get(name)
        if known is None or operator not in known.operators:
            raise _refused(FilterUnknown, key)
        parameter = f"filter_{name}_{operator}"
        try:
            asked.values[parameter] = known.read(operator, raw)
        except ValueError as unreadable:
            raise _refused(FilterUnreadable, key) from unreadable
        asked.shape = tuple(sorted((*asked.shape, (name, operator, parameter))))


@dataclass(slots=True)
class _Asked:
    sort: str
    first: int = PAGE_DEFAULT
    after: str | None = None
    with_cursors: bool = False
    shape: tuple[tuple[str, str, str], ...] = ()
    values: dict[str, Any] = field(default_factory=dict)


def _page_size(raw: str) -> int:
    if not raw.isascii() or not raw.isdigit() or not 1 <= int(raw[:6]) <= PAGE_MAX:
        raise _refused(FilterUnreadable, "first")
    return int(raw)


def _refused(kind: type[Malformed], parameter: str) -> Malformed:
    printable = parameter if parameter.isprintable() else "?"
    return kind(faults=(FieldFault(f"?{printable[:80]}", kind.code, kind.title),))


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}
