"""What the recipient answers, and who wins when two act at once."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from services.referrals.domain.codes import ReferralState, Side
from services.referrals.domain.facts import Answer as Answered
from services.referrals.domain.overlays import Present, overlay_actions
from services.referrals.operations import receiving
from services.referrals.operations.receiving import Act
from services.referrals.storage.disclosures import find_content
from shared.database.connection import Database
from shared.kernel.caller import Caller
from shared.kernel.errors import NotFound
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import NAME, consent, referral


async def sent_by(jobcenter: Desk, subject: str, **changes: Any) -> dict[str, Any]:
    answer = await jobcenter.post("/v1/referrals", referral(subject, **changes))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def subjects(owner: Any, referral_id: str) -> list[str]:
    rows = await owner.fetch(
        "select subject from outbox_message where aggregate_id = $1 order by position",
        UUID(referral_id),
    )
    return [row["subject"].removeprefix("kim.referrals.referral-") for row in rows]


async def test_a_referral_lives_from_sending_to_completion(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    referred = await sent_by(
        jobcenter, subject, legalGround={"consent": consent(), "coversFeedback": True}
    )
    for step, body, state in (
        ("pull", None, "DELIVERED"),
        ("start-review", None, "IN_REVIEW"),
        ("accept", {}, "ACCEPTED"),
        ("start-service", {"firstContactOn": "2026-11-01"}, "IN_SERVICE"),
        ("complete", {"outcome": "SERVICE_STARTED"}, "COMPLETED"),
    ):
        referred = await case_manager.step(referred, step, body)
        assert referred["state"] == state
    assert referred["allowedActions"] == []
    seen = await jobcenter.read(referred["id"])
    assert (seen["state"], seen["outcome"]) == ("COMPLETED", "SERVICE_STARTED")
    assert await subjects(owner, referred["id"]) == [
        "submitted.v1",
        "delivered.v1",
        "review-started.v1",
        "accepted.v1",
        "service-started.v1",
        "completed.v1",
    ]
    log = (await jobcenter.get(f"/v1/referrals/{referred['id']}/events")).json()["items"]
    theirs = (await case_manager.get(f"/v1/referrals/{referred['id']}/events")).json()["items"]
    facts = [item["type"].removeprefix("kim.referrals.referral-") for item in log]
    assert facts == [
        "created.v1",
        "submitted.v1",
        "delivered.v1",
        "review-started.v1",
        "accepted.v1",
        "service-started.v1",
        "completed.v1",
    ]
    assert theirs == log[1:]


async def test_an_outcome_stays_with_the_recipient_where_nothing_covers_telling_it(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    referred = await sent_by(jobcenter, subject)
    referred = await case_manager.step(referred, "pull")
    referred = await case_manager.step(referred, "accept")
    referred = await case_manager.step(referred, "return", {"outcome": "NO_SHOW"})
    assert (referred["state"], referred["outcome"]) == ("RETURNED", "NO_SHOW")
    answer = await jobcenter.get(f"/v1/referrals/{referred['id']}")
    assert (answer.json()["state"], answer.json()["outcome"]) == ("RETURNED", None)
    log = await jobcenter.get(f"/v1/referrals/{referred['id']}/events")
    assert "NO_SHOW" not in answer.text + log.text
    stored = await owner.fetchval("select outcome from referral where id = $1", referred["id"])
    assert stored is None
    told = await owner.fetchval(
        "select payload->'data'->>'outcome' from outbox_message"
        " where aggregate_id = $1 and subject like '%returned%'",
        UUID(referred["id"]),
    )
    assert told is None


async def test_a_rejection_names_its_problems_to_both_sides(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    referred = await sent_by(jobcenter, subject)
    problems = [
        {
            "reason": "not-responsible-area",
            "detail": "Zuständig ist 05570008",
            "instance": "/place",
        },
        {"reason": "capacity"},
    ]
    rejected = await case_manager.step(referred, "reject", {"problems": problems})
    seen = await jobcenter.read(referred["id"])
    assert rejected["problems"] == seen["problems"]
    assert [problem["type"] for problem in seen["problems"]] == [
        "urn:kim:problem:referral:not-responsible-area",
        "urn:kim:problem:referral:capacity",
    ]
    assert seen["problems"][0]["title"] == {
        "de": "Örtlich nicht zuständig",
        "en": "Not responsible here",
    }
    assert seen["content"]["identity"]["familyName"] == NAME
    assert await subjects(owner, referred["id"]) == ["submitted.v1", "rejected.v1"]
    data = await owner.fetchval(
        "select payload->'data' from outbox_message where aggregate_id = $1"
        " and subject like '%rejected%'",
        UUID(referred["id"]),
    )
    assert "05570008" not in data


@pytest.mark.parametrize(
    ("problems", "code"),
    [
        ([], "fields-refused"),
        ([{"reason": "too-tired"}], "fields-refused"),
        ([{"reason": "expired"}], "reason-is-for-the-system"),
        ([{"reason": "incomplete", "detail": "Tel. 02581 53-0000"}], "detail-names-a-person"),
    ],
)
async def test_a_rejection_without_a_proper_problem_changes_nothing(
    jobcenter: Desk,
    case_manager: Desk,
    subject: str,
    owner: Any,
    problems: list[dict[str, str]],
    code: str,
) -> None:
    referred = await sent_by(jobcenter, subject)
    answer = await case_manager.act(referred, "reject", {"problems": problems})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert await case_manager.read(referred["id"]) == {
        **referred,
        "side": "RECIPIENT",
        "overlayActions": list(overlay_actions(ReferralState.SUBMITTED, Side.RECIPIENT, Present())),
        "allowedActions": ["pull", "reject"],
        "content": None,
        "disputedFields": None,
        "disputes": None,
        "secretCategories": None,
        "sending": None,
        "maskedFields": ["content", "disputedFields", "disputes", "secretCategories", "sending"],
    }
    assert await subjects(owner, referred["id"]) == ["submitted.v1"]


async def test_withdrawing_deletes_the_content_and_tells_a_code_only(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    referred = await sent_by(jobcenter, subject)
    pulled = await case_manager.step(referred, "pull")
    withdrawn = await jobcenter.step(pulled, "withdraw", {"reason": "CLIENT_CHANGED_MIND"})
    assert withdrawn["state"] == "WITHDRAWN"
    seen = await case_manager.read(referred["id"])
    assert (seen["state"], seen["withdrawReason"]) == ("WITHDRAWN", "CLIENT_CHANGED_MIND")
    assert (await jobcenter.read(referred["id"]))["content"] is None
    stored = await owner.fetchval(
        "select count(*) from referral_content where id = $1", UUID(referred["id"])
    )
    assert stored == 0
    assert await subjects(owner, referred["id"]) == ["submitted.v1", "delivered.v1", "withdrawn.v1"]


async def test_after_acceptance_the_sender_cannot_take_it_back(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    referred = await sent_by(jobcenter, subject)
    accepted = await case_manager.step(await case_manager.step(referred, "pull"), "accept")
    answer = await jobcenter.act(accepted, "withdraw", {"reason": "SENT_BY_MISTAKE"})
    assert (answer.status_code, answer.json()["code"]) == (409, "transition-not-allowed")
    assert answer.json()["allowedActions"] == []
    assert (await case_manager.read(referred["id"]))["state"] == "ACCEPTED"


@pytest.mark.parametrize(
    ("side", "action", "body"),
    [
        ("sender", "pull", None),
        ("sender", "accept", {}),
        ("sender", "reject", {"problems": [{"reason": "capacity"}]}),
        ("recipient", "submit", None),
        ("recipient", "withdraw", {"reason": "SENT_BY_MISTAKE"}),
    ],
)
async def test_a_step_of_the_other_side_is_forbidden(
    jobcenter: Desk,
    case_manager: Desk,
    subject: str,
    side: str,
    action: str,
    body: Any,
) -> None:
    referred = await sent_by(jobcenter, subject)
    desk = jobcenter if side == "sender" else case_manager
    answer = await desk.act(referred, action, body)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-your-side")
    assert (await case_manager.read(referred["id"]))["version"] == referred["version"]


async def test_a_digest_that_does_not_match_takes_the_acceptance_back(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    referred = await sent_by(jobcenter, subject)
    pulled = await case_manager.step(referred, "pull")
    other = await case_manager.act(pulled, "accept", {"payloadDigest": "sha256:" + "0" * 64})
    assert (other.status_code, other.json()["guards"]) == (422, ["integrity-is-confirmed"])
    await owner.execute(
        "update referral_content set content ="
        " jsonb_set(content, '{need,summary}', content #> '{identity,birthDate}')"
        " where id = $1",
        UUID(referred["id"]),
    )
    changed = await case_manager.act(pulled, "accept", {})
    assert (changed.status_code, changed.json()["guards"]) == (422, ["integrity-is-confirmed"])
    seen = await case_manager.read(referred["id"])
    assert (seen["state"], seen["content"]) == ("DELIVERED", None)
    assert await subjects(owner, referred["id"]) == ["submitted.v1", "delivered.v1"]


async def test_accepting_twice_with_one_key_happens_once(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    pulled = await case_manager.step(await sent_by(jobcenter, subject), "pull")
    first = await case_manager.act(pulled, "accept", {}, key=f"k-{subject}")
    second = await case_manager.act(pulled, "accept", {}, key=f"k-{subject}")
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content
    assert await subjects(owner, pulled["id"]) == ["submitted.v1", "delivered.v1", "accepted.v1"]


@pytest.mark.parametrize("_", range(8))
async def test_of_accept_and_withdraw_exactly_one_wins(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any, _: int
) -> None:
    pulled = await case_manager.step(await sent_by(jobcenter, subject), "pull")
    accepted, withdrawn = await asyncio.gather(
        case_manager.act(pulled, "accept", {}),
        jobcenter.act(pulled, "withdraw", {"reason": "CLIENT_CHANGED_MIND"}),
    )
    assert sorted([accepted.status_code, withdrawn.status_code]) == [200, 409]
    winner = "accepted.v1" if accepted.status_code == 200 else "withdrawn.v1"
    assert await subjects(owner, pulled["id"]) == ["submitted.v1", "delivered.v1", winner]
    stored = await owner.fetchval(
        "select count(*) from referral_content where id = $1", UUID(pulled["id"])
    )
    assert stored == (1 if winner == "accepted.v1" else 0)


async def test_of_pull_and_withdraw_both_happen_in_some_order_or_one_loses(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    referred = await sent_by(jobcenter, subject)
    pulled, withdrawn = await asyncio.gather(
        case_manager.act(referred, "pull"),
        jobcenter.act(referred, "withdraw", {"reason": "CLIENT_CHANGED_MIND"}),
    )
    # After a pull a withdrawal is still possible, but its sender looked at an older version.
    assert (pulled.status_code, withdrawn.status_code) in {(200, 412), (409, 200)}


CM_NORD = Caller(
    tenant_id="05570",
    unit_id="waf-cm-nord",
    unit_type="CM_TEAM",
    issuer="urn:test",
    subject="nord",
    roles=frozenset({"case_manager"}),
)


async def test_a_referral_is_passed_on_inside_one_controller(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database, owner: Any
) -> None:
    pulled = await case_manager.step(await sent_by(jobcenter, subject), "pull")
    elsewhere = await case_manager.act(pulled, "forward", {"recipientUnit": "waf-jugendamt"})
    assert (elsewhere.status_code, elsewhere.json()["guards"]) == (422, ["controller-is-the-same"])
    unknown = await case_manager.act(pulled, "forward", {"recipientUnit": "nobody-here"})
    assert (unknown.status_code, unknown.json()["code"]) == (409, "unit-unknown")

    forwarded = await case_manager.step(pulled, "forward", {"recipientUnit": "waf-cm-nord"})
    assert (forwarded["state"], forwarded["recipientUnit"]) == ("FORWARDED", "waf-cm-nord")
    assert (forwarded["side"], forwarded["allowedActions"]) == (None, [])
    mine_no_more = await case_manager.act(forwarded, "pull")
    assert (mine_no_more.status_code, mine_no_more.json()["code"]) == (403, "not-your-side")

    referral_id = UUID(forwarded["id"])
    async with app_database.transaction(CM_NORD) as tx:
        await receiving.pull(tx, Act(referral_id, forwarded["version"]))
    async with app_database.transaction(CM_NORD) as tx:
        answer = await receiving.accept(tx, Act(referral_id, forwarded["version"] + 1), digest=None)
    assert b'"state":"ACCEPTED"' in answer.document.body
    async with app_database.transaction(CM_NORD) as tx:
        seen = await find_content(tx, referral_id)
    assert seen is not None
    assert seen["content"]["identity"]["familyName"] == NAME
    assert (await case_manager.read(forwarded["id"]))["content"] is None
    assert await subjects(owner, forwarded["id"]) == [
        "submitted.v1",
        "delivered.v1",
        "forwarded.v1",
        "delivered.v1",
        "accepted.v1",
    ]


async def test_a_stranger_at_the_operation_finds_nothing(
    jobcenter: Desk, subject: str, app_database: Database
) -> None:
    referred = await sent_by(jobcenter, subject)
    act = Act(UUID(referred["id"]), referred["version"], Answered())
    with pytest.raises(NotFound):
        async with app_database.transaction(CM_NORD) as tx:
            await receiving.pull(tx, act)


async def test_inbox_and_outbox_are_filtered_and_paged(
    jobcenter: Desk, case_manager: Desk, desk_of: Callable[[str], Desk], subject: str
) -> None:
    sent = [await sent_by(jobcenter, f"{subject}-{n}", urgency="URGENT") for n in range(3)]
    ids = [one["id"] for one in sent]
    listed = ",".join(ids)
    path = f"/v1/inbox?state=SUBMITTED&urgency=URGENT&id[in]={listed}&sort=submittedAt"
    first = (await case_manager.get(f"{path}&first=2")).json()
    assert [item["id"] for item in first["items"]] == ids[:2]
    rest = (await case_manager.get(f"{path}&first=2&after={first['nextCursor']}")).json()
    assert [item["id"] for item in rest["items"]] == ids[2:]
    assert rest["nextCursor"] is None
    out = (await jobcenter.get(f"/v1/outbox?id[in]={listed}&sort=createdAt")).json()["items"]
    assert [item["id"] for item in out] == ids
    assert {item["side"] for item in out} == {"SENDER"}
    assert (await jobcenter.get(f"/v1/inbox?id[in]={listed}")).json()["items"] == []
    both = (await case_manager.get(f"/v1/referrals?id[in]={listed}")).json()["items"]
    assert {item["side"] for item in both} == {"RECIPIENT"}
    for question in ("color=red", "state=SLEEPING", "id[in]=x", "first=0", "after=*"):
        assert (await case_manager.get(f"/v1/inbox?{question}")).status_code == 400


async def test_an_unchanged_referral_is_not_sent_again(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    referred = await sent_by(jobcenter, subject)
    path = f"/v1/referrals/{referred['id']}"
    etag = (await case_manager.get(path)).headers["etag"]
    assert (await case_manager.get(path, If_None_Match=etag)).status_code == 304
