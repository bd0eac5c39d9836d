"""F18: an entrusted note is its writer's, whoever holds the case later."""

from typing import Any

from tests.services.cases.conftest import Person, SignedIn, today

CONVERSATION = {"kind": "CONVERSATION", "text": "Vertrauliches Gespräch.", "heldOn": today()}


async def test_f18_after_a_hand_over_the_successor_does_not_see_the_entrusted_note(
    anna: Person, bernd: Person, case: dict[str, Any]
) -> None:
    case_id = case["id"]
    await anna.act(case_id, "assign")
    note = await anna.post(f"/v1/cases/{case_id}/notes", CONVERSATION)
    assert note["confidentiality"] == "ENTRUSTED"
    assert note["owner"].endswith("|waf-case-manager")

    bernds_actor = (await bernd.get("/v1/staff-members"))["items"]
    successor = next(s["actor"] for s in bernds_actor if s["actor"].endswith("manager-2"))
    handed_over = await anna.act(case_id, "hand-over", caseManager=successor)
    assert handed_over["caseManager"] == successor

    assert (await bernd.get(f"/v1/cases/{case_id}"))["id"] == case_id
    assert (await bernd.get(f"/v1/cases/{case_id}/notes"))["items"] == []
    hidden = await bernd.get(f"/v1/notes/{note['id']}", status=404)
    assert hidden["code"] == "not-found"
    assert (await anna.get(f"/v1/notes/{note['id']}"))["text"] == "Vertrauliches Gespräch."
    assert len((await anna.get(f"/v1/cases/{case_id}/notes"))["items"]) == 1


async def test_f18_an_entrusted_note_leaves_no_trace_in_the_case_of_a_colleague(
    anna: Person, bernd: Person, case: dict[str, Any]
) -> None:
    before = await bernd.get(f"/v1/cases/{case['id']}")
    await anna.post(f"/v1/cases/{case['id']}/notes", CONVERSATION)
    assert await bernd.get(f"/v1/cases/{case['id']}") == before


async def test_f18_supervisor_and_administrator_get_no_note_at_all(
    anna: Person, signed_in: SignedIn, case: dict[str, Any]
) -> None:
    note = await anna.post(f"/v1/cases/{case['id']}/notes", CONVERSATION)
    for persona in ("waf-team-lead", "waf-admin", "waf-dpo", "waf-coordinator"):
        await signed_in(persona).get(f"/v1/notes/{note['id']}", status=403)


async def test_a_file_note_is_shared_in_the_unit(
    anna: Person, bernd: Person, case: dict[str, Any]
) -> None:
    body = {"kind": "FILE", "text": "Termin verschoben.", "heldOn": today()}
    note = await anna.post(f"/v1/cases/{case['id']}/notes", body)
    assert note["confidentiality"] == "NORMAL"
    assert (await bernd.get(f"/v1/notes/{note['id']}"))["text"] == "Termin verschoben."


async def test_a_conversation_note_is_shared_only_with_a_reason(
    anna: Person, bernd: Person, case: dict[str, Any]
) -> None:
    path = f"/v1/cases/{case['id']}/notes"
    normal = CONVERSATION | {"confidentiality": "NORMAL"}
    problem = await anna.post(path, normal, status=422)
    assert problem["code"] == "confidentiality-reason-missing"
    note = await anna.post(path, normal | {"classReason": "nur Terminabsprache"})
    assert (await bernd.get(f"/v1/notes/{note['id']}"))["confidentiality"] == "NORMAL"


async def test_the_writer_is_warned_of_weekends_and_of_residence_details(
    anna: Person, case: dict[str, Any]
) -> None:
    body = {"kind": "FILE", "text": "Lebt ohne Aufenthaltstitel hier.", "heldOn": "2022-05-22"}
    note = await anna.post(f"/v1/cases/{case['id']}/notes", body)
    assert [warning["code"] for warning in note["warnings"]] == [
        "residence-knowledge-in-free-text",
        "WEEKEND_DATE",
    ]
