"""Every export of the service, asked for by the authority, made and fetched."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx

from services.referrals.api.integration import INTEGRATION
from shared.jobs.running import JobTerms, Runner
from shared.jobs.serving import JobServing
from shared.kernel.clock import now
from tests.services.referrals.channels.world import MACHINE, OFFICER, SENDER, World


async def export_everything(world: World) -> int:
    """Each list as a file, for the authority's person and its system; a colleague of the sender
    asks for one, too, which neither of them may fetch. Gives how many files the authority has got.
    """
    kinds = [kind.name for kind in INTEGRATION.jobs.kinds] if INTEGRATION.jobs else []
    asked = [(caller, kind) for caller in (OFFICER, MACHINE) for kind in kinds]
    jobs: dict[str, str] = {}
    for caller, kind in [*asked, (SENDER, "referrals")]:
        made = await _ask(world, caller, kind)
        if made is not None:
            jobs[made] = caller
    assert SENDER in jobs.values()
    await _work(world)
    fetched = 0
    for job_id, owner in jobs.items():
        for caller in (OFFICER, MACHINE):
            found = await _get(world, caller, f"/v1/jobs/{job_id}")
            result = await _get(world, caller, f"/v1/jobs/{job_id}/result")
            is_own = caller == owner
            assert (found.is_success, result.is_success) == (is_own, is_own), found.text
            fetched += is_own
    return fetched


async def _ask(world: World, caller: str, kind: str) -> str | None:
    """None where the list is not the caller's to see."""
    headers = _as(world, caller) | {"Idempotency-Key": str(uuid4())}
    body = {"kind": kind, "format": "NDJSON"}
    made = await world.http.post("/v1/jobs", json=body, headers=headers)
    if made.status_code == httpx.codes.FORBIDDEN:
        return None
    assert made.status_code == httpx.codes.CREATED, made.text
    document: Mapping[str, Any] = made.json()
    return str(document["id"])


async def _work(world: World) -> None:
    """As the worker does it."""
    state = world.app.state
    assert INTEGRATION.jobs is not None
    terms = JobTerms(rows_max=10_000, keep_days=7)
    runner = Runner(INTEGRATION.jobs, state.database, state.job_files, terms, now)
    serving = JobServing(INTEGRATION.jobs, state.database, state.job_files, runner, now)
    await serving.begin()
    while serving.at_work:
        await serving.finish()
        await serving.begin()


async def _get(world: World, caller: str, path: str) -> httpx.Response:
    return await world.http.get(path, headers=_as(world, caller))


def _as(world: World, caller: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {world.token_for(caller)}"}
