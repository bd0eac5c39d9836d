"""Case types, custom fields, the published state machines, the compound opening."""

from base64 import b64encode
from typing import Any
from uuid import uuid4

import pytest

from services.cases.domain.lifecycle import CASE_LIFECYCLE
from tests.apis import bearer
from tests.names import invented
from tests.services.cases.conftest import (
    EVIDENCE,
    Person,
    SignedIn,
    client_named,
    consent_for,
    today,
)

SCHEMA = {
    "type": "object",
    "properties": {
        "arrivalYear": {"type": "integer", "minimum": 1950},
        "course": {"type": "string", "enum": ["A1", "B1"]},
        "since": {"type": "string", "format": "date"},
    },
    "required": ["arrivalYear"],
    "additionalProperties": False,
}


def case_type(**changes: Any) -> dict[str, Any]:
    return {
        "code": f"TYPE_{uuid4().hex[:12].upper()}",
        "label": {"de": "Familienbegleitung", "en": "Family support"},
        "results": [
            {"closingReason": "GOALS_REACHED", "retentionYears": 3},
            {"closingReason": "REFERRED_ONLY", "retentionYears": 1},
        ],
        "fieldsSchema": SCHEMA,
        **changes,
    }


@pytest.fixture
def keeper(signed_in: SignedIn) -> Person:
    return signed_in("waf-coordinator")


async def published(keeper: Person, **changes: Any) -> dict[str, Any]:
    draft = await keeper.post("/v1/case-types", case_type(**changes))
    path = f"/v1/case-types/{draft['id']}/actions/publish"
    answer: dict[str, Any] = await keeper.post(path, version=draft["version"], status=200)
    return answer


async def case_of_type(anna: Person, code: str) -> dict[str, Any]:
    opening = {"origin": "OUTREACH", "pseudonym": "Frau T.", "caseType": code}
    answer: dict[str, Any] = await anna.post("/v1/cases", opening | {"isAreaResolved": True})
    return answer


async def test_a_published_version_never_changes_and_a_case_keeps_its_own(
    keeper: Person, anna: Person
) -> None:
    first = await published(keeper)
    assert (first["state"], first["number"]) == ("PUBLISHED", 1)
    content = {k: v for k, v in case_type().items() if k != "code"}
    path = f"/v1/case-types/{first['id']}"
    problem = await keeper.put(path, content, version=first["version"], status=409)
    assert problem["code"] == "case-type-is-published"
    assert await keeper.get(path) == first
    case = await case_of_type(anna, first["code"])
    assert case["caseType"] == {"id": first["id"], "code": first["code"], "number": 1}
    second = await published(keeper, code=first["code"])
    assert second["number"] == 2
    assert (await anna.get(f"/v1/cases/{case['id']}"))["caseType"]["number"] == 1
    assert (await case_of_type(anna, first["code"]))["caseType"]["number"] == 2


async def test_no_case_begins_under_a_draft_or_a_retired_type(keeper: Person, anna: Person) -> None:
    draft = await keeper.post("/v1/case-types", case_type())
    opening = {"origin": "OUTREACH", "pseudonym": "Frau T.", "caseType": draft["code"]}
    assert (await anna.post("/v1/cases", opening, status=409))["code"] == "case-type-unknown"
    step = f"/v1/case-types/{draft['id']}/actions"
    live = await keeper.post(f"{step}/publish", version=draft["version"], status=200)
    await anna.post("/v1/cases", opening)
    await keeper.post(f"{step}/retire", version=live["version"], status=200)
    assert (await anna.post("/v1/cases", opening, status=409))["code"] == "case-type-unknown"


async def test_the_shipped_type_is_there_for_everybody_and_nobody_changes_it(
    keeper: Person, anna: Person, case: dict[str, Any]
) -> None:
    shipped = await anna.get(f"/v1/case-types/{case['caseType']['id']}")
    assert (shipped["code"], shipped["number"], shipped["state"]) == ("KIM", 1, "PUBLISHED")
    assert len(shipped["results"]) == 13
    path = f"/v1/case-types/{shipped['id']}/actions/retire"
    await keeper.post(path, version=shipped["version"], status=403)
    await anna.post("/v1/case-types", case_type(), status=403)


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        (
            {"fieldsSchema": SCHEMA | {"$ref": "http://elsewhere.example/"}},
            "custom-fields-schema-unacceptable",
            "/fieldsSchema/$ref",
        ),
        (
            {"fieldsSchema": SCHEMA | {"properties": {"a": {"pattern": "(a+)+$"}}}},
            "custom-fields-schema-unacceptable",
            "/fieldsSchema/properties/a/pattern",
        ),
        (
            {"fieldsSchema": SCHEMA | {"required": "arrivalYear"}},
            "custom-fields-schema-unacceptable",
            "/fieldsSchema/required",
        ),
        (
            {"results": [{"closingReason": "NONSENSE", "retentionYears": 1}]},
            "results-unacceptable",
            "/results/0/closingReason",
        ),
    ],
)
async def test_a_type_that_asks_for_nonsense_is_refused(
    keeper: Person, changes: dict[str, Any], code: str, pointer: str
) -> None:
    problem = await keeper.post("/v1/case-types", case_type(**changes), status=422)
    assert problem["code"] == code
    assert [error["pointer"] for error in problem["errors"]] == [pointer]


async def test_custom_fields_fit_the_schema_of_the_type_or_are_refused_by_pointer(
    keeper: Person, anna: Person
) -> None:
    case = await case_of_type(anna, (await published(keeper))["code"])
    path = f"/v1/cases/{case['id']}/custom-fields"
    wrong = {"fields": {"course": "C2", "since": "gestern", "shoe/size": 42}}
    problem = await anna.put(path, wrong, version=case["version"], status=422)
    assert problem["code"] == "custom-fields-refused"
    assert [(error["pointer"], error["code"]) for error in problem["errors"]] == [
        ("/fields/arrivalYear", "required"),
        ("/fields/course", "enum"),
        ("/fields/shoe~1size", "additionalProperties"),
        ("/fields/since", "format"),
    ]
    assert "gestern" not in str(problem)
    assert await anna.get(f"/v1/cases/{case['id']}") == case
    right = {"arrivalYear": 2022, "course": "B1"}
    stored = await anna.put(path, {"fields": right}, version=case["version"])
    assert stored["customFields"] == right
    again = await anna.put(path, {"fields": {"arrivalYear": 2021}}, version=stored["version"])
    assert again["customFields"] == {"arrivalYear": 2021}
    await anna.put(path, {"fields": right}, version=stored["version"], status=412)


async def test_a_case_closes_only_with_a_result_that_its_type_offers(
    keeper: Person, anna: Person
) -> None:
    only = [{"closingReason": "GOALS_REACHED", "retentionYears": 3}]
    case = await case_of_type(anna, (await published(keeper, results=only))["code"])
    await anna.act(case["id"], "assign")
    reason = {"closingReason": "REFERRED_ONLY"}
    problem = await anna.act(case["id"], "close-after-advice", status=422, **reason)
    assert problem["guards"] == ["result-offered"]


async def test_the_state_machine_is_published_from_the_table(anna: Person) -> None:
    machine = await anna.get("/v1/state-machines/case")
    moves = {(m["from"], m["action"]): (m["to"], m["rule"]) for m in machine["moves"]}
    assert moves == {
        (state.value, action.value): (move.to.value, move.rule)
        for state, row in CASE_LIFECYCLE.moves.items()
        for action, move in row.items()
    }
    guards = {guard["id"]: guard for guard in machine["guards"]}
    assert guards["legal-hold"] == {
        "id": "legal-hold",
        "message": {
            "de": "Es besteht keine Aufbewahrungssperre.",
            "en": "There is no legal hold.",
        },
        "source": "Art. 17 (3) e DSGVO",
    }
    assert {name for move in machine["moves"] for name in move["guards"]} == set(guards)
    drawn = await anna.client.get("/v1/state-machines/case.mmd", headers=bearer(anna.token))
    assert drawn.text == CASE_LIFECYCLE.mermaid()
    assert drawn.headers["content-type"].startswith("text/vnd.mermaid")
    for name in ("consent", "measure", "case-type"):
        assert (await anna.get(f"/v1/state-machines/{name}"))["name"] == name
    await anna.get("/v1/state-machines/nothing", status=404)


def whole_opening() -> dict[str, Any]:
    consent = consent_for("")
    del consent["subjectPersonId"], consent["evidenceDocumentId"]
    consent["evidence"] = {
        "fileName": "Einwilligung.pdf",
        "contentType": "application/pdf",
        "contentBase64": b64encode(EVIDENCE).decode(),
    }
    return {
        "origin": "SELF_CONTACT",
        "language": "ukr",
        "municipalityAgs": "05570044",
        "isAreaResolved": True,
        "members": [
            client_named("Melnyk", birthDate="1988-03-02"),
            {"role": "CHILD", "person": {"familyName": "Melnyk", "givenNames": "Ivan"}},
        ],
        "until": "ASSESSMENT",
        "indicationChecklist": {
            "problemAreas": 3,
            "hasSeveralProviders": True,
            "doStandardPathsFail": True,
            "lacksOwnResources": True,
            "doesClientAgree": True,
            "judgement": "Drei Problembereiche.",
        },
        "informationNotice": {"textVersion": "2022-03", "language": "ukr", "givenOn": today()},
        "consent": consent,
    }


async def test_one_call_opens_a_case_with_family_notice_and_consent_in_assessment(
    anna: Person,
) -> None:
    case = await anna.post("/v1/cases", whole_opening())
    assert case["state"] == "ASSESSMENT"
    assert [phase["rule"] for phase in case["phases"]] == ["C1", "C2", "C4"]
    assert len(case["informationNotices"]) == len(case["doubleCareChecks"]) == 1
    consents = (await anna.get(f"/v1/cases/{case['id']}/consents"))["items"]
    assert [(c["state"], c["subjectPersonId"]) for c in consents] == [("ACTIVE", case["personId"])]
    family = await anna.get(f"/v1/families/{case['familyId']}")
    assert len(family["members"]) == 2


@pytest.mark.parametrize(
    ("missing", "guard"),
    [("consent", "legal-basis"), ("informationNotice", "information-notice-given")],
)
async def test_an_opening_that_lacks_one_guard_records_nothing_at_all(
    anna: Person, missing: str, guard: str
) -> None:
    opening = whole_opening()
    del opening[missing]
    name = invented("Ohne")
    opening["members"][0]["person"]["familyName"] = name
    problem = await anna.post("/v1/cases", opening, status=422)
    assert problem["guards"] == [guard]
    found = await anna.post("/v1/persons/search", {"name": name}, status=200)
    assert found["items"] == []
