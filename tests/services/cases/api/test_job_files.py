"""A file of persons or cases shows no more than the list does to the same person."""

from pathlib import Path
from typing import Any

import orjson
import pytest
from fastapi import FastAPI

from services.cases.api.exports import JOBS
from shared.database.connection import Database
from shared.jobs.running import JobTerms, Runner
from shared.jobs.serving import JobServing
from shared.kernel.clock import now
from shared.objects.store import Objects
from tests.apis import bearer
from tests.services.cases.api.test_persons_in_full import HOME, invented, keep
from tests.services.cases.api.test_restricted_persons import AGS, opened
from tests.services.cases.conftest import Person, client_named


@pytest.fixture
def files(app: FastAPI, tmp_path: Path) -> Objects:
    found = Objects(str(tmp_path))
    app.state.job_files = found
    return found


async def file_of(who: Person, pool: Database, files: Objects, **body: Any) -> dict[str, Any]:
    """What somebody's file has, by id."""
    job = await who.post("/v1/jobs", {"format": "NDJSON"} | body)
    runner = Runner(JOBS, pool, files, JobTerms(rows_max=10_000, keep_days=7), now)
    serving = JobServing(JOBS, pool, files, runner, now)
    await serving.begin()
    while serving.at_work:
        await serving.finish()
        await serving.begin()
    assert (await who.get(f"/v1/jobs/{job['id']}"))["state"] == "DONE"
    answer = await who.client.get(f"/v1/jobs/{job['id']}/result", headers=bearer(who.token))
    assert answer.status_code == 200
    return {item["id"]: item for item in map(orjson.loads, answer.content.splitlines())}


async def test_masked_fields_stay_masked_and_restricted_records_do_not_show(
    anna: Person, bernd: Person, pool: Database, files: Objects
) -> None:
    """Anna is in charge of a restricted person; Bernd, of the same unit, is not released."""
    case = await opened(anna, members=[client_named(invented("Sperr"))])
    case = await anna.act(case["id"], "assign")
    person = await anna.get(f"/v1/persons/{case['personId']}")
    await keep(anna, person, "addresses", {"addresses": [HOME]})
    await keep(anna, person, "restriction", {"isRestricted": True})
    for who, is_released in ((anna, True), (bernd, False)):
        persons = await file_of(who, pool, files, kind="persons")
        listed = await who.get("/v1/persons", **{"id[in]": person["id"]})
        shown = [persons[person["id"]]] if person["id"] in persons else []
        assert (HOME["street"] in str(shown)) is is_released
        if shown:
            assert shown == listed["items"]
        cases = await file_of(who, pool, files, kind="cases", filters={"id[in]": [case["id"]]})
        assert (AGS in str(cases[case["id"]])) is is_released
        listed = await who.get("/v1/cases", personId=person["id"], fields="id,municipalityAgs")
        assert cases[case["id"]]["municipalityAgs"] == listed["items"][0]["municipalityAgs"]
    found = {one["id"] for one in (await bernd.get("/v1/persons", first="100"))["items"]}
    assert person["id"] not in found
    assert person["id"] not in await file_of(bernd, pool, files, kind="persons")


async def test_each_list_asks_for_its_own_right(
    anna: Person, signed_in: Any, pool: Database, files: Objects
) -> None:
    lead, coordinator = signed_in("waf-team-lead"), signed_in("waf-coordinator")
    for who in (lead, coordinator):
        refused = await who.post("/v1/jobs", {"kind": "persons", "format": "CSV"}, status=403)
        assert refused["code"] == "not-permitted"
    assert await file_of(lead, pool, files, kind="staff-members")
    await coordinator.post("/v1/jobs", {"kind": "offers", "format": "CSV"})
    blind = signed_in("waf-b3-officer")
    await blind.post("/v1/jobs", {"kind": "case-types", "format": "CSV"}, status=404)
    assert await file_of(anna, pool, files, kind="case-types")
