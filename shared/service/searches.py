"""`POST …/search` beside every list: the same list, asked in the body.

Criteria about people, and lists of values too long for an address, have no place in a URL. The
search runs the endpoint of the list itself: the same rights, the same rows, the same log.
"""

from collections.abc import Iterable

from fastapi import APIRouter, Depends
from fastapi.routing import APIRoute

from shared.web.searches import read_search

OF_EVERY_LIST = frozenset({"first", "after", "sort"})


def searches_of(routers: Iterable[APIRouter]) -> APIRouter:
    """A search for each list of the routers that has none of its own."""
    routes = [one for router in routers for one in router.routes if isinstance(one, APIRoute)]
    taken = {one.path for one in routes if "POST" in (one.methods or ())}
    searches = APIRouter()
    for route in routes:
        path = f"{route.path}/search"
        if "GET" in (route.methods or ()) and _is_list(route) and path not in taken:
            _add(searches, route, path)
    return searches


def _is_list(route: APIRoute) -> bool:
    parameters = (route.openapi_extra or {}).get("parameters", ())
    return {one["name"] for one in parameters} >= OF_EVERY_LIST


def _add(searches: APIRouter, route: APIRoute, path: str) -> None:
    english, _, german = (route.summary or "").partition(" / ")
    searches.add_api_route(
        path,
        route.endpoint,
        methods=["POST"],
        response_model=route.response_model,
        tags=list(route.tags),
        dependencies=[*route.dependencies, Depends(read_search)],
        responses=route.responses,
        summary=f"Search: {english} / Suche: {german}",
        description=(
            f"The list `GET {route.path_format}`, asked in the body; stores nothing and takes no"
            " Idempotency-Key. / Dieselbe Liste, im Rumpf gefragt."
        ),
    )
