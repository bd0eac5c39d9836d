"""The directory for other directories: the read API of HSDS 3.0, outside of `/v1`."""

import math
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal, TypeVar
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from services.referrals.api.access import DirectoryReader
from services.referrals.domain.hsds import (
    PROFILE,
    VERSION,
    Document,
    Offer,
    Organization,
    listed,
    minimal,
    nested,
    nested_organization,
    organization,
    term_id,
)
from services.referrals.storage.hsds import every_offer
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.service.desk import JSON, CurrentReading, Reading

Item = TypeVar("Item")
router = APIRouter(prefix="/hsds", tags=["HSDS"])
PER_PAGE_MAX = 500
NDJSON = "application/x-ndjson"


class HsdsModel(BaseModel):
    """Members as HSDS names them."""

    model_config = ConfigDict(extra="allow")


class HsdsAbout(HsdsModel):
    version: str
    profile: str
    openapi_url: str


class HsdsOrganization(HsdsModel):
    id: UUID
    name: str
    description: str


class HsdsService(HsdsModel):
    id: UUID
    name: str
    status: Literal["active", "inactive", "defunct", "temporarily closed"]


class HsdsMinimal(HsdsModel):
    id: UUID
    last_modified: datetime


class HsdsPage(HsdsModel):
    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool


class HsdsServicePage(HsdsPage):
    contents: list[HsdsService | HsdsMinimal]


class HsdsOrganizationPage(HsdsPage):
    contents: list[HsdsOrganization]


Search = Annotated[
    str, Query(max_length=200, pattern=r"^[^\u0000]*$", description="Words of name, unit or code.")
]
PageNumber = Annotated[int, Query(ge=1, le=100_000)]
PerPage = Annotated[int, Query(ge=1, le=PER_PAGE_MAX)]
Format = Annotated[Literal["json", "ndjson"], Query(alias="format")]
Truth = Annotated[bool, Query()]


@router.get("/", summary="About this HSDS feed / Über diese HSDS-Schnittstelle")
async def read_about(request: Request, _: DirectoryReader) -> HsdsAbout:
    return HsdsAbout(
        version=VERSION, profile=PROFILE, openapi_url=f"{request.base_url}openapi.json"
    )


@router.get(
    "/services",
    response_model=HsdsServicePage,
    summary="Services of all units (HSDS) / Leistungen aller Stellen (HSDS)",
)
async def list_services(
    _: DirectoryReader,
    reading: CurrentReading,
    search: Search = "",
    page: PageNumber = 1,
    per_page: PerPage = 50,
    taxonomy_term_id: Annotated[UUID | None, Query()] = None,
    organization_id: Annotated[UUID | None, Query()] = None,
    modified_after: Annotated[datetime | None, Query()] = None,
    *,
    minimal_only: Annotated[bool, Query(alias="minimal")] = False,
    full: Truth = False,
    format_: Format = "json",
) -> Response:
    after = _aware(modified_after)
    found = [
        offer
        for _, offers in await _read(reading)
        for offer in offers
        if (taxonomy_term_id is None or term_id(offer.service.code) == taxonomy_term_id)
        and (organization_id is None or offer.organization.id == organization_id)
        and (after is None or offer.modified_at > after)
        and _is_named(search, *_names(offer))
    ]
    return _page(found, page, per_page, _shown(minimal_only=minimal_only, full=full), format_)


@router.get(
    "/services/{service_id}",
    response_model=HsdsService,
    summary="One service (HSDS) / Eine Leistung (HSDS)",
)
async def read_service(service_id: UUID, _: DirectoryReader, reading: CurrentReading) -> Response:
    today = berlin_date(now())
    for _unit, offers in await _read(reading):
        for offer in offers:
            if offer.id == service_id:
                return _json(nested(offer, today))
    raise NotFound


@router.get(
    "/organizations",
    response_model=HsdsOrganizationPage,
    summary="Units of the directory (HSDS) / Stellen des Verzeichnisses (HSDS)",
)
async def list_organizations(
    _: DirectoryReader,
    reading: CurrentReading,
    search: Search = "",
    page: PageNumber = 1,
    per_page: PerPage = 50,
    *,
    full: Truth = False,
    format_: Format = "json",
) -> Response:
    found = [
        (one, offers)
        for one, offers in await _read(reading)
        if _is_named(search, one.name_de, one.name_en)
    ]
    today = berlin_date(now())

    def shown(item: tuple[Organization, list[Offer]]) -> Document:
        return nested_organization(*item, today) if full else organization(item[0])

    return _page(found, page, per_page, shown, format_)


@router.get(
    "/organizations/{organization_id}",
    response_model=HsdsOrganization,
    summary="One unit (HSDS) / Eine Stelle (HSDS)",
)
async def read_organization(
    organization_id: UUID, _: DirectoryReader, reading: CurrentReading
) -> Response:
    for one, offers in await _read(reading):
        if one.id == organization_id:
            return _json(nested_organization(one, offers, berlin_date(now())))
    raise NotFound


async def _read(reading: Reading) -> list[tuple[Organization, list[Offer]]]:
    async with reading.database.transaction(reading.caller) as tx:
        return await every_offer(tx)


def _shown(*, minimal_only: bool, full: bool) -> Callable[[Offer], Document]:
    today = berlin_date(now())
    if minimal_only:
        return minimal
    return (lambda offer: nested(offer, today)) if full else (lambda offer: listed(offer, today))


def _names(offer: Offer) -> tuple[str, ...]:
    one, title = offer.organization, offer.service.title
    return one.name_de, one.name_en, title.de, title.en, offer.service.code


def _is_named(search: str, *names: str) -> bool:
    """Every word stands in one of the names, upper and lower case alike."""
    text = "\n".join(names).casefold()
    return all(word in text for word in search.casefold().split())


def _aware(moment: datetime | None) -> datetime | None:
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=UTC)


def _page(
    found: Sequence[Item],
    page: int,
    per_page: int,
    shown: Callable[[Item], Document],
    wanted: str,
) -> Response:
    begin = (page - 1) * per_page
    contents = [shown(one) for one in found[begin : begin + per_page]]
    if wanted == "ndjson":
        lines = b"".join(orjson.dumps(one) + b"\n" for one in contents)
        return Response(lines, media_type=NDJSON, headers={"Cache-Control": "no-store"})
    pages = math.ceil(len(found) / per_page)
    return _json(
        {
            "total_items": len(found),
            "total_pages": pages,
            "page_number": page,
            "size": len(contents),
            "first_page": page == 1,
            "last_page": page >= pages,
            "empty": not contents,
            "contents": contents,
        }
    )


def _json(document: Document) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(document), media_type=JSON, headers=headers)
