"""Deputies appointed by the lead, and cases opened in an emergency, through the one door."""

from typing import Any

import pytest

from tests.gateway.conftest import As
from tests.gateway.test_main_job import TODAY
from tests.gateway.working import ANNA, BERND, ELSEWHERE, bound, done, opened, tried

OFFICER, LEAD = "waf-dpo", "waf-team-lead"
ACCESS = "EmergencyAccessSuccess emergencyAccess { id version state verdict actor }"
WHY = {
    "reason": "PERSON_IN_CHARGE_UNREACHABLE",
    "justification": "Räumung morgen früh, die Fallführung ist erkrankt.",
}
NOTES = "query($id: ID!) { case(id: $id) { notes { text } } }"
DEEDS = """query($id: ID!) { emergencyAccess(id: $id) { state }
  emergencyAccessDeeds(id: $id, first: 100) { edges { node { action recordKind } } } }"""
LISTED = """query($case: ID!) { emergencyAccesses(filter: {caseId: $case, state: [OPEN, ENDED]}) {
  edges { node { id justification } } } }"""


@pytest.fixture
async def case(as_: As) -> Any:
    """Held by Anna, with one confidential note."""
    anna = as_(ANNA)
    await bound(anna)
    made = await opened(anna)
    note = {"kind": "FILE", "text": "Vertraulich.", "heldOn": TODAY}
    await done(
        anna,
        "writeNote",
        "NoteSuccess note { id }",
        caseId=made["id"],
        confidentiality="CONFIDENTIAL",
        **note,
    )
    return made


async def texts(as_: As, case: Any) -> list[str]:
    found = await as_(BERND).data(NOTES, id=case["id"])
    return [one["text"] for one in found["case"]["notes"]]


async def test_an_emergency_opens_a_case_until_it_ends_and_the_officer_reviews(
    as_: As, case: Any
) -> None:
    bernd, officer = as_(BERND), as_(OFFICER)
    assert await texts(as_, case) == []
    made = await done(bernd, "openEmergencyAccess", ACCESS, caseId=case["id"], **WHY)
    assert (made["state"], await texts(as_, case)) == ("OPEN", ["Vertraulich."])
    twice = await tried(bernd, "openEmergencyAccess", "__typename", caseId=case["id"], **WHY)
    assert (twice["__typename"], twice["code"]) == ("ConflictError", "emergency-is-open")
    edges = (await officer.data(LISTED, case=case["id"]))["emergencyAccesses"]["edges"]
    assert [edge["node"]["justification"] for edge in edges] == [WHY["justification"]]
    ended = await done(bernd, "endEmergencyAccess", ACCESS, accessId=made["id"])
    assert (ended["state"], await texts(as_, case)) == ("ENDED", [])
    found = await officer.data(DEEDS, id=made["id"])
    deeds = [edge["node"] for edge in found["emergencyAccessDeeds"]["edges"]]
    assert {"action": "read", "recordKind": "note"} in deeds
    review = {"accessId": made["id"], "verdict": "JUSTIFIED"}
    mine = await tried(
        bernd, "reviewEmergencyAccess", "__typename", **review, expectedVersion=ended["version"]
    )
    assert mine["__typename"] == "ForbiddenError"
    reviewed = await done(
        officer, "reviewEmergencyAccess", ACCESS, **review, expectedVersion=ended["version"]
    )
    assert (reviewed["state"], reviewed["verdict"]) == ("REVIEWED", "JUSTIFIED")


async def test_another_unit_opens_nothing_in_an_emergency(as_: As, case: Any) -> None:
    refused = await tried(
        as_(ELSEWHERE), "openEmergencyAccess", "__typename", caseId=case["id"], **WHY
    )
    assert refused["__typename"] == "NotFoundError"
    seen = await as_(ELSEWHERE).data(LISTED, case=case["id"])
    assert seen == {"emergencyAccesses": {"edges": []}}


async def test_the_lead_appoints_a_deputy_and_nobody_appoints_themselves(
    as_: As, case: Any
) -> None:
    bernd = as_(BERND)
    await bound(bernd)
    who = "{ viewer { actor } }"
    anna, deputy = [(await as_(one).data(who))["viewer"]["actor"] for one in (ANNA, BERND)]
    asked = {"principal": anna, "deputy": deputy, "fromOn": TODAY, "toOn": TODAY}
    alone = await tried(bernd, "appointDeputy", "__typename", **asked)
    assert (alone["__typename"], alone["code"]) == (
        "ForbiddenError",
        "deputy-not-yours-to-appoint",
    )
    assert await texts(as_, case) == []
    fields = "DeputyshipSuccess deputyship { id state endedBy }"
    made = await done(as_(LEAD), "appointDeputy", fields, **asked)
    assert (made["state"], await texts(as_, case)) == ("IN_FORCE", ["Vertraulich."])
    ended = await done(as_(LEAD), "endDeputyship", fields, deputyshipId=made["id"])
    assert (ended["state"], await texts(as_, case)) == ("ENDED", [])
