"""`explainAccess`: each service says of its own records why the caller sees them."""

from typing import Any
from uuid import uuid4

import pytest

from deploy.local.demo.client import Client
from tests.explanations import codes
from tests.gateway.conftest import NOWHERE, As, gateway_of
from tests.gateway.test_main_job import SUBMIT, change, new_referral
from tests.local_system import LocalSystem

ANNA, OFFICER, SENDER = "waf-case-manager", "waf-funding-officer", "st-jobcenter-system"
# Of a county that passes money on in the demonstration data.
OFFICER_OF_ALLOCATIONS = "ac-funding-officer"
RECIPIENT = "rheine-caritas-case-manager"
RULE = "{ code basis { de en } text { de en } members }"
EXPLAIN = f"""query($id: ID!) {{ explainAccess(id: $id) {{
  id kind shownBy {RULE} narrowedBy {RULE} hiddenBy {RULE} hiddenMembers }} }}"""
AWARDS = "{ awards(first: 1) { edges { node { id } } } }"
ALLOCATIONS = "{ allocations(first: 1) { edges { node { id } } } }"


@pytest.fixture
async def case(people: Client) -> Any:
    opening = {
        "origin": "SELF_CONTACT",
        "municipalityAgs": "05570044",
        "isAreaResolved": True,
        "members": [{"role": "CLIENT", "person": {"familyName": "Sicht", "givenNames": "Ilka"}}],
    }
    return await people.create(ANNA, "cases", "/v1/cases", opening, key=uuid4().hex)


@pytest.fixture
async def referral(as_: As) -> Any:
    sent = await change(as_(SENDER), SUBMIT, **new_referral())
    assert sent["__typename"] == "ReferralSuccess", sent
    return sent["referral"]


async def explained(as_: As, persona: str, record_id: str) -> Any:
    return (await as_(persona).data(EXPLAIN, id=record_id))["explainAccess"]


async def first_of(as_: As, persona: str, query: str) -> str:
    data = await as_(persona).data(query)
    ((_, page),) = data.items()
    return str(page["edges"][0]["node"]["id"])


async def test_each_service_explains_its_own_records(as_: As, case: Any, referral: Any) -> None:
    award = await first_of(as_, OFFICER, AWARDS)
    allocation = await first_of(as_, OFFICER_OF_ALLOCATIONS, ALLOCATIONS)
    for persona, record_id, kind, shown in (
        (ANNA, case["id"], "CASE", {"case-of-own-unit"}),
        (ANNA, case["personId"], "PERSON", {"person-of-own-unit"}),
        (SENDER, referral["id"], "REFERRAL", {"sent-by-own-unit"}),
        (RECIPIENT, referral["id"], "REFERRAL", {"sent-to-own-unit"}),
        (OFFICER, award, "AWARD", {"read-as-funding-officer"}),
        (OFFICER_OF_ALLOCATIONS, allocation, "ALLOCATION", {"read-as-funding-officer"}),
    ):
        found = await explained(as_, persona, record_id)
        assert (found["id"], found["kind"]) == (record_id, kind)
        assert codes(found, "shownBy") == shown
    hidden = await explained(as_, RECIPIENT, referral["id"])
    rule = next(one for one in hidden["hiddenBy"] if one["code"] == "content-before-acceptance")
    assert rule["members"] == ["content", "disputedFields", "disputes", "secretCategories"]
    assert rule["text"] == {
        "de": "Den Inhalt liest die Empfängerstelle erst, wenn sie angenommen hat.",
        "en": "The recipient reads the content only once it has accepted.",
    }
    assert "§ 67d (1) SGB X" in rule["basis"]["en"]
    assert "content" in hidden["hiddenMembers"]


async def test_one_call_for_each_service(as_: As, case: Any) -> None:
    answer = await as_(ANNA).ask(EXPLAIN, id=case["id"])
    once = {"cases": 1, "funding": 1, "referrals": 1}
    assert answer["extensions"]["upstreamCallsByService"] == once


async def test_what_is_hidden_is_explained_to_nobody(as_: As, case: Any, referral: Any) -> None:
    award = await first_of(as_, OFFICER, AWARDS)
    unknown = {"explainAccess": None}
    for persona, record_id in (
        (RECIPIENT, case["id"]),
        (OFFICER, case["personId"]),
        ("waf-b3-officer", case["id"]),
        (ANNA, referral["id"]),
        (ANNA, award),
        ("waf-dpo", case["id"]),
        (ANNA, str(uuid4())),
        (ANNA, "nobody"),
    ):
        answer = await as_(persona).ask(EXPLAIN, id=record_id)
        nobodys = await as_(persona).ask(EXPLAIN, id=str(uuid4()))
        assert answer["data"] == nobodys["data"] == unknown, (persona, record_id)
        assert "errors" not in answer


async def test_no_guess_is_made_while_a_service_is_down(
    demo_system: LocalSystem, people: Client, case: Any
) -> None:
    async with gateway_of(demo_system, people, funding_url=NOWHERE) as asking:
        found = await explained(asking, ANNA, case["id"])
        assert found["kind"] == "CASE"
        answer = await asking(ANNA).ask(EXPLAIN, id=str(uuid4()))
        assert answer["data"] == {"explainAccess": None}
        (error,) = answer["errors"]
        assert (error["path"], error["extensions"]["service"]) == (["explainAccess"], "funding")
