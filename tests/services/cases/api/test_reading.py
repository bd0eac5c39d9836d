"""What SQL builds is what the published models say; lists, filters, batches."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from pydantic import BaseModel, TypeAdapter

from services.cases.api.schemas import care, cases, notes, people, plans, reports
from shared.audit.listing import AuditPage
from tests.apis import contract
from tests.names import invented
from tests.services.cases.conftest import Person, SignedIn, client_named, consent_for, today


def check(model: type[BaseModel], document: Any) -> None:
    """Every member is there in its type, and no member is there that is not published."""
    TypeAdapter(model).validate_python(document, strict=False)
    assert set(document) <= {field.alias or name for name, field in model.model_fields.items()}


async def test_every_answer_has_its_published_shape(
    anna: Person, signed_in: SignedIn, case_in_monitoring: dict[str, Any]
) -> None:
    case = case_in_monitoring
    path = f"/v1/cases/{case['id']}"
    note = {"kind": "FILE", "text": "Vermerk", "heldOn": today()}
    attempt = {"channel": "VISIT", "attemptedOn": today(), "wasReached": True}
    check(notes.WrittenNote, await anna.post(f"{path}/notes", note))
    check(care.RecordedContactAttempt, await anna.post(f"{path}/contact-attempts", attempt))
    check(care.RecordedDoubleCare, await anna.post(f"{path}/double-care-checks"))
    await anna.post(
        f"{path}/sent-referrals",
        {"referralId": str(uuid4())},
        version=(await anna.get(path))["version"],
    )
    shapes: list[tuple[type[BaseModel], str]] = [
        (cases.CaseView, path),
        (cases.CasePage, "/v1/cases"),
        (notes.NotePage, f"{path}/notes"),
        (care.ConsentPage, f"{path}/consents"),
        (plans.PlanPage, f"{path}/plan-versions"),
        (plans.PlanView, f"/v1/plan-versions/{case['currentPlan']['id']}"),
        (people.PersonView, f"/v1/persons/{case['personId']}"),
        (people.PersonPage, "/v1/persons"),
        (people.LegacyNameView, f"/v1/persons/{case['personId']}/legacy-name"),
        (people.FamilyView, f"/v1/families/{case['familyId']}"),
        (people.FamilyPage, "/v1/families"),
        (people.StaffPage, "/v1/staff-members"),
        (reports.CaseStatistics, "/v1/reports/case-statistics"),
        (reports.CodeListNames, "/v1/code-lists"),
        (reports.CodeListView, "/v1/code-lists/residence-groups"),
    ]
    for model, where in shapes:
        check(model, await anna.get(where))
    consent = (await anna.get(f"{path}/consents"))["items"][0]
    check(care.ConsentView, await anna.get(f"/v1/consents/{consent['id']}"))
    check(AuditPage, await signed_in("waf-dpo").get("/v1/audit-entries"))
    extracts = await signed_in("waf-team-lead").get("/v1/reports/case-extracts")
    check(reports.CaseExtracts, extracts)


async def test_a_batch_by_ids_says_of_each_case_what_can_be_done(anna: Person) -> None:
    opened = [
        await anna.post("/v1/cases", {"origin": "OUTREACH", "pseudonym": f"P{n}"}) for n in range(3)
    ]
    ids = [case["id"] for case in opened]
    for query in ({"ids": ",".join(ids)}, {"id[in]": ",".join(ids), "first": "3"}):
        page = await anna.get("/v1/cases", **query)
        check(cases.CasePage, page)
        assert {case["id"] for case in page["items"]} == set(ids)
        for case in page["items"]:
            assert case["availableTransitions"] == next(
                one["availableTransitions"] for one in opened if one["id"] == case["id"]
            )
    too_many = ",".join(str(uuid4()) for _ in range(101))
    await anna.get("/v1/cases", status=400, ids=too_many)


async def test_lists_filter_sort_and_page(anna: Person) -> None:
    staff = (await anna.get("/v1/staff-members"))["items"]
    actor = next(one["actor"] for one in staff if one["actor"].endswith("case-manager"))
    first = await anna.post(
        "/v1/cases", {"origin": "OUTREACH", "pseudonym": "P", "isAreaResolved": True}
    )
    await anna.act(first["id"], "assign")
    mine = await anna.get("/v1/cases", caseManager=actor, state="INTAKE", sort="-id", first="1")
    assert [case["id"] for case in mine["items"]] == [first["id"]]
    several = await anna.get(
        "/v1/cases", **{"state[in]": "INTAKE,CLOSED", "openedOn[gte]": today()}
    )
    assert first["id"] in {case["id"] for case in several["items"]}
    assert {case["state"] for case in several["items"]} <= {"INTAKE", "CLOSED"}

    for _ in range(3):  # enough for three pages with a next one, whatever ran before
        await anna.post("/v1/cases", {"origin": "OUTREACH", "pseudonym": "P"})
    seen: list[str] = []
    after: dict[str, str] = {}
    for _ in range(3):
        page = await anna.get("/v1/cases", first="1", sort="openedOn", **after)
        seen += [case["id"] for case in page["items"]]
        after = {"after": page["nextCursor"]}
    assert len(set(seen)) == 3


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"colour": "red"}, "filter-unknown"),
        ({"state[like]": "x"}, "filter-unknown"),
        ({"openedOn[gte]": "yesterday"}, "filter-unreadable"),
        ({"ids": "1,2"}, "filter-unreadable"),
        ({"state[in]": "INTAKE,OPEN"}, "filter-unreadable"),
        ({"include": "everything"}, "filter-unknown"),
        ({"sort": "pseudonym"}, "filter-unknown"),
        ({"after": "x"}, "cursor-unreadable"),
        ({"first": "101"}, "filter-unreadable"),
    ],
)
async def test_an_unknown_filter_is_refused(anna: Person, query: dict[str, str], code: str) -> None:
    assert (await anna.get("/v1/cases", status=400, **query))["code"] == code


async def test_who_has_the_present_version_gets_304(anna: Person, case: dict[str, Any]) -> None:
    answer = await anna.client.get(
        f"/v1/cases/{case['id']}",
        headers={"Authorization": f"Bearer {anna.token}", "If-None-Match": f'"{case["version"]}"'},
    )
    assert (answer.status_code, answer.content) == (304, b"")


async def test_every_record_in_the_file_gives_the_case_its_next_version(
    anna: Person, case: dict[str, Any]
) -> None:
    """What the guards see has changed, so a client's copy is stale."""
    path = f"/v1/cases/{case['id']}"
    await anna.post(f"{path}/double-care-checks")
    assert (await anna.get(path))["version"] == case["version"] + 1
    await anna.post(f"{path}/consents", consent_for(case["personId"]))
    assert (await anna.get(path))["version"] == case["version"] + 2


async def test_references_count_up_without_gaps(anna: Person) -> None:
    opened = [
        await anna.post("/v1/cases", {"origin": "OUTREACH", "pseudonym": "P"}) for _ in range(2)
    ]
    year, first = opened[0]["reference"].removeprefix("KIM-").split("-")
    assert opened[1]["reference"] == f"KIM-{year}-{int(first) + 1:06d}"


async def test_a_compound_opening_is_whole_or_not_at_all(anna: Person, signed_in: SignedIn) -> None:
    name = invented("Ganz")
    opening = {
        "origin": "SELF_CONTACT",
        "members": [client_named(name), client_named("R2D2")],
    }
    problem = await anna.post("/v1/cases", opening, status=422)
    assert problem["code"] == "name-unacceptable"
    found = await anna.post("/v1/persons/search", {"name": name}, status=200)
    assert [one for one in found["items"] if one["familyName"] == name] == []


def test_every_reference_of_the_contract_leads_somewhere() -> None:
    document = contract("cases")
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(re.findall(r'"(#/components/schemas/[^"]+)"', json.dumps(document))) <= known
