"""Lists as Relay connections: edges, cursors, and what comes behind."""

from collections.abc import Callable
from typing import Annotated, Generic, TypeVar

import strawberry
from graphql import GraphQLError

from gateway.clients.conversation import Record
from gateway.clients.pages import PageRequest, RecordPage
from gateway.context import Info
from gateway.paging import PAGE_MAX
from gateway.schema.filters import parameters
from gateway.schema.published import both, field
from shared.observability.request import current_request

T = TypeVar("T")


@strawberry.type(
    description=both("Where a page of a list ends.", "Wo eine Seite einer Liste endet.")
)
class PageInfo:
    has_next_page: bool = field("Whether more rows follow.", "Ob weitere Zeilen folgen.")
    has_previous_page: bool = field(
        "Whether rows come before; lists are read forwards only.",
        "Ob Zeilen davor liegen; Listen werden nur vorwärts gelesen.",
    )
    start_cursor: str | None = field(
        "Cursor of the first row of this page.", "Cursor der ersten Zeile dieser Seite."
    )
    end_cursor: str | None = field(
        "Cursor of the last row; give it as `after` for the next page.",
        "Cursor der letzten Zeile; als `after` angegeben, folgt die nächste Seite.",
    )


@strawberry.type(description=both("One row of a list.", "Eine Zeile einer Liste."))
class Edge(Generic[T]):
    cursor: str = field("Place of this row in the list.", "Ort dieser Zeile in der Liste.")
    node: T = field("The record.", "Der Datensatz.")


@strawberry.type(description=both("One page of a list.", "Eine Seite einer Liste."))
class Connection(Generic[T]):
    edges: list[Edge[T]] = field("The rows.", "Die Zeilen.")
    page_info: PageInfo = field("Where this page ends.", "Wo diese Seite endet.")


First = Annotated[
    int,
    strawberry.argument(
        description=both(
            f"Rows of this page, 1 to {PAGE_MAX}.", f"Zeilen dieser Seite, 1 bis {PAGE_MAX}."
        )
    ),
]
After = Annotated[
    str | None,
    strawberry.argument(
        description=both(
            "Rows behind this cursor; the first page without it.",
            "Zeilen hinter diesem Cursor; ohne ihn die erste Seite.",
        )
    ),
]


def connection(
    page: RecordPage, node_of: Callable[[Record], T], after: str | None
) -> Connection[T]:
    """A page as a connection.

    Rows have cursors only when the operation reads them; the end of a page always has one as long
    as rows follow.
    """
    cursors = page.cursors or [""] * len(page.items)
    pairs = zip(page.items, cursors, strict=True)
    edges = [Edge(cursor=cursor, node=node_of(record)) for record, cursor in pairs]
    last = edges[-1].cursor if edges else ""
    info = PageInfo(
        has_next_page=page.next_cursor is not None,
        has_previous_page=after is not None,
        start_cursor=edges[0].cursor or None if edges else None,
        end_cursor=page.next_cursor or last or None,
    )
    return Connection(edges=edges, page_info=info)


def asked_page(
    info: Info,
    first: int,
    after: str | None,
    given: object | None = None,
) -> PageRequest:
    """What to ask a service for; `given` is the list's filter. Raises GraphQLError for `first`."""
    prepared = info.context.prepared
    return PageRequest(
        first=page_size(first),
        after=after,
        filters=parameters(given),
        with_cursors=prepared is not None and prepared.asks_for_cursors,
    )


def page_size(first: int) -> int:
    """`first`, if it is one. Raises GraphQLError with BAD_USER_INPUT."""
    if not 1 <= first <= PAGE_MAX:
        german = current_request().language == "de"
        message = (
            f"`first` muss zwischen 1 und {PAGE_MAX} liegen."
            if german
            else f"`first` must be between 1 and {PAGE_MAX}."
        )
        raise GraphQLError(message, extensions={"code": "BAD_USER_INPUT", "argument": "first"})
    return first
