"""Counter-proposals, ownership, the answer to a refusal, and consultations that name nobody."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from shared.kernel.clock import berlin_date, now
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import CONTENT, consent, referral
from tests.services.referrals.test_amendments import PHONE, under
from tests.services.referrals.test_clocks import sent, traces
from tests.services.referrals.test_due import facts_of

LATER = (berlin_date(now()) + timedelta(days=30)).isoformat()
PROPOSAL = {"noteCode": "CAPACITY_FROM_DATE", "startsOn": LATER}
OTHER = {"noteCode": "MORE_SUITABLE", "serviceCode": "CHILD_PROTECTION"}
YOUTH = {
    "serviceCode": "YOUTH_WELFARE",
    "purpose": "YOUTH_WELFARE",
    "recipientUnit": "waf-jugendamt",
}


def for_youth(subject: str) -> dict[str, Any]:
    ground = consent("waf-jugendamt", reference=f"E-{subject}", purpose="YOUTH_WELFARE")
    return YOUTH | {"legalGround": {"consent": ground}}


@pytest.fixture
def youth_office(directory: None, desk_of: Any) -> Desk:
    desk: Desk = desk_of("waf-jugendamt-system")
    return desk


async def test_a_counter_proposal_blocks_acceptance_until_answered(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    pulled = await case_manager.step(await sent(jobcenter, subject), "pull")
    proposed = await case_manager.step(pulled, "propose", PROPOSAL)
    assert proposed["openProposalId"] is not None
    assert "propose" not in proposed["overlayActions"]
    before = await traces(owner, pulled["id"])
    blocked = await case_manager.act(proposed, "accept")
    assert (blocked.status_code, blocked.json()["code"]) == (409, "proposal-open")
    twice = await case_manager.act(proposed, "propose", PROPOSAL)
    assert (twice.status_code, twice.json()["code"]) == (409, "proposal-open")
    theirs = await case_manager.act(proposed, "answer-proposal", {"accept": True})
    assert (theirs.status_code, theirs.json()["code"]) == (403, "not-your-side")
    assert await traces(owner, pulled["id"]) == before
    seen = await jobcenter.read(pulled["id"])
    assert "answer-proposal" in seen["overlayActions"]
    answered = await jobcenter.step(seen, "answer-proposal", {"accept": True})
    assert (answered["openProposalId"], answered["contentVersion"]) == (None, 2)
    path = f"/v1/referrals/{pulled['id']}"
    [proposal] = (await case_manager.get(f"{path}/proposals")).json()["items"]
    assert (proposal["state"], proposal["startsOn"]) == ("ACCEPTED", LATER)
    [entry] = (await case_manager.get(f"{path}/amendments")).json()["items"]
    assert (entry["reason"], entry["changedFields"]) == ("COUNTER_PROPOSAL", ["startsOn"])
    accepted = await case_manager.step(answered, "accept")
    assert accepted["state"] == "ACCEPTED"
    facts = await facts_of(jobcenter, pulled["id"])
    assert facts[-3:] == ["counter-proposed.v1", "counter-answered.v1", "accepted.v1"]


async def test_another_service_is_judged_as_a_sending_when_it_is_accepted(
    jobcenter: Desk, youth_office: Desk, subject: str, owner: Any
) -> None:
    first = await sent(jobcenter, subject, **for_youth(subject))
    pulled = await youth_office.step(first, "pull")
    for wrong in (
        {"noteCode": "MORE_SUITABLE"},
        {"noteCode": "MORE_SUITABLE", "serviceCode": "YOUTH_WELFARE"},
        {"noteCode": "MORE_SUITABLE", "serviceCode": "CASE_MANAGEMENT"},
        {"noteCode": "MORE_SUITABLE", "startsOn": "2026-01-01"},
    ):
        refused = await youth_office.act(pulled, "propose", wrong)
        assert (refused.status_code, refused.json()["code"]) == (422, "proposal-unusable")
    proposed = await youth_office.step(pulled, "propose", OTHER)
    await jobcenter.post("/v1/consent-revocations", {"consentReference": f"E-{subject}-x"})
    answered = await jobcenter.step(proposed, "answer-proposal", {"accept": True})
    assert answered["serviceCode"] == "CHILD_PROTECTION"
    accepted = await youth_office.step(answered, "accept")
    assert accepted["state"] == "ACCEPTED"
    second = await sent(jobcenter, f"{subject}-b", **for_youth(f"{subject}-b"))
    proposed = await youth_office.step(await youth_office.step(second, "pull"), "propose", OTHER)
    declined = await jobcenter.step(proposed, "answer-proposal", {"accept": False})
    assert (declined["serviceCode"], declined["contentVersion"]) == ("YOUTH_WELFARE", 1)
    none = await jobcenter.act(declined, "answer-proposal", {"accept": True})
    assert (none.status_code, none.json()["code"]) == (409, "no-open-proposal")
    again = await youth_office.step(declined, "propose", OTHER)
    gone = await jobcenter.step(again, "withdraw", {"reason": "NO_LONGER_NEEDED"})
    assert gone["openProposalId"] is None
    states = await owner.fetch(
        "select state from counter_proposal where referral_id = $1 order by created_at",
        UUID(second["id"]),
    )
    assert [row["state"] for row in states] == ["DECLINED", "LAPSED"]


async def test_a_proposal_that_the_ground_does_not_carry_is_not_accepted(
    jobcenter: Desk, youth_office: Desk, coordinator: Desk, subject: str, owner: Any
) -> None:
    first = await sent(jobcenter, subject, **for_youth(subject))
    proposed = await youth_office.step(await youth_office.step(first, "pull"), "propose", OTHER)
    # The same person is being referred for the proposed service already.
    ground = consent("waf-jugendamt", reference=f"E-{subject}-c", purpose="YOUTH_WELFARE")
    body = for_youth(subject) | {
        "serviceCode": "CHILD_PROTECTION",
        "legalGround": {"consent": ground},
    }
    await sent(jobcenter, subject, **body)
    before = await traces(owner, first["id"])
    refused = await jobcenter.act(proposed, "answer-proposal", {"accept": True})
    assert (refused.status_code, refused.json()["code"]) == (409, "referral-is-pending")
    assert await traces(owner, first["id"]) == before


async def test_a_warm_handover_passes_the_ownership_on(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    warm = {"mode": "WARM_HANDOVER", "transfersOwnership": True}
    first = await sent(jobcenter, subject, **warm)
    assert first["ownerUnit"] == "waf-jobcenter"
    accepted = await case_manager.step(await case_manager.step(first, "pull"), "accept")
    assert (await jobcenter.read(first["id"]))["ownerUnit"] == accepted["ownerUnit"] == "waf-cm"
    data = await owner.fetchval(
        "select payload->'data'->>'transfersOwnership' from outbox_message where aggregate_id = $1"
        " and subject like '%accepted%'",
        UUID(first["id"]),
    )
    assert data == "true"
    returned = await case_manager.step(accepted, "return", {"outcome": "NO_SHOW"})
    assert returned["ownerUnit"] == "waf-cm"
    found = await jobcenter.get("/v1/outbox?ownerUnit=waf-cm&first=100")
    assert first["id"] in [one["id"] for one in found.json()["items"]]
    cold = await jobcenter.post(
        "/v1/referrals",
        {**_body(subject), "transfersOwnership": True},
    )
    assert (cold.status_code, cold.json()["code"]) == (422, "ownership-stays")
    with pytest.raises(asyncpg.CheckViolationError):
        await owner.execute(
            "update referral set owner_unit = 'waf-ki' where id = $1", UUID(first["id"])
        )


def _body(subject: str) -> dict[str, Any]:
    return referral(f"{subject}-cold")


async def test_a_refusal_is_answered_by_a_corrected_copy(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    first = await sent(jobcenter, subject, legalGround=under(subject))
    early = await jobcenter.act(first, "answer-rejection", {"submit": True})
    assert (early.status_code, early.json()["code"]) == (409, "transition-not-allowed")
    rejected = await case_manager.step(first, "reject", {"problems": [{"reason": "incomplete"}]})
    theirs = await case_manager.act(rejected, "answer-rejection", {})
    assert (theirs.status_code, theirs.json()["code"]) == (403, "not-your-side")
    made = await jobcenter.act(rejected, "answer-rejection", {"content": PHONE, "submit": True})
    assert made.status_code == 201, made.text
    copy = made.json()
    assert (copy["state"], copy["followsId"], copy["version"]) == ("SUBMITTED", first["id"], 2)
    assert copy["ageBand"] == first["ageBand"]
    again = await jobcenter.act(rejected, "answer-rejection", {"submit": True})
    assert (again.status_code, again.json()["code"]) == (409, "referral-is-pending")
    taken = await case_manager.step(await case_manager.step(copy, "pull"), "accept")
    seen = await case_manager.read(taken["id"])
    assert seen["content"] == PHONE
    assert (await jobcenter.read(first["id"]))["state"] == "REJECTED"
    await owner.execute("delete from referral_content where id = $1", UUID(first["id"]))
    late = await jobcenter.act(rejected, "answer-rejection", {"content": CONTENT})
    assert (late.status_code, late.json()["code"]) == (409, "too-late-to-answer")


ANONYMOUS = {
    "mode": "ANONYMOUS_CONSULT",
    "serviceCode": "YOUTH_WELFARE",
    "purpose": "YOUTH_WELFARE",
    "recipientUnit": "waf-jugendamt",
    "legalGround": None,
    "place": {"ags": "05570044"},
    "content": {
        "languages": {"spoken": ["tur"]},
        "need": {"summary": "Ein Kind kommt oft ohne Frühstück in die Schule."},
    },
}


async def test_f28_anonymous_consultation_names_nobody(
    jobcenter: Desk, youth_office: Desk, subject: str
) -> None:
    first = await sent(jobcenter, subject, **ANONYMOUS)
    assert (first["ageBand"], first["groundKind"]) == ("UNKNOWN", None)
    assert (await youth_office.read(first["id"]))["content"] is None
    await youth_office.step(first, "pull")
    seen = await youth_office.read(first["id"])
    assert seen["content"] == ANONYMOUS["content"]
    need = {"languages": {"spoken": ["tur"]}}
    for changes, code, guards in (
        ({"content": {**CONTENT}}, "guard-failed", ["names-nobody"]),
        (
            {"content": {**need, "need": {"summary": "Tel. 02504 933-0"}}},
            "guard-failed",
            ["names-nobody"],
        ),
        ({"content": need}, "guard-failed", ["content-is-complete"]),
        ({"place": {"ags": "05570044", "street": "Steinstraße"}}, "names-a-person", None),
    ):
        body = {**_body(subject), "subjectReference": f"{subject}-n", **ANONYMOUS, **changes}
        refused = await jobcenter.post("/v1/referrals", body)
        assert (refused.status_code, refused.json()["code"]) == (422, code), changes
        assert refused.json().get("guards") == guards


async def test_f17_an_anonymous_consultation_never_goes_to_an_authority(
    jobcenter: Desk, subject: str
) -> None:
    changes = {"recipientUnit": "waf-abh", "serviceCode": "RESIDENCE_APPLICATION"}
    body = {**_body(subject), **ANONYMOUS, **changes}
    refused = await jobcenter.post("/v1/referrals", body)
    assert refused.status_code == 422
    assert "names-nobody" in refused.json()["guards"]
