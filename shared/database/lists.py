"""Lists of a service: filters, sorting and keyset pages from the query string, failing closed.

    CASES = ListView(query, filters={"state": Filter(col(Case.state), str, ("eq", "in"))},
                     sorts={"openedOn": "opened_on"}, default_sort="-openedOn", log=ReadLog("case"))
    page = await CASES.page(database, caller, request.query_params.multi_items())

Query strings: `state=INTAKE`, `state[in]=INTAKE,PLANNING`, `state[ne]=CLOSED`,
`closedOn[isnull]=true`, `openedOn[gte]=2022-01-01`, `updatedSince=2026-11-01T00:00:00Z`,
`fields=id,state`, `sort=-openedOn`, `first=50`, `after=<cursor>`, `cursors=each` for a cursor of
every item. Whatever is not known is refused with 400.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from shared.database.connection import Database
from shared.database.cursors import CURSOR_PATTERN
from shared.database.filter_values import instant
from shared.database.filters import (
    IS_NULL,
    FieldUnknown,
    Filter,
    FilterUnknown,
    FilterUnreadable,
    Since,
    refused,
)
from shared.database.gate import ReadLog
from shared.database.publish import AnySelect, published_name
from shared.database.views import Page, View
from shared.kernel.caller import Caller
from shared.secrecy.columns import is_sealed

__all__ = ["Filter", "FilterUnknown", "FilterUnreadable", "ListView", "Setting"]

PAGE_MAX: Final = 100
PAGE_DEFAULT: Final = 50
# What a list is asked: the query string, or the same from the body of a search.
Pairs = Iterable[tuple[str, str | Sequence[str]]]


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
    parameters that choose no rows but say how they are looked at. A list with the column
    `updated_at` has `updatedSince`. `kept` are columns that stay whatever `fields` says, for code
    that works on the page.
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
        kept: tuple[str, ...] = (),
        settings: Mapping[str, Setting] | None = None,
    ) -> None:
        self.query = query
        self.filters = dict(filters)
        self.settings = settings or {}
        self.sorts = sorts
        self.default_sort = default_sort
        self.log = log
        self.hidden = hidden
        self.kept = kept
        columns = {str(column.key): column for column in query.selected_columns}
        compared = [one.column for one in self.filters.values()]
        if any(map(is_sealed, [*compared, *(columns.get(name) for name in sorts.values())])):
            raise TypeError("Sealed text can be neither compared nor sorted.")
        if "updated_at" in columns:
            updated = columns["updated_at"]
            self.filters.setdefault("updatedAt", Filter(updated, instant, ("gte", "lt")))
            self.filters["updatedSince"] = Since(updated)
        self._view = lru_cache(maxsize=256)(self._compile)

    async def page(
        self, database: Database, caller: Caller, asked_for: Pairs, **values: Any
    ) -> Page:
        """The page that is asked for.

        Raises FilterUnknown, FilterUnreadable, FieldUnknown or CursorUnreadable, all 400.
        """
        asked = self.read(asked_for)
        view = self._view(asked.sort, asked.shape, asked.fields)
        return await view.page(
            database,
            caller,
            first=asked.first,
            after=asked.after,
            with_cursors=asked.with_cursors,
            **asked.values,
            **values,
        )

    def chosen(self, asked_for: Pairs) -> tuple[View, dict[str, Any]]:
        """The view and its values, for who goes through all pages of what is asked.

        Raises as `page` does; which page is asked for makes no difference.
        """
        asked = self.read(asked_for)
        return self._view(asked.sort, asked.shape, asked.fields), asked.values

    def parameters(self) -> list[dict[str, Any]]:
        """The query parameters as OpenAPI objects, so that the contract says what is enforced."""
        orders = [sign + name for name in self.sorts for sign in ("", "-")]
        return [
            _parameter("first", {"type": "integer", "minimum": 1, "maximum": PAGE_MAX}),
            _parameter("after", {"type": "string", "pattern": CURSOR_PATTERN}),
            _parameter("cursors", {"type": "string", "enum": ["each"]}),
            _parameter("fields", _names(self._members())),
            _parameter("sort", {"type": "string", "enum": orders, "default": self.default_sort}),
            *(_parameter(name, schema) for name, schema in self._filter_schemas()),
            *(_parameter(name, dict(one.schema)) for name, one in self.settings.items()),
        ]

    def _filter_schemas(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every filter as it is written, and how its value is."""
        for name, one in self.filters.items():
            for operator in one.offered:
                written = name if operator == "eq" else f"{name}[{operator}]"
                yield written, one.schema(operator)

    def _members(self) -> frozenset[str]:
        """What `fields` may name."""
        known = self._view(self.default_sort, (), ()).members()
        return known - {published_name(name) for name in self.kept}

    def _compile(
        self, sort: str, shape: tuple[tuple[str, str, str], ...], fields: tuple[str, ...]
    ) -> View:
        conditions = [
            self.filters[name].condition(operator, parameter) for name, operator, parameter in shape
        ]
        view = View(
            self.query.where(*conditions),
            log=self.log,
            sort=self.sorts[sort.removeprefix("-")],
            descending=sort.startswith("-"),
            hidden=self.hidden,
        )
        return view.narrowed(fields, self.kept) if fields else view

    def read(self, asked_for: Pairs) -> "Question":
        """What is asked for. Raises FilterUnknown, FilterUnreadable or FieldUnknown, all 400."""
        asked = Question(sort=self.default_sort)
        asked.values |= {one.parameter: one.default for one in self.settings.values()}
        seen: set[str] = set()
        for key, raw in asked_for:
            if key in seen:
                raise refused(FilterUnreadable, key)
            seen.add(key)
            if key in _PAGING or key in self.settings:
                if not isinstance(raw, str):
                    raise refused(FilterUnreadable, key)
                self._read_paging(asked, key, raw)
            else:
                self._read_filter(asked, key, raw)
        return asked

    def _read_paging(self, asked: "Question", key: str, raw: str) -> None:
        if key == "first":
            asked.first = _page_size(raw)
        elif key == "after":
            asked.after = raw
        elif key == "cursors":
            if raw != "each":
                raise refused(FilterUnreadable, key)
            asked.with_cursors = True
        elif key == "fields":
            asked.fields = self._read_fields(raw)
        elif key == "sort":
            if raw.removeprefix("-") not in self.sorts:
                raise refused(FilterUnknown, key)
            asked.sort = raw
        else:
            self._read_setting(asked, key, raw)

    def _read_fields(self, raw: str) -> tuple[str, ...]:
        """The members asked for, in one order, so that each set is compiled once."""
        fields = tuple(sorted(set(raw.split(","))))
        if not self._members().issuperset(fields):
            raise refused(FieldUnknown, "fields")
        return fields

    def _read_setting(self, asked: "Question", key: str, raw: str) -> None:
        setting = self.settings[key]
        try:
            asked.values[setting.parameter] = setting.parse(raw)
        except ValueError as unreadable:
            raise refused(FilterUnreadable, key) from unreadable

    def _read_filter(self, asked: "Question", key: str, raw: str | Sequence[str]) -> None:
        name, _, operator = key.removesuffix("]").partition("[")
        operator = operator or "eq"
        parameter = f"filter_{name}_{operator}"
        known = self.filters.get(name)
        if known is None or operator not in known.offered:
            raise refused(FilterUnknown, key)
        if operator == IS_NULL:
            parameter = raw if isinstance(raw, str) else ""
            if parameter not in {"true", "false"}:
                raise refused(FilterUnreadable, key)
        else:
            try:
                asked.values[parameter] = known.read(operator, raw)
            except ValueError as unreadable:
                raise refused(FilterUnreadable, key) from unreadable
        asked.shape = tuple(sorted((*asked.shape, (name, operator, parameter))))


_PAGING: Final = frozenset({"first", "after", "cursors", "fields", "sort"})


@dataclass(slots=True)
class Question:
    sort: str
    first: int = PAGE_DEFAULT
    after: str | None = None
    with_cursors: bool = False
    fields: tuple[str, ...] = ()
    shape: tuple[tuple[str, str, str], ...] = ()
    values: dict[str, Any] = field(default_factory=dict)


def _page_size(raw: str) -> int:
    if not raw.isascii() or not raw.isdigit() or not 1 <= int(raw[:6]) <= PAGE_MAX:
        raise refused(FilterUnreadable, "first")
    return int(raw)


def _names(members: Iterable[str]) -> dict[str, Any]:
    one = "|".join(sorted(members))
    return {"type": "string", "maxLength": 4000, "pattern": rf"^(?:{one})(?:,(?:{one}))*$"}


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}
