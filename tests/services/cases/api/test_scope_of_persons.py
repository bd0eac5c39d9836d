"""Persons, families, feeds and files show under an access scope what the list of cases shows."""

from typing import Any

import pytest

from shared.database.connection import Database
from shared.objects.store import Objects
from tests.names import invented
from tests.services.cases.api import test_access_scopes, test_job_files
from tests.services.cases.api.test_access_scopes import CONFIDENTIAL, Set
from tests.services.cases.api.test_case_types import published
from tests.services.cases.api.test_erased_in_changes import changes_since
from tests.services.cases.api.test_job_files import file_of
from tests.services.cases.conftest import Person, SignedIn, actor_of, client_named, today

admin, bernds, narrow = (
    test_access_scopes.admin,
    test_access_scopes.bernds,
    test_access_scopes.narrow,
)
files = test_job_files.files


@pytest.fixture
async def hers(anna: Person) -> dict[str, Any]:
    """A case of Anna's with a family of two, and where the feeds stood before."""
    cursor = (await changes_since(anna, ""))[-1:]
    name = invented("Umfang")
    child = {"role": "CHILD", "person": {"familyName": name, "givenNames": "Danylo"}}
    opening = {
        "origin": "SELF_CONTACT",
        "municipalityAgs": "05570044",
        "isAreaResolved": True,
        "members": [client_named(name), child],
    }
    case: dict[str, Any] = await anna.post("/v1/cases", opening)
    await anna.act(case["id"], "assign")
    family = await anna.get(f"/v1/families/{case['familyId']}")
    members = [one["personId"] for one in family["members"]]
    return case | {
        "name": name,
        "child": next(one for one in members if one != case["personId"]),
        "before": cursor[0]["cursor"] if cursor else "",
    }


async def ways(who: Person, case: dict[str, Any]) -> dict[str, bool]:
    """Whether each way shows the case or somebody of its family."""
    found: dict[str, bool] = {}
    for name, path in {
        "case": f"/v1/cases/{case['id']}",
        "client": f"/v1/persons/{case['personId']}",
        "child": f"/v1/persons/{case['child']}",
        "family": f"/v1/families/{case['familyId']}",
        "status": f"/v1/persons/{case['child']}/timeline",
        "explained": f"/v1/access-explanations/{case['personId']}",
    }.items():
        answer = await who.client.get(path, headers={"Authorization": f"Bearer {who.token}"})
        assert answer.status_code in {200, 404}, answer.text
        found[name] = answer.status_code == 200
    for name, key in {"cases": "id", "persons": "personId", "families": "familyId"}.items():
        listed = await who.get(f"/v1/{name}", **{"id[in]": case[key]})
        found[name] = bool(listed["items"])
    searched = await who.post("/v1/persons/search", {"name": case["name"]}, status=200)
    found["search"] = case["child"] in str(searched["items"])
    told = {one["id"] for one in await changes_since(who, case["before"])}
    found["changes"] = bool({case["id"], case["personId"], case["familyId"]} & told)
    return found


async def shows(who: Person, case: dict[str, Any]) -> bool:
    found = await ways(who, case)
    assert len(set(found.values())) == 1, found
    return found["case"]


async def test_what_the_list_of_cases_does_not_show_nothing_else_shows(
    anna: Person, bernd: Person, signed_in: SignedIn, hers: dict[str, Any], narrow: Set
) -> None:
    """Scope × case type, through every read that leads to a case, a person or a family."""
    actor = await actor_of(anna, "|waf-case-manager")
    other = (await published(signed_in("waf-coordinator")))["code"]
    own = (await anna.get(f"/v1/cases/{hers['id']}"))["caseType"]["code"]
    for is_shown, scope, more in (
        (False, "ASSIGNED", {}),
        (True, "TEAM", {"colleagues": [actor]}),
        (False, "TEAM", {"colleagues": ["urn:test|somebody"]}),
        (True, "AGENCY", {"caseTypes": [own, other]}),
        (False, "AGENCY", {"caseTypes": [other]}),
        (False, "TEAM", {"colleagues": [actor], "caseTypes": [other]}),
        (True, "AGENCY", {"confidentialityMax": "NORMAL"}),
    ):
        await narrow(scope, **more)
        assert await shows(bernd, hers) is is_shown, (scope, more)
    assert await shows(anna, hers)


async def test_who_has_no_case_yet_is_seen_so_that_somebody_opens_one(
    bernd: Person, narrow: Set
) -> None:
    await narrow("ASSIGNED")
    person = await bernd.post("/v1/persons", client_named(invented("Neu"))["person"])
    assert (await bernd.get(f"/v1/persons/{person['id']}"))["id"] == person["id"]


async def test_a_file_and_the_events_hold_what_the_list_shows(
    anna: Person,
    bernd: Person,
    hers: dict[str, Any],
    narrow: Set,
    pool: Database,
    files: Objects,
) -> None:
    await narrow("ASSIGNED")
    mine = {"kind": "cases", "filters": {"id[in]": [hers["id"]]}}
    assert list(await file_of(anna, pool, files, **mine)) == [hers["id"]]
    assert await file_of(bernd, pool, files, **mine) == {}
    assert hers["child"] in await file_of(anna, pool, files, kind="persons")
    assert hers["child"] not in await file_of(bernd, pool, files, kind="persons")
    for who, is_told in ((anna, True), (bernd, False)):
        events = await who.get("/v1/events", subject=hers["id"])
        assert bool(events["items"]) is is_told


async def test_what_is_out_of_scope_is_unknown_to_writers_as_well(
    anna: Person, bernd: Person, hers: dict[str, Any], narrow: Set
) -> None:
    await narrow("ASSIGNED")
    before = await anna.get(f"/v1/cases/{hers['id']}")
    case, version = f"/v1/cases/{hers['id']}", before["version"]
    await bernd.send("POST", f"{case}/actions/hand-over", {}, version=version, status=404)
    await bernd.post(f"{case}/notes", CONFIDENTIAL | {"heldOn": today()}, status=404)
    member = {"personId": hers["child"], "role": "CHILD", "fromOn": today()}
    await bernd.post(f"/v1/families/{hers['familyId']}/members", member, status=404)
    languages = f"/v1/persons/{hers['child']}/languages"
    await bernd.send("PUT", languages, {"languages": []}, version=1, status=404)
    assert await anna.get(f"/v1/cases/{hers['id']}") == before
