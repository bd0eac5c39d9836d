"""Requests of data subjects through the one door."""

from typing import Any

from deploy.local.demo.client import Client
from tests.gateway.conftest import As
from tests.gateway.test_main_job import TODAY, change, mutation
from tests.gateway.test_people import ELSEWHERE, SAMIRA
from tests.gateway.test_retention import ended

__all__ = ["ended"]  # fixture

FIELDS = """... on RightsRequestSuccess { request { id version dataRight state dueOn isOverdue
  refusalGround parts { service kind } decisions { ground } notices { answer } exportPath
  availableTransitions { action isOpen blockedBy { id } } } }"""


async def test_an_erasure_is_previewed_and_refused_with_its_legal_ground(
    as_: As, people: Client, ended: list[str]
) -> None:
    asker = as_(SAMIRA)
    case = (await people.get(SAMIRA, "cases", f"/v1/cases/{ended[0]}")).accepted

    async def act(version: int, action: str, **said: Any) -> Any:
        name = "performRightsRequestAction"
        asked = mutation(name, "PerformRightsRequestActionInput", FIELDS)
        given = {"requestId": request["id"], "expectedVersion": version, "action": action}
        return await change(asker, asked, **given, **said)

    record = mutation("recordRightsRequest", "RecordRightsRequestInput", FIELDS)
    recorded = await change(
        asker, record, dataRight="ERASURE", personId=case["personId"], askedBy="SELF",
        receivedOn=TODAY, receivedVia="IN_PERSON", askedOn="GDPR_17_1_A",
    )  # fmt: skip
    request = recorded["request"]
    assert (request["state"], request["isOverdue"], request["exportPath"]) == (
        "RECEIVED",
        False,
        None,
    )
    blocked = {one["action"]: one for one in request["availableTransitions"]}
    assert [one["id"] for one in blocked["CONFIRM_IDENTITY"]["blockedBy"]] == ["identity-checked"]
    refused = await act(request["version"], "CONFIRM_IDENTITY")
    assert refused["__typename"] == "GuardFailedError", refused
    moved = await act(request["version"], "CONFIRM_IDENTITY", identityCheck="IDENTITY_PAPER_SEEN")
    assert {one["service"] for one in moved["request"]["parts"]} >= {"cases"}

    query = """query($id: ID!) { rightsRequest(id: $id) { version person { familyName }
      erasurePreview { isPossible isPersonErased cases { reasonsAgainst { ground norms } }
        wouldGo { service kind records } }
      ownNotes { id } } }"""
    seen = (await asker.data(query, id=request["id"]))["rightsRequest"]
    [previewed] = seen["erasurePreview"]["cases"]
    assert [one["ground"] for one in previewed["reasonsAgainst"]] == ["ARCHIVE_PENDING"]
    assert seen["erasurePreview"]["isPersonErased"] is True
    assert seen["person"]["familyName"].startswith("Altfall")
    done = await act(
        seen["version"], "REFUSE", refusalGround="ARCHIVE_PENDING", areRemediesTold=True
    )
    assert (done["request"]["state"], done["request"]["refusalGround"]) == (
        "REFUSED",
        "ARCHIVE_PENDING",
    )


async def test_another_unit_finds_no_request_and_the_officer_reads_the_clock(
    as_: As, people: Client, ended: list[str]
) -> None:
    case = (await people.get(SAMIRA, "cases", f"/v1/cases/{ended[0]}")).accepted
    record = mutation("recordRightsRequest", "RecordRightsRequestInput", FIELDS)
    recorded = await change(
        as_(SAMIRA), record, dataRight="ACCESS", personId=case["personId"], askedBy="SELF",
        receivedOn="2026-08-03", receivedVia="LETTER",
    )  # fmt: skip
    mine = {"id": recorded["request"]["id"]}
    one = "query($id: ID!) { rightsRequest(id: $id) { dueOn isOverdue personId } }"
    assert (await as_(ELSEWHERE).data(one, **mine))["rightsRequest"] is None
    seen = (await as_("waf-dpo").data(one, **mine))["rightsRequest"]
    assert (seen["dueOn"], seen["isOverdue"]) == ("2026-09-03", True)
    listed = """query { rightsRequests(filter: {isUnanswered: true, dataRight: [ACCESS]}) {
      edges { node { id } } } }"""
    found = (await as_(SAMIRA).data(listed))["rightsRequests"]["edges"]
    assert mine["id"] in [edge["node"]["id"] for edge in found]
