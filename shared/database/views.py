"""JSON built by PostgreSQL in the shape of the published model, in one round trip.

A view is a SQLAlchemy select whose column names are the members of the published JSON in
snake_case; `shared.database.publish` says how each leaves the house.

    CASE_VIEW = View(select(*columns).where(col(Case.id) == bindparam("id")), log=ReadLog("case"))
    document = await CASE_VIEW.one(database, caller, id=case_id)
    page = await CASES_VIEW.page(database, caller, first=50, after=cursor)
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson
from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    bindparam,
    cast,
    literal_column,
    tuple_,
)

from shared.database.connection import Database
from shared.database.cursors import read_cursor, write_cursor
from shared.database.gate import Gated, ReadLog, gated, log_arguments
from shared.database.publish import AnySelect, is_decimal, published, published_name
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller

__all__ = ["Document", "Page", "ReadLog", "View"]


@dataclass(frozen=True, slots=True)
class Document:
    """One published JSON document as bytes, the version of its record, and unpublished facts."""

    body: bytes
    version: int | None
    facts: Any = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list as bytes: `{"items": [...], "nextCursor": "..." | null}`.

    When a cursor for each item was asked for, `"cursors": [...]` stands between the two.
    """

    body: bytes
    count: int


class View:
    """A select as published JSON.

    It must have an `id`; `sort` names the column that orders a page, ties broken by the id. A
    column called `facts` (json) is handed to the caller of `one` and not published; so are the
    columns named in `hidden`. `names` are the columns to publish, where it is not all of them; of
    these, the log does not name `kept`, which are there for code only.
    """

    def __init__(
        self,
        query: AnySelect,
        *,
        log: ReadLog | None = None,
        sort: str = "id",
        descending: bool = False,
        hidden: tuple[str, ...] = (),
        names: Sequence[str] | None = None,
        kept: Collection[str] = (),
    ) -> None:
        self.columns = {str(c.key): c for c in query.selected_columns}
        self.query = query
        self.log = log
        self.sort = sort
        self.sort_column = self.columns[sort]
        self.descending = descending
        self.hidden = hidden
        self.is_narrowed = names is not None
        self.names = [
            name
            for name in self.columns
            if name not in {*hidden, "facts"} and (names is None or name in names)
        ]
        self.logged_members = (
            [published_name(name) for name in self.names if name not in kept]
            if self.is_narrowed
            else None
        )
        # By whether it begins behind a cursor, and whether every item's cursor is asked for.
        self._pages: dict[tuple[bool, bool], Gated] = {}

    def members(self) -> frozenset[str]:
        """The names of what is published, as `fields` writes them."""
        return frozenset(self.published_names())

    def published_names(self) -> tuple[str, ...]:
        """The same in the order of the document."""
        return tuple(published_name(name) for name in self.names)

    def decimals(self) -> frozenset[str]:
        """The members that are decimal numbers, which leave as text: amounts and posts."""
        return frozenset(
            published_name(name) for name in self.names if is_decimal(self.columns[name])
        )

    def narrowed(self, fields: Collection[str], kept: Collection[str] = ()) -> "View":
        """The same with these members only; the id is always there, and so are the columns
        `kept`.
        """
        names = [
            name
            for name in self.names
            if name == "id" or name in kept or published_name(name) in fields
        ]
        return View(
            self.query,
            log=self.log,
            sort=self.sort,
            descending=self.descending,
            hidden=self.hidden,
            names=names,
            kept=kept,
        )

    async def one(self, database: Database, caller: Caller, **values: Any) -> Document | None:
        """The first row as a document; None when this caller can see none."""
        arguments = self._arguments(self.one_statement, caller, values)
        row = await database.read(caller, self.one_statement.sql, arguments)
        if row is None:
            return None
        body = await database.opened(caller, row["document"].encode())
        return Document(body, row["version"], row["facts"])

    async def one_in(self, tx: Transaction, **values: Any) -> Document | None:
        """The same inside a running transaction: what a write answers with.

        Its texts are still sealed: they are opened when the answer leaves (`Transaction.opened`),
        and what is kept for replays stays sealed.
        """
        arguments = self._arguments(self.one_statement, tx.caller, values)
        row = await tx.read(self.one_statement.sql, arguments)
        return Document(row["document"].encode(), row["version"], row["facts"]) if row else None

    async def page(
        self,
        database: Database,
        caller: Caller,
        *,
        first: int,
        after: str | None = None,
        with_cursors: bool = False,
        **values: Any,
    ) -> Page:
        """Up to `first` rows behind the cursor `after`. Raises CursorUnreadable."""
        values["page_rows"] = first + 1
        statement = self._page_statement(after=after is not None, with_cursors=with_cursors)
        if after is not None:
            key, identity = read_cursor(after, self.sort_column.type)
            values |= {"after_key": key, "after_id": identity}
        row = await database.read(
            caller, statement.sql, self._arguments(statement, caller, values, first)
        )
        assert row is not None
        items = await database.opened(caller, row["items"].encode())
        cursor = write_cursor(row["last_key"], row["last_id"]) if row["more"] else None
        middle = b""
        if with_cursors:
            places = zip(row["keys"] or (), row["ids"] or (), strict=True)
            middle = b'"cursors":%b,' % orjson.dumps([write_cursor(*place) for place in places])
        body = b'{"items":%b,%b"nextCursor":%b}' % (items, middle, orjson.dumps(cursor))
        return Page(body, row["shown"])

    def _page_statement(self, *, after: bool, with_cursors: bool) -> Gated:
        if (after, with_cursors) not in self._pages:
            page = self._compile_page(after=after, with_cursors=with_cursors)
            self._pages[after, with_cursors] = page
        return self._pages[after, with_cursors]

    def _arguments(
        self, statement: Gated, caller: Caller, values: dict[str, Any], *extra: Any
    ) -> list[Any]:
        if self.is_narrowed:
            # Parameters of columns that are not shown here.
            values = {name: values[name] for name in values if name in statement.inner.names}
        arguments = [*statement.inner.arguments(values), *extra]
        if self.log is not None:
            arguments += log_arguments(caller, self.log, self.logged_members)
        return arguments

    def _inner(self, *, after: bool, ordered: bool) -> Statement:
        identity = self.columns["id"]
        query = self.query.with_only_columns(*self._inner_columns()).where(
            literal_column("gate.ok")
        )
        if after:
            edge = tuple_(
                bindparam("after_key", type_=self.sort_column.type),
                bindparam("after_id", type_=identity.type),
            )
            key = tuple_(self.sort_column, identity)
            query = query.where(key < edge if self.descending else key > edge)
        if ordered:
            by = (self.sort_column, identity)
            query = query.order_by(*(c.desc() if self.descending else c.asc() for c in by))
            return Statement(query.limit(bindparam("page_rows", type_=Integer)))
        return Statement(query.limit(1))

    def _inner_columns(self) -> list[ColumnElement[Any]]:
        shown = [published(self.columns[name]) for name in self.names]
        shown.append(cast(self.sort_column, String).label("_key"))
        shown.append(self.columns["id"].label("_id"))
        unpublished = [name for name in ("version", "facts") if name in self.columns]
        shown += [self.columns[name].label(f"_{name}") for name in unpublished]
        if self.log is not None:
            shown.append(self.columns[self.log.column].label("_logged"))
        return shown

    def _members(self, source: str) -> str:
        return ", ".join(f'{source}."{published_name(name)}"' for name in self.names)

    @cached_property
    def one_statement(self) -> Gated:
        version = "found._version" if "version" in self.columns else "null::bigint"
        facts = "found._facts" if "facts" in self.columns else "null::json"
        members = self._members("found")
        final = (
            f"select (select row_to_json(t)::text from (select {members}) t) as document,"  # noqa: S608 - names from code, values as parameters
            f" {version} as version, {facts} as facts from found"
        )
        return gated(self._inner(after=False, ordered=False), final, log=self.log)

    def _compile_page(self, *, after: bool, with_cursors: bool) -> Gated:
        inner = self._inner(after=after, ordered=True)
        shown = f"${len(inner.names) + 1}::int"
        each = ", ".join(
            f"array_agg({column} order by _n) filter (where _n <= {shown}) as {name}"
            for column, name in (("_key", "keys"), ("_id", "ids"))
        )
        final = (
            "select coalesce((select json_agg(t)::text from"  # noqa: S608 - names from code, values as parameters
            f" (select {self._members('found')} from found where _n <= {shown} order by _n) t),"
            f" '[]') as items, count(*) > {shown} as more,"
            f" least(count(*), {shown})::int as shown,"
            f" max(_key) filter (where _n = {shown}) as last_key,"
            f" (array_agg(_id) filter (where _n = {shown}))[1] as last_id"
            f"{f', {each}' if with_cursors else ''} from found"
        )
        return gated(inner, final, log=self.log, shown=shown)
