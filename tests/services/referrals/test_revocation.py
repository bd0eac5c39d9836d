"""A person takes a consent back: from then on nothing rests on it."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.referrals.domain.deadlines import Terms
from services.referrals.messaging.consumers import SUBSCRIPTION
from services.referrals.operations import receiving
from services.referrals.operations.due import do_due_work
from services.referrals.operations.receiving import Act
from services.referrals.storage.base import ConsumedEvent
from shared.database.connection import Database
from shared.kernel.lifecycle import GuardFailed
from shared.messaging.consumer import Consumer
from shared.messaging.envelope import Envelope
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import consent, referral
from tests.services.referrals.test_answering import CM_NORD


def under(reference: str, **changes: Any) -> dict[str, Any]:
    return {"legalGround": {"consent": consent(reference=reference, **changes)}}


async def test_a_revocation_withdraws_what_is_open_and_bars_what_is_not_sent(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    reference = f"E-{subject}"
    ground = under(reference)
    sent = (await jobcenter.post("/v1/referrals", referral(subject, **ground))).json()
    pulled = (await jobcenter.post("/v1/referrals", referral(f"{subject}-b", **ground))).json()
    await case_manager.step(pulled, "pull")
    taken = (await jobcenter.post("/v1/referrals", referral(f"{subject}-c", **ground))).json()
    await case_manager.step(await case_manager.step(taken, "pull"), "accept")
    draft = (
        await jobcenter.post("/v1/referrals", referral(f"{subject}-d", submit=False, **ground))
    ).json()

    revoked = await jobcenter.post("/v1/consent-revocations", {"consentReference": reference})
    assert (revoked.status_code, revoked.json()["withdrawn"]) == (201, 2)
    again = await jobcenter.post("/v1/consent-revocations", {"consentReference": reference})
    assert again.json() == revoked.json()
    for referral_id, state in (
        (sent["id"], "WITHDRAWN"),
        (pulled["id"], "WITHDRAWN"),
        (taken["id"], "ACCEPTED"),
        (draft["id"], "DRAFT"),
    ):
        assert (await jobcenter.read(referral_id))["state"] == state
    seen = await case_manager.read(pulled["id"])
    assert (seen["withdrawReason"], seen["content"]) == ("CONSENT_REVOKED", None)
    barred = await jobcenter.act(draft, "submit")
    assert (barred.status_code, barred.json()["guards"]) == (422, ["consent-holds-today"])
    new = await jobcenter.post("/v1/referrals", referral(f"{subject}-e", **ground))
    assert (new.status_code, new.json()["guards"]) == (422, ["consent-holds-today"])


@pytest.mark.parametrize("_", range(6))
async def test_f19_after_a_revocation_nothing_is_submitted_under_it(
    jobcenter: Desk, subject: str, _: int
) -> None:
    reference = f"E-{subject}"
    body = referral(subject, submit=False, **under(reference))
    draft = (await jobcenter.post("/v1/referrals", body)).json()
    submitted, created, revoked = await asyncio.gather(
        jobcenter.act(draft, "submit"),
        jobcenter.post("/v1/referrals", referral(f"{subject}-2", **under(reference))),
        jobcenter.post("/v1/consent-revocations", {"consentReference": reference}),
    )
    assert revoked.status_code == 201
    assert submitted.status_code in {200, 422}
    assert created.status_code in {201, 422}
    state = (await jobcenter.read(draft["id"]))["state"]
    assert state == ("WITHDRAWN" if submitted.status_code == 200 else "DRAFT")
    if created.status_code == 201:
        assert (await jobcenter.read(created.json()["id"]))["state"] == "WITHDRAWN"
    won = (submitted.status_code == 200) + (created.status_code == 201)
    assert revoked.json()["withdrawn"] == won


async def test_another_units_revocation_of_the_same_reference_changes_nothing(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    reference = f"E-{subject}"
    sent = (await jobcenter.post("/v1/referrals", referral(subject, **under(reference)))).json()
    theirs = await case_manager.post("/v1/consent-revocations", {"consentReference": reference})
    assert theirs.json()["withdrawn"] == 0
    assert (await jobcenter.read(sent["id"]))["state"] == "SUBMITTED"


async def test_what_was_passed_on_when_the_consent_was_revoked_is_never_accepted(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database
) -> None:
    reference = f"E-{subject}"
    sent = (await jobcenter.post("/v1/referrals", referral(subject, **under(reference)))).json()
    pulled = await case_manager.step(sent, "pull")
    forwarded = await case_manager.step(pulled, "forward", {"recipientUnit": "waf-cm-nord"})
    await jobcenter.post("/v1/consent-revocations", {"consentReference": reference})
    assert (await jobcenter.read(sent["id"]))["state"] == "FORWARDED"
    referral_id, version = UUID(sent["id"]), forwarded["version"]
    async with app_database.transaction(CM_NORD) as tx:
        await receiving.pull(tx, Act(referral_id, version))
    with pytest.raises(GuardFailed) as refusal:
        async with app_database.transaction(CM_NORD) as tx:
            await receiving.accept(tx, Act(referral_id, version + 1), digest=None)
    assert refusal.value.facts["guards"] == ["consent-still-stands"]
    await do_due_work(app_database, Terms(), datetime.now(UTC))
    seen = await jobcenter.read(sent["id"])
    assert (seen["state"], seen["withdrawReason"]) == ("WITHDRAWN", "CONSENT_REVOKED")


def event(event_type: str, data: dict[str, Any]) -> Envelope:
    return Envelope(
        specversion="1.0",
        id=uuid4(),
        source="urn:kim:cases",
        type=event_type,
        time=datetime.now(UTC),
        subject="x",
        tenantid="05570",
        data=data,
    )


@pytest.fixture
def consumer(app_database: Database) -> Consumer:
    # The stream is not needed: `handle` is what a received message ends in.
    return Consumer(SUBSCRIPTION, database=app_database, stream=None, consumed=ConsumedEvent)  # type: ignore[arg-type]


async def test_a_consent_revoked_in_the_case_record_withdraws_what_rests_on_it(
    case_manager: Desk, subject: str, consumer: Consumer
) -> None:
    consent_id = str(uuid4())
    body = referral(
        subject,
        mode="WARM_HANDOVER",
        serviceCode="JOB_PLACEMENT",
        purpose="WORK_AND_TRAINING",
        recipientUnit="waf-jobcenter",
        legalGround={
            "consent": consent("waf-jobcenter", reference=consent_id, purpose="WORK_AND_TRAINING")
        },
    )
    sent = (await case_manager.post("/v1/referrals", body)).json()
    assert sent["state"] == "SUBMITTED"
    revoked = event("kim.cases.consent-revoked.v1", {"consentId": consent_id, "unitId": "waf-cm"})
    assert await consumer.handle(revoked)
    assert not await consumer.handle(revoked)
    assert (await case_manager.read(sent["id"]))["state"] == "WITHDRAWN"


async def test_the_recipients_case_is_joined_on_its_side_only(
    jobcenter: Desk, case_manager: Desk, subject: str, consumer: Consumer
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    await case_manager.step(await case_manager.step(sent, "pull"), "accept")
    etag = (await case_manager.get(f"/v1/referrals/{sent['id']}")).headers["etag"]
    case_id = str(uuid4())
    data = {"caseId": case_id, "referralId": sent["id"], "unitId": "waf-cm"}
    assert await consumer.handle(event("kim.cases.case-requested.v1", data))
    joined = await case_manager.get(f"/v1/referrals/{sent['id']}", If_None_Match=etag)
    assert (joined.status_code, joined.json()["caseId"]) == (200, case_id)
    assert (await jobcenter.read(sent["id"]))["caseId"] is None
    found = (await case_manager.get(f"/v1/referrals?caseId={case_id}")).json()["items"]
    assert [item["id"] for item in found] == [sent["id"]]
    assert (await jobcenter.get(f"/v1/referrals?caseId={case_id}")).json()["items"] == []


async def test_a_case_of_a_unit_that_did_not_receive_it_is_not_joined(
    jobcenter: Desk, case_manager: Desk, subject: str, consumer: Consumer, owner: Any
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    for unit in ("waf-ki", "waf-jobcenter"):
        data = {"caseId": str(uuid4()), "referralId": sent["id"], "unitId": unit}
        assert await consumer.handle(event("kim.cases.case-requested.v1", data))
    stored = await owner.fetchval(
        "select count(*) from recipient_record where id = $1", UUID(sent["id"])
    )
    assert stored == 0


async def test_a_case_without_referral_is_none_of_our_business(consumer: Consumer) -> None:
    data = {"caseId": str(uuid4()), "referralId": None, "unitId": "waf-cm"}
    assert await consumer.handle(event("kim.cases.case-requested.v1", data))


async def test_an_erased_case_is_forgotten_on_both_sides_and_confirmed_as_often_as_asked(
    jobcenter: Desk, case_manager: Desk, subject: str, consumer: Consumer, owner: Any
) -> None:
    """R-D5: the referral stays with its sender, the recipient's record of it goes."""
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    await case_manager.step(await case_manager.step(sent, "pull"), "accept")
    case_id, erasure_id = str(uuid4()), str(uuid4())
    joined = {"caseId": case_id, "referralId": sent["id"], "unitId": "waf-cm"}
    assert await consumer.handle(event("kim.cases.case-requested.v1", joined))
    asked = {"caseId": case_id, "erasureId": erasure_id, "unitId": "waf-cm"}
    for unit in ("waf-ki", "waf-cm", "waf-cm"):
        request = event("kim.cases.case-erasure-requested.v1", asked | {"unitId": unit})
        assert await consumer.handle(request)
        assert not await consumer.handle(request)
    assert (await case_manager.get(f"/v1/referrals?caseId={case_id}")).json()["items"] == []
    assert (await case_manager.read(sent["id"]))["caseId"] is None
    told = await owner.fetch(
        "select subject, payload -> 'data' ->> 'unitId' as unit,"
        " (payload -> 'data' ->> 'records')::int as records, payload -> 'data' ->> 'erasureId' as"
        " erasure from outbox_message where aggregate_id = $1 order by position",
        UUID(case_id),
    )
    assert {row["subject"] for row in told} == {"kim.referrals.case-erased-confirmed.v1"}
    assert [(row["unit"], row["records"]) for row in told] == [
        ("waf-ki", 0),
        ("waf-cm", 1),
        ("waf-cm", 0),
    ]
    assert {row["erasure"] for row in told} == {erasure_id}
