"""Events of the referral service: an accepted one becomes a case, once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest

from services.cases.messaging.consumes import SENT_REFERRAL_STATES
from services.cases.messaging.handlers import SUBSCRIPTIONS
from services.cases.storage.tables import ConsumedEvent
from services.referrals.domain.events import EVENTS as REFERRAL_EVENTS
from services.referrals.domain.events import ReferralAccepted
from shared.database.connection import Database
from shared.kernel.clock import berlin_date, now
from shared.kernel.working_days import add_working_days
from shared.messaging.broker import connect, ensure_stream
from shared.messaging.consumer import Consumer, Subscription
from shared.messaging.envelope import Envelope, envelope
from tests.engines import ServiceDatabase
from tests.keys import open_with_keys
from tests.services.cases.conftest import Person
from tests.waiting import until

ACCEPTING, FOLLOWING = SUBSCRIPTIONS


@pytest.fixture
async def opened(database: Callable[[str], ServiceDatabase]) -> AsyncIterator[Database]:
    opened = await open_with_keys(
        database("cases").app_dsn,
        connections_max=4,
    )
    yield opened
    await opened.close()


def consumer(subscription: Subscription, opened: Database) -> Consumer:
    return Consumer(subscription, database=opened, stream=None, consumed=ConsumedEvent)  # type: ignore[arg-type]


def event(
    referral_id: UUID, event_type: str = "kim.referrals.referral-accepted.v1", **changes: Any
) -> Envelope:
    data = {
        "referralId": str(referral_id),
        "tenantId": "05570",
        "senderUnit": "waf-jobcenter",
        "recipientUnit": "waf-cm",
        "serviceCode": "CASE_MANAGEMENT",
        "mode": "ZUSTEUERUNG_IN",
        "language": "ukr",
        "urgency": "NORMAL",
    }
    return Envelope.model_validate(
        {
            "specversion": "1.0",
            "id": str(uuid4()),
            "source": "urn:kim:referrals",
            "type": event_type,
            "time": "2022-11-21T10:00:00.000Z",
            "subject": str(referral_id),
            "tenantid": "05570",
            "data": data | changes,
        }
    )


async def cases_of(anna: Person, referral_id: UUID) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await anna.get("/v1/cases", referralId=str(referral_id)))[
        "items"
    ]
    return items


async def test_an_accepted_referral_becomes_a_case_with_the_least_that_is_needed(
    anna: Person, opened: Database
) -> None:
    referral_id = uuid4()
    assert await consumer(ACCEPTING, opened).handle(event(referral_id)) is True
    (case,) = await cases_of(anna, referral_id)
    assert (case["state"], case["origin"]) == ("REQUESTED", "REFERRAL")
    assert (case["pseudonym"], case["language"]) == (str(referral_id), "ukr")
    assert (case["personId"], case["unitId"]) == (None, "waf-cm")
    assert "assign" in case["allowedActions"]
    (delivery,) = (await anna.get(f"/v1/cases/{case['id']}"))["provenance"]
    assert (delivery["sourceSystem"], delivery["senderUnit"]) == ("referral", "waf-jobcenter")
    origins = (await anna.get(f"/v1/cases/{case['id']}/provenance"))["fields"]
    assert {one["field"]: one["origins"][0]["value"] for one in origins} == {
        "language": "ukr",
        "pseudonym": str(referral_id),
    }
    assert origins[0]["origins"][0]["senderUnit"] == "waf-jobcenter"


async def test_the_same_event_twice_makes_one_case(anna: Person, opened: Database) -> None:
    referral_id = uuid4()
    accepted = event(referral_id)
    answers = await asyncio.gather(
        *(consumer(ACCEPTING, opened).handle(accepted) for _ in range(4))
    )
    assert sorted(answers) == [False, False, False, True]
    assert len(await cases_of(anna, referral_id)) == 1


async def test_a_second_event_about_the_same_referral_makes_no_second_case(
    anna: Person, opened: Database
) -> None:
    referral_id = uuid4()
    for _ in range(2):
        assert await consumer(ACCEPTING, opened).handle(event(referral_id)) is True
    assert len(await cases_of(anna, referral_id)) == 1


@pytest.mark.parametrize("change", [{"serviceCode": "JOB_PLACEMENT"}, {"mode": "CASE_CONFERENCE"}])
async def test_what_is_not_meant_for_case_management_makes_no_case(
    anna: Person, opened: Database, change: dict[str, str]
) -> None:
    referral_id = uuid4()
    await consumer(ACCEPTING, opened).handle(event(referral_id, **change))
    assert await cases_of(anna, referral_id) == []


async def test_tenant_and_unit_come_from_the_event(
    anna: Person, opened: Database, signed_in: Any
) -> None:
    referral_id = uuid4()
    accepted = event(referral_id, recipientUnit="rheine-caritas").model_copy(
        update={"tenantid": "05566"}
    )
    await consumer(ACCEPTING, opened).handle(accepted)
    assert await cases_of(anna, referral_id) == []
    (case,) = await cases_of(signed_in("rheine-caritas-case-manager"), referral_id)
    assert case["unitId"] == "rheine-caritas"


async def test_a_case_follows_the_referrals_it_has_sent(
    anna: Person, opened: Database, case_in_monitoring: dict[str, Any]
) -> None:
    case_id, referral_id = case_in_monitoring["id"], uuid4()
    version = (await anna.get(f"/v1/cases/{case_id}"))["version"]
    linked = await anna.post(
        f"/v1/cases/{case_id}/sent-referrals", {"referralId": str(referral_id)}, version=version
    )
    assert linked["sentReferrals"] == [{"referralId": str(referral_id), "state": "OPEN"}]
    sent = {
        "senderUnit": "waf-cm",
        "recipientUnit": "waf-jobcenter",
        "serviceCode": "JOB_PLACEMENT",
    }
    following = consumer(FOLLOWING, opened)
    states = []
    for kind in ("accepted", "completed", "accepted"):
        await following.handle(event(referral_id, f"kim.referrals.referral-{kind}.v1", **sent))
        case = await anna.get(f"/v1/cases/{case_id}")
        states.append(case["sentReferrals"][0]["state"])
    assert states == ["ACCEPTED", "ENDED", "ENDED"]


async def tasks_of(anna: Person, case_id: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await anna.get(f"/v1/cases/{case_id}/tasks"))["items"]
    return items


async def test_an_accepted_handover_proposes_to_close_the_case_and_closes_nothing(
    anna: Person, opened: Database, case_in_monitoring: dict[str, Any]
) -> None:
    case_id, handed, plain = case_in_monitoring["id"], uuid4(), uuid4()
    for referral_id in (handed, plain):
        version = (await anna.get(f"/v1/cases/{case_id}"))["version"]
        body = {"referralId": str(referral_id)}
        await anna.post(f"/v1/cases/{case_id}/sent-referrals", body, version=version)
    before = await anna.get(f"/v1/cases/{case_id}")
    sent = {"senderUnit": "waf-cm", "recipientUnit": "waf-jobcenter", "mode": "WARM_HANDOVER"}
    following = consumer(FOLLOWING, opened)
    await following.handle(event(plain, transfersOwnership=False, **sent))
    assert await tasks_of(anna, case_id) == []
    accepted = {"transfersOwnership": True, **sent}
    for told in (event(handed, **accepted), event(handed, **accepted)):
        assert await following.handle(told) is True
    (task,) = await tasks_of(anna, case_id)
    assert (task["proposedBecause"], task["referralId"]) == ("OWNERSHIP_TRANSFERRED", str(handed))
    assert (task["state"], task["assignee"]) == ("OPEN", before["caseManager"])
    due_on = add_working_days(berlin_date(now()), 10)
    assert task["dueOn"] == due_on.isoformat()
    after = await anna.get(f"/v1/cases/{case_id}")
    assert (after["state"], after["caseManager"]) == (before["state"], before["caseManager"])
    done = await anna.post(f"/v1/tasks/{task['id']}/actions/cancel", status=200)
    assert done["state"] == "CANCELLED"


async def test_over_the_broker_a_message_delivered_twice_makes_one_case(
    anna: Person, opened: Database, nats_url: str
) -> None:
    client = await connect(nats_url, name="tests-cases")
    stream = await ensure_stream(client)
    running = Consumer(ACCEPTING, database=opened, stream=stream, consumed=ConsumedEvent)
    task = asyncio.create_task(running.run())
    first, last = event(uuid4()), event(uuid4())
    # Other message ids, so that the stream does not recognise the repetition by itself.
    for message, times in ((first, 2), (last, 1)):
        for _ in range(times):
            await stream.publish(
                message.type,
                orjson.dumps(message.model_dump(mode="json")),
                headers={"Nats-Msg-Id": uuid4().hex},
            )
    await until(lambda: cases_of(anna, UUID(last.subject)))
    assert len(await cases_of(anna, UUID(first.subject))) == 1
    task.cancel()
    await client.close()


def test_what_is_read_of_an_event_is_what_its_producer_publishes() -> None:
    """The consumer declares only the fields it reads; the producer must have them."""
    published = envelope(
        ReferralAccepted(
            referral_id=uuid4(),
            tenant_id="05570",
            sender_unit="waf-jobcenter",
            recipient_unit="waf-cm",
            service_code="CASE_MANAGEMENT",
            mode="ZUSTEUERUNG_IN",
            language="ukr",
            urgency="NORMAL",
            transfers_ownership=False,
        ),
        tenant_id="05570",
        aggregate_id=uuid4(),
    )
    read = {"referralId", "senderUnit", "recipientUnit", "serviceCode", "mode", "language"}
    assert read <= set(published["data"])
    assert set(SENT_REFERRAL_STATES) <= {one.event_type for one in REFERRAL_EVENTS}
