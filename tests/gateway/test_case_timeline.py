"""One timeline of a case out of three services, in one cursor."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.local.demo.client import Client
from gateway.clients.cases import CasesClient
from gateway.clients.conversation import CallLog, Conversation
from gateway.clients.faults import ServiceDown
from gateway.clients.funding import FundingClient
from gateway.clients.referrals import ReferralsClient
from gateway.clients.services import Services
from gateway.clients.upstream import Answer, Call, Standing
from gateway.schema.finding_timeline import case_timeline
from tests.gateway.broken_services import failing
from tests.gateway.conftest import As, gateway_of
from tests.gateway.test_main_job import SUBMIT, TODAY, change, new_referral, step
from tests.gateway.working import ANNA, BERND, bound, done, opened
from tests.local_system import LocalSystem
from tests.waiting import until

CARITAS = "rheine-caritas-case-manager"
TIMELINE = """
query Timeline($case: ID!, $first: Int! = 100, $after: String, $kinds: [CaseTimelineKind!]) {
  caseTimeline(caseId: $case, first: $first, after: $after, kinds: $kinds) {
    isComplete unavailable
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node {
      __typename recordId kind service at onDate actor
      ... on CasePhaseEntry { action toState rule }
      ... on CaseContactEntry { contactKind outcome minutes }
      ... on CaseTaskEntry { title taskState }
      ... on CaseNoteEntry { noteKind confidentiality number }
      ... on CaseDocumentEntry { title documentKind }
      ... on CaseStatusEntry { statusKind code }
      ... on CaseReferralEntry { referralId type side stateAfter }
    } }
  }
}
"""


async def timeline(as_: As, persona: str, case_id: str, **given: Any) -> Any:
    return (await as_(persona).data(TIMELINE, case=case_id, **given))["caseTimeline"]


@pytest.fixture
async def case(as_: As) -> Any:
    """A case with one entry of nearly every kind."""
    anna = as_(ANNA)
    await bound(anna)
    case = await opened(anna)
    about: dict[str, Any] = {"caseId": case["id"]}
    contact = {"kind": "PHONE", "heldOn": TODAY, "minutes": 20, "language": "ukr"}
    await done(
        anna,
        "recordContact",
        "ContactSuccess contact { id }",
        **about,
        **contact,
        outcome="ADVISED",
    )
    task = await done(
        anna, "setTask", "TaskSuccess task { id }", **about, title="Antrag", dueOn=TODAY
    )
    ended = {"taskId": task["id"], "action": "FINISH"}
    await done(anna, "performTaskAction", "TaskSuccess task { id }", **ended)
    note = {"kind": "CONVERSATION", "text": "Vertraulich.", "heldOn": TODAY}
    await done(anna, "writeNote", "NoteSuccess note { id }", **about, **note)
    return case


@pytest.fixture
async def joined(as_: As) -> dict[str, str]:
    """A case that came of a referral, and that referral."""
    sent = (await change(as_("st-jobcenter-system"), SUBMIT, **new_referral()))["referral"]
    pulled = await step(as_(CARITAS), "pullReferral", "ReferralStepInput", sent)
    await step(as_(CARITAS), "acceptReferral", "AcceptReferralInput", pulled["referral"])
    query = "query($id: ID!) { referral(id: $id) { case { id } } }"

    async def found() -> Any:
        referral = (await as_(CARITAS).data(query, id=sent["id"]))["referral"]
        return referral and referral["case"]

    return {"referral": sent["id"], "case": (await until(found))["id"]}


async def test_what_was_recorded_comes_latest_first_in_one_call_per_service(
    as_: As, case: Any
) -> None:
    answer = await as_(ANNA).ask(TIMELINE, case=case["id"])
    found = answer["data"]["caseTimeline"]
    assert (found["isComplete"], found["unavailable"]) == (True, [])
    nodes = [edge["node"] for edge in found["edges"]]
    assert [node["kind"] for node in nodes][:4] == ["NOTE", "TASK_ENDED", "TASK", "CONTACT"]
    assert {node["kind"] for node in nodes[4:]} == {"PHASE"}
    assert [node["at"] for node in nodes] == sorted((node["at"] for node in nodes), reverse=True)
    note, _, task, contact = nodes[:4]
    assert note["confidentiality"] == "ENTRUSTED"
    assert (task["title"], task["taskState"], task["onDate"]) == ("Antrag", "DONE", TODAY)
    assert (contact["contactKind"], contact["minutes"]) == ("PHONE", 20)
    assert answer["extensions"]["upstreamCalls"] == 3


async def test_an_entrusted_note_is_in_nobody_elses_timeline(as_: As, case: Any) -> None:
    await bound(as_(BERND))
    colleague = await timeline(as_, BERND, case["id"])
    kinds = [edge["node"]["kind"] for edge in colleague["edges"]]
    assert "NOTE" not in kinds
    assert "CONTACT" in kinds
    assert colleague["isComplete"] is True


async def test_pages_go_through_every_entry_once(as_: As, case: Any) -> None:
    whole = (await timeline(as_, ANNA, case["id"]))["edges"]
    after, seen = None, []
    for _ in whole:
        page = await timeline(as_, ANNA, case["id"], first=2, after=after)
        seen += [edge["node"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == [edge["node"] for edge in whole]


async def test_what_is_recorded_meanwhile_moves_no_page(as_: As, case: Any) -> None:
    whole = (await timeline(as_, ANNA, case["id"]))["edges"]
    first = await timeline(as_, ANNA, case["id"], first=3)
    late = {"caseId": case["id"], "title": "Später", "dueOn": TODAY}
    await done(as_(ANNA), "setTask", "TaskSuccess task { id }", **late)
    rest = await timeline(as_, ANNA, case["id"], after=first["pageInfo"]["endCursor"])
    assert rest["edges"] == whole[3:]
    assert rest["pageInfo"]["hasPreviousPage"] is True


async def test_only_the_kinds_that_are_asked_for(as_: As, case: Any) -> None:
    found = await timeline(as_, ANNA, case["id"], kinds=["TASK", "CONTACT"])
    assert [edge["node"]["kind"] for edge in found["edges"]] == ["TASK", "CONTACT"]


@pytest.mark.parametrize("persona", [CARITAS, "waf-coordinator", "rheine-b3-officer"])
async def test_a_hidden_case_has_no_timeline_as_if_nobody_had_issued_it(
    as_: As, case: Any, persona: str
) -> None:
    assert await timeline(as_, persona, case["id"]) is None
    assert await timeline(as_, persona, str(uuid4())) is None
    assert await timeline(as_, persona, "no-uuid") is None


async def test_steps_of_the_referral_stand_in_the_timeline_of_its_case(
    as_: As, joined: dict[str, str]
) -> None:
    found = await timeline(as_, CARITAS, joined["case"])
    steps = [one["node"] for one in found["edges"] if one["node"]["service"] == "REFERRALS"]
    assert [one["stateAfter"] for one in steps] == ["ACCEPTED", "DELIVERED", "SUBMITTED"]
    assert {one["referralId"] for one in steps} == {joined["referral"]}
    assert {one["node"]["service"] for one in found["edges"]} == {"CASES", "REFERRALS"}


@pytest.mark.parametrize("how", ["gone", "a page of texts"])
async def test_a_timeline_without_the_referral_service_says_what_is_missing(
    demo_system: LocalSystem, people: Client, joined: dict[str, str], how: str
) -> None:
    async with (
        failing(how) as address,
        gateway_of(demo_system, people, referrals_url=address) as as_,
    ):
        answer = await as_(CARITAS).ask(TIMELINE, case=joined["case"])
    assert "errors" not in answer
    found = answer["data"]["caseTimeline"]
    assert (found["isComplete"], found["unavailable"]) == (False, ["REFERRALS"])
    assert {one["node"]["service"] for one in found["edges"]} == {"CASES"}


@pytest.mark.parametrize("after", ["../../etc/passwd", "W10", "ü" * 30, "WyIyMDIyIiwieCIsMV0"])
async def test_a_cursor_nobody_made_is_refused(as_: As, case: Any, after: str) -> None:
    answer = await as_(ANNA).ask(TIMELINE, case=case["id"], after=after)
    (error,) = answer["errors"]
    assert error["extensions"] == {"code": "BAD_USER_INPUT", "argument": "after"}


class Recorded:
    """A service whose list holds these milliseconds, the latest first, by its own cursors."""

    def __init__(self, name: str, instants: list[int]) -> None:
        self.name, self.standing = name, Standing()
        self.instants = sorted(instants, reverse=True)
        self.calls = 0

    async def call(self, call: Call) -> Answer:
        self.calls += 1
        asked = dict(call.query)
        rows = list(enumerate(self.instants))
        if "after" in asked:
            rows = rows[int(asked["after"]) + 1 :]
        bound = next((value for key, value in asked.items() if key.endswith("[lt]")), None)
        if bound is not None:
            rows = [row for row in rows if written(row[1]) < bound]
        shown = rows[: int(asked["first"])]
        items = [
            {
                "id": f"{self.name}-{place}",
                "kind": "TASK",
                "details": {},
                "at": written(at),
                "createdAt": written(at),
                **dict.fromkeys(("valueDate", "state", "fromState", "toState"), "X"),
            }
            for place, at in shown
        ]
        more = str(shown[-1][0]) if len(rows) > len(shown) else None
        cursors = [str(place) for place, _ in shown]
        return Answer(200, orjson.dumps({"items": items, "cursors": cursors, "nextCursor": more}))


class Down(Recorded):
    async def call(self, call: Call) -> Answer:
        raise ServiceDown(self.name, "gone")


def written(millisecond: int) -> str:
    at = datetime.fromtimestamp(millisecond / 1000, UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def services_of(*upstreams: Recorded) -> Services:
    cases, funding, referrals = (
        Conversation(one, {}, CallLog(), timeout_s=1.0) for one in upstreams
    )
    return Services(CasesClient(cases, 1), FundingClient(funding, 1), ReferralsClient(referrals, 1))


MOMENTS = st.lists(st.integers(1, 6), max_size=6)


@given(cases=MOMENTS, funding=MOMENTS, referrals=MOMENTS, first=st.integers(1, 5))
def test_one_cursor_goes_through_three_lists_in_order(
    cases: list[int], funding: list[int], referrals: list[int], first: int
) -> None:
    """Also where several recorded at the same millisecond."""
    upstreams = [
        Recorded(name, instants)
        for name, instants in (("cases", cases), ("funding", funding), ("referrals", referrals))
    ]
    everything = [(-at, rank, place) for rank, one in enumerate(upstreams)
                  for place, at in enumerate(one.instants)]  # fmt: skip
    ranks = {"cases": 0, "funding": 1, "referrals": 2}

    async def read() -> list[tuple[int, int, int]]:
        after, seen = None, []
        while True:
            page = await case_timeline(services_of(*upstreams), uuid4(), first, after, None)
            assert page is not None
            assert page.is_complete
            for edge in page.edges:
                name, _, place = edge.node.record["recordId"].partition("-")
                at = datetime.fromisoformat(edge.node.record["at"])
                seen.append((-round(at.timestamp() * 1000), ranks[name], int(place)))
            if not page.page_info.has_next_page:
                return seen
            after = page.page_info.end_cursor

    assert asyncio.run(read()) == sorted(everything)


async def test_with_two_services_down_the_third_still_tells() -> None:
    services = services_of(Recorded("cases", [3, 1]), Down("funding", []), Down("referrals", []))
    page = await case_timeline(services, uuid4(), 10, None, None)
    assert page is not None
    assert [edge.node.record["at"] for edge in page.edges] == [written(3), written(1)]
    assert [one.value for one in page.unavailable] == ["funding", "referrals"]
    assert page.is_complete is False
