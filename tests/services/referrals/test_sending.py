"""Writing referrals down and sending them."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import CONTENT, consent, referral


async def count(owner: Any, table: str, referral_id: str) -> int:
    column = "aggregate_id" if table == "outbox_message" else "referral_id"
    column = "id" if table == "referral" else column
    found: int = await owner.fetchval(
        f"select count(*) from {table} where {column} = $1",
        referral_id,
    )
    return found


async def count_of(owner: Any, jobcenter: Desk, subject: str) -> int:
    found: int = await owner.fetchval(
        "select count(*) from sender_record where subject_reference = $1", subject
    )
    return found


async def test_a_referral_is_sent_in_one_call(jobcenter: Desk, subject: str, owner: Any) -> None:
    answer = await jobcenter.post("/v1/referrals", referral(subject))
    assert answer.status_code == 201
    sent = answer.json()
    assert (sent["state"], sent["recipientUnit"], sent["side"]) == (
        "SUBMITTED",
        "waf-cm",
        "SENDER",
    )
    assert answer.headers["location"] == f"/v1/referrals/{sent['id']}"
    assert answer.headers["etag"] == f'"{sent["version"]}"'
    assert sent["ageBand"] == "ADULT_27_64"
    assert sent["allowedActions"] == ["withdraw"]
    events = await owner.fetch(
        "select subject, payload->'data' as data from outbox_message where aggregate_id = $1",
        sent["id"],
    )
    assert [event["subject"] for event in events] == ["kim.referrals.referral-submitted.v1"]


async def test_a_draft_is_completed_and_then_sent(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    body = referral(subject, submit=False, legalGround=None)
    draft = (await jobcenter.post("/v1/referrals", body)).json()
    assert (draft["state"], draft["version"]) == ("DRAFT", 1)
    assert draft["allowedActions"] == ["prepare", "withdraw"]
    assert (await case_manager.get(f"/v1/referrals/{draft['id']}")).status_code == 404
    refused = await jobcenter.act(draft, "submit")
    assert refused.status_code == 422
    assert refused.json()["guards"] == ["legal-ground-is-given"]
    assert (await jobcenter.read(draft["id"]))["version"] == 1
    body = referral(subject, topic="FAMILY")
    body.pop("submit")
    changed = await jobcenter.put(f"/v1/referrals/{draft['id']}", body, version=1)
    assert (changed.status_code, changed.json()["topic"]) == (200, "FAMILY")
    sent = await jobcenter.step(changed.json(), "submit")
    assert (sent["state"], sent["version"]) == ("SUBMITTED", 3)


async def test_a_draft_can_be_made_ready_before_it_is_sent(jobcenter: Desk, subject: str) -> None:
    draft = (await jobcenter.post("/v1/referrals", referral(subject, submit=False))).json()
    ready = await jobcenter.step(draft, "prepare")
    assert (ready["state"], ready["allowedActions"]) == ("READY", ["submit", "withdraw"])
    assert ready["payloadDigest"].startswith("sha256:")
    sent = await jobcenter.step(ready, "submit")
    assert (sent["state"], sent["payloadDigest"]) == ("SUBMITTED", ready["payloadDigest"])


async def test_only_a_draft_can_be_changed(jobcenter: Desk, subject: str) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    body = referral(subject)
    body.pop("submit")
    refused = await jobcenter.put(f"/v1/referrals/{sent['id']}", body, version=sent["version"])
    assert refused.status_code == 409
    assert refused.json()["code"] == "transition-not-allowed"
    assert refused.json()["allowedActions"] == ["withdraw"]


async def test_f21_the_same_key_and_body_make_one_referral(
    jobcenter: Desk, subject: str, owner: Any
) -> None:
    key = uuid4().hex
    first = await jobcenter.post("/v1/referrals", referral(subject), key=key)
    second = await jobcenter.post("/v1/referrals", referral(subject), key=key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"
    assert await count_of(owner, jobcenter, subject) == 1


async def test_f21_the_same_key_with_another_body_is_refused(
    jobcenter: Desk, subject: str, owner: Any
) -> None:
    key = uuid4().hex
    await jobcenter.post("/v1/referrals", referral(subject), key=key)
    other = await jobcenter.post("/v1/referrals", referral(subject, urgency="URGENT"), key=key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-conflict")
    assert await count_of(owner, jobcenter, subject) == 1


async def test_f21_twenty_parallel_posts_with_one_key_make_one_referral(
    jobcenter: Desk, subject: str, owner: Any
) -> None:
    key = uuid4().hex
    answers = await asyncio.gather(
        *(jobcenter.post("/v1/referrals", referral(subject), key=key) for _ in range(20))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == 19
    assert await count_of(owner, jobcenter, subject) == 1
    assert await count(owner, "outbox_message", answers[0].json()["id"]) == 1


async def test_a_machine_names_a_key_for_every_post(jobcenter: Desk, subject: str) -> None:
    answer = await jobcenter.client.post(
        "/v1/referrals",
        json=referral(subject),
        headers={"Authorization": f"Bearer {jobcenter.token}"},
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "idempotency-key-missing")


async def test_a_pending_referral_is_not_sent_twice(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    first = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    second = await jobcenter.post("/v1/referrals", referral(subject))
    assert (second.status_code, second.json()["code"]) == (409, "referral-is-pending")
    assert await count_of(owner, jobcenter, subject) == 1
    await case_manager.step(first, "reject", {"problems": [{"reason": "incomplete"}]})
    again = await jobcenter.post("/v1/referrals", referral(subject))
    assert again.status_code == 201


async def test_two_parallel_sendings_for_one_person_leave_one_pending(
    jobcenter: Desk, subject: str, owner: Any
) -> None:
    answers = await asyncio.gather(
        *(jobcenter.post("/v1/referrals", referral(subject)) for _ in range(5))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    assert await count_of(owner, jobcenter, subject) == 1


@pytest.mark.parametrize(
    ("changes", "guard"),
    [
        ({"legalGround": None}, "legal-ground-is-given"),
        ({"legalGround": {"consent": consent("waf-ki")}}, "consent-names-recipient"),
        ({"legalGround": {"consent": consent(validTo="2026-01-31")}}, "consent-holds-today"),
        ({"legalGround": {"consent": consent(purpose="HEALTH")}}, "consent-covers-purpose"),
        (
            {"legalGround": {"consent": consent(categories=["identity"])}},
            "consent-covers-categories",
        ),
        ({"recipientUnit": "waf-uncommitted"}, "commitment-78-is-signed"),
        ({"recipientUnit": "waf-suspended"}, "endpoint-is-active"),
        ({"recipientUnit": "waf-jugendamt"}, "service-is-offered"),
        ({"recipientUnit": "waf-abh"}, "authority-gets-its-own-matters"),
        ({"recipientUnit": "waf-abh"}, "disclosure-is-decided"),
        ({"content": {**CONTENT, "health": {"summary": "x"}}}, "content-is-minimal"),
        ({"content": {"identity": {"pseudonym": "Fall 7"}}}, "content-is-complete"),
        ({"disputedFields": ["identity.nationalities"]}, "disputes-are-carried"),
        ({"secretCategories": ["need"]}, "secrecy-is-released"),
    ],
)
async def test_a_sending_that_lacks_something_leaves_nothing_behind(
    jobcenter: Desk, subject: str, owner: Any, changes: dict[str, Any], guard: str
) -> None:
    answer = await jobcenter.post("/v1/referrals", referral(subject, **changes))
    assert answer.status_code == 422
    assert answer.json()["code"] == "guard-failed"
    assert guard in answer.json()["guards"]
    assert await count_of(owner, jobcenter, subject) == 0


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"serviceCode": "PALM_READING"}, 422, "service-unknown"),
        ({"recipientUnit": "nobody-here"}, 409, "unit-unknown"),
        ({"recipientUnit": "waf-jobcenter"}, 422, "recipient-is-sender"),
        ({"subjectReference": "123A456789"}, 422, "subject-is-a-register-number"),
        ({"azrNumber": "1"}, 422, "fields-refused"),
        ({"content": {"azrNumber": {"value": "1"}}}, 422, "fields-refused"),
        ({"content": {"identity": {"givenNames": "Yıldız"}}}, 422, "fields-refused"),
        ({"language": "türkisch"}, 422, "fields-refused"),
        ({"place": {"ags": "5570044"}}, 422, "fields-refused"),
        ({"interpreterNeeded": "yes"}, 422, "fields-refused"),
        ({"mode": "VERWEISBERATUNG"}, 422, "fields-refused"),
    ],
)
async def test_what_cannot_be_written_down_is_refused(
    jobcenter: Desk,
    subject: str,
    owner: Any,
    changes: dict[str, Any],
    status: int,
    code: str,
) -> None:
    answer = await jobcenter.post("/v1/referrals", referral(subject, **changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await count_of(owner, jobcenter, subject) == 0


async def test_a_step_needs_the_version_that_was_seen(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    missing = await case_manager.act(sent, "pull", version=None)
    stale = await case_manager.act(sent, "pull", version=1)
    assert (missing.status_code, stale.status_code) == (428, 412)
    assert stale.json()["currentVersion"] == sent["version"]
    assert (await case_manager.read(sent["id"]))["state"] == "SUBMITTED"


async def test_the_sender_keeps_why_it_was_allowed_to_send(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    mine = await jobcenter.read(sent["id"])
    theirs = await case_manager.read(sent["id"])
    assert mine["sending"]["subjectReference"] == subject
    assert mine["sending"]["legalGround"]["consent"]["reference"] == "E-2026-17"
    assert theirs["sending"] is None
    assert (theirs["groundKind"], theirs["groundValidTo"]) == ("CONSENT", "2099-12-31")


async def test_f28_child_protection_goes_without_consent_once_the_steps_are_recorded(
    case_manager: Desk, subject: str
) -> None:
    body = referral(
        subject,
        mode="CHILD_PROTECTION",
        serviceCode="CHILD_PROTECTION",
        purpose="CHILD_PROTECTION",
        topic="FAMILY",
        recipientUnit="waf-jugendamt",
        secretCategories=["need"],
        legalGround={
            "statutory": {
                "ground": "KKG_4_3",
                "decidedBy": "u-17",
                "decidedAt": "2026-03-10T09:00:00Z",
            }
        },
    )
    refused = await case_manager.post("/v1/referrals", body)
    assert (refused.status_code, refused.json()["guards"]) == (
        422,
        ["protection-steps-are-recorded"],
    )
    body["protectionSteps"] = {
        "discussedWithFamily": False,
        "notDiscussedReason": "Das Kind wäre gefährdet.",
        "specialistConsulted": True,
        "familyInformed": False,
        "notInformedReason": "Das Kind wäre gefährdet.",
    }
    sent = await case_manager.post("/v1/referrals", body)
    assert (sent.status_code, sent.json()["groundCode"]) == (201, "KKG_4_3")
