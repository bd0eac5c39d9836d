"""Who may see and do what: roles, units, tenants; what is hidden looks like what is not there."""

from typing import Any
from uuid import uuid4

import pytest

from tests.services.cases.conftest import Person, SignedIn, client_named

CONTENT = [
    ("GET", "/v1/cases"),
    ("GET", "/v1/cases/{case}"),
    ("POST", "/v1/cases"),
    ("POST", "/v1/cases/{case}/actions/assign"),
    ("PUT", "/v1/cases/{case}/particulars"),
    ("POST", "/v1/cases/{case}/notes"),
    ("GET", "/v1/cases/{case}/notes"),
    ("GET", "/v1/cases/{case}/consents"),
    ("GET", "/v1/cases/{case}/plan-versions"),
    ("POST", "/v1/cases/{case}/double-care-checks"),
    ("GET", "/v1/persons"),
    ("GET", "/v1/persons/{person}"),
    ("GET", "/v1/persons/{person}/legacy-name"),
    ("POST", "/v1/persons/search"),
    ("GET", "/v1/persons/{person}/duplicate-candidates"),
    ("GET", "/v1/persons/{person}/merges"),
    ("POST", "/v1/persons/{person}/actions/merge"),
    ("POST", "/v1/persons/{person}/actions/unmerge"),
    ("PUT", "/v1/persons/{person}/contact-points"),
    ("PUT", "/v1/persons/{person}/addresses"),
    ("PUT", "/v1/persons/{person}/languages"),
    ("PUT", "/v1/persons/{person}/legal-representatives"),
    ("PUT", "/v1/persons/{person}/disputes"),
    ("PUT", "/v1/persons/{person}/restriction"),
    ("GET", "/v1/families"),
    ("GET", "/v1/persons/{person}/provenance"),
    ("GET", "/v1/cases/{case}/provenance"),
    ("GET", "/v1/persons/by-external/lissa/1"),
    ("GET", "/v1/cases/by-external/lissa/1"),
]
DELIVERIES = [
    ("POST", "/v1/imports/cases"),
    ("PUT", "/v1/persons/by-external/lissa/1"),
    ("PUT", "/v1/cases/by-external/lissa/1"),
    ("GET", "/v1/imports"),
    ("POST", "/v1/imports"),
    ("GET", "/v1/imports/{case}"),
    ("PUT", "/v1/imports/{case}/content"),
    ("GET", "/v1/imports/{case}/report"),
    ("POST", "/v1/imports/{case}/actions/cancel"),
    ("GET", "/v1/import-mappings"),
    ("GET", "/v1/import-mappings/lissa"),
    ("PUT", "/v1/import-mappings/lissa"),
]
FIGURES = [("GET", "/v1/reports/case-statistics")]
EXTRACTS = [("GET", "/v1/reports/case-extracts")]
STAFF = [("GET", "/v1/staff-members"), ("PUT", "/v1/staff-members")]
AUDIT = [("GET", "/v1/audit-entries")]
EVERYTHING = CONTENT + DELIVERIES + FIGURES + EXTRACTS + STAFF + AUDIT

# What each role gets; everything else is forbidden to it.
OPEN_TO = {
    "waf-team-lead": FIGURES + EXTRACTS + STAFF,
    "waf-coordinator": FIGURES,
    "waf-funding-officer": FIGURES,
    "waf-funding-approver": FIGURES,
    "waf-unit-head": FIGURES,
    "waf-auditor": FIGURES,
    "waf-dpo": AUDIT,
    "waf-admin": [],
    "waf-jobcenter-system": [],
    "waf-abh-system": [],
    "waf-integrator": DELIVERIES,
}
HIDDEN_FROM = ["waf-b3-officer", "rheine-b3-officer", "waf-abh-system"]


@pytest.mark.parametrize(("method", "path"), EVERYTHING)
@pytest.mark.parametrize("persona", [p for p in OPEN_TO if p not in HIDDEN_FROM])
async def test_each_role_reaches_what_its_row_says_and_nothing_else(
    signed_in: SignedIn, case: dict[str, Any], persona: str, method: str, path: str
) -> None:
    person = signed_in(persona)
    concrete = path.format(case=case["id"], person=case["personId"])
    answer = await person.client.request(method, concrete, headers=authorised(person))
    is_open = (method, path) in OPEN_TO[persona]
    assert (answer.status_code != 403) is is_open, answer.text
    if is_open:
        assert answer.status_code in {200, 404, 422}


@pytest.mark.parametrize(("method", "path"), EVERYTHING)
@pytest.mark.parametrize("persona", HIDDEN_FROM)
async def test_h1_to_posts_of_foreigners_authorities_nothing_here_exists(
    signed_in: SignedIn, case: dict[str, Any], persona: str, method: str, path: str
) -> None:
    """R-A2: not forbidden but unknown, before body, version and id are looked at."""
    person = signed_in(persona)
    concrete = path.format(case=case["id"], person=case["personId"])
    answer = await person.client.request(method, concrete, headers=authorised(person))
    missing = await person.client.request(
        "GET", f"/v1/nothing/{uuid4()}", headers=authorised(person)
    )
    assert answer.status_code == 404
    assert unlocated(answer.json()) == unlocated(missing.json())


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


def authorised(person: Person) -> dict[str, str]:
    return {"Authorization": f"Bearer {person.token}", "Idempotency-Key": uuid4().hex}


def unlocated(problem: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in problem.items() if key not in {"instance", "requestId"}}
