"""Recoveries over GraphQL: raised, demanded by a second person, paid, with interest, settled."""

from typing import Any

import pytest

from tests.gateway.conftest import As
from tests.gateway.test_rules import active
from tests.gateway.working import done, tried

OFFICER, APPROVER, ELSEWHERE = "waf-funding-officer", "waf-funding-approver", "st-funding-officer"
SEEN = """RecoverySuccess recovery { id version state principalAmount paidAmount interestAmount
  allowedActions award { id } }"""
DRAWDOWN = "DrawdownSuccess drawdown { id version state }"
ACT = {"actReference": "BRA-1", "demandedOn": "2023-02-10", "dueOn": "2023-03-31"}
RATES = (("2023-01-01", "1.62"), ("2023-07-01", "3.12"))
INTEREST = """
query($id: ID!, $days: DayCount) { recovery(id: $id) { interest(
  paidOn: "2023-08-31", dayCount: $days) { amount dayCount pieces { firstDay days percent } } } }"""
LIST = """
query($line: ID!) { recoveries(filter: {awardLineId: $line}) { edges { node {
  id state direction ground payments { amount interestAmount } award { id } } } } }"""
NESTED = """
query($line: ID!) { recoveries(filter: {awardLineId: $line}) { edges { node {
  award { recoveries { id } drawdowns { id } allocations { recoveries { id } } } } } } }"""


async def paid_out(as_: As) -> str:
    """The line of an award whose 20,000 euros have come."""
    officer, approver = as_(OFFICER), as_(APPROVER)
    award = await active(as_, 2015, "B1_COORDINATION")
    line: str = award["lines"][0]["id"]
    need = {"dueOn": "2015-04-10", "amount": "20000.00", "costKind": "EVENTS"}
    asked = {"awardLineId": line, "amount": "20000.00", "needs": [need]}
    called = await done(officer, "requestDrawdown", DRAWDOWN, **asked)
    for name, who, given in (
        ("submitDrawdown", approver, {"requestedOn": "2015-02-15"}),
        ("approveDrawdown", approver, {}),
        ("recordDrawdownPayment", officer, {"valueDate": "2015-06-01", "bankReference": "BRA"}),
    ):
        step = {"drawdownId": called["id"], "expectedVersion": called["version"]}
        called = await done(who, name, DRAWDOWN, **step, **given)
    return line


@pytest.fixture
async def rates(as_: As) -> None:
    """Recorded once; a test that comes later meets the same ones."""
    for day, percent in RATES:
        rate = {"validFrom": day, "percent": percent, "source": "Bundesbank"}
        made = await tried(as_(OFFICER), "recordBaseRate", "", **rate)
        assert made["__typename"] in {"BaseRateSuccess", "ConflictError"}


def at(recovery: Any) -> dict[str, Any]:
    return {"recoveryId": recovery["id"], "expectedVersion": recovery["version"]}


@pytest.mark.usefixtures("rates")
async def test_what_was_unspent_is_demanded_paid_with_interest_and_settled(as_: As) -> None:
    officer, approver, line = as_(OFFICER), as_(APPROVER), await paid_out(as_)
    owed = {"direction": "UPWARD", "awardLineId": line, "ground": "UNSPENT"}
    raised = await done(
        officer, "raiseRecovery", SEEN, **owed, amount="10000.00", claimSince="2023-05-31"
    )
    act = ACT | {"demandedOn": "2023-06-01", "dueOn": "2023-08-31"}

    told = (await officer.data(INTEREST, id=raised["id"]))["recovery"]["interest"]
    bank = await officer.data(INTEREST, id=raised["id"], days="ACT_360")
    forbidden = await tried(officer, "demandRecovery", "", **at(raised), **act)
    stale = await tried(
        approver, "demandRecovery", "", **at(raised) | {"expectedVersion": 9}, **act
    )
    demanded = await done(approver, "demandRecovery", SEEN, **at(raised), **act)
    paid = await done(
        officer,
        "recordRecoveryPayment",
        SEEN,
        **at(demanded),
        paidOn="2023-08-31",
        amount="10000.00",
        bankReference="SPK-1",
    )
    early = await tried(officer, "settleRecovery", "", **at(paid))
    fixed = await done(
        approver,
        "fixRecoveryInterest",
        SEEN,
        **at(paid),
        actReference="BRA-Z",
        fixedOn="2023-09-02",
    )
    rest = await done(
        officer,
        "recordRecoveryPayment",
        SEEN,
        **at(fixed),
        paidOn="2023-09-20",
        interestAmount="192.34",
        bankReference="SPK-2",
    )
    settled = await done(officer, "settleRecovery", SEEN, **at(rest))

    assert (told["amount"], told["dayCount"]) == ("192.34", "ACT_365")
    assert bank["recovery"]["interest"]["amount"] == "195.01"
    assert told["pieces"] == [
        {"firstDay": "2023-06-01", "days": 30, "percent": "6.62"},
        {"firstDay": "2023-07-01", "days": 62, "percent": "8.12"},
    ]
    assert (forbidden["__typename"], stale["__typename"]) == ("ForbiddenError", "StaleVersionError")
    assert [one["id"] for one in early["guards"]] == ["interest-settled"]
    assert (fixed["interestAmount"], settled["state"]) == ("192.34", "SETTLED")
    [edge] = (await officer.data(LIST, line=line))["recoveries"]["edges"]
    assert edge["node"]["payments"] == [
        {"amount": "10000.00", "interestAmount": "0.00"},
        {"amount": "0.00", "interestAmount": "192.34"},
    ]


async def test_a_recovery_is_raised_once_heard_and_withdrawn(as_: As) -> None:
    officer, approver = as_(OFFICER), as_(APPROVER)
    award = await active(as_, 2019, "B1_COORDINATION")
    line = award["lines"][0]["id"]
    asked = {"direction": "UPWARD", "awardLineId": line, "ground": "INELIGIBLE"}
    asked |= {"amount": "7.13", "claimSince": "2023-01-31"}
    raised = await done(officer, "raiseRecovery", SEEN, **asked)

    twice = await tried(officer, "raiseRecovery", "", **asked)
    unheard = await tried(approver, "demandRecovery", "", **at(raised), **ACT)
    answer = await officer.ask(NESTED, line=line)
    heard = await done(officer, "hearRecovery", SEEN, **at(raised), heardOn="2023-02-01")
    gone = {"reason": "Irrtum", "withdrawnOn": "2023-02-20"}
    withdrawn = await done(officer, "withdrawRecovery", SEEN, **at(heard), **gone)

    assert (twice["__typename"], twice["code"]) == ("ConflictError", "recovery-already-raised")
    assert unheard["__typename"] == "GuardFailedError"
    assert answer["extensions"]["upstreamCalls"] == 5
    [edge] = answer["data"]["recoveries"]["edges"]
    assert edge["node"]["award"]["recoveries"] == [{"id": raised["id"]}]
    assert (withdrawn["state"], withdrawn["allowedActions"]) == ("WITHDRAWN", [])
    assert withdrawn["award"] == {"id": award["id"]}
    hidden = await as_(ELSEWHERE).data(
        "query($id: ID!) { recovery(id: $id) { id } recoveries { edges { node { id } } } }",
        id=raised["id"],
    )
    assert hidden == {"recovery": None, "recoveries": {"edges": []}}
