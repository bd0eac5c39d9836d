"""Who is responsible for a service at a place, and the rules that say so."""

import re
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from services.referrals.api.access import DirectoryReader, RuleWriter
from services.referrals.api.directory_schemas import (
    RoutingView,
    RuleSetBody,
    RuleSetPage,
    RuleSetView,
    TargetView,
)
from services.referrals.api.referral_views import (
    TitleView,
)
from services.referrals.domain.areas import (
    AGS_PATTERN,
    ARS_PATTERN,
    Place,
    RegionalKey,
    ags_of_ars,
    derived_ars,
)
from services.referrals.domain.routing import Target
from services.referrals.operations.capacity import Room, rooms
from services.referrals.operations.directory import find_route, publish_rules
from services.referrals.storage.directory_queries import RULE_SET_LIST, RULE_SET_VIEW
from services.referrals.storage.rule_forms import location
from shared.database.lists import FilterUnknown
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import FieldFault, Malformed
from shared.kernel.text import Text
from shared.service.desk import CurrentReading, CurrentWriting
from shared.web.fields import Code

router = APIRouter(prefix="/v1", tags=["routing"])

HOUSE_NUMBER = re.compile(r"^(.*\S)\s+([0-9]{1,5}\s?[A-Za-z]?(?:\s?[-/]\s?[0-9]{1,5}[A-Za-z]?)?)$")
ADDRESS_ONLY = frozenset({"municipality", "district", "lon", "lat"})


class SelectorNotOne(Malformed):
    code = "area-selector-not-one"
    title = Text(
        de="Genau eines von ags, ars und address angeben; "
        "municipality, district, lon und lat gehören zu address, lon und lat zusammen.",
        en="Give exactly one of ags, ars and address; "
        "municipality, district, lon and lat belong to address, lon and lat together.",
    )


Selector = Annotated[str | None, Query(pattern=AGS_PATTERN, max_length=8)]


@router.get("/routing", summary="Who is responsible here? / Wer ist zuständig?")
async def get_routing(
    request: Request,
    _: DirectoryReader,
    reading: CurrentReading,
    service: Annotated[Code, Query(description="Code of the service.")],
    ags: Selector = None,
    ars: Annotated[str | None, Query(pattern=ARS_PATTERN, max_length=12)] = None,
    address: Annotated[
        str | None,
        Query(max_length=160, description="Street and number inside `municipality`."),
    ] = None,
    municipality: Selector = None,
    district: Annotated[str | None, Query(max_length=120)] = None,
    lon: Annotated[float | None, Query(ge=-180, le=180)] = None,
    lat: Annotated[float | None, Query(ge=-90, le=90)] = None,
) -> RoutingView:
    """Exactly one of `ags`, `ars` and `address`; the last with the key of its `municipality`."""
    given = set(request.query_params)
    unknown = given - ADDRESS_ONLY - {"service", "ags", "ars", "address"}
    if unknown:
        raise FilterUnknown(faults=(FieldFault("?", FilterUnknown.code, FilterUnknown.title),))
    selectors = [selector for selector in (ags, ars, address) if selector is not None]
    is_for_address = address is not None and municipality is not None
    if len(selectors) != 1 or (lon is None) != (lat is None):
        raise SelectorNotOne
    if is_for_address != bool(given & {"address", *ADDRESS_ONLY}):
        raise SelectorNotOne
    key = _regional_key(ags or municipality, ars)
    street, house_number = _split(address or "")
    place = Place(
        ags=ags_of_ars(key.ars),
        street=street,
        house_number=house_number,
        district=district or "",
        location=None if lon is None or lat is None else location(lon, lat),
    )
    return await _answer(reading, service, place, key)


@router.get(
    "/routing-rules",
    response_model=RuleSetPage,
    summary="Versions of the routing rules / Fassungen der Zuständigkeitsregeln",
    openapi_extra={"parameters": RULE_SET_LIST.parameters()},
)
async def list_routing_rules(_: DirectoryReader, reading: CurrentReading) -> Response:
    return await reading.page(RULE_SET_LIST)


@router.get(
    "/routing-rules/{version}",
    response_model=RuleSetView,
    summary="One version / Eine Fassung",
)
async def read_routing_rules(
    version: Annotated[int, Path(ge=1, le=1_000_000)], _: DirectoryReader, reading: CurrentReading
) -> Response:
    return await reading.answer(RULE_SET_VIEW, rules_version=version)


@router.post(
    "/routing-rules",
    status_code=201,
    response_model=RuleSetView,
    summary="Publish the next version / Neue Fassung veröffentlichen",
)
async def post_routing_rules(body: RuleSetBody, _: RuleWriter, writing: CurrentWriting) -> Response:
    forms = body.forms()
    return await writing.run(lambda tx: publish_rules(tx, body.valid_from, forms), status=201)


async def _answer(
    reading: CurrentReading, service: str, place: Place, key: RegionalKey
) -> RoutingView:
    async with reading.database.transaction(reading.caller) as tx:
        today = berlin_date(now())
        rule_set, decision = await find_route(tx, service, place, today)
        room = await rooms(tx, service, (target.unit_id for target in decision.targets), today)
    return RoutingView(
        service_code=service,
        municipality_ags=place.ags,
        ars=key.ars,
        ars_is_derived=key.is_derived,
        rules_version=rule_set.version,
        targets=[_target(target, room[target.unit_id]) for target in decision.targets],
        unit_id=decision.unit_id,
        manual_reason=decision.manual_reason,
    )


def _target(target: Target, room: Room) -> TargetView:
    return TargetView(
        unit_id=target.unit_id,
        priority=target.priority,
        reason=TitleView(de=target.reason.de, en=target.reason.en),
        rule_id=target.rule_id,
        accepts=room.accepts,
        seats_free=room.capacity.seats_free if room.capacity else None,
        waiting_days=room.capacity.waiting_days if room.capacity else None,
    )


def _regional_key(ags: str | None, ars: str | None) -> RegionalKey:
    return RegionalKey(ars, is_derived=False) if ars else derived_ars(ags or "")


def _split(address: str) -> tuple[str, str]:
    """Street and house number as people write them: "Mühlenstraße 12a"."""
    found = HOUSE_NUMBER.match(address.strip())
    return (found[1], found[2]) if found else (address.strip(), "")
