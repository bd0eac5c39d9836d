"""A plain `def` in the way of a request runs on a thread: dearer than all that it does there."""

import importlib
from collections.abc import Iterable, Iterator
from inspect import isasyncgenfunction, iscoroutinefunction, isfunction
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute


@pytest.mark.parametrize("service", ["cases", "funding", "referrals"])
def test_no_endpoint_and_no_dependency_occupies_a_thread(service: str) -> None:
    settings = importlib.import_module(f"services.{service}.settings").Settings()
    app = importlib.import_module(f"services.{service}.main").create_app(settings)

    of_all = {one.dependency for one in app.router.dependencies}
    asked = of_all | {
        one.call
        for route in _routes(app.routes)
        for one in _in_the_way(route.dependant)
        if one.call
    }

    assert of_all
    assert len(asked) > len(app.openapi()["paths"])
    assert {f"{one.__module__}.{one.__qualname__}" for one in asked if _is_plain(one)} == set()


def _routes(routes: Iterable[Any]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif router := getattr(route, "original_router", None):
            yield from _routes(router.routes)


def _in_the_way(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for one in dependant.dependencies:
        yield from _in_the_way(one)


def _is_plain(asked: Any) -> bool:
    """Neither `async def` nor an object with an `async def __call__`."""
    called = asked if isfunction(asked) else type(asked).__call__
    return not (iscoroutinefunction(called) or isasyncgenfunction(called))
