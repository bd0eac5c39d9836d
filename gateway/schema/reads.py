"""Fields as rows: which list or record of which service a field of the schema reads.

Everything is read in the caller's own name. Within one operation, records of one kind are read in
one call for each level, whatever asks for them.
"""

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Annotated, Any

import strawberry

from gateway.clients.conversation import Record
from gateway.clients.pages import PageRequest, page_of
from gateway.context import Info
from gateway.paging import PAGE_DEFAULT, PAGE_MAX
from gateway.schema.ahead import Ahead, ahead, id_in, ids_in, own_id
from gateway.schema.node import record_id
from gateway.schema.pages import After, Connection, First, asked_page, connection
from gateway.schema.published import REQUEST, Published, both
from gateway.transport.cost import ONE_BY_ONE

Kind = type[Published] | str
Id = Annotated[strawberry.ID, strawberry.argument(name="id", description=both("UUID.", "UUID."))]
FILTER = strawberry.argument(name="filter", description=both("Which rows.", "Welche Zeilen."))
FIRST_HUNDRED = PageRequest(first=PAGE_MAX).query()
SOURCE = re.compile(r"(cases|funding|referrals) (/v1/\S+)")


def record(source: str, kind: Kind, *, en: str, de: str, name: str | None = None) -> Any:
    """A field of Query: one record by its id, null when it is unknown or hidden. `name` where the
    field's own is a word of Python.
    """
    service, path = source_of(source)

    async def resolver(info: Info, id_: Id) -> Any:
        known = record_id(id_)
        if known is None:
            return None
        found = await info.context.services.of(service).find(f"{path}/{known}")
        return type_of(kind).from_optional(found)

    resolver.__annotations__["return"] = reference_to(kind) | None
    return strawberry.field(
        resolver=resolver,
        name=name,
        description=both(
            f"{en} Null when it is unknown or hidden.",
            f"{de} Null, wenn unbekannt oder nicht sichtbar.",
        ),
        metadata={REQUEST: f"GET {source}/{{id}}"},
    )


def records(source: str, kind: Kind, narrowed_by: type | None = None, *, en: str, de: str) -> Any:
    """A field of Query: a list of a service as a connection, with its filter where it has one."""
    service, path = source_of(source)

    async def page(info: Info, given: object | None, first: int, after: str | None) -> Any:
        asked = asked_page(info, first, after, given)
        found = await page_of(info.context.services.of(service), path, asked)
        return connection(found, type_of(kind).from_record, after)

    async def narrowed(info, filter_=None, first=PAGE_DEFAULT, after=None):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202 - annotated below, by the row
        return await page(info, filter_, first, after)

    async def whole(info, first=PAGE_DEFAULT, after=None):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202 - annotated below, by the row
        return await page(info, None, first, after)

    resolver = whole if narrowed_by is None else narrowed
    resolver.__annotations__ = {
        "info": Info,
        **({} if narrowed_by is None else {"filter_": Annotated[narrowed_by | None, FILTER]}),
        "first": First,
        "after": After,
        "return": Connection[reference_to(kind)] | None,  # type: ignore[misc] # a type made by the row
    }
    return _listing(resolver, source, en=en, de=de)


def related(source: str, kind: Kind, member: str, *, en: str, de: str) -> Any:
    """A field of a record: the record whose id stands in `member`, read with all others at once."""
    service, path = source_of(source)

    row = Ahead(
        loader=lambda loaders: loaders.by_id(service, path),
        key=id_in(member),
        made=lambda found, _: type_of(kind).from_optional(found),
    )
    return ahead(row, f"GET {source}", reference_to(kind) | None, both(en, de))


def related_all(source: str, kind: Kind, member: str, *, en: str, de: str) -> Any:
    """A field of a record: the visible ones of the records whose ids stand in `member`."""
    service, path = source_of(source)

    def made(found: list[Record | None], _: Record) -> list[Any]:
        from_record = type_of(kind).from_record
        return [from_record(one) for one in found if one is not None]

    row = Ahead(
        loader=lambda loaders: loaders.by_id(service, path),
        key=ids_in(member),
        made=made,
        is_several=True,
    )
    returned: Any = list[reference_to(kind)]  # type: ignore[misc] # a type made by the row
    return ahead(row, f"GET {source}", returned, both(en, de))


def keyed(source: str, kind: Kind, key: str, member: str, *, en: str, de: str) -> Any:
    """A field of a record: the record whose text `key` stands in `member`, all others at once.

    The service's list has to know the filter `key[in]`, and `id` as an order.
    """
    service, path = source_of(source)

    row = Ahead(
        loader=lambda loaders: loaders.of_key(service, path, key),
        key=lambda record: record.get(member),
        made=lambda found, _: type_of(kind).from_optional(found[0] if found else None),
    )
    return ahead(row, f"GET {source}", reference_to(kind) | None, both(en, de))


def children(
    source: str,
    kind: Kind,
    member: str,
    *,
    en: str,
    de: str,
    in_order_of: str = "id",
    is_answered_elsewhere: bool = False,
) -> Any:
    """A field of a record: the records whose `member` names it; one call for all its siblings.

    The service's list has to know the filter `member[in]`, and `id` as an order. Null when another
    service than the record's own answers and is down: the record stays.
    """
    service, path = source_of(source)

    def made(found: list[Record], _: Record) -> list[Any]:
        from_record = type_of(kind).from_record
        return [from_record(one) for one in sorted(found, key=lambda one: one[in_order_of])]

    row = Ahead(
        loader=lambda loaders: loaders.of_parent(service, path, member), key=own_id, made=made
    )
    listed: Any = list[reference_to(kind)]  # type: ignore[misc] # a type made by the row
    returned = listed | None if is_answered_elsewhere else listed
    return ahead(row, f"GET {source}", returned, both(en, de))


def part(source: str, kind: Kind, *, en: str, de: str) -> Any:
    """A field of a record: a document of its own under `…/{id}/…`; one read for each record.

    Null where the service says it is unknown or hidden.
    """
    service, path = source_of(source)

    row = Ahead(
        loader=lambda loaders: loaders.document(service, path),
        key=own_id,
        made=lambda found, _: type_of(kind).from_optional(found),
    )
    returned = reference_to(kind) | None
    return ahead(row, f"GET {source}", returned, _one_by_one(en, de), **{ONE_BY_ONE: True})


def parts(source: str, kind: Kind, *, en: str, de: str, is_paged: bool = False) -> Any:
    """A field of a record: the `items` of a list under `…/{id}/…`; one read for each record.

    Where the service pages the list, its first hundred.
    """
    service, path = source_of(source)

    def made(found: Record | None, _: Record) -> list[Any]:
        return [type_of(kind).from_record(one) for one in (found or {}).get("items", ())]

    query = FIRST_HUNDRED if is_paged else ()
    row = Ahead(
        loader=lambda loaders: loaders.document(service, path, query), key=own_id, made=made
    )
    returned: Any = list[reference_to(kind)]  # type: ignore[misc] # a type made by the row
    return ahead(row, f"GET {source}", returned, _one_by_one(en, de), **{ONE_BY_ONE: True})


def read_one_by_one(source: str | None = None, *, en: str, de: str) -> Callable[[Any], Any]:
    """A field that the limit on cost counts as a read of its own (`gateway/transport/cost.py`)."""
    row: Callable[[Any], Any] = strawberry.field(
        description=_one_by_one(en, de),
        metadata={ONE_BY_ONE: True} | ({} if source is None else {REQUEST: f"GET {source}"}),
    )
    return row


def _one_by_one(en: str, de: str) -> str:
    return both(f"{en} One read for each record.", f"{de} Ein Zugriff je Datensatz.")


def _listing(resolver: Callable[..., Any], source: str, *, en: str, de: str) -> Any:
    return strawberry.field(
        resolver=resolver, description=both(en, de), metadata={REQUEST: f"GET {source}"}
    )


def source_of(source: str) -> tuple[str, str]:
    found = SOURCE.fullmatch(source)
    assert found is not None, source
    return found[1], found[2]


def reference_to(kind: Kind) -> Any:
    """`gateway.schema.case:Case` names a type that could not be imported here without a circle."""
    if not isinstance(kind, str):
        return kind
    module, _, name = kind.partition(":")
    return Annotated[name, strawberry.lazy(module)]


def type_of(kind: Kind) -> type[Published]:
    return _named(kind) if isinstance(kind, str) else kind


@cache
def _named(kind: str) -> type[Published]:
    module, _, name = kind.partition(":")
    found: type[Published] = getattr(import_module(module), name)
    return found
