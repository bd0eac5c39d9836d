"""Documents, related cases, assessments, plans with four eyes, case types, notes."""

from typing import Any
from uuid import uuid4

import pytest

from tests.gateway.conftest import As
from tests.gateway.test_main_job import TODAY
from tests.gateway.working import (
    ANNA,
    BERND,
    ELSEWHERE,
    LEAD,
    bound,
    done,
    in_assessment,
    opened,
    tried,
    version_of,
)

FIELDS = {
    "type": "object",
    "properties": {"kitaplatz": {"type": "boolean"}},
    "additionalProperties": False,
}
CASE_TYPE = "CaseTypeSuccess caseType { id version code number state label { de } fieldsSchema }"
NOTE = "NoteSuccess note { id number isCurrent text confidentiality }"


@pytest.fixture
async def case(as_: As) -> Any:
    await bound(as_(ANNA))
    return await opened(as_(ANNA))


def case_type(**changes: Any) -> dict[str, Any]:
    return {
        "label": {"de": "Begleitung Kita", "en": "Nursery support"},
        "results": [{"closingReason": "GOALS_REACHED", "retentionYears": 3}],
        "fieldsSchema": FIELDS,
        **changes,
    }


async def published(as_: As, **changes: Any) -> Any:
    code = f"GQL_{uuid4().hex[:8]}".upper()
    draft = await done(as_(LEAD), "draftCaseType", CASE_TYPE, code=code, **case_type(**changes))
    step = {"caseTypeId": draft["id"], "expectedVersion": draft["version"], "action": "PUBLISH"}
    return await done(as_(LEAD), "performCaseTypeAction", CASE_TYPE, **step)


async def test_documents_are_announced_and_say_where_their_content_is(as_: As, case: Any) -> None:
    fields = "DocumentSuccess document { id kind scanState contentPath }"
    given = {"caseId": case["id"], "title": "Bescheid", "kind": "DECISION"}
    document = await done(as_(ANNA), "announceDocument", fields, **given)
    assert document["contentPath"] == f"/v1/documents/{document['id']}/content"
    assert document["scanState"] is None
    query = "query($id: ID!) { document(id: $id) { title sizeBytes } }"
    read = await as_(ANNA).data(query, id=document["id"])
    assert read == {"document": {"title": "Bescheid", "sizeBytes": None}}
    assert await as_(ELSEWHERE).data(query, id=document["id"]) == {"document": None}


async def test_cases_are_related_and_seen_from_both_sides(as_: As, case: Any) -> None:
    other = await opened(as_(ANNA))
    fields = "RelatedCaseSuccess relatedCase { id relation relatedCase { reference } }"
    given = {"caseId": case["id"], "relatedCaseId": other["id"], "relation": "FOLLOW_UP"}
    made = await done(as_(ANNA), "relateCase", fields, **given)
    assert made["relatedCase"] == {"reference": other["reference"]}
    query = "query($id: ID!) { case(id: $id) { relatedCases { id caseId } } }"
    for one in (case, other):
        seen = (await as_(ANNA).data(query, id=one["id"]))["case"]["relatedCases"]
        assert seen == [{"id": made["id"], "caseId": case["id"]}]
    itself = given | {"relatedCaseId": case["id"]}
    refused = await tried(as_(ANNA), "relateCase", "__typename", **itself)
    assert (refused["__typename"], refused["code"]) == (
        "ValidationError",
        "case-related-to-itself",
    )


async def test_a_second_person_approves_a_plan_where_the_case_type_asks(as_: As) -> None:
    anna, bernd = as_(ANNA), as_(BERND)
    await bound(anna)
    await bound(bernd)
    kind = await published(as_, needsPlanApproval=True)
    case = await in_assessment(anna, caseType=kind["code"])
    assert case["state"] == "ASSESSMENT"
    entry = {
        "fieldOfAction": "WORK", "need": "MEDIUM", "situation": "Sucht Arbeit.",
        "resources": "Ausbildung.", "hasClientTakenPart": True, "assessedOn": TODAY,
    }  # fmt: skip
    for need in ("MEDIUM", "LOW"):
        given = entry | {"need": need, "caseId": case["id"]}
        fields = "... on CaseFileSuccess { case { file { caseType { code } } } }"
        answer = await tried(anna, "assessField", fields, **given)
        assert answer["case"]["file"]["caseType"] == {"code": kind["code"]}
    version = await version_of(anna, case["id"])
    step = {"caseId": case["id"], "action": "FINISH_ASSESSMENT", "expectedVersion": version}
    await done(anna, "performCaseAction", "CaseSuccess case { state }", **step)
    measure = {"text": "Bewerben", "responsibleKind": "CLIENT"}
    goal = {"fieldOfAction": "WORK", "text": "Arbeit", "measures": [measure]}
    fields = "PlanSuccess plan { id version }"
    plan = await done(anna, "draftPlan", fields, caseId=case["id"], goals=[goal])
    agreement = {"planId": plan["id"], "agreedOn": TODAY, "language": "ukr"}
    plan = await done(anna, "agreePlan", fields, **agreement, expectedVersion=plan["version"])
    approve = {"planId": plan["id"], "expectedVersion": plan["version"]}
    own = await tried(anna, "approvePlan", "__typename", **approve)
    assert (own["__typename"], own["code"]) == ("ConflictError", "plan-needs-other-eyes")
    fields = "PlanApprovalSuccess approval { author approver approvedOn }"
    approval = await done(bernd, "approvePlan", fields, **approve)
    assert approval["author"] != approval["approver"]
    query = """query($id: ID!) { case(id: $id) {
      planVersions { number approval { author approver approvedOn } }
      assessments { need isCurrent }
    } }"""
    read = (await anna.data(query, id=case["id"]))["case"]
    assert read["planVersions"] == [{"number": 1, "approval": approval}]
    assert [(one["need"], one["isCurrent"]) for one in read["assessments"]] == [
        ("MEDIUM", False),
        ("LOW", True),
    ]


async def test_case_types_are_drafted_changed_published_and_their_fields_kept(as_: As) -> None:
    await bound(as_(ANNA))
    kind = await published(as_)
    assert (kind["state"], kind["fieldsSchema"]) == ("PUBLISHED", FIELDS)
    change = {"caseTypeId": kind["id"], "expectedVersion": kind["version"], **case_type()}
    late = await tried(as_(LEAD), "changeCaseType", "__typename", **change)
    assert (late["__typename"], late["code"]) == ("ConflictError", "case-type-is-published")
    draft = await done(
        as_(LEAD), "draftCaseType", CASE_TYPE, code=kind["code"], **case_type(results=[])
    )
    assert (draft["number"], draft["state"]) == (2, "DRAFT")
    step = {"caseTypeId": draft["id"], "expectedVersion": draft["version"], "action": "PUBLISH"}
    empty = await tried(as_(LEAD), "performCaseTypeAction", "__typename", **step)
    assert [one["id"] for one in empty["guards"]] == ["offers-results"]
    refused = await tried(as_(ANNA), "performCaseTypeAction", "__typename", **step)
    assert refused["__typename"] == "ForbiddenError"
    listed = await as_(ANNA).data(
        "query($code: String) { caseTypes(filter: {code: $code}) { edges { node { number } } } }",
        code=kind["code"],
    )
    assert {edge["node"]["number"] for edge in listed["caseTypes"]["edges"]} == {1, 2}
    case = await opened(as_(ANNA), caseType=kind["code"])
    fields = "CaseSuccess case { version file { customFields caseType { number } } }"
    given = {"caseId": case["id"], "expectedVersion": case["version"]}
    stored = await done(as_(ANNA), "setCustomFields", fields, fields={"kitaplatz": True}, **given)
    assert stored["file"] == {"customFields": {"kitaplatz": True}, "caseType": {"number": 1}}
    again = given | {"expectedVersion": stored["version"]}
    wrong = await tried(
        as_(ANNA), "setCustomFields", "__typename", fields={"kitaplatz": "ja"}, **again
    )
    assert wrong["__typename"] == "ValidationError"
    assert await version_of(as_(ANNA), case["id"]) == stored["version"]


async def test_f18_an_entrusted_note_is_read_by_its_writer_alone(as_: As, case: Any) -> None:
    anna, bernd = as_(ANNA), as_(BERND)
    given = {"caseId": case["id"], "heldOn": TODAY}
    entrusted = await done(
        anna, "writeNote", NOTE, kind="CONVERSATION", text="Vertraulich.", **given
    )
    assert entrusted["confidentiality"] == "ENTRUSTED"
    shared = await done(anna, "writeNote", NOTE, kind="FILE", text="Termin.", **given)
    mine = "query($id: ID!) { case(id: $id) { notes { id } } }"
    seen = (await anna.data(mine, id=case["id"]))["case"]["notes"]
    assert {one["id"] for one in seen} == {entrusted["id"], shared["id"]}
    seen = (await bernd.data(mine, id=case["id"]))["case"]["notes"]
    assert [one["id"] for one in seen] == [shared["id"]]
    one = """query($id: ID!) { note(id: $id) { text } noteVersions(id: $id) { number }
      noteReleases(id: $id) { receiver } }"""
    hidden = await bernd.data(one, id=entrusted["id"])
    assert hidden == {"note": None, "noteVersions": [], "noteReleases": []}
    corrected = {"noteId": shared["id"], "text": "Neu.", "heldOn": TODAY, "reason": "Tippfehler"}
    newer = await done(anna, "correctNote", NOTE, **corrected)
    assert (newer["number"], newer["isCurrent"]) == (2, True)
    versions = (await anna.data(one, id=newer["id"]))["noteVersions"]
    assert sorted(version["number"] for version in versions) == [1, 2]
    hand_on = {"noteId": entrusted["id"], "reason": "RISK_ASSESSMENT", "justification": "§ 8a"}
    refused = await tried(bernd, "handOnNote", "__typename", **hand_on)
    assert refused["__typename"] == "NotFoundError"
    unfounded = await tried(anna, "handOnNote", "__typename", **hand_on)
    assert unfounded["__typename"] == "ValidationError"
