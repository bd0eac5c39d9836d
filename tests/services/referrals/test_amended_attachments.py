"""Files added and taken away after sending, and amendments of what was passed on."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import CONTENT, consent
from tests.services.referrals.test_amendments import PHONE, under
from tests.services.referrals.test_attachments import PDF, announced, download, upload, with_file
from tests.services.referrals.test_clocks import sent, traces

LETTER = b"%PDF-1.7\n" + b"nachgereicht " * 100


async def taken_away(desk: Desk, attachment_id: str) -> Any:
    return await desk.client.delete(
        f"/v1/attachments/{attachment_id}",
        headers={"Authorization": f"Bearer {desk.token}", "Idempotency-Key": uuid4().hex},
    )


async def files_of(desk: Desk, referral: dict[str, Any]) -> list[str]:
    answer = await desk.get(f"/v1/referrals/{referral['id']}/attachments")
    return [one["id"] for one in answer.json()["items"]]


async def receipt_of(desk: Desk, referral: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (await desk.get(f"/v1/referrals/{referral['id']}/receipt")).json()
    return found["receipt"]


async def test_a_file_goes_along_with_an_amendment_and_another_is_taken_away(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    written, first_file = await with_file(jobcenter, subject)
    sent_one = await jobcenter.step(written, "submit")
    accepted = await case_manager.step(await case_manager.step(sent_one, "pull"), "accept")
    late = await announced(jobcenter, written["id"], name="Nachweis.pdf")
    assert (await upload(jobcenter, late["id"], LETTER)).json()["contentVersion"] is None
    # Uploaded, it goes to nobody yet.
    assert await files_of(case_manager, accepted) == [first_file["id"]]
    assert (await download(case_manager, late["id"])).status_code == 404
    assert await files_of(jobcenter, accepted) == [first_file["id"], late["id"]]
    kept = await taken_away(jobcenter, first_file["id"])
    assert (kept.status_code, kept.json()["code"]) == (409, "attachment-was-sent")

    body = {"reason": "ADDITION", "attachmentIds": [first_file["id"], late["id"]]}
    amended = await jobcenter.step(accepted, "amend", body)
    assert amended["contentVersion"] == 2
    assert amended["payloadDigest"] != accepted["payloadDigest"]
    assert (await download(case_manager, late["id"])).content == LETTER
    receipt = await receipt_of(case_manager, accepted)
    assert receipt == await receipt_of(jobcenter, accepted)
    assert [one["id"] for one in receipt["attachments"]] == [first_file["id"], late["id"]]
    assert receipt["payloadDigest"] == amended["payloadDigest"]

    fewer = {"reason": "CORRECTION", "attachmentIds": [late["id"]]}
    again = await jobcenter.step(amended, "amend", fewer)
    assert again["contentVersion"] == 3
    assert await files_of(case_manager, again) == [late["id"]]
    assert (await download(case_manager, first_file["id"])).status_code == 404
    assert [one["id"] for one in (await receipt_of(case_manager, again))["attachments"]] == [
        late["id"]
    ]
    gone = await owner.fetchval(
        "select count(*) from object_removal where object_key like $1", f"%{first_file['id']}%"
    )
    assert gone == 1
    log = (await jobcenter.get(f"/v1/referrals/{written['id']}/amendments")).json()["items"]
    assert [one["changedFields"] for one in log] == [["attachments.need"]] * 2
    same = await jobcenter.act(again, "amend", fewer)
    assert (same.status_code, same.json()["code"]) == (422, "nothing-amended")


async def test_a_file_is_judged_like_any_other_part_and_what_is_refused_changes_nothing(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    first = await sent(jobcenter, subject)
    health = await announced(jobcenter, first["id"], category="health")
    await upload(jobcenter, health["id"], PDF)
    empty = await announced(jobcenter, first["id"])
    before = await traces(owner, first["id"])
    for ids, status, code in (
        ([health["id"]], 422, "guard-failed"),
        ([empty["id"]], 422, "attachment-missing"),
        ([str(uuid4())], 422, "attachment-unknown"),
        ([], 422, "nothing-amended"),
    ):
        body = {"reason": "ADDITION", "attachmentIds": ids}
        refused = await jobcenter.act(first, "amend", body)
        assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert await traces(owner, first["id"]) == before
    versions = await owner.fetch(
        "select content_version from attachment where referral_id = $1", UUID(first["id"])
    )
    assert [row["content_version"] for row in versions] == [None, None]
    # What was not named stays where it is, and is taken away like that of a draft.
    assert (await taken_away(jobcenter, empty["id"])).status_code == 200
    other = await case_manager.post(
        f"/v1/referrals/{first['id']}/attachments", {"name": "x", "category": "need"}
    )
    assert (other.status_code, other.json()["code"]) == (403, "not-your-side")


async def test_what_never_went_along_is_deleted_when_the_referral_ends(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    written, went = await with_file(jobcenter, subject)
    first = await jobcenter.step(written, "submit")
    waiting = await announced(jobcenter, first["id"])
    await upload(jobcenter, waiting["id"], LETTER)
    await case_manager.step(first, "reject", {"problems": [{"reason": "incomplete"}]})
    left = await owner.fetch("select id from attachment where referral_id = $1", UUID(first["id"]))
    assert [str(row["id"]) for row in left] == [went["id"]]
    removed = await owner.fetchval(
        "select count(*) from object_removal where object_key like $1", f"%{waiting['id']}%"
    )
    assert removed == 1
    late = await jobcenter.post(
        f"/v1/referrals/{first['id']}/attachments", {"name": "x", "category": "need"}
    )
    assert (late.status_code, late.json()["code"]) == (409, "too-late-to-attach")


async def test_what_was_passed_on_is_amended_under_the_consent_of_the_controller(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    """§ 67 (4) SGB X: the consent names the unit to which it was sent, and covers its sub-units."""
    first = await sent(jobcenter, subject, legalGround=under(subject))
    pulled = await case_manager.step(first, "pull")
    passed_on = await case_manager.step(pulled, "forward", {"recipientUnit": "waf-cm-nord"})
    amended = await jobcenter.step(passed_on, "amend", {"reason": "ADDITION", "content": PHONE})
    assert (amended["state"], amended["contentVersion"]) == ("FORWARDED", 2)
    manifests = (await jobcenter.get(f"/v1/referrals/{first['id']}/disclosures")).json()["items"]
    assert [(one["recipientUnit"], one["contentVersion"]) for one in manifests] == [
        ("waf-cm", 1),
        ("waf-cm-nord", 1),
        ("waf-cm-nord", 2),
    ]
    assert "contact.phone" in manifests[-1]["fields"]


async def test_a_consent_to_a_third_unit_covers_nothing_that_was_passed_on(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    first = await sent(jobcenter, subject)
    pulled = await case_manager.step(first, "pull")
    passed_on = await case_manager.step(pulled, "forward", {"recipientUnit": "waf-cm-nord"})
    before = await traces(owner, first["id"])
    foreign = {"consent": consent("waf-jugendamt", reference=f"E-{subject}-j")}
    refused = await jobcenter.act(
        passed_on, "amend", {"reason": "NEW_GROUND", "legalGround": foreign, "urgency": "URGENT"}
    )
    assert (refused.status_code, refused.json()["guards"]) == (422, ["consent-names-recipient"])
    assert await traces(owner, first["id"]) == before


async def test_a_secret_passed_on_is_amended_under_a_release_that_names_the_new_unit(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    """§ 203 StGB releases towards whom it names: a sub-unit is another."""

    def ground(unit: str, number: int) -> dict[str, Any]:
        release = consent(unit, reference=f"S-{subject}-{number}", categories=["need"])
        return {"consent": consent(reference=f"E-{subject}"), "secrecyRelease": release}

    first = await sent(
        jobcenter, subject, secretCategories=["need"], legalGround=ground("waf-cm", 1)
    )
    pulled = await case_manager.step(first, "pull")
    passed_on = await case_manager.step(pulled, "forward", {"recipientUnit": "waf-cm-nord"})
    changed = CONTENT | {"need": {"summary": "Sucht eine Wohnung."}}
    body = {"reason": "CORRECTION", "content": changed}
    refused = await jobcenter.act(passed_on, "amend", body)
    assert refused.json()["guards"] == ["secrecy-is-released"]
    assert "legalGround" in refused.json()["detail"]
    named = body | {"legalGround": ground("waf-cm-nord", 2)}
    assert (await jobcenter.step(passed_on, "amend", named))["contentVersion"] == 2


@pytest.mark.parametrize("state", ["COMPLETED"])
async def test_nothing_is_attached_to_what_has_ended(
    jobcenter: Desk, case_manager: Desk, subject: str, state: str
) -> None:
    written, stored = await with_file(jobcenter, subject)
    first = await jobcenter.step(written, "submit")
    accepted = await case_manager.step(await case_manager.step(first, "pull"), "accept")
    started = await case_manager.step(
        accepted, "start-service", {"firstContactOn": accepted["submittedAt"][:10]}
    )
    ended = await case_manager.step(started, "complete", {"outcome": "SERVICE_STARTED"})
    assert ended["state"] == state
    refused = await taken_away(jobcenter, stored["id"])
    assert (refused.status_code, refused.json()["code"]) == (409, "too-late-to-attach")
