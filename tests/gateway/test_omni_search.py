"""One box for everything: what was typed says where it is looked for."""

from typing import Any
from uuid import uuid4

import pytest

from deploy.local.demo.client import Client
from deploy.local.demo.papers import paper
from deploy.local.demo.story_referral import referral_body
from tests.gateway.conftest import NOWHERE, As, gateway_of
from tests.local_system import LocalSystem

ANNA, OTHER_TENANT = "waf-case-manager", "rheine-caritas-case-manager"
MONEY = "waf-funding-officer"
SEARCH = """query($text: String!, $first: Int! = 20) { omniSearch(text: $text, first: $first) {
  isComplete unavailable
  hits { node { __typename id } match { __typename id } } } }"""


@pytest.fixture
async def case(people: Client) -> Any:
    opening = {
        "origin": "SELF_CONTACT",
        "language": "ukr",
        "municipalityAgs": "05570044",
        "isAreaResolved": True,
        "members": [{"role": "CLIENT", "person": {"familyName": "Omnibus", "givenNames": "Ilka"}}],
    }
    return await people.create(ANNA, "cases", "/v1/cases", opening, key=uuid4().hex)


async def hits(as_: As, persona: str, text: str) -> set[tuple[str, str]]:
    found = (await as_(persona).data(SEARCH, text=text))["omniSearch"]
    assert found["isComplete"] is True
    shown = [one["node"] or one["match"] for one in found["hits"]]
    return {(one["__typename"], one["id"]) for one in shown}


async def test_a_uuid_a_reference_and_a_name_find_what_they_name(as_: As, case: Any) -> None:
    the_case, person = ("Case", case["id"]), case["personId"]
    assert await hits(as_, ANNA, f" {case['id']} ") == {the_case}
    assert await hits(as_, ANNA, person) == {("Person", person)}
    assert await hits(as_, ANNA, case["reference"]) == {the_case}
    assert await hits(as_, ANNA, case["reference"].lower()) == {the_case}
    assert ("PersonHit", person) in await hits(as_, ANNA, "Omnibuss")


async def test_a_number_of_another_system_finds_its_record(as_: As, people: Client) -> None:
    number, sender = f"fachverfahren/{uuid4().hex[:12]}", "st-jobcenter-system"
    left = paper("rheine_areas")["areas"][0]["streets_from_paper"][0]
    body = referral_body(number.replace("/", "-"), f"{left} 140")
    assert await hits(as_, sender, number) == set()
    sent = await people.put(sender, "referrals", f"/v1/referrals/by-external/{number}", body)
    assert await hits(as_, sender, number) == {("Referral", sent.accepted["id"])}
    assert await hits(as_, ANNA, number) == set()


async def test_who_may_not_see_a_record_finds_nothing(as_: As, case: Any) -> None:
    for persona in (OTHER_TENANT, MONEY, "waf-b3-officer"):
        for text in (case["id"], case["personId"], case["reference"], "Omnibus"):
            assert await hits(as_, persona, text) == set(), (persona, text)


async def test_what_was_typed_never_stands_in_a_url(as_: As) -> None:
    query = '{ omniSearch(text: "Omnibus") { isComplete } }'
    answer = await as_(ANNA).file("/graphql", query=query)
    assert answer.json()["errors"][0]["extensions"]["code"] == "METHOD_NOT_ALLOWED"


async def test_a_service_that_is_down_is_named(
    demo_system: LocalSystem, people: Client, case: Any
) -> None:
    async with gateway_of(demo_system, people, funding_url=NOWHERE, cases_url=NOWHERE) as asking:
        for text, down in ((case["reference"], ["CASES"]), ("sap/4711", ["CASES", "FUNDING"])):
            found = (await asking(ANNA).data(SEARCH, text=text))["omniSearch"]
            assert found == {"isComplete": False, "unavailable": down, "hits": []}
