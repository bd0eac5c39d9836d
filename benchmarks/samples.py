"""What the requests are made of: tokens, and records that are there; agencies where none are."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from benchmarks.system import System
from deploy.local.demo.agencies import agencies_are_there, load_agencies
from deploy.local.demo.client import Client
from deploy.local.demo.papers import paper
from shared.database.cursors import write_cursor

CASE_MANAGER: Final = "waf-case-manager"
RECIPIENT: Final = "rheine-caritas-case-manager"
COORDINATOR: Final = "waf-coordinator"
SENDER: Final = "st-jobcenter-system"
SENDERS_TENANT: Final = "05566"
SAMPLES: Final = 500
AT_ONCE: Final = 8


@dataclass(frozen=True, slots=True)
class Samples:
    """Ids of cases, family names, and the cursor of the last but one page of 100 cases."""

    case_ids: Sequence[str]
    names: Sequence[str]
    deep_cursor: str


def take(system: System) -> Samples:
    """Of a running system. Raises NotAnswered, SignInRefused."""
    return asyncio.run(_take(system))


async def _take(system: System) -> Samples:
    settings = system.installation.settings
    async with Client(settings) as client:
        for tenant in paper("units")["tenants"]:
            if tenant["id"] == SENDERS_TENANT and not await agencies_are_there(client, tenant):
                await load_agencies(client, tenant)
        cases = await _all(client, "/v1/cases", "id")
        people = await _all(client, "/v1/persons", "id,familyName")
        oldest = await client.get(
            CASE_MANAGER, "cases", "/v1/cases", first="100", sort="openedOn", fields="id,openedOn"
        )
    last = oldest.accepted["items"][-1]
    return Samples(
        case_ids=[one["id"] for one in cases],
        names=sorted({one["familyName"] for one in people}),
        deep_cursor=write_cursor(last["openedOn"], last["id"]),
    )


async def _all(client: Client, path: str, fields: str) -> list[Any]:
    """The first some records of a list."""
    found: list[Any] = []
    after: dict[str, str] = {}
    while len(found) < SAMPLES:
        answer = await client.get(CASE_MANAGER, "cases", path, first="100", fields=fields, **after)
        found += answer.accepted["items"]
        if answer.document["nextCursor"] is None:
            break
        after = {"after": answer.document["nextCursor"]}
    return found


def token_of(system: System, persona: str) -> str:
    """A new one: they live for minutes, and a run may take longer."""

    async def fetched() -> str:
        async with Client(system.installation.settings) as client:
            return await client.token(persona)

    return asyncio.run(fetched())


def new_cases(system: System, count: int) -> list[str]:
    """Ids of so many cases that were just requested, for commands that each case takes once."""
    return asyncio.run(_new_cases(system, count))


async def _new_cases(system: System, count: int) -> list[str]:
    body = {
        "origin": "SELF_CONTACT",
        "pseudonym": "Messung",
        "municipalityAgs": "05570004",
        "isAreaResolved": True,
    }
    made: list[str] = []
    async with Client(system.installation.settings) as client:
        while len(made) < count:
            keys = [f"bench-{uuid4()}" for _ in range(min(AT_ONCE, count - len(made)))]
            sent = (client.create(CASE_MANAGER, "cases", "/v1/cases", body, key=k) for k in keys)
            made += [one["id"] for one in await asyncio.gather(*sent)]
    return made
