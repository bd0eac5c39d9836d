"""The body of a search: what a list can be asked, kept out of addresses and their logs."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal

from fastapi import Request
from pydantic import Field, StringConstraints

from shared.database.cursors import CURSOR_PATTERN
from shared.database.filter_values import SEARCH_VALUES_MAX
from shared.database.lists import PAGE_MAX
from shared.kernel.errors import Malformed
from shared.web.fields import RequestModel

Asked = list[tuple[str, str | list[str]]]
_Text = Annotated[str, StringConstraints(max_length=4000, strip_whitespace=False)]
_Number = Annotated[int, Field(strict=True, ge=-(10**12), le=10**12)]
_Name = Annotated[str, StringConstraints(max_length=80)]
_Values = Annotated[list[_Text | _Number], Field(max_length=SEARCH_VALUES_MAX)]


Filters = dict[_Name, _Text | bool | _Number | _Values]


class ListCriteria(RequestModel):
    """`filters` are those of the query string by the same names; `in` and `notin` take lists."""

    beside_filters: ClassVar[tuple[str, ...]] = ("sort", "fields")

    filters: Filters = Field(
        default={},
        max_length=60,
        examples=[{"state[in]": ["INTAKE", "PLANNING"], "updatedSince": "2026-11-01T00:00:00Z"}],
    )
    sort: Annotated[str, StringConstraints(max_length=80)] | None = None
    fields: Annotated[list[_Name], Field(min_length=1, max_length=200)] | None = None

    def asked(self) -> Asked:
        """The same as a query string would ask it."""
        asked: Asked = [(name, _written(value)) for name, value in self.filters.items()]
        for name in self.beside_filters:
            value = getattr(self, name)
            if isinstance(value, list):
                asked.append((name, ",".join(value)))
            elif value is not None:
                asked.append((name, str(value)))
        return asked


class ListSearch(ListCriteria):
    """One page of what the criteria ask for."""

    beside_filters: ClassVar[tuple[str, ...]] = ("sort", "fields", "first", "after", "cursors")

    first: Annotated[int, Field(strict=True, ge=1, le=PAGE_MAX)] | None = None
    after: Annotated[str, StringConstraints(pattern=CURSOR_PATTERN)] | None = None
    cursors: Literal["each"] | None = None


async def read_search(request: Request, body: ListSearch) -> None:
    """A dependency of every search: what it asks stands where `Reading` finds it."""
    request.state.search = body.asked()


def searched_in(request: Request) -> Asked | None:
    """What the body of a search asked; None for any other request."""
    # Asked of the scope: a state without the name raises, which costs every list.
    found: Asked | None = request.scope.get("state", {}).get("search")
    return found


def pointing_into(request: Request) -> AbstractContextManager[None]:
    """What a list refuses in a search, it refuses at its place in the body."""
    return nullcontext() if searched_in(request) is None else pointing_into_body()


@contextmanager
def pointing_into_body() -> Iterator[None]:
    try:
        yield
    except Malformed as refusal:
        refusal.faults = tuple(
            replace(fault, pointer=_place(fault.pointer)) for fault in refusal.faults
        )
        raise


def _place(parameter: str) -> str:
    name = parameter.removeprefix("?")
    return f"/{name}" if name in ListSearch.model_fields else f"/filters/{name}"


def _written(value: Any) -> str | list[str]:
    if isinstance(value, bool):
        return "true" if value else "false"
    return [str(one) for one in value] if isinstance(value, list) else str(value)
