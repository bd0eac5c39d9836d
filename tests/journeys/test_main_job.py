"""The main job over the real processes: from a referral to the committee's paper."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from deploy.local.demo.client import Answer, Client
from deploy.local.demo.narrator import Narrator
from deploy.local.demo.story_case import work_on_case
from deploy.local.demo.story_referral import receive_referral, refer_people, tell_outcome

JOBCENTER = "st-jobcenter-system"
CARITAS = "rheine-caritas-case-manager"
LERNEN_FOERDERN = "rheine-lernen-foerdern-case-manager"
OFFICER = "waf-funding-officer"


@pytest.fixture
def narrator(people: Client) -> Narrator:
    return Narrator(people, run=f"journey-{uuid4().hex[:8]}")


async def test_a_referral_becomes_a_case_that_goes_through_all_its_phases(
    narrator: Narrator, people: Client
) -> None:
    sent = await refer_people(narrator)
    assert (sent["state"], sent["recipientUnit"]) == ("SUBMITTED", "rheine-caritas")
    case = await receive_referral(narrator, sent)
    assert (case["state"], case["referralId"]) == ("REQUESTED", sent["id"])
    await work_on_case(narrator, case)
    closed = (await people.get(CARITAS, "cases", f"/v1/cases/{case['id']}")).accepted
    assert [phase["toState"] for phase in closed["phases"]] == [
        "REQUESTED", "INTAKE", "ASSESSMENT", "PLANNING", "LINKING", "MONITORING", "EVALUATION",
        "CLOSED",
    ]  # fmt: skip
    assert "reopen" in closed["allowedActions"]
    await tell_outcome(narrator, sent)
    seen = (await people.get(JOBCENTER, "referrals", f"/v1/referrals/{sent['id']}")).accepted
    assert (seen["state"], seen["outcome"]) == ("COMPLETED", "SERVICE_STARTED")


async def test_the_other_bank_of_the_river_sees_nothing_of_it(
    narrator: Narrator, people: Client
) -> None:
    sent = await refer_people(narrator)
    case = await receive_referral(narrator, sent)
    unknown = uuid4()
    for part, path, other in (
        ("referrals", f"/v1/referrals/{sent['id']}", f"/v1/referrals/{unknown}"),
        ("cases", f"/v1/cases/{case['id']}", f"/v1/cases/{unknown}"),
    ):
        hidden = await people.get(LERNEN_FOERDERN, part, path)
        missing = await people.get(LERNEN_FOERDERN, part, other)
        assert hidden.status == missing.status == 404
        assert _without_request(hidden) == _without_request(missing)


def _without_request(answer: Answer) -> dict[str, Any]:
    document: dict[str, Any] = answer.document
    return {k: v for k, v in document.items() if k not in {"instance", "requestId"}}


async def test_fifty_parallel_forwardings_never_exceed_the_award(people: Client) -> None:
    """14.00 posts of 55,000 are granted: of fifty requests for one post each, fourteen fit."""
    awards = (await people.get(OFFICER, "funding", "/v1/awards")).accepted["items"]
    [listed] = [one for one in awards if one["reference"] == "DEMO-KIM-WAF-2022"]
    award = (await people.get(OFFICER, "funding", f"/v1/awards/{listed['id']}")).accepted
    line = next(line for line in award["lines"] if line["key"] == "b2-posts")
    share = {
        "awardLineId": line["id"],
        "fte": "1.00",
        "amount": "55000.00",
        "recipientName": "Freier Träger (Beispiel)",
        "recipientKind": "WELFARE_ASSOCIATION",
        "validFrom": "2022-01-01",
        "validTo": "2022-12-31",
    }
    answers = await asyncio.gather(
        *(
            people.post(OFFICER, "funding", "/v1/allocations", share, key=uuid4().hex)
            for _ in range(50)
        )
    )
    try:
        statuses = sorted(answer.status for answer in answers)
        assert statuses == [201] * 14 + [409] * 36
        refused = {answer.problem for answer in answers if answer.is_refused}
        assert refused == {"not-enough-free"}
    finally:
        for answer in answers:
            if not answer.is_refused:
                path = f"/v1/allocations/{answer.document['id']}/actions/cancel"
                await people.act(OFFICER, "funding", path, {}, key=uuid4().hex, on=answer.document)


async def test_the_status_report_of_warendorf_over_graphql(people: Client) -> None:
    query = """query Report($asOf: Date!) { statusReport(asOf: $asOf) { __typename } }"""
    data = await people.graphql("waf-coordinator", query, {"asOf": "2022-11-21"})
    assert data["statusReport"]["__typename"] == "StatusReport"
