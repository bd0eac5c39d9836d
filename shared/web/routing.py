"""Which router to ask: a service has some forty, and each looked through all of its routes."""

from collections.abc import Iterable
from typing import Final

from fastapi import APIRouter
from starlette.routing import Match
from starlette.types import Scope

# `/v1/cases` of `/v1/cases/{case_id}/notes`, and `notes`: by these two most routers differ.
HEAD_SEGMENTS: Final = 3
PART: Final = 4


class SelectiveRouter(APIRouter):
    """The routes of another router, looked through only for paths that one of them can have.

    A parameter at one of the two places could be anything there: then that place says nothing.
    """

    def __init__(self, router: APIRouter) -> None:
        super().__init__()
        self.routes.extend(router.routes)
        self._keys = keys_of(str(getattr(route, "path", "{}")) for route in router.routes)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if self._keys is not None and not may_be_among(self._keys, scope["path"]):
            return Match.NONE, {}
        return super().matches(scope)


def keys_of(paths: Iterable[str]) -> frozenset[str] | None:
    """What `may_be_among` looks up; None where a path may begin with anything."""
    keys = set()
    for path in paths:
        head, part = _places(path)
        if "{" in head or ":path}" in path:
            return None
        keys.add(head if "{" in part else f"{head} {part}")
    return frozenset(keys)


def may_be_among(keys: frozenset[str], path: str) -> bool:
    """False only for a path that none of the routes has."""
    head, part = _places(path)
    return f"{head} {part}" in keys or head in keys


def _places(path: str) -> tuple[str, str]:
    segments = path.split("/", PART + 1)
    return "/".join(segments[:HEAD_SEGMENTS]), segments[PART] if len(segments) > PART else ""
