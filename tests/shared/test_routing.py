"""Routers are passed over by the look of a path: never one that would have answered."""

import re
from collections.abc import Callable, Iterator

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import Match

from services.cases.main import create_app as cases
from services.cases.settings import Settings as CasesSettings
from services.funding.main import create_app as funding
from services.funding.settings import Settings as FundingSettings
from services.referrals.main import create_app as referrals
from services.referrals.settings import Settings as ReferralsSettings
from shared.web.routing import SelectiveRouter, keys_of, may_be_among

SAMPLE = "018f0000-0000-7000-8000-000000000001"
APPS: dict[str, Callable[[], FastAPI]] = {
    "cases": lambda: cases(CasesSettings()),
    "funding": lambda: funding(FundingSettings()),
    "referrals": lambda: referrals(ReferralsSettings()),
}


def operations(app: FastAPI) -> Iterator[tuple[str, str]]:
    for route in iter_route_contexts(app.routes):
        for method in route.methods or ():
            yield method, re.sub(r"\{[^}]*\}", SAMPLE, str(route.path))


def answering(app: FastAPI, method: str, path: str) -> list[int]:
    """The places of the routers that would answer."""
    scope = {"type": "http", "method": method, "path": path, "root_path": "", "headers": []}
    routes = enumerate(app.routes)
    return [place for place, route in routes if route.matches(scope)[0] is Match.FULL]


@pytest.mark.parametrize("service", APPS)
def test_every_operation_is_answered_by_the_router_that_answered_without_the_shortcut(
    service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = APPS[service]()
    asked = list(operations(app))
    assert len(asked) > 50
    found = [answering(app, method, path) for method, path in asked]
    monkeypatch.setattr(SelectiveRouter, "matches", APIRouter.matches)
    assert found == [answering(app, method, path) for method, path in asked]
    assert all(found)


def test_a_parameter_at_a_place_leaves_that_place_open() -> None:
    keys = keys_of(["/v1/cases/{id}/notes", "/v1/offers/{id}/{kind}"])
    assert keys is not None
    assert may_be_among(keys, "/v1/cases/1/notes")
    assert may_be_among(keys, "/v1/cases/1/notes/2")
    assert may_be_among(keys, "/v1/offers/1/anything")
    assert not may_be_among(keys, "/v1/cases/1")
    assert not may_be_among(keys, "/v1/cases/1/tasks")
    assert not may_be_among(keys, "/v1/persons/1/notes")


@pytest.mark.parametrize("path", ["/{tenant}/cases", "/v1/{kind}", "/files/{name:path}"])
def test_where_a_path_may_begin_with_anything_all_routes_are_looked_through(path: str) -> None:
    assert keys_of(["/v1/cases", path]) is None
