"""What a sender changes after sending: judged again, logged by paths, read by both sides."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import CONTENT, consent
from tests.services.referrals.test_clocks import sent, traces
from tests.services.referrals.test_due import facts_of

PHONE = {**CONTENT, "contact": {"phone": "02504 933-0"}}
FULL = ["identity", "languages", "need", "contact"]


def under(subject: str, **changes: Any) -> dict[str, Any]:
    return {"consent": consent(reference=f"E-{subject}", categories=FULL, **changes)}


async def stored(owner: Any, referral_id: str) -> Any:
    return await owner.fetchval(
        "select content::text from referral_content where id = $1", UUID(referral_id)
    )


async def test_both_sides_see_the_same_change_log_without_values(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    first = await sent(jobcenter, subject, legalGround=under(subject))
    pulled = await case_manager.step(first, "pull")
    changes = {"reason": "ADDITION", "content": PHONE, "urgency": "URGENT"}
    amended = await jobcenter.step(pulled, "amend", changes)
    assert (amended["state"], amended["urgency"], amended["contentVersion"]) == (
        "DELIVERED",
        "URGENT",
        2,
    )
    assert amended["payloadDigest"] != first["payloadDigest"]
    path = f"/v1/referrals/{first['id']}/amendments"
    log, theirs = (await jobcenter.get(path)).json(), (await case_manager.get(path)).json()
    assert log == theirs
    [entry] = log["items"]
    assert {name: entry[name] for name in entry if name not in {"id", "at"}} == {
        "referralId": first["id"],
        "number": 1,
        "actorUnit": "waf-jobcenter",
        "reason": "ADDITION",
        "changedFields": ["content.contact.phone", "urgency"],
        "versionBefore": 1,
        "versionAfter": 2,
        "digestBefore": first["payloadDigest"],
        "digestAfter": amended["payloadDigest"],
    }
    assert "933" not in str(log)
    assert (await facts_of(case_manager, first["id"]))[-1] == "amended.v1"
    stale = await case_manager.act(pulled, "accept")
    assert stale.status_code == 412
    accepted = await case_manager.step(amended, "accept")
    seen = await case_manager.read(first["id"])
    assert seen["content"]["contact"]["phone"] == "02504 933-0"
    corrected = {**PHONE, "identity": {**PHONE["identity"], "birthDate": "2010-05-12"}}
    again = await jobcenter.step(accepted, "amend", {"reason": "CORRECTION", "content": corrected})
    assert (again["ageBand"], again["contentVersion"]) == ("YOUTH_14_17", 3)
    seen = await case_manager.read(first["id"])
    assert seen["content"]["identity"]["birthDate"] == "2010-05-12"
    numbers = [one["number"] for one in (await case_manager.get(path)).json()["items"]]
    assert numbers == [1, 2]


async def test_an_amendment_is_judged_again_at_commit(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    narrow = {"consent": consent(reference=f"E-{subject}")}  # 3 of the 4 categories
    first = await sent(jobcenter, subject, legalGround=narrow)
    before = (await traces(owner, first["id"]), await stored(owner, first["id"]))
    refused = await jobcenter.act(first, "amend", {"reason": "ADDITION", "content": PHONE})
    assert (refused.status_code, refused.json()["guards"]) == (
        422,
        ["consent-covers-categories"],
    )
    same = await jobcenter.act(first, "amend", {"reason": "CORRECTION", "content": CONTENT})
    assert (same.status_code, same.json()["code"]) == (422, "nothing-amended")
    theirs = await case_manager.act(first, "amend", {"reason": "CORRECTION", "content": PHONE})
    assert (theirs.status_code, theirs.json()["code"]) == (403, "not-your-side")
    assert (await traces(owner, first["id"]), await stored(owner, first["id"])) == before
    path = f"/v1/referrals/{first['id']}/amendments"
    assert (await jobcenter.get(path)).json()["items"] == []
    wide = {"reason": "NEW_GROUND", "content": PHONE, "legalGround": under(f"{subject}-2")}
    amended = await jobcenter.step(first, "amend", wide)
    [entry] = (await jobcenter.get(path)).json()["items"]
    assert entry["changedFields"] == ["content.contact.phone", "legalGround"]
    revoked = await jobcenter.post(
        "/v1/consent-revocations", {"consentReference": f"E-{subject}-2"}
    )
    assert revoked.json()["withdrawn"] == 1
    late = await jobcenter.act(amended, "amend", {"reason": "CORRECTION", "urgency": "ROUTINE"})
    assert (late.status_code, late.json()["code"]) == (409, "too-late-to-amend")


async def test_a_draft_is_replaced_and_not_amended(jobcenter: Desk, subject: str) -> None:
    draft = await sent(jobcenter, subject, submit=False)
    refused = await jobcenter.act(draft, "amend", {"reason": "CORRECTION", "urgency": "URGENT"})
    assert (refused.status_code, refused.json()["code"]) == (409, "transition-not-allowed")


@pytest.mark.parametrize("_", range(8))
async def test_f19_of_revoke_and_amend_exactly_one_order(
    jobcenter: Desk, subject: str, _: int
) -> None:
    reference = f"E-{subject}"
    first = await sent(jobcenter, subject, legalGround=under(subject))
    amended, revoked = await asyncio.gather(
        jobcenter.act(first, "amend", {"reason": "ADDITION", "content": PHONE}),
        jobcenter.post("/v1/consent-revocations", {"consentReference": reference}),
    )
    assert (revoked.status_code, revoked.json()["withdrawn"]) == (201, 1)
    seen = await jobcenter.read(first["id"])
    assert (seen["state"], seen["content"]) == ("WITHDRAWN", None)
    log = (await jobcenter.get(f"/v1/referrals/{first['id']}/amendments")).json()["items"]
    assert (amended.status_code, len(log)) in {(200, 1), (409, 0)}
    if amended.status_code == 409:
        assert amended.json()["code"] == "too-late-to-amend"
        assert seen["contentVersion"] == 1


async def test_f19_nothing_is_amended_under_a_ground_that_was_revoked(
    jobcenter: Desk, subject: str
) -> None:
    reference = f"E-{subject}-new"
    await jobcenter.post("/v1/consent-revocations", {"consentReference": reference})
    first = await sent(jobcenter, subject, legalGround=under(subject))
    ground = {"consent": consent(reference=reference, categories=FULL)}
    refused = await jobcenter.act(first, "amend", {"reason": "NEW_GROUND", "legalGround": ground})
    assert (refused.status_code, refused.json()["guards"]) == (422, ["consent-holds-today"])


async def test_amendments_are_never_changed(owner: Any) -> None:
    for privilege in ("update", "delete"):
        may = await owner.fetchval(
            "select has_table_privilege('kim_referrals_app', 'referral_amendment', $1)", privilege
        )
        assert may is False
