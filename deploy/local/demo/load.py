"""`python -m deploy.local.demo.load`: the demonstration data, through the published interfaces.

Everything is sent as the person or system that would send it, so that what is loaded has passed
the same rules as everything else. A second start finds all of it and changes nothing.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

from deploy.local.demo.agencies import agencies_are_there, load_agencies
from deploy.local.demo.client import Client, NotAnswered
from deploy.local.demo.counselling import bind_staff, load_families
from deploy.local.demo.funding import Funding
from deploy.local.demo.funding_papers import (
    load_aachen,
    load_bergisch_gladbach,
    load_programme,
    load_rheine,
    load_warendorf,
)
from deploy.local.demo.papers import paper
from deploy.local.settings import LocalSettings
from deploy.local.sign_in import SignInRefused

FUNDING_OF: dict[str, Callable[[Funding], Awaitable[None]]] = {
    "05570": load_warendorf,
    "05566": load_rheine,
    "05334": load_aachen,
    "05378": load_bergisch_gladbach,
}


async def load(settings: LocalSettings) -> None:
    """Raises NotAnswered, SignInRefused."""
    began = time.monotonic()
    async with Client(settings) as client, asyncio.TaskGroup() as together:
        for tenant in paper("units")["tenants"]:
            together.create_task(_load_directory(client, tenant))
            together.create_task(_load_funding(client, tenant))
        together.create_task(_load_counselling(client))
    _say(f"Demonstration data complete after {time.monotonic() - began:.1f} s.")


async def _load_directory(client: Client, tenant: dict[str, Any]) -> None:
    if await agencies_are_there(client, tenant):
        _say(f"  {tenant['name_de']}: directory and routing rules are there")
        return
    await load_agencies(client, tenant)
    _say(f"  {tenant['name_de']}: directory and routing rules loaded")


async def _load_funding(client: Client, tenant: dict[str, Any]) -> None:
    funding = Funding(client, tenant)
    await load_programme(funding)
    await FUNDING_OF[tenant["id"]](funding)
    _say(f"  {tenant['name_de']}: funding records {_told(funding.created)}")


async def _load_counselling(client: Client) -> None:
    _say(f"  Case managers {_told(await bind_staff(client))}")
    _say(f"  Kreis Warendorf: families {_told(await load_families(client))}")


def _told(created: int) -> str:
    return f"loaded, {created} new" if created else "are there"


def _say(line: str) -> None:
    print(line, flush=True)


def reported(program: Callable[[LocalSettings], Awaitable[None]]) -> int:
    """Run a program against the installation of the environment; its exit code.

    What a part refuses or does not answer is told in its own words, without a traceback.
    """
    try:
        asyncio.run(_awaited(program(LocalSettings())))
    except (NotAnswered, SignInRefused) as failure:
        print(failure, file=sys.stderr)
    except ExceptionGroup as failures:
        expected, others = failures.split((NotAnswered, SignInRefused))
        if others is not None or expected is None:
            raise
        for one in expected.exceptions:
            print(one, file=sys.stderr)
    else:
        return 0
    return 1


async def _awaited(running: Awaitable[None]) -> None:
    await running


def main() -> int:
    return reported(load)


if __name__ == "__main__":
    sys.exit(main())
