"""The hazards of a naive exchange between agencies, where no other test tries them yet."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.referrals.domain.deadlines import Terms
from services.referrals.operations.due import do_due_work
from shared.database.connection import Database
from shared.kernel.clock import now
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import CONTENT, NAME, consent, referral
from tests.services.referrals.test_due import facts_of, instant
from tests.services.referrals.test_forwarding import application, traces

TERMINAL = {"rejected.v1", "expired.v1", "withdrawn.v1", "completed.v1", "returned.v1"}
DECISIONS = "select count(*) from disclosure_decision where referral_id = $1"


async def test_hazard_02_no_clock_and_no_event_decides_on_a_disclosure(
    case_manager: Desk, subject: str, app_database: Database, owner: Any
) -> None:
    """§ 87 AufenthG is decided on by a person; an undecided referral waits, and tells nobody."""
    body = application(subject, disclosureDecision=None)
    refused = await case_manager.post("/v1/referrals", body)
    assert refused.json()["guards"] == ["disclosure-is-decided"]
    draft = (await case_manager.post("/v1/referrals", body | {"submit": False})).json()
    before = await traces(owner, draft["id"])
    for days in (1, 15, 100):
        await do_due_work(app_database, Terms(), now() + timedelta(days=days))
    assert await traces(owner, draft["id"]) == before
    assert await owner.fetchval(DECISIONS, UUID(draft["id"])) == 0


async def test_hazard_02_what_was_not_disclosed_is_written_down_as_well(
    case_manager: Desk, desk_of: Callable[[str], Desk], subject: str, owner: Any
) -> None:
    body = application(subject, submit=False, disclosureDecision=None)
    draft = (await case_manager.post("/v1/referrals", body)).json()
    decision = {
        "referralId": draft["id"],
        "recipientUnit": "waf-abh",
        "outcome": "REFUSE",
        "ground": "AUFENTHG_87_2",
        "fields": ["identity.familyName"],
        "clientInformed": True,
        "reason": "§ 88 AufenthG steht entgegen.",
    }
    by_the_case_manager = await case_manager.post("/v1/disclosure-decisions", decision)
    assert by_the_case_manager.status_code == 403
    decided = await desk_of("waf-cm-head").post("/v1/disclosure-decisions", decision)
    assert (decided.status_code, decided.json()["outcome"]) == (201, "REFUSE")
    assert await owner.fetchval(DECISIONS, UUID(draft["id"])) == 1
    refused = await case_manager.act(draft, "submit")
    assert refused.json()["guards"] == ["disclosure-is-decided"]


async def test_hazard_05_consent_and_release_from_secrecy_are_two_declarations(
    jobcenter: Desk, subject: str, owner: Any
) -> None:
    release = consent(reference="S-2026-4", categories=["need"])
    secret = {"secretCategories": ["need"]}
    for ground, guards in (
        ({"consent": consent()}, {"secrecy-is-released"}),
        ({"secrecyRelease": release}, {"legal-ground-is-given"}),
        (
            {"consent": consent(), "secrecyRelease": release | {"categories": ["identity"]}},
            {"secrecy-is-released"},
        ),
    ):
        body = referral(subject, legalGround=ground, **secret)
        refused = await jobcenter.post("/v1/referrals", body)
        assert refused.status_code == 422, refused.text
        assert set(refused.json()["guards"]) == guards
    stored = "select count(*) from sender_record where subject_reference = $1"
    assert await owner.fetchval(stored, subject) == 0
    both = {"consent": consent(), "secrecyRelease": release}
    sent = await jobcenter.post("/v1/referrals", referral(subject, legalGround=both, **secret))
    assert (sent.status_code, sent.json()["state"]) == (201, "SUBMITTED")


async def test_hazard_07_a_partner_reaches_its_own_boxes_and_nothing_behind_them(
    jobcenter: Desk, case_manager: Desk, desk_of: Callable[[str], Desk], subject: str
) -> None:
    """Nobody comes from a referral to the other side's case, assignee or person in charge."""
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    pulled = await case_manager.step(sent, "pull")
    assigned = await case_manager.step(pulled, "assign", {"assignee": "dev|samira"})
    await case_manager.step(assigned, "accept")
    mine = await jobcenter.read(sent["id"])
    assert [mine[name] for name in ("caseId", "assignee", "escalatedTo")] == [None] * 3
    stranger = desk_of("waf-jugendamt-system")
    for path in (
        "", "/messages", "/attachments", "/events", "/amendments", "/disclosures", "/proposals",
        "/receipt", "/event-tokens", "/access-links",
    ):  # fmt: skip
        hidden = await stranger.get(f"/v1/referrals/{sent['id']}{path}")
        assert hidden.is_client_error or hidden.json()["items"] == [], path
    for box in ("referrals", "inbox", "outbox", "changes", "events?after="):
        listed = await stranger.get(f"/v1/{box}".removesuffix("?after="))
        assert sent["id"] not in listed.text


async def test_hazard_14_twenty_at_once_end_a_referral_with_one_event(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database
) -> None:
    """The timers of several workers, both sides and a repetition at the same moment."""
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    late = instant(sent["expiresAt"]) + timedelta(minutes=1)
    problem = {"problems": [{"reason": "capacity"}]}
    await asyncio.gather(
        *(do_due_work(app_database, Terms(), late) for _ in range(4)),
        *(
            jobcenter.act(sent, "withdraw", {"reason": "NO_LONGER_NEEDED"}, key=f"w-{subject}")
            for _ in range(8)
        ),
        *(case_manager.act(sent, "reject", problem) for _ in range(8)),
    )
    for desk in (jobcenter, case_manager):
        told = await facts_of(desk, sent["id"])
        assert len([fact for fact in told if fact in TERMINAL]) == 1, told
        feed = (await desk.get(f"/v1/events?subject={sent['id']}&first=100")).json()["items"]
        ends = [one for one in feed if one["type"].rsplit("referral-")[-1] in TERMINAL]
        assert len(ends) == 1
        assert NAME not in str(feed)
        assert CONTENT["need"]["summary"] not in str(feed)
