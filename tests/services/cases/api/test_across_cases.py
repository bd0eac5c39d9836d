"""Parts of several cases in one call: the same rows as case by case, and no others."""

from typing import Any
from uuid import uuid4

import pytest

from services.cases.api.across_cases import LISTS
from services.cases.api.schemas.cases import CaseView
from services.cases.api.schemas.plans import PlanPage
from tests.services.cases.api.test_reading import check
from tests.services.cases.conftest import Person, SignedIn, client_named, consent_for, today

ENTRUSTED = {"kind": "CONVERSATION", "text": "Vertrauliches Gespräch.", "heldOn": today()}
CONTACT = {
    "kind": "PHONE", "heldOn": today(), "minutes": 20, "language": "ukr", "outcome": "ADVISED",
}  # fmt: skip
ASSESSMENT = {
    "fieldOfAction": "HOUSING", "need": "HIGH", "situation": "Zu klein.", "resources": "Keine.",
    "hasClientTakenPart": True, "assessedOn": today(),
}  # fmt: skip
CONFERENCE = {
    "heldOn": today(), "topics": ["HOUSING"], "extract": "Eine Familie sucht eine Wohnung.",
    "isTextChecked": True,
    "participants": [
        {"unit": "waf-cm", "unitType": "CM_TEAM", "basis": "OWN_UNIT", "fieldsDisclosed": []}
    ],
}  # fmt: skip
PARTS: dict[str, tuple[str, dict[str, Any]]] = {
    "contacts": ("contacts", CONTACT),
    "tasks": ("tasks", {"title": "Antrag", "dueOn": today()}),
    "flags": ("flags", {"code": "DEADLINE", "severity": "WARNING", "reason": "Frist"}),
    "notes": ("notes", {"kind": "FILE", "text": "Termin verschoben.", "heldOn": today()}),
    "documents": ("documents", {"title": "Bescheid", "kind": "DECISION"}),
    "assessment-entries": ("assessment-entries", ASSESSMENT),
    "case-conferences": ("conferences", CONFERENCE),
}


@pytest.fixture
async def cases_of_anna(anna: Person) -> list[dict[str, Any]]:
    opening = {"origin": "SELF_CONTACT", "isAreaResolved": True}
    found = []
    for _ in range(3):
        case = await anna.post("/v1/cases", opening | {"members": [client_named("Kowalenko")]})
        found.append(await anna.act(case["id"], "assign"))
    return found


@pytest.mark.parametrize("name", PARTS)
async def test_a_list_of_parts_holds_the_parts_of_the_cases_that_are_named(
    anna: Person, signed_in: SignedIn, cases_of_anna: list[dict[str, Any]], name: str
) -> None:
    nested, body = PARTS[name]
    for case in cases_of_anna:
        await anna.post(f"/v1/cases/{case['id']}/{nested}", body)
    asked = [case["id"] for case in cases_of_anna[:2]]
    page = await anna.get(f"/v1/{name}", 200, **{"caseId[in]": ",".join(asked), "sort": "id"})
    if name in LISTS:
        check(LISTS[name][1], page)
    one_by_one = [
        part for one in asked for part in (await anna.get(f"/v1/cases/{one}/{nested}"))["items"]
    ]
    key = lambda part: part["id"]  # noqa: E731 - said twice below
    assert sorted(page["items"], key=key) == sorted(one_by_one, key=key)
    assert len(page["items"]) == 2
    stranger = signed_in("rheine-caritas-case-manager")
    hidden = await stranger.get(f"/v1/{name}", 200, **{"caseId[in]": ",".join(asked)})
    assert hidden["items"] == []


async def test_consents_and_approvals_of_several_cases(
    anna: Person, cases_of_anna: list[dict[str, Any]]
) -> None:
    first, second, third = cases_of_anna
    for case in (first, second, third):
        await anna.post(f"/v1/cases/{case['id']}/consents", consent_for(case["personId"]))
    asked = f"{first['id']},{third['id']}"
    found = (await anna.get("/v1/consents", 200, **{"caseId[in]": asked}))["items"]
    assert [one["caseId"] for one in found] == [first["id"], third["id"]]
    assert (await anna.get("/v1/plan-approvals", 200, **{"caseId[in]": asked}))["items"] == []
    assert (await anna.get("/v1/extract-origins", 200, **{"caseId[in]": asked}))["items"] == []


async def test_plan_versions_of_several_cases(
    anna: Person, case_in_monitoring: dict[str, Any], cases_of_anna: list[dict[str, Any]]
) -> None:
    asked = f"{case_in_monitoring['id']},{cases_of_anna[0]['id']}"
    found = await anna.get("/v1/plan-versions", 200, **{"caseId[in]": asked})
    check(PlanPage, found)
    assert [one["id"] for one in found["items"]] == [case_in_monitoring["currentPlan"]["id"]]


async def test_a_relation_belongs_to_both_of_its_cases(
    anna: Person, cases_of_anna: list[dict[str, Any]]
) -> None:
    first, second, third = (case["id"] for case in cases_of_anna)
    related = {"relatedCaseId": second, "relation": "SIBLING"}
    made = await anna.post(f"/v1/cases/{first}/related-cases", related)
    for asked in (first, second, f"{second},{third}"):
        found = await anna.get("/v1/related-cases", 200, **{"caseId[in]": asked})
        assert found["items"] == [made]
    assert (await anna.get("/v1/related-cases", caseId=third))["items"] == []


async def test_f18_entrusted_notes_of_colleagues_are_not_in_the_list(
    anna: Person, bernd: Person, cases_of_anna: list[dict[str, Any]]
) -> None:
    case_id = cases_of_anna[0]["id"]
    await anna.post(f"/v1/cases/{case_id}/notes", ENTRUSTED)
    assert len((await anna.get("/v1/notes", caseId=case_id))["items"]) == 1
    assert (await bernd.get("/v1/notes", caseId=case_id))["items"] == []


async def test_case_files_in_a_batch_are_the_files_read_one_by_one(
    anna: Person, signed_in: SignedIn, cases_of_anna: list[dict[str, Any]]
) -> None:
    asked = [case["id"] for case in cases_of_anna] + [str(uuid4())]
    query = {"id[in]": ",".join(asked)}
    files = (await anna.get("/v1/case-files", 200, **query))["items"]
    for file in files:
        check(CaseView, file)
    assert files == [await anna.get(f"/v1/cases/{one['id']}") for one in files]
    assert {one["id"] for one in files} == set(asked[:3])
    stranger = signed_in("rheine-caritas-case-manager")
    assert (await stranger.get("/v1/case-files", 200, **query))["items"] == []


async def test_each_file_of_a_batch_is_logged_as_read(
    anna: Person, signed_in: SignedIn, cases_of_anna: list[dict[str, Any]]
) -> None:
    case_id = cases_of_anna[0]["id"]
    dpo = signed_in("waf-dpo")

    await anna.get("/v1/case-files", 200, **{"id[in]": ",".join([case_id, str(uuid4())])})
    last = (await dpo.get("/v1/audit-entries", first="1"))["items"][0]
    assert (last["action"], last["recordKind"]) == ("read", "case")
    assert last["recordIds"] == [case_id]


async def test_whole_files_are_not_for_leafing_through(anna: Person) -> None:
    refused = await anna.get("/v1/case-files", status=400)
    assert refused["code"] == "filter-unreadable"
    assert refused["errors"][0]["pointer"] == "?id[in]"


@pytest.mark.parametrize("persona", ["waf-team-lead", "waf-coordinator", "waf-admin", "waf-dpo"])
async def test_who_may_not_read_cases_reads_no_parts(signed_in: SignedIn, persona: str) -> None:
    person = signed_in(persona)
    may_read = (await person.client.get("/v1/cases", headers=_headers(person))).status_code
    for name in (*LISTS, "tasks"):
        answer = await person.client.get(f"/v1/{name}", headers=_headers(person))
        assert answer.status_code == may_read, name


def _headers(person: Person) -> dict[str, str]:
    return {"Authorization": f"Bearer {person.token}"}
