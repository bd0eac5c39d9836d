"""Who may see and do what: roles, units, tenants; what is hidden looks like what is not there."""

import re
from typing import Any
from uuid import uuid4

import httpx
import pytest

from services.cases.domain.access import RIGHTS, Right, Role
from tests.services.cases.api.operation_rights import (
    ANYBODY,
    NEEDS,
    NEEDS_FOLLOW_TOO,
    VISIBLE,
    operations,
)
from tests.services.cases.conftest import Person, SignedIn, client_named

ROLE_OF = {
    "waf-case-manager": Role.CASE_MANAGER,
    "waf-team-lead": Role.TEAM_LEAD,
    "waf-coordinator": Role.COORDINATOR,
    "waf-funding-officer": Role.FUNDING_OFFICER,
    "waf-funding-approver": Role.FUNDING_APPROVER,
    "waf-unit-head": Role.UNIT_HEAD,
    "waf-auditor": Role.AUDITOR,
    "waf-dpo": Role.DPO,
    "waf-admin": Role.ADMIN,
    "waf-jobcenter-system": Role.PARTNER,
    "waf-integrator": Role.INTEGRATOR,
}
HIDDEN_FROM = ["waf-b3-officer", "rheine-b3-officer", "waf-abh-system"]
OPEN = {*operations(ANYBODY), *operations(VISIBLE)}
FOLLOWING = {*operations(NEEDS_FOLLOW_TOO)}
GUARDED = {one: right for right, lines in NEEDS.items() for one in operations(lines)}


def test_every_role_but_the_hidden_one_is_walked() -> None:
    assert set(ROLE_OF.values()) | {Role.B3_OFFICER} == set(Role)


@pytest.mark.parametrize("persona", ROLE_OF)
async def test_each_role_reaches_what_its_row_says_and_nothing_else(
    signed_in: SignedIn, persona: str
) -> None:
    """Asked with ids that nobody has and without a body: what is open gets past the right."""
    person = signed_in(persona)
    wrong = {}
    for (method, path), right in GUARDED.items():
        answer = await ask(person, method, path)
        needed = {right, Right.FOLLOW} if (method, path) in FOLLOWING else {right}
        may_enter = needed <= RIGHTS[ROLE_OF[persona]]
        expected = {200, 400, 404, 409, 411, 415, 422, 428} if may_enter else {403}
        if answer.status_code not in expected:
            wrong[method, path] = answer.status_code
    assert wrong == {}
    for method, path in OPEN:
        # A search without a body got past the right.
        assert (await ask(person, method, path)).status_code in {200, 404, 422}


@pytest.mark.parametrize("persona", HIDDEN_FROM)
async def test_hazard_01_to_posts_of_foreigners_authorities_nothing_here_exists(
    signed_in: SignedIn, persona: str
) -> None:
    """R-A2: not forbidden but unknown, before body, version and id are looked at."""
    person = signed_in(persona)
    missing = unlocated((await ask(person, "GET", "/v1/nothing/{id}")).json())
    for method, path in [*GUARDED, *operations(VISIBLE)]:
        answer = await ask(person, method, path)
        assert (answer.status_code, unlocated(answer.json())) == (404, missing), (method, path)


@pytest.mark.parametrize("persona", ["rheine-caritas-case-manager", "st-nobody"])
async def test_a_case_of_another_unit_looks_exactly_like_one_that_does_not_exist(
    anna: Person, signed_in: SignedIn, case: dict[str, Any], persona: str
) -> None:
    if persona == "st-nobody":
        persona = "rheine-lernen-foerdern-case-manager"
    stranger = signed_in(persona)
    nothing = str(uuid4())
    pairs = [
        (f"/v1/cases/{case['id']}", f"/v1/cases/{nothing}"),
        (f"/v1/persons/{case['personId']}", f"/v1/persons/{nothing}"),
        (f"/v1/families/{case['familyId']}", f"/v1/families/{nothing}"),
        (f"/v1/cases/{case['id']}/notes", f"/v1/cases/{nothing}/notes"),
    ]
    for foreign, missing in pairs:
        first = await stranger.get(foreign, status=404)
        second = await stranger.get(missing, status=404)
        assert unlocated(first) == unlocated(second)
    # Neither the version nor the body tells them apart.
    for path in (f"/v1/cases/{case['id']}", f"/v1/cases/{nothing}"):
        problem = await stranger.post(f"{path}/actions/assign", status=404)
        assert problem["code"] == "not-found"
    listed = await stranger.get("/v1/cases", ids=case["id"])
    assert listed["items"] == []


async def test_records_of_another_unit_cannot_be_referred_to(
    anna: Person, signed_in: SignedIn, case: dict[str, Any]
) -> None:
    """A foreign key ignores policies; the operation does not."""
    stranger = signed_in("rheine-caritas-case-manager")
    opening = {"origin": "OUTREACH", "pseudonym": "P", "personId": case["personId"]}
    foreign = await stranger.post("/v1/cases", opening, status=409)
    unknown = await stranger.post("/v1/cases", opening | {"personId": str(uuid4())}, status=409)
    assert foreign["code"] == unknown["code"] == "person-unknown"
    opening = {"origin": "OUTREACH", "pseudonym": "P", "familyId": case["familyId"]}
    assert (await stranger.post("/v1/cases", opening, status=409))["code"] == "family-unknown"
    member = {"personId": case["personId"], "role": "CHILD", "fromOn": "2022-01-01"}
    assert (await stranger.post("/v1/families", {"members": [member]}, status=409))[
        "code"
    ] == "person-unknown"


async def test_the_dpo_finds_every_listed_case_in_the_audit_log(
    anna: Person, signed_in: SignedIn
) -> None:
    """R-L1: each record of a list counts as read; ids only, no name."""
    opened = [
        await anna.post(
            "/v1/cases",
            {"origin": "SELF_CONTACT", "members": [client_named("Prüfmann")]},
        )
        for _ in range(3)
    ]
    ids = sorted(case["id"] for case in opened)
    await anna.get("/v1/cases", ids=",".join(ids))
    persons = sorted(case["personId"] for case in opened)
    await anna.get("/v1/persons", ids=",".join(persons))

    log = (await signed_in("waf-dpo").get("/v1/audit-entries", action="read", first="5"))["items"]
    found = {entry["recordKind"]: entry for entry in log if len(entry["recordIds"]) == 3}
    assert sorted(found["case"]["recordIds"]) == ids
    assert sorted(found["person"]["recordIds"]) == persons
    assert found["case"]["actor"].endswith("|waf-case-manager")
    assert found["case"]["unitId"] == "waf-cm"
    assert "Prüfmann" not in str(log)


async def test_e10_the_audit_log_says_which_members_of_a_case_were_read(
    anna: Person, signed_in: SignedIn, case: dict[str, Any]
) -> None:
    asked = {"filters": {"id[in]": [case["id"]]}, "fields": ["state", "version"]}
    await anna.get("/v1/cases", ids=case["id"], fields="state,version")
    await anna.post("/v1/cases/search", asked, status=200)
    await anna.get(f"/v1/cases/{case['id']}")
    dpo = signed_in("waf-dpo")
    log = await dpo.get("/v1/audit-entries", action="read", recordId=case["id"], first="3")
    whole, searched, listed = [(entry["members"], entry["changes"]) for entry in log["items"]]
    assert whole == (None, None)
    assert searched == listed
    assert (sorted(listed[0]), listed[1]) == (["id", "state", "version"], None)
    # What a change did is told as ever, and names no members.
    made = await dpo.get("/v1/audit-entries", action="open-case", recordId=case["id"])
    assert [(entry["members"], bool(entry["changes"])) for entry in made["items"]] == [(None, True)]


async def ask(person: Person, method: str, path: str) -> httpx.Response:
    concrete = re.sub(r"\{[^}]+\}", str(uuid4()), path)
    return await person.client.request(method, concrete, headers=authorised(person))


def authorised(person: Person) -> dict[str, str]:
    return {"Authorization": f"Bearer {person.token}", "Idempotency-Key": uuid4().hex}


def unlocated(problem: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in problem.items() if key not in {"instance", "requestId"}}
