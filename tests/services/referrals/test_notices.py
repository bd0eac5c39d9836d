"""Who holds data is told what became of them; what is open goes with an erased case."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson

from services.referrals.domain.clocks import notice_due
from services.referrals.domain.deadlines import Terms
from services.referrals.operations.due import do_due_work
from services.referrals.operations.erasing import erase_case
from shared.database.connection import Database
from shared.kernel.caller import system_caller
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import NAME, referral
from tests.services.referrals.test_amendments import PHONE, under
from tests.services.referrals.test_clocks import sent, traces
from tests.services.referrals.test_due import facts_of, instant

SENDER = system_caller(tenant_id="05570", unit_id="waf-jobcenter", part="tests")


async def taken(jobcenter: Desk, case_manager: Desk, subject: str, **changes: Any) -> Any:
    first = await sent(jobcenter, subject, legalGround=under(subject), **changes)
    return await case_manager.step(await case_manager.step(first, "pull"), "accept")


async def notices_on(desk: Desk, referral: dict[str, Any]) -> list[dict[str, Any]]:
    found = await desk.get(f"/v1/notices?referralId={referral['id']}")
    assert found.status_code == 200, found.text
    items: list[dict[str, Any]] = found.json()["items"]
    return items


async def test_a_revocation_after_acceptance_waits_for_the_recipients_answer(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database, owner: Any
) -> None:
    accepted = await taken(jobcenter, case_manager, subject)
    for _ in range(2):
        revoked = await jobcenter.post(
            "/v1/consent-revocations", {"consentReference": f"E-{subject}"}
        )
        assert (revoked.status_code, revoked.json()["withdrawn"]) == (201, 0)
    assert (await jobcenter.read(accepted["id"]))["state"] == "ACCEPTED"
    [notice] = await notices_on(case_manager, accepted)
    assert [notice] == await notices_on(jobcenter, accepted)
    assert (notice["kind"], notice["answer"]) == ("CONSENT_REVOKED", None)
    raised_at = instant(notice["raisedAt"])
    assert instant(notice["answerBy"]) == notice_due(raised_at)
    await do_due_work(app_database, Terms(), instant(notice["answerBy"]) - timedelta(minutes=1))
    assert (await notices_on(jobcenter, accepted))[0]["escalatedAt"] is None
    for minutes in (1, 2):
        at = instant(notice["answerBy"]) + timedelta(minutes=minutes)
        await do_due_work(app_database, Terms(), at)
    [late] = await notices_on(jobcenter, accepted)
    assert (late["escalatedAt"] is not None, late["version"]) == (True, 2)
    path = f"/v1/notices/{notice['id']}"
    before = await traces(owner, accepted["id"])
    for desk, body, version, code in (
        (jobcenter, {"answer": "DELETED"}, 2, "not-your-side"),
        (case_manager, {"answer": "NOTED"}, 2, "answer-does-not-fit"),
        (case_manager, {"answer": "DELETED"}, 1, "stale-version"),
    ):
        refused = await desk.post(f"{path}/actions/acknowledge", body, version=version)
        assert refused.json()["code"] == code, refused.text
    assert await traces(owner, accepted["id"]) == before
    said = await case_manager.post(
        f"{path}/actions/acknowledge", {"answer": "KEPT_OWN_BASIS"}, version=2
    )
    assert (said.status_code, said.json()["answer"]) == (200, "KEPT_OWN_BASIS")
    again = await case_manager.post(f"{path}/actions/acknowledge", {"answer": "DELETED"}, version=3)
    assert (again.status_code, again.json()["code"]) == (409, "notice-is-answered")
    assert (await facts_of(jobcenter, accepted["id"]))[-3:] == [
        "notice-raised.v1",
        "notice-overdue.v1",
        "notice-acknowledged.v1",
    ]


async def test_a_correction_after_acceptance_raises_a_notice(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    accepted = await taken(jobcenter, case_manager, subject)
    await jobcenter.step(accepted, "amend", {"reason": "CORRECTION", "content": PHONE})
    [notice] = await notices_on(case_manager, accepted)
    assert notice["kind"] == "DATA_CORRECTED"
    foreign = await jobcenter.act(
        await jobcenter.read(accepted["id"]), "amend", {"reason": "COUNTER_PROPOSAL"}
    )
    assert (foreign.status_code, foreign.json()["code"]) == (422, "reason-is-for-the-system")


async def test_a_sender_tells_of_restrictions_and_objections(
    jobcenter: Desk, case_manager: Desk, subject: str, desk_of: Any
) -> None:
    open_one = await sent(jobcenter, f"{subject}-open")
    accepted = await taken(jobcenter, case_manager, subject)
    body = {"referralId": accepted["id"], "kind": "RESTRICTED"}
    made = await jobcenter.post("/v1/notices", body)
    assert made.status_code == 201, made.text
    for desk, changes, code in (
        (jobcenter, {}, "notice-is-open"),
        (jobcenter, {"kind": "CONSENT_REVOKED"}, "notice-is-for-the-system"),
        (jobcenter, {"referralId": open_one["id"]}, "nothing-was-disclosed"),
        (case_manager, {}, "not-your-side"),
        (desk_of("waf-jugendamt-system"), {}, "not-found"),
    ):
        refused = await desk.post("/v1/notices", body | changes)
        assert refused.json()["code"] == code, refused.text
    path = f"/v1/notices/{made.json()['id']}"
    assert (await case_manager.get(path)).json()["kind"] == "RESTRICTED"
    assert (await desk_of("waf-jugendamt-system").get(path)).status_code == 404
    assert (await desk_of("rheine-caritas-case-manager").get(path)).status_code == 404


async def numbered(desk: Desk, body: dict[str, Any]) -> dict[str, Any]:
    """Put under a number of the sender's software."""
    answer = await desk.put(f"/v1/referrals/by-external/lissa/{uuid4().hex}", body)
    assert answer.status_code == 201, answer.text
    return await desk.read(answer.json()["id"])


async def test_a_case_erased_while_pending_withdraws_its_referrals(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database, owner: Any
) -> None:
    case_id = uuid4()
    case = {"caseId": str(case_id)}
    draft = await numbered(jobcenter, referral(f"{subject}-d", submit=False, **case))
    waiting = await sent(jobcenter, f"{subject}-w", **case)
    pulled = await case_manager.step(await sent(jobcenter, f"{subject}-p", **case), "pull")
    moved = await case_manager.step(
        await case_manager.step(await sent(jobcenter, f"{subject}-f", **case), "pull"),
        "forward",
        {"recipientUnit": "waf-cm-nord"},
    )
    rejected = await case_manager.step(
        await sent(jobcenter, f"{subject}-r", **case),
        "reject",
        {"problems": [{"reason": "capacity"}]},
    )
    accepted = await taken(jobcenter, case_manager, f"{subject}-a", **case)
    other = await sent(jobcenter, f"{subject}-o")
    asked = uuid4()
    for _ in range(2):
        async with app_database.transaction(SENDER) as tx:
            await erase_case(tx, case_id=case_id, erasure_id=uuid4(), rights_request_id=asked)
    states = {
        one["id"]: (await jobcenter.read(one["id"]))["state"]
        for one in (draft, waiting, pulled, moved, rejected, accepted, other)
    }
    assert list(states.values()) == [
        "WITHDRAWN",
        "WITHDRAWN",
        "WITHDRAWN",
        "FORWARDED",
        "REJECTED",
        "ACCEPTED",
        "SUBMITTED",
    ]
    assert (await case_manager.read(pulled["id"]))["withdrawReason"] == "CASE_DELETED"
    keys = [UUID(key) for key in states]
    left = await owner.fetch("select id from referral_content where id = any($1)", keys)
    assert {str(row["id"]) for row in left} == {accepted["id"], other["id"]}
    [notice] = await notices_on(case_manager, accepted)
    assert notice["kind"] == "DATA_ERASED"
    confirmed = await owner.fetch(
        "select payload::jsonb -> 'data' from outbox_message where aggregate_id = $1"
        " and subject like '%case-erased-confirmed.v1' order by id",
        case_id,
    )
    first, again = (orjson.loads(row[0]) for row in confirmed)
    assert (first["rightsRequestId"], first["noticeIds"]) == (str(asked), [notice["id"]])
    assert (first["referralIds"], first["recipientUnits"]) == ([accepted["id"]], ["waf-cm"])
    assert (again["rightsRequestId"], again["noticeIds"]) == (str(asked), [])
    record = await owner.fetchrow("select * from sender_record where id = $1", UUID(draft["id"]))
    assert (record["subject_reference"], record["legal_ground"], record["case_id"]) == (
        "-",
        None,
        None,
    )
    number = await owner.fetchrow(
        "select value, told from external_id where record_id = $1", UUID(draft["id"])
    )
    assert (number["value"], number["told"]) == (None, None)
    events = await owner.fetch(
        "select payload::text from outbox_message where aggregate_id = any($1)", keys
    )
    assert all(NAME not in row["payload"] for row in events)
    by_hand = await jobcenter.act(other, "withdraw", {"reason": "CASE_DELETED"})
    assert (by_hand.status_code, by_hand.json()["code"]) == (422, "reason-is-for-the-system")
