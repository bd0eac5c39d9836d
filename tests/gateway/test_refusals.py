"""What a mutation is refused with: one type for each reason, and nothing changed."""

from typing import Any
from uuid import uuid4

import pytest

from deploy.local.demo.client import Client
from tests.gateway.conftest import NOWHERE, As, gateway_of
from tests.gateway.test_main_job import SUBMIT, change, mutation, new_referral, step
from tests.local_system import LocalSystem

JOBCENTER = "st-jobcenter-system"
CARITAS = "rheine-caritas-case-manager"
OFFICER = "waf-funding-officer"
ALLOCATE = mutation(
    "createAllocation",
    "CreateAllocationInput",
    "... on AllocationSuccess { isReplayed allocation { id version state award { id } } }"
    " ... on InsufficientFundsError { freeAmount freeFte }",
)
ACT_ON_ALLOCATION = mutation(
    "performAllocationAction",
    "PerformAllocationActionInput",
    "... on AllocationSuccess { allocation { id version state } }",
)


async def state_of(asker: Any, referral_id: str) -> Any:
    query = "query($id: ID!) { referral(id: $id) { state version } }"
    return (await asker.data(query, id=referral_id))["referral"]


async def test_the_same_key_gives_the_same_referral_once(as_: As) -> None:
    sent = new_referral(idempotencyKey=f"gql-{uuid4().hex}")
    first = await change(as_(JOBCENTER), SUBMIT, **sent)
    again = await change(as_(JOBCENTER), SUBMIT, **sent)
    assert (first["isReplayed"], again["isReplayed"]) == (False, True)
    assert again["referral"] == first["referral"]


async def test_the_same_key_with_another_referral_is_refused(as_: As) -> None:
    key = f"gql-{uuid4().hex}"
    await change(as_(JOBCENTER), SUBMIT, **new_referral(idempotencyKey=key))
    other = await change(as_(JOBCENTER), SUBMIT, **new_referral(idempotencyKey=key))
    assert (other["__typename"], other["code"]) == ("ValidationError", "idempotency-conflict")


async def test_a_refused_field_is_pointed_at(as_: As) -> None:
    sent = new_referral(language="türkisch")
    refused = await change(as_(JOBCENTER), SUBMIT, **sent)
    assert refused["__typename"] == "ValidationError"
    assert refused["pointer"] == "/language"
    assert [error["pointer"] for error in refused["errors"]] == ["/language"]


async def test_a_stale_version_changes_nothing(as_: As) -> None:
    sent = (await change(as_(JOBCENTER), SUBMIT, **new_referral()))["referral"]
    caritas = as_(CARITAS)
    stale = {**sent, "version": sent["version"] + 7}
    refused = await step(caritas, "pullReferral", "ReferralStepInput", stale)
    assert refused["__typename"] == "StaleVersionError"
    assert refused["currentVersion"] == sent["version"]
    assert await state_of(as_(JOBCENTER), sent["id"]) == {
        "state": "SUBMITTED",
        "version": sent["version"],
    }


async def test_what_the_state_forbids_names_the_state_and_what_it_allows(as_: As) -> None:
    sent = (await change(as_(JOBCENTER), SUBMIT, **new_referral()))["referral"]
    refused = await step(as_(CARITAS), "acceptReferral", "AcceptReferralInput", sent)
    assert refused["__typename"] == "ConflictError"
    assert refused["code"] == "transition-not-allowed"
    assert refused["state"] == "SUBMITTED"
    assert "pull" in refused["allowedActions"]


async def test_a_rejection_carries_its_coded_reasons_to_the_sender(as_: As) -> None:
    sent = (await change(as_(JOBCENTER), SUBMIT, **new_referral()))["referral"]
    caritas = as_(CARITAS)
    pulled = (await step(caritas, "pullReferral", "ReferralStepInput", sent))["referral"]
    problems = [{"reason": "CAPACITY", "detail": "Frei ab Mai 2027."}]
    done = await step(caritas, "rejectReferral", "RejectReferralInput", pulled, problems=problems)
    assert done["referral"]["state"] == "REJECTED"
    query = """query($id: ID!) { referral(id: $id) {
      state problems { reason detail title { de } } } }"""
    seen = (await as_(JOBCENTER).data(query, id=sent["id"]))["referral"]
    assert seen["problems"] == [
        {
            "reason": "CAPACITY",
            "detail": "Frei ab Mai 2027.",
            "title": {"de": "Keine Kapazität"},
        }
    ]


async def test_the_content_is_hidden_until_acceptance(as_: As) -> None:
    sent = (await change(as_(JOBCENTER), SUBMIT, **new_referral()))["referral"]
    query = """query($id: ID!) { referral(id: $id) {
      content { identity { familyName } } subjectReference } }"""
    before = (await as_(CARITAS).data(query, id=sent["id"]))["referral"]
    assert before == {"content": None, "subjectReference": None}
    pulled = await step(as_(CARITAS), "pullReferral", "ReferralStepInput", sent)
    await step(as_(CARITAS), "acceptReferral", "AcceptReferralInput", pulled["referral"])
    after = (await as_(CARITAS).data(query, id=sent["id"]))["referral"]
    assert after == {"content": {"identity": {"familyName": "Aydoğan"}}, "subjectReference": None}


async def test_foreign_and_missing_referrals_are_refused_alike(as_: As) -> None:
    sent = (await change(as_(JOBCENTER), SUBMIT, **new_referral()))["referral"]
    outsider = as_("rheine-lernen-foerdern-case-manager")
    foreign = await step(outsider, "pullReferral", "ReferralStepInput", sent)
    for unknown in (str(uuid4()), "no-uuid-at-all", "../../v1/cases"):
        missing = await step(
            outsider, "pullReferral", "ReferralStepInput", {"id": unknown, "version": 1}
        )
        assert missing == foreign
    assert foreign["__typename"] == "NotFoundError"


async def test_who_may_not_is_told_so(as_: As) -> None:
    refused = await change(as_("waf-coordinator"), SUBMIT, **new_referral())
    assert refused["__typename"] == "ForbiddenError"


async def test_a_service_that_is_down_is_named_and_nothing_is_lost(
    demo_system: LocalSystem, people: Client
) -> None:
    async with gateway_of(demo_system, people, referrals_url=NOWHERE) as as_:
        refused = await change(as_(JOBCENTER), SUBMIT, **new_referral())
    assert refused["__typename"] == "ServiceUnavailableError"


async def test_what_does_not_fit_says_what_is_free(as_: As) -> None:
    officer = as_(OFFICER)
    query = """{ awards(filter: {fiscalYear: 2022}) { edges { node {
      id lines { id key free: freeAmount freeFte } } } } }"""
    found = (await officer.data(query))["awards"]["edges"]
    line = next(
        line for edge in found for line in edge["node"]["lines"] if line["key"] == "b3-posts"
    )
    share = {
        "awardLineId": line["id"],
        "fte": "2.50",
        "amount": "125000.00",
        "validFrom": "2022-01-01",
        "validTo": "2022-12-31",
        "recipientName": "Freier Träger (Beispiel)",
        "recipientKind": "WELFARE_ASSOCIATION",
    }
    made = await change(officer, ALLOCATE, **share)
    try:
        assert made["__typename"] == "AllocationSuccess", made
        refused = await change(officer, ALLOCATE, **share)
        assert refused["__typename"] == "InsufficientFundsError"
        assert refused["code"] == "not-enough-free"
        assert (refused["freeAmount"], refused["freeFte"]) == ("25000.00", "0.50")
    finally:
        allocation = made["allocation"]
        cancelled = await change(
            officer,
            ACT_ON_ALLOCATION,
            allocationId=allocation["id"],
            expectedVersion=allocation["version"],
            action="CANCEL",
        )
    assert cancelled["allocation"]["state"] == "CANCELLED"


async def test_messages_are_in_the_language_of_the_caller(as_: As) -> None:
    asker = as_("waf-coordinator")
    german = await change(asker, SUBMIT, **new_referral())
    assert german["message"] == "Das ist Ihnen nicht erlaubt."


@pytest.mark.parametrize("key", ["a b", "ü", "x\r\nX-Evil: 1", "\u0000", "k" * 201])
async def test_a_key_that_cannot_travel_is_pointed_at(as_: As, key: str) -> None:
    refused = await change(as_(JOBCENTER), SUBMIT, **new_referral(idempotencyKey=key))
    assert (refused["__typename"], refused["pointer"]) == ("ValidationError", "/idempotencyKey")


@pytest.mark.parametrize(
    "odd",
    ["", " ", "\u200b", "\u0000", "a\u0007b", "\u202e", "x" * 100_000, "{{7*7}}", "' or 1=1 --"],
)
@pytest.mark.parametrize("member", ["serviceCode", "subjectReference", "recipientUnit", "language"])
async def test_odd_text_is_refused_as_text_and_never_a_fault(
    as_: As, member: str, odd: str
) -> None:
    refused = await change(as_(JOBCENTER), SUBMIT, **new_referral(**{member: odd}))
    assert refused["__typename"] in {"ValidationError", "GuardFailedError"}
