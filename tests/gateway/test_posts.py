"""Posts, deadlines and forecasts through the one door."""

from typing import Any
from uuid import uuid4

import pytest

from tests.gateway.conftest import As
from tests.gateway.working import done, tried

OFFICER, READER, ELSEWHERE = "waf-funding-officer", "waf-coordinator", "st-funding-officer"
POST = "PositionSuccess position { id version approvedFte occupiedFte }"
FORECASTS = """query($year: Int!, $day: Date) { forecasts(fiscalYear: $year, asOf: $day) {
  fiscalYear asOf items { fundingLine granted used filledFte usableAtFilled expectedUnspent
    repaymentWarning } } }"""
DEADLINES = """query($subject: ID!) { deadlines(filter: {subjectId: $subject}) { edges { node {
  id kind state statedOn dueOn subjectKind } } } }"""


@pytest.fixture
async def post(as_: As) -> Any:
    return await done(
        as_(OFFICER),
        "recordPosition",
        POST,
        postType="CASE_MANAGEMENT",
        approvedFte="2.00",
        effectiveFrom="2021-01-01",
        products=["8101"],
    )


async def test_nobody_is_paid_twice_through_the_one_door(as_: As, post: Any) -> None:
    officer = as_(OFFICER)
    seat = {"positionId": post["id"], "since": "2022-01-01"}
    held = await done(
        officer,
        "occupyPosition",
        "PositionSuccess position { id version occupancies { id share holderRef } }",
        expectedVersion=post["version"],
        share="0.60",
        holderRef=str(uuid4()),
        **seat,
    )
    refused = await tried(
        officer,
        "occupyPosition",
        "... on ValidationError { code }",
        expectedVersion=held["version"],
        share="0.50",
        programme="MBE",
        **seat,
    )
    ended = await done(
        officer,
        "endOccupancy",
        "PositionSuccess position { version occupancies { until } }",
        positionId=post["id"],
        occupancyId=held["occupancies"][0]["id"],
        expectedVersion=held["version"],
        until="2022-06-30",
    )
    changed = await done(
        officer,
        "setPositionProducts",
        "PositionSuccess position { version products productsByYear { fiscalYear products } }",
        positionId=post["id"],
        expectedVersion=ended["version"],
        fiscalYear=2023,
        products=["946100"],
    )
    months = "query($id: ID!) { occupiedMonths(positionId: $id, fiscalYear: 2022) {"
    months += " occupiedMonths vacantMonths items { month occupied } } }"

    assert refused["code"] == "post-paid-twice"
    assert ended["occupancies"] == [{"until": "2022-06-30"}]
    assert changed["products"] == ["946100"]
    assert [one["fiscalYear"] for one in changed["productsByYear"]] == [2021, 2023]
    found = (await as_(READER).data(months, id=post["id"]))["occupiedMonths"]
    assert (found["occupiedMonths"], found["vacantMonths"]) == ("3.60", "20.40")
    assert found["items"][5] == {"month": "2022-06", "occupied": "0.60"}
    assert await as_(ELSEWHERE).data(months, id=post["id"]) == {"occupiedMonths": None}


async def test_a_deadline_is_recorded_listed_and_ticked_off(as_: As) -> None:
    officer = as_(OFFICER)
    awards = "{ awards(filter: {fiscalYear: 2022}) { edges { node { id } } } }"
    award_id = (await officer.data(awards))["awards"]["edges"][0]["node"]["id"]
    about = {"subjectKind": "AWARD", "subjectId": award_id, "kind": "REVOCATION_YEAR"}
    fields = "DeadlineSuccess deadline { id version state dueOn }"

    recorded = await done(officer, "recordDeadline", fields, statedOn="2099-05-01", **about)
    computed = await tried(
        officer,
        "recordDeadline",
        "... on ValidationError { code }",
        statedOn="2099-05-01",
        **(about | {"kind": "PROOF"}),
    )
    done_with = await done(
        officer,
        "completeDeadline",
        fields,
        deadlineId=recorded["id"],
        expectedVersion=recorded["version"],
    )
    edges = (await as_(READER).data(DEADLINES, subject=award_id))["deadlines"]["edges"]
    elsewhere = (await as_(ELSEWHERE).data(DEADLINES, subject=award_id))["deadlines"]["edges"]

    assert (recorded["state"], recorded["dueOn"]) == ("OPEN", "2099-05-04")
    assert computed["code"] == "deadline-is-computed"
    assert done_with["state"] == "DONE"
    by_kind = {edge["node"]["kind"]: edge["node"] for edge in edges}
    assert by_kind["REVOCATION_YEAR"]["statedOn"] == "2099-05-01"
    assert elsewhere == []


async def test_the_forecast_of_warendorf_2022_warns_of_repayment(as_: As) -> None:
    found = (await as_(READER).data(FORECASTS, year=2022, day="2022-12-31"))["forecasts"]
    alerts = "{ alerts(filter: {isOpen: true}) { edges { node { code figures { name } } } } }"
    opened = (await as_(READER).data(alerts))["alerts"]["edges"]

    assert (found["fiscalYear"], found["asOf"]) == (2022, "2022-12-31")
    lines = {one["fundingLine"]: one for one in found["items"]}
    assert lines["B2_CASE_MANAGEMENT"] == {
        "fundingLine": "B2_CASE_MANAGEMENT",
        "granted": "770000.00",
        "used": "0.00",
        "filledFte": "7.62",
        "usableAtFilled": "419100.00",
        "expectedUnspent": "350900.00",
        "repaymentWarning": True,
    }
    assert all(edge["node"]["code"] for edge in opened)
