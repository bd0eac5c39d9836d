"""Documents that are asked for with arguments, as rows: a report, a record as of a day."""

import re
from collections.abc import Callable, Mapping
from inspect import Parameter, Signature
from typing import Annotated, Any, get_args
from urllib.parse import quote
from uuid import UUID

import strawberry

from gateway.clients.conversation import Record
from gateway.context import Info
from gateway.schema.codes.ledger import Book
from gateway.schema.filters import text_of
from gateway.schema.inputs.base import TEXT_KEYS
from gateway.schema.node import record_id
from gateway.schema.published import REQUEST, Published, both, record_of
from gateway.schema.reads import (
    FIRST_HUNDRED,
    Kind,
    read_one_by_one,
    reference_to,
    source_of,
    type_of,
)
from gateway.schema.scalars import Date, DateTime
from shared.kernel.text import camel

PLACE = re.compile(r"{(\w+)}")
Arguments = Mapping[str, Any]

AsOf = Annotated[
    Date | None,
    strawberry.argument(description=both("The day; else today.", "Der Stichtag; sonst heute.")),
]
KnownAt = Annotated[
    DateTime | None,
    strawberry.argument(description=both("As known at this instant.", "Nach Kenntnisstand.")),
]
FiscalYear = Annotated[int, strawberry.argument(description=both("Fiscal year.", "Haushaltsjahr."))]
WhichBook = (
    Annotated[Book, strawberry.argument(description=both("The book.", "Das Buch."))],
    Book.LIVE,
)


def asked(source: str, kind: Kind, *, en: str, de: str, **arguments: Any) -> Any:
    """A field of Query: the document under the path, null when it is unknown or hidden.

    Arguments named in the path stand there, all others become query parameters. An argument is an
    annotated type, or such a type and its default; one that may be null may be left out.
    """
    service, path = source_of(source)

    async def resolver(info: Info, **given: Any) -> Any:
        filled = _filled(path, given)
        if filled is None:
            return None
        found = await info.context.services.of(service).find(filled, _query(path, given))
        return type_of(kind).from_optional(found)

    _signed(resolver, reference_to(kind) | None, arguments)
    return strawberry.field(
        resolver=resolver, description=both(en, de), metadata={REQUEST: f"GET {source}"}
    )


def asked_items(
    source: str, kind: Kind, *, en: str, de: str, is_paged: bool = False, **arguments: Any
) -> Any:
    """The same for a document that is a list: its items; empty when it is unknown or hidden.

    Where the service pages the list, its first hundred.
    """
    service, path = source_of(source)

    async def resolver(info: Info, **given: Any) -> Any:
        filled = _filled(path, given)
        if filled is None:
            return []
        query = (*_query(path, given), *(FIRST_HUNDRED if is_paged else ()))
        found = await info.context.services.of(service).find(filled, query)
        return _items(kind, found)

    _signed(resolver, list[reference_to(kind)] | None, arguments)  # type: ignore[misc] # made by the row
    return strawberry.field(
        resolver=resolver, description=both(en, de), metadata={REQUEST: f"GET {source}"}
    )


def asked_of(
    source: str, kind: Kind, *, en: str, de: str, are_items: bool = False, **arguments: Any
) -> Any:
    """A field of a record, with arguments: what stands under `…/{id}/…`; a read for each record."""
    service, path = source_of(source)

    async def resolver(self: Any, info: Info, **given: Any) -> Any:
        filled = path.format(id=UUID(record_of(self)["id"]))
        found = await info.context.services.of(service).find(filled, _query(path, given))
        return _items(kind, found) if are_items else type_of(kind).from_optional(found)

    shape = list[reference_to(kind)] if are_items else reference_to(kind) | None  # type: ignore[misc] # made by the row
    _signed(resolver, shape, arguments, Parameter("self", Parameter.POSITIONAL_OR_KEYWORD))
    return read_one_by_one(source, en=en, de=de)(resolver)


def _items(kind: Kind, found: Record | None) -> list[Published]:
    return [type_of(kind).from_record(one) for one in (found or {}).get("items", ())]


def _signed(
    resolver: Callable[..., Any], answer: Any, arguments: Arguments, *before: Parameter
) -> None:
    """Give the resolver the arguments of the row, so that the schema has them."""
    info = Parameter("info", Parameter.POSITIONAL_OR_KEYWORD, annotation=Info)
    given = [_parameter(name, one) for name, one in arguments.items()]
    signature = Signature([*before, info, *given], return_annotation=answer)
    resolver.__signature__ = signature  # type: ignore[attr-defined] # read by inspect
    resolver.__annotations__ = {
        one.name: one.annotation for one in signature.parameters.values() if one.name != "self"
    } | {"return": answer}


def _parameter(name: str, given: Any) -> Parameter:
    kind, default = given if isinstance(given, tuple) else (given, Parameter.empty)
    if default is Parameter.empty and type(None) in get_args(get_args(kind)[0]):
        default = None
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind, default=default)


def _filled(path: str, given: Arguments) -> str | None:
    """The path with its arguments, None where an id is none: an id nobody issued is unknown."""
    places: dict[str, str] = {}
    for place in PLACE.findall(path):
        value = given["id_" if place == "id" else place]
        if place == "id" or (place.endswith("_id") and place not in TEXT_KEYS):
            known = record_id(value)
            if known is None:
                return None
            value = known
        places[place] = quote(text_of(value), safe="")
    return path.format_map(places)


def _query(path: str, given: Arguments) -> tuple[tuple[str, str], ...]:
    in_path = {"id_" if one == "id" else one for one in PLACE.findall(path)}
    return tuple(
        (camel(name), text_of(value))
        for name, value in given.items()
        if name not in in_path and value is not None
    )
