"""Joins over services: at most one call per service and level, whatever the length of the list."""

from typing import Any

import pytest

from deploy.local.demo.client import Client
from tests.gateway.conftest import NOWHERE, As, gateway_of
from tests.gateway.test_main_job import SUBMIT, change, new_referral, step
from tests.local_system import LocalSystem
from tests.waiting import until

CARITAS = "rheine-caritas-case-manager"
INBOX = """
query Inbox($first: Int!, $after: String) {
  referralInbox(first: $first, after: $after, filter: {state: [ACCEPTED]}) {
    edges {
      cursor
      node {
        id
        case { id state allowedActions person { familyName } referrals { id case { id } } }
      }
    }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}
"""


@pytest.fixture
async def accepted(as_: As) -> list[str]:
    """Three referrals whose cases have come about."""
    ids = []
    for _ in range(3):
        sent = (await change(as_("st-jobcenter-system"), SUBMIT, **new_referral()))["referral"]
        pulled = await step(as_(CARITAS), "pullReferral", "ReferralStepInput", sent)
        await step(as_(CARITAS), "acceptReferral", "AcceptReferralInput", pulled["referral"])
        ids.append(sent["id"])
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Referral { case { id } } } }"

    async def all_have_cases() -> bool:
        found = await as_(CARITAS).data(query, ids=ids)
        return all(node["case"] for node in found["nodes"])

    await until(all_have_cases)
    return ids


async def test_a_list_with_four_levels_of_relations_takes_one_call_each(
    as_: As, accepted: list[str]
) -> None:
    answer = await as_(CARITAS).ask(INBOX, first=20)
    edges = answer["data"]["referralInbox"]["edges"]
    assert len(edges) >= 3
    for edge in edges:
        node = edge["node"]
        assert node["id"] in {one["id"] for one in node["case"]["referrals"]}
    # inbox → cases → referrals of the cases (the persons are not recorded yet) → their cases,
    # which the request knows already.
    assert answer["extensions"]["upstreamCalls"] <= 4


async def test_the_number_of_calls_does_not_grow_with_the_list(
    as_: As, accepted: list[str]
) -> None:
    query = """query($first: Int!) { cases(first: $first) { edges { node {
      allowedActions referrals { id state } } } } }"""
    calls = []
    for first in (1, 3, 20):
        answer = await as_(CARITAS).ask(query, first=first)
        assert 1 <= len(answer["data"]["cases"]["edges"]) <= first
        calls.append(answer["extensions"]["upstreamCalls"])
    assert calls == [3, 3, 3]


async def test_pages_continue_behind_every_cursor(as_: As, accepted: list[str]) -> None:
    whole = (await as_(CARITAS).data(INBOX, first=20))["referralInbox"]["edges"]
    for place, edge in enumerate(whole[:-1]):
        rest = await as_(CARITAS).data(INBOX, first=1, after=edge["cursor"])
        (following,) = rest["referralInbox"]["edges"]
        assert following["node"]["id"] == whole[place + 1]["node"]["id"]
        assert rest["referralInbox"]["pageInfo"]["hasPreviousPage"] is True


async def test_a_page_that_is_not_the_last_says_so(as_: As, accepted: list[str]) -> None:
    page = (await as_(CARITAS).data(INBOX, first=2))["referralInbox"]
    info = page["pageInfo"]
    assert (info["hasNextPage"], info["hasPreviousPage"]) == (True, False)
    assert info["startCursor"] == page["edges"][0]["cursor"]
    assert info["endCursor"] == page["edges"][-1]["cursor"]


@pytest.mark.parametrize("first", [0, -1, 101, 2**31 - 1])
async def test_a_page_has_one_to_a_hundred_rows(as_: As, first: int) -> None:
    answer = await as_(CARITAS).ask(INBOX, first=first)
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["BAD_USER_INPUT"]


async def test_a_cursor_nobody_made_is_refused(as_: As) -> None:
    answer = await as_(CARITAS).ask(INBOX, first=1, after="../../etc/passwd")
    (error,) = answer["errors"]
    assert error["extensions"] == {
        "code": "REFUSED",
        "problem": "cursor-unreadable",
        "service": "referrals",
    }


async def test_nodes_come_in_the_order_asked_and_hidden_ones_are_null(
    as_: As, accepted: list[str]
) -> None:
    query = """query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"""
    missing = "00000000-0000-7000-8000-000000000000"
    asked = [accepted[1], missing, accepted[0], "no-uuid"]
    seen = (await as_(CARITAS).data(query, ids=asked))["nodes"]
    assert [node and node["id"] for node in seen] == [accepted[1], None, accepted[0], None]
    hidden = await as_("rheine-lernen-foerdern-case-manager").data(query, ids=asked)
    assert hidden["nodes"] == [None, None, None, None]


async def test_node_finds_a_case_by_the_id_of_the_rest_interface(
    as_: As, accepted: list[str]
) -> None:
    whole = (await as_(CARITAS).data(INBOX, first=1))["referralInbox"]["edges"]
    case_id = whole[0]["node"]["case"]["id"]
    query = "query($id: ID!) { node(id: $id) { __typename ... on Case { id state } } }"
    node = (await as_(CARITAS).data(query, id=case_id))["node"]
    assert (node["__typename"], node["id"]) == ("Case", case_id)


async def test_the_case_list_says_what_can_be_done_in_one_more_call(
    as_: As, accepted: list[str]
) -> None:
    query = """{ cases(first: 10) { edges { node {
      id allowedActions availableTransitions { action isOpen } } } } }"""
    answer: dict[str, Any] = await as_(CARITAS).ask(query)
    assert all(edge["node"]["allowedActions"] for edge in answer["data"]["cases"]["edges"])
    assert answer["extensions"]["upstreamCalls"] == 2


async def test_one_service_down_leaves_the_others_answers(
    demo_system: LocalSystem, people: Client, accepted: list[str]
) -> None:
    async with gateway_of(demo_system, people, cases_url=NOWHERE) as as_:
        answer = await as_(CARITAS).ask(INBOX, first=3)
    edges = answer["data"]["referralInbox"]["edges"]
    assert len(edges) == 3
    assert [edge["node"]["case"] for edge in edges] == [None, None, None]
    assert {error["extensions"]["code"] for error in answer["errors"]} == {"SERVICE_UNAVAILABLE"}
    assert {error["extensions"]["service"] for error in answer["errors"]} == {"cases"}


async def test_the_foreigners_authority_finds_no_case(as_: As, accepted: list[str]) -> None:
    whole = (await as_(CARITAS).data(INBOX, first=1))["referralInbox"]["edges"]
    case_id = whole[0]["node"]["case"]["id"]
    query = "query($id: ID!) { case(id: $id) { id } node(id: $id) { id } }"
    assert await as_("rheine-b3-officer").data(query, id=case_id) == {"case": None, "node": None}


async def test_an_award_comes_with_its_posts_and_what_can_be_done(as_: As) -> None:
    query = """{ awards(filter: {fiscalYear: 2022, book: LIVE}) { edges { node {
      state total positions { postType approvedFte } allocations { id }
      allowedActions availableTransitions { action toState isPermitted obstacles { guard } }
    } } } }"""
    answer: dict[str, Any] = await as_("waf-coordinator").ask(query)
    (edge,) = answer["data"]["awards"]["edges"]
    award = edge["node"]
    assert award["total"] == "1222800.00"
    posts = {post["postType"]: post["approvedFte"] for post in award["positions"]}
    assert posts == {
        "COORDINATION": "3.50",
        "ADMINISTRATION": "0.50",
        "CASE_MANAGEMENT": "14.00",
        "FOREIGNERS_AUTHORITY": "1.00",
        "NATURALISATION_AUTHORITY": "2.00",
    }
    possible = {one["action"] for one in award["availableTransitions"]}
    assert set(award["allowedActions"]) <= possible
    assert answer["extensions"]["upstreamCalls"] == 4
