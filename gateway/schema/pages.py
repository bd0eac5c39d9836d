"""Lists as Relay connections: edges, cursors, and what comes behind."""

from typing import Annotated, Generic, TypeVar

import strawberry
from graphql import GraphQLError

from gateway.paging import PAGE_MAX
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
