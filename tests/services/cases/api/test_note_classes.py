"""Confidential notes, and corrections that add a version and overwrite nothing."""

import asyncio
from datetime import date, timedelta
from typing import Any

import httpx

from tests.services.cases.conftest import Person, SignedIn, actor_of, today

CONFIDENTIAL = {
    "kind": "FILE",
    "text": "Schuldenstand besprochen.",
    "heldOn": today(),
    "confidentiality": "CONFIDENTIAL",
}
MEETING = {"kind": "MEETING", "text": "Erste Fassung.", "heldOn": today()}


async def write(person: Person, case: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    note: dict[str, Any] = await person.post(f"/v1/cases/{case['id']}/notes", body)
    return note


async def test_a_confidential_note_is_for_whoever_is_in_charge_and_their_deputies(
    anna: Person, bernd: Person, case: dict[str, Any]
) -> None:
    await anna.act(case["id"], "assign")
    note = await write(anna, case, CONFIDENTIAL)
    path = f"/v1/notes/{note['id']}"
    await bernd.get(path, status=404)
    assert (await bernd.get(f"/v1/cases/{case['id']}/notes"))["items"] == []

    deputy = await actor_of(anna, "manager-2")
    standing_in = {"deputy": deputy, "fromOn": today(), "toOn": today()}
    deputyship = await anna.post("/v1/deputyships", standing_in)
    assert (await bernd.get(path))["text"] == "Schuldenstand besprochen."
    await anna.post(f"/v1/deputyships/{deputyship['id']}/actions/end", status=200)
    later = (date.fromisoformat(today()) + timedelta(days=1)).isoformat()
    await anna.post("/v1/deputyships", standing_in | {"fromOn": later, "toOn": later})
    await bernd.get(path, status=404)

    await anna.act(case["id"], "hand-over", caseManager=deputy)
    assert (await bernd.get(path))["confidentiality"] == "CONFIDENTIAL"
    assert (await anna.get(path))["id"] == note["id"]


async def test_hazard_06_team_lead_coordination_finance_and_others_read_no_confidential_note(
    anna: Person, signed_in: SignedIn, case: dict[str, Any]
) -> None:
    await anna.act(case["id"], "assign")
    note = await write(anna, case, CONFIDENTIAL)
    for persona in (
        "waf-team-lead",
        "waf-coordinator",
        "waf-funding-officer",
        "waf-unit-head",
        "waf-dpo",
        "waf-admin",
    ):
        await signed_in(persona).get(f"/v1/notes/{note['id']}", status=403)
    await signed_in("rheine-caritas-case-manager").get(f"/v1/notes/{note['id']}", status=404)


async def test_a_correction_adds_a_version_and_overwrites_nothing(
    anna: Person, bernd: Person, case: dict[str, Any]
) -> None:
    first = await write(anna, case, MEETING)
    assert (first["number"], first["isCurrent"], first["seriesId"]) == (1, True, first["id"])
    path = f"/v1/notes/{first['id']}/versions"
    correction = {"text": "Zweite Fassung.", "heldOn": today(), "reason": "Falscher Termin."}
    refused = await bernd.post(path, correction, status=403)
    assert refused["code"] == "not-the-writer"
    second = await anna.post(path, correction)
    assert (second["number"], second["seriesId"]) == (2, first["id"])
    assert second["correctionReason"] == "Falscher Termin."
    assert (await anna.post(path, correction, status=409))["code"] == "note-is-corrected"

    versions = (await bernd.get(path))["items"]
    assert [(one["text"], one["isCurrent"]) for one in versions] == [
        ("Erste Fassung.", False),
        ("Zweite Fassung.", True),
    ]
    listed = (await bernd.get(f"/v1/cases/{case['id']}/notes"))["items"]
    assert [one["id"] for one in listed] == [second["id"]]


async def test_whoever_is_in_charge_now_corrects_what_is_not_entrusted(
    anna: Person, bernd: Person, case: dict[str, Any]
) -> None:
    await anna.act(case["id"], "assign")
    note = await write(anna, case, CONFIDENTIAL)
    successor = await actor_of(anna, "manager-2")
    await anna.act(case["id"], "hand-over", caseManager=successor)
    correction = {"text": "Berichtigt.", "heldOn": today(), "reason": "Zahlendreher."}
    path = f"/v1/notes/{note['id']}/versions"
    corrected = await bernd.post(path, correction)
    assert (corrected["owner"], corrected["confidentiality"]) == (successor, "CONFIDENTIAL")


async def test_of_two_corrections_at_once_one_becomes_the_next_version(
    anna: Person, case: dict[str, Any]
) -> None:
    note = await write(anna, case, MEETING)
    path = f"/v1/notes/{note['id']}/versions"

    async def correct(number: int) -> httpx.Response:
        body = {"text": f"Fassung {number}.", "heldOn": today(), "reason": "Gleichzeitig."}
        headers = {"Authorization": f"Bearer {anna.token}"}
        return await anna.client.post(path, json=body, headers=headers)

    answers = await asyncio.gather(*(correct(number) for number in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert [one["number"] for one in (await anna.get(path))["items"]] == [1, 2]


async def test_an_entrusted_note_is_corrected_by_its_owner_and_by_nobody_else(
    anna: Person, bernd: Person, case: dict[str, Any]
) -> None:
    body = {"kind": "CONVERSATION", "text": "Anvertraut.", "heldOn": today()}
    note = await write(anna, case, body)
    path = f"/v1/notes/{note['id']}/versions"
    correction = {"text": "Genauer.", "heldOn": today(), "reason": "Ergänzt."}
    await bernd.post(path, correction, status=404)
    await bernd.get(path, status=404)
    assert (await anna.post(path, correction))["confidentiality"] == "ENTRUSTED"
