"""Meetings of the steering group and the concept it endorses (R-S3-10, R-S4-9, R-S4-10)."""

from typing import Any

from tests.services.cases.conftest import Person, SignedIn

STEERING = {
    "body": "STEERING_GROUP",
    "bodyName": "Lenkungsgruppe KIM",
    "heldOn": "2022-05-22",
    "topics": ["Handlungskonzept"],
    "decisions": ["Dem Handlungskonzept wird zugestimmt."],
    "participantUnits": ["waf-ki", "waf-jobcenter"],
}
CONCEPT = {
    "title": "Handlungskonzept KIM",
    "documentReference": "Akte 50-12, Anlage 3",
    "datedOn": "2022-05-02",
}


async def act(person: Person, concept: dict[str, Any], action: str, **how: Any) -> Any:
    body = how.pop("body")
    version = (await person.get(f"/v1/concept-versions/{concept['id']}"))["version"]
    path = f"/v1/concept-versions/{concept['id']}/actions/{action}"
    return await person.send("POST", path, body, version=version, **how)


async def test_f16_an_endorsement_on_a_sunday_is_accepted_with_a_warning(
    signed_in: SignedIn,
) -> None:
    hatice = signed_in("waf-coordinator")
    meeting = await hatice.post("/v1/meetings", STEERING)
    assert [one["code"] for one in meeting["warnings"]] == ["WEEKEND_DATE"]
    concept = await hatice.post("/v1/concept-versions", CONCEPT)
    body = {"onDate": "2022-05-22", "meetingId": meeting["id"]}
    endorsed = await act(hatice, concept, "endorse", body=body)
    assert (endorsed["state"], endorsed["endorsedOn"]) == ("ENDORSED", "2022-05-22")
    assert [one["code"] for one in endorsed["warnings"]] == ["WEEKEND_DATE"]


async def test_only_the_steering_group_endorses_and_the_next_approval_supersedes(
    signed_in: SignedIn,
) -> None:
    hatice = signed_in("waf-coordinator")
    meeting = await hatice.post("/v1/meetings", STEERING | {"heldOn": "2022-05-23"})
    group = {"body": "WORKING_GROUP", "bodyName": "AG Case Management", "heldOn": "2022-05-23"}
    other = await hatice.post("/v1/meetings", STEERING | group)
    approved = []
    for _ in range(2):
        concept = await hatice.post("/v1/concept-versions", CONCEPT)
        wrong = {"onDate": "2022-05-23", "meetingId": other["id"]}
        problem = await act(hatice, concept, "endorse", body=wrong, status=422)
        assert problem["guards"] == ["steering-group-met"]
        await act(hatice, concept, "endorse", body=wrong | {"meetingId": meeting["id"]})
        step = {"onDate": "2022-05-22", "approvedBy": "Bezirksregierung Arnsberg"}
        problem = await act(hatice, concept, "approve", body=step, status=422)
        assert problem["guards"] == ["endorsed-before", "approval-named"]
        step |= {"onDate": "2022-06-01", "approvalReference": "36.02-1"}
        approved.append(await act(hatice, concept, "approve", body=step))
    first, second = approved
    assert second["number"] == first["number"] + 1
    assert (await hatice.get(f"/v1/concept-versions/{first['id']}"))["state"] == "SUPERSEDED"
    assert second["state"] == "APPROVED"


async def test_meetings_are_kept_by_coordination_and_read_in_the_tenant(
    anna: Person, signed_in: SignedIn
) -> None:
    meeting = await signed_in("waf-coordinator").post("/v1/meetings", STEERING)
    assert (await anna.get(f"/v1/meetings/{meeting['id']}"))["topics"] == ["Handlungskonzept"]
    await anna.post("/v1/meetings", STEERING, status=403)
    await signed_in("waf-b3-officer").get(f"/v1/meetings/{meeting['id']}", status=404)
    await signed_in("rheine-caritas-case-manager").get(f"/v1/meetings/{meeting['id']}", status=404)
