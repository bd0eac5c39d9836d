"""Ask every operation that reads for everything that is known."""

import re
from itertools import cycle, product
from typing import Any

import httpx

from tests.services.referrals.channels.registry import (
    LINK_PAGES,
    OUTSIDE_THE_CONTRACT,
    is_free,
    parameters,
    reads,
)
from tests.services.referrals.channels.world import INTEGRATOR, MACHINE, OFFICER, SENDER, World

PAGE = 100
PAGES_MAX = 50
IDS_MAX = 3  # of what no walk has made itself
# What the places of a path stand for where no walk has made one.
KNOWN = {
    "name": ["topics"],
    "mode": ["ZUSTEUERUNG_OUT"],
    "version": ["1"],
    "service_code": ["RESIDENCE_APPLICATION"],
    "organization_id": [],
    "service_id": [],
    "token": ["nobody-has-made-it"],
}
# Places that take the same ids under another name: access is explained of a referral.
SAME = {"record_id": "referral_id"}
ROUTING = {"service": "RESIDENCE_APPLICATION", "ags": "05570044"}


async def sweep(world: World, *only: str) -> None:
    """Each operation for each id: asked by the authority, now by its person, now by its system;
    what is free of content by another unit's person or system, too.
    """
    turn = cycle([(OFFICER, SENDER), (MACHINE, INTEGRATOR), (OFFICER, INTEGRATOR)])
    for method, path in reads(world.app.openapi()):
        if only and path not in only:
            continue
        operation = world.app.openapi()["paths"][path][method.lower()]
        for place in places(world, path):
            authority, other = next(turn)
            await _ask(world, authority, method, place, operation)
            if is_free(path) and method == "GET":
                await _ask(world, other, method, place, operation)
    for path in OUTSIDE_THE_CONTRACT:
        world.hear_free(path, (await world.http.get(path)).content)
    for template in sorted(LINK_PAGES):
        for path in places(world, template):
            world.hear_free(path, (await world.http.get(path)).content)


def places(world: World, path: str) -> list[str]:
    names = parameters(path)
    known = [world.ids.get(SAME.get(name, name)) or KNOWN.get(name, []) for name in names]
    return [path.format(**dict(zip(names, values, strict=True))) for values in product(*known)]


async def _ask(
    world: World, caller: str, method: str, path: str, operation: dict[str, Any]
) -> None:
    headers = {"Authorization": f"Bearer {world.token_for(caller)}"}
    takes = {one["name"] for one in operation.get("parameters", ())}
    if method == "POST":
        await world.http.post(path, json={"first": PAGE}, headers=headers)
        return
    query = ROUTING if path == "/v1/routing" else {}
    if "first" in takes:
        query = query | {"first": str(PAGE)}
    after = world.read_until.get((caller, path))
    for _ in range(PAGES_MAX):
        answer = await world.http.get(
            path, params=query | ({"after": after} if after else {}), headers=headers
        )
        _learn(world, path, answer)
        after = _next(answer)
        if after is None:
            return
        if path in {"/v1/events", "/v1/changes"}:
            world.read_until[caller, path] = after


def _next(answer: httpx.Response) -> str | None:
    """The cursor of the page after a full one."""
    if not answer.is_success or b'"nextCursor"' not in answer.content:
        return None
    page = answer.json()
    return page["nextCursor"] if len(page["items"]) == PAGE else None


def _learn(world: World, path: str, answer: httpx.Response) -> None:
    """The ids of a list, for the operation that reads one of them."""
    below = [one for one in world.app.openapi()["paths"] if re.fullmatch(rf"{path}/{{\w+}}", one)]
    if not below or not answer.is_success or b'"items"' not in answer.content:
        return
    [parameter] = parameters(below[0])
    for item in answer.json()["items"][:IDS_MAX]:
        if "id" in item:
            world.note(parameter, item["id"])
