"""Drawdowns and payments through the one door."""

from typing import Any

import pytest

from tests.gateway.conftest import As
from tests.gateway.working import done, tried

OFFICER, APPROVER, READER = "waf-funding-officer", "waf-funding-approver", "waf-coordinator"
DRAWDOWN = "DrawdownSuccess drawdown { id version state amount useBy needs { dueOn amount } }"
AWARDS = """{ awards(filter: {fiscalYear: 2022}) { edges { node {
  id version drawdowns { id state amount } lines { id key fundingLine } } } } }"""


@pytest.fixture
async def line(as_: As) -> Any:
    """A line of the demonstration's award whose money has to be called."""
    found = await as_(OFFICER).data(AWARDS)
    lines = [one for edge in found["awards"]["edges"] for one in edge["node"]["lines"]]
    return next(one for one in lines if one["fundingLine"] == "B1_COORDINATION")


def asked(line: Any, due_on: str) -> dict[str, Any]:
    need = {"dueOn": due_on, "amount": "10.00", "costKind": "EVENTS"}
    return {"awardLineId": line["id"], "amount": "10.00", "needs": [need]}


async def test_money_needed_later_is_drafted_and_not_submitted(as_: As, line: Any) -> None:
    draft = await done(as_(OFFICER), "requestDrawdown", DRAWDOWN, **asked(line, "2022-06-02"))
    step = {"drawdownId": draft["id"], "expectedVersion": draft["version"]}

    own = await tried(as_(OFFICER), "submitDrawdown", "", requestedOn="2022-04-01", **step)
    early = await tried(as_(APPROVER), "submitDrawdown", "", requestedOn="2022-04-01", **step)
    stale = await tried(
        as_(OFFICER), "cancelDrawdown", "", drawdownId=draft["id"], expectedVersion=9
    )
    gone = await done(as_(OFFICER), "cancelDrawdown", DRAWDOWN, **step)

    assert draft["needs"] == [{"dueOn": "2022-06-02", "amount": "10.00"}]
    assert own["__typename"] == "ForbiddenError"
    assert early["__typename"] == "GuardFailedError"
    assert [one["id"] for one in early["guards"]] == ["need-within-two-months"]
    assert (stale["__typename"], stale["currentVersion"]) == ("StaleVersionError", 1)
    assert gone["state"] == "CANCELLED"


async def test_the_drawdowns_of_all_awards_are_one_call(as_: As, line: Any) -> None:
    draft = await done(as_(OFFICER), "requestDrawdown", DRAWDOWN, **asked(line, "2022-06-02"))

    answer = await as_(READER).ask(AWARDS)

    listed = [
        one["id"] for edge in answer["data"]["awards"]["edges"] for one in edge["node"]["drawdowns"]
    ]
    assert draft["id"] in listed
    assert answer["extensions"]["upstreamCalls"] == 2


async def test_another_county_sees_no_drawdown(as_: As, line: Any) -> None:
    draft = await done(as_(OFFICER), "requestDrawdown", DRAWDOWN, **asked(line, "2022-06-02"))
    query = "query($id: ID!) { drawdown(id: $id) { id } drawdowns { edges { node { id } } } }"

    seen = await as_("st-funding-officer").data(query, id=draft["id"])

    assert seen == {"drawdown": None, "drawdowns": {"edges": []}}


async def test_a_payment_below_the_first_level_is_named_and_refused(as_: As) -> None:
    unknown = await tried(
        as_(OFFICER),
        "createPayment",
        "",
        allocationId="019ab000-0000-7000-8000-000000000000",
        amount="1.00",
        payeeNumber="70001",
    )

    assert (unknown["__typename"], unknown["code"]) == ("ValidationError", "parent-unknown")
