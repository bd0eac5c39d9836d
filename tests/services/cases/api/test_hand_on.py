"""Handing an entrusted note on (§ 65 (1) SGB VIII): by its owner, to one person, on a ground."""

from typing import Any
from uuid import uuid4

import pytest

from tests.services.cases.conftest import Person, SignedIn, actor_of, consent_for, today

ENTRUSTED = {"kind": "CONVERSATION", "text": "Anvertrautes Gespräch.", "heldOn": today()}
RISK = {
    "reason": "RISK_ASSESSMENT",
    "justification": "Abschätzung nach § 8a SGB VIII.",
    "dangerSigns": "Kind mehrfach allein.",
    "isNeededForAssessment": True,
}


@pytest.fixture
async def note(anna: Person, case: dict[str, Any]) -> dict[str, Any]:
    written: dict[str, Any] = await anna.post(f"/v1/cases/{case['id']}/notes", ENTRUSTED)
    return written


@pytest.fixture
async def receiver(bernd: Person) -> str:
    return await actor_of(bernd, "manager-2")


async def given(
    anna: Person, case: dict[str, Any], kind: str = "EINWILLIGUNG", **changes: Any
) -> dict[str, Any]:
    """A consent (or release) in force to hand on what was entrusted about housing."""
    terms = {
        "consentType": kind,
        "purpose": "HAND_ON_ENTRUSTED",
        "dataCategories": ["HOUSING"],
        "releasedPerson": "Anna Muster" if kind != "EINWILLIGUNG" else None,
    }
    body = consent_for(case["personId"], **(terms | changes))
    drafted = await anna.post(f"/v1/cases/{case['id']}/consents", body)
    return await anna.give(drafted)


async def hand_on(person: Person, note: dict[str, Any], body: dict[str, Any], **how: Any) -> Any:
    return await person.post(f"/v1/notes/{note['id']}/actions/hand-on", body, **how)


async def refused(anna: Person, note: dict[str, Any], body: dict[str, Any]) -> list[str]:
    """The guards of the refusal, after which nothing is handed on."""
    problem = await hand_on(anna, note, body, status=422)
    assert problem["code"] == "guard-failed"
    assert (await anna.get(f"/v1/notes/{note['id']}/releases"))["items"] == []
    return list(problem["guards"])


async def test_with_consent_the_named_person_reads_this_note_and_no_other(
    anna: Person,
    bernd: Person,
    case: dict[str, Any],
    note: dict[str, Any],
    receiver: str,
    signed_in: SignedIn,
) -> None:
    other = await anna.post(f"/v1/cases/{case['id']}/notes", ENTRUSTED)
    before = await bernd.get(f"/v1/cases/{case['id']}")
    consent = await given(anna, case)
    body = {
        "reason": "CONSENT_OF_ENTRUSTER",
        "justification": "Vertretung im Urlaub.",
        "receiver": receiver,
        "dataCategories": ["HOUSING"],
        "consentId": consent["id"],
    }
    released = await hand_on(anna, note, body, status=200)
    assert (released["receiver"], released["consentId"]) == (receiver, consent["id"])
    assert (await bernd.get(f"/v1/notes/{note['id']}"))["text"] == "Anvertrautes Gespräch."
    await bernd.get(f"/v1/notes/{other['id']}", status=404)
    listed = (await bernd.get(f"/v1/cases/{case['id']}/notes"))["items"]
    assert [one["id"] for one in listed] == [note["id"]]
    after = await bernd.get(f"/v1/cases/{case['id']}")
    assert after["version"] == before["version"] + 3  # the consent and its evidence, not the note

    log = await signed_in("waf-dpo").get("/v1/audit-entries", action="hand-on-note", first="5")
    [entry] = [one for one in log["items"] if one["recordIds"] == [note["id"]]]
    assert entry["changes"] == {"reason": "CONSENT_OF_ENTRUSTER", "releaseId": released["id"]}


async def test_a_receiver_is_bound_to_the_purpose_and_hands_nothing_on(
    anna: Person, bernd: Person, note: dict[str, Any], receiver: str
) -> None:
    await hand_on(anna, note, RISK | {"receiver": receiver}, status=200)
    again = await hand_on(anna, note, RISK | {"receiver": receiver}, status=409)
    assert again["code"] == "note-is-handed-on"
    further = RISK | {"receiver": await actor_of(anna, "waf-case-manager")}
    assert (await hand_on(bernd, note, further, status=403))["code"] == "not-the-writer"
    correction = {"text": "Anders.", "heldOn": today(), "reason": "x"}
    path = f"/v1/notes/{note['id']}/versions"
    assert (await bernd.post(path, correction, status=403))["code"] == "not-the-writer"
    # What the owner writes later was handed on to nobody.
    newer = await anna.post(path, correction)
    await bernd.get(f"/v1/notes/{newer['id']}", status=404)
    assert [one["number"] for one in (await bernd.get(path))["items"]] == [1]


async def test_to_a_colleague_without_it_the_note_does_not_exist(
    bernd: Person, note: dict[str, Any], receiver: str
) -> None:
    hidden = await hand_on(bernd, note, RISK | {"receiver": receiver}, status=404)
    missing = await hand_on(bernd, {"id": uuid4()}, RISK | {"receiver": receiver}, status=404)
    assert hidden["code"] == missing["code"] == "not-found"
    await bernd.get(f"/v1/notes/{note['id']}/releases", status=404)


@pytest.mark.parametrize(
    "narrower",
    [
        {"purpose": "CASE_MANAGEMENT"},
        {"dataCategories": ["CONTACT"]},
        {"recipientUnit": "waf-jobcenter"},
        {"direction": "IN"},
    ],
)
async def test_hazard_04_a_consent_to_something_else_covers_no_hand_on(
    anna: Person,
    case: dict[str, Any],
    note: dict[str, Any],
    receiver: str,
    narrower: dict[str, Any],
) -> None:
    consent = await given(anna, case, **narrower)
    body = {
        "reason": "CONSENT_OF_ENTRUSTER",
        "justification": "Vertretung.",
        "receiver": receiver,
        "dataCategories": ["HOUSING"],
        "consentId": consent["id"],
    }
    assert await refused(anna, note, body) == ["consent-covers-hand-on"]


async def test_hazard_05_a_state_recognised_writer_needs_the_release_as_well(
    anna: Person, case: dict[str, Any], note: dict[str, Any], receiver: str
) -> None:
    recognised = {"boundToSecrecyOn": "2021-02-01", "isStateRecognised": True}
    await anna.put("/v1/staff-members", recognised)
    try:
        consent = await given(anna, case)
        body = {
            "reason": "CONSENT_OF_ENTRUSTER",
            "justification": "Vertretung.",
            "receiver": receiver,
            "dataCategories": ["HOUSING"],
            "consentId": consent["id"],
        }
        assert await refused(anna, note, body) == ["release-covers-hand-on"]
        swapped = body | {"releaseId": consent["id"]}
        assert await refused(anna, note, swapped) == ["release-covers-hand-on"]
        release = await given(anna, case, kind="SCHWEIGEPFLICHTENTBINDUNG")
        await hand_on(anna, note, body | {"releaseId": release["id"]}, status=200)
    finally:
        await anna.put("/v1/staff-members", recognised | {"isStateRecognised": False})


async def test_f18_a_successor_receives_only_on_signs_of_danger(
    anna: Person, bernd: Person, case: dict[str, Any], note: dict[str, Any], receiver: str
) -> None:
    successor = RISK | {"reason": "SUCCESSOR_ON_DANGER", "receiver": receiver}
    assert await refused(anna, note, successor) == ["receiver-is-successor"]
    await anna.act(case["id"], "assign")
    await anna.act(case["id"], "hand-over", caseManager=receiver)
    without = {**successor, "dangerSigns": None, "isNeededForAssessment": False}
    assert await refused(anna, note, without) == [
        "danger-signs-recorded",
        "needed-for-risk-assessment",
    ]
    await bernd.get(f"/v1/notes/{note['id']}", status=404)
    await hand_on(anna, note, successor, status=200)
    assert (await bernd.get(f"/v1/notes/{note['id']}"))["id"] == note["id"]


async def test_what_goes_to_the_family_court_is_recorded_and_opens_nothing_here(
    anna: Person, bernd: Person, note: dict[str, Any]
) -> None:
    court = RISK | {"reason": "FAMILY_COURT_8A", "outsideReceiver": "Amtsgericht (Beispiel)"}
    assert await refused(anna, note, court) == [
        "family-court-named",
        "decision-impossible-otherwise",
    ]
    complete = court | {"courtReference": "12 F 34/22", "isDecisionImpossibleOtherwise": True}
    released = await hand_on(anna, note, complete, status=200)
    assert (released["receiver"], released["courtReference"]) == (None, "12 F 34/22")
    await bernd.get(f"/v1/notes/{note['id']}", status=404)


async def test_a_stranger_and_two_receivers_and_a_shared_note_are_refused(
    anna: Person, case: dict[str, Any], note: dict[str, Any], receiver: str
) -> None:
    unbound = RISK | {"receiver": "urn:nobody|somebody"}
    assert await refused(anna, note, unbound) == ["expert-bound-or-pseudonymised"]
    both = RISK | {"receiver": receiver, "outsideReceiver": "Fachstelle"}
    assert (await hand_on(anna, note, both, status=422))["code"] == "one-receiver"
    assert (await hand_on(anna, note, RISK, status=422))["code"] == "one-receiver"
    shared = {"kind": "FILE", "text": "Termin.", "heldOn": today()}
    normal = await anna.post(f"/v1/cases/{case['id']}/notes", shared)
    problem = await hand_on(anna, normal, RISK | {"receiver": receiver}, status=409)
    assert problem["code"] == "note-is-not-entrusted"
