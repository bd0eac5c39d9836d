"""Each event is read in the subscriber's own name: of what is hidden not even a hint is told."""

from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from deploy.local.demo.client import Client
from deploy.local.parts import Installation
from gateway.live.hub import Hub, Mailbox
from gateway.live.news import SUBJECTS, Topic, news_of
from gateway.metrics import LIVE_EVENTS
from services.funding.operations.timers.deadlines import timers
from services.funding.settings import Settings as FundingSettings
from shared.database.connection import open_database
from shared.kernel.clock import berlin_date, now
from shared.messaging.broker import connect
from shared.messaging.envelope import Envelope
from tests.gateway.conftest import As
from tests.gateway.live.lines import INBOX, Serving, Socket, socket_to
from tests.gateway.live.test_referral_inbox import RECIPIENT, send
from tests.gateway.test_rules import drafted
from tests.gateway.working import bound, done
from tests.local_system import LocalSystem
from tests.waiting import until

ANNA, COLLEAGUE, FOREIGN = "waf-case-manager", "waf-case-manager-2", "rheine-caritas-case-manager"
MONEY = "waf-funding-officer"
CASES = """subscription($ids: [ID!]) { caseChanged(caseIds: $ids) { event { id type }
  case { id state allowedActions file { isAreaResolved } tasks { id } } } }"""
EMERGENCIES = """subscription { emergencyOpened { event { type }
  emergencyAccess { id caseId state } } }"""
ALERTS = """subscription { fundingAlert { event { id type }
  alert { id code subjectId figures { name } } } }"""
DEADLINE = "DeadlineSuccess deadline { id version state dueOn }"
OPENING = {
    "pseudonym": "Live",
    "origin": "SELF_CONTACT",
    "language": "ukr",
    "municipalityAgs": "05570044",
    "isAreaResolved": True,
}


async def listener(stack: AsyncExitStack, live: Serving, people: Client, persona: str) -> Socket:
    opened = await stack.enter_async_context(socket_to(live.url))
    return await opened.begin(await people.token(persona))


async def open_case(people: Client) -> Any:
    return (await people.post(ANNA, "cases", "/v1/cases", OPENING, key=uuid4().hex)).accepted


async def asked_for(topic: Topic, result: str) -> float:
    return float(LIVE_EVENTS.labels(topic.value, result)._value.get())


async def test_only_the_recipients_unit_hears_of_a_referral(
    live: Serving, people: Client, as_: As
) -> None:
    """Not the sender, not another unit, not another tenant; none of them is even asked for."""
    async with AsyncExitStack() as stack:
        recipient = await listener(stack, live, people, RECIPIENT)
        others = [
            await listener(stack, live, people, persona)
            for persona in (
                "st-jobcenter-system",
                "rheine-lernen-foerdern-case-manager",
                "rheine-coordinator",
                ANNA,
                MONEY,
            )
        ]
        for one in (recipient, *others):
            await one.subscribe("1", INBOX)
        hidden = await asked_for(Topic.REFERRAL_INBOX, "hidden")
        sent = await send(as_)

        told = await recipient.next()

        assert told["payload"]["data"]["referralInbox"]["referral"]["id"] == sent["id"]
        for other in others:
            assert await other.is_silent()
        assert await asked_for(Topic.REFERRAL_INBOX, "hidden") == hidden


async def test_the_unit_hears_of_its_cases_and_nobody_else_does(
    live: Serving, people: Client
) -> None:
    async with AsyncExitStack() as stack:
        colleague = await listener(stack, live, people, COLLEAGUE)
        others = [
            await listener(stack, live, people, persona)
            for persona in (FOREIGN, "waf-coordinator", "waf-b3-officer", "ac-coordinator")
        ]
        for one in (colleague, *others):
            await one.subscribe("1", CASES)
        case = await open_case(people)

        told = await colleague.next()

        assert told["payload"]["data"]["caseChanged"]["event"]["type"] == (
            "kim.cases.case-requested.v1"
        )
        found = told["payload"]["data"]["caseChanged"]["case"]
        assert (found["id"], found["state"]) == (case["id"], "REQUESTED")
        assert "ASSIGN" in found["allowedActions"]
        assert found["file"] == {"isAreaResolved": True}
        assert told["payload"]["extensions"]["upstreamCalls"] == 3
        for other in others:
            assert await other.is_silent()


async def test_whoever_names_cases_hears_of_these_alone(
    live: Serving, people: Client, as_: As
) -> None:
    await bound(as_(ANNA))
    mine, other = await open_case(people), await open_case(people)
    async with AsyncExitStack() as stack:
        one = await listener(stack, live, people, COLLEAGUE)
        await one.subscribe("1", CASES, ids=[mine["id"]])
        await one.subscribe("2", CASES, ids=[str(uuid4()), "no id"])
        for case in (other, mine):
            version = f'"{case["version"]}"'
            path = f"/v1/cases/{case['id']}/actions/assign"
            answer = await people.post(ANNA, "cases", path, {}, key=uuid4().hex, version=version)
            answer.raise_for_refusal()

        told = await one.next()

        assert (told["id"], told["payload"]["data"]["caseChanged"]["case"]["id"]) == (
            "1",
            mine["id"],
        )
        assert await one.is_silent()


async def test_an_alert_reaches_who_may_read_it_and_is_withheld_from_all_others(
    live: Serving, people: Client, as_: As, demo_system: LocalSystem
) -> None:
    """Funding is of the whole tenant, so every unit is asked for; the service says who may see."""
    officer = as_(MONEY)
    award_id = (await drafted(as_, 2018))["id"]
    async with AsyncExitStack() as stack:
        knows = await listener(stack, live, people, MONEY)
        without_sight = await listener(stack, live, people, ANNA)
        foreign = await listener(stack, live, people, "ac-funding-officer")
        for one in (knows, without_sight, foreign):
            await one.subscribe("1", ALERTS)
        hidden = await asked_for(Topic.FUNDING_ALERTS, "hidden")
        soon = (berlin_date(now()) + timedelta(days=3)).isoformat()
        about = {"subjectKind": "AWARD", "subjectId": award_id, "kind": "REVOCATION_YEAR"}
        due = await done(officer, "recordDeadline", DEADLINE, statedOn=soon, **about)
        await keep_deadlines(demo_system)

        raised = await alert_about(knows, due["id"])

        assert raised["event"]["type"] == "kim.funding.alert-raised.v1"
        assert raised["alert"]["code"] == "DEADLINE_NEAR"
        query = "query($id: ID!) { deadline(id: $id) { version } }"
        seen = (await officer.data(query, id=due["id"]))["deadline"]["version"]
        given = {"deadlineId": due["id"], "expectedVersion": seen}
        await done(officer, "completeDeadline", DEADLINE, **given)
        await keep_deadlines(demo_system)
        resolved = await alert_about(knows, due["id"])
        assert resolved["event"]["type"] == "kim.funding.alert-resolved.v1"
        assert resolved["alert"]["id"] == raised["alert"]["id"]

        async def is_asked_for() -> bool:
            return await asked_for(Topic.FUNDING_ALERTS, "hidden") >= hidden + 2

        await until(is_asked_for)
        assert await without_sight.is_silent()
        # The day may bring alerts of their own to other areas; never ours.
        assert raised["alert"]["id"] not in await foreign.told_so_far()


async def alert_about(who: Socket, deadline_id: str) -> Any:
    while True:
        told = (await who.next())["payload"]["data"]["fundingAlert"]
        if told["alert"]["subjectId"] == deadline_id:
            return told


async def keep_deadlines(system: LocalSystem) -> None:
    """What the worker of funding does every quarter of an hour."""
    dsn = Installation(system.settings).postgres.dsn("kim_funding_app", "kim_funding")
    database = await open_database(dsn, application="tests")
    try:
        (timer,) = timers(FundingSettings())
        await timer.run(database)
    finally:
        await database.close()


def alert_event(alert_id: str, tenant_id: str) -> Envelope:
    return Envelope.model_validate(
        {
            "specversion": "1.0",
            "id": str(uuid4()),
            "source": "urn:kim:funding",
            "type": "kim.funding.alert-raised.v1",
            "time": "2026-11-22T10:00:00Z",
            "subject": alert_id,
            "tenantid": tenant_id,
            "data": {"alertId": alert_id, "tenantId": tenant_id},
        }
    )


async def test_the_gateway_can_announce_nothing_and_reads_nothing_stored(
    demo_system: LocalSystem,
) -> None:
    """Its user of NATS listens to what is told from now on, and does nothing else."""
    nats = Installation(demo_system.settings).nats
    service = await connect(nats.url, name="tests")
    gateway = await connect(nats.gateway_url, name="tests")
    heard: list[str] = []

    async def hear(message: Any) -> None:
        heard.append(message.data.decode())

    try:
        await service.subscribe("kim.funding.*.v1", cb=hear)
        await service.flush()
        await gateway.publish("kim.funding.alert-raised.v1", b"forged")
        await gateway.publish("$JS.API.STREAM.PURGE.KIM", b"")
        await gateway.flush()
        event = alert_event(str(uuid4()), "05570")
        await service.publish(event.type, event.model_dump_json().encode())
        await service.flush()
        await until(lambda: _some(heard))
    finally:
        await gateway.close()
        await service.close()
    assert [Envelope.model_validate_json(one).id for one in heard] == [event.id]


async def _some(heard: list[str]) -> bool:
    return bool(heard)


def test_an_event_that_names_no_record_is_told_to_nobody() -> None:
    event = alert_event(str(uuid4()), "05570")
    for type_, data in (
        ("kim.cases.legal-circle-changed.v1", {"personId": str(uuid4()), "unitId": "waf-cm"}),
        ("kim.referrals.case-erased-confirmed.v1", {"caseId": str(uuid4())}),
        ("kim.funding.webhook-switched-off.v1", {"endpointId": str(uuid4())}),
    ):
        assert list(news_of(event.model_copy(update={"type": type_, "data": data}), _NO)) == []
    assert all(subject.startswith("kim.") for subject in SUBJECTS)


def test_the_audience_of_a_draft_is_its_sender_who_has_it_in_no_inbox() -> None:
    data = {
        "referralId": str(uuid4()),
        "senderUnit": "waf-cm",
        "recipientUnit": "waf-ki",
    }
    event = alert_event(str(uuid4()), "05570").model_copy(
        update={"type": "kim.referrals.referral-routed.v1", "data": data}
    )
    (news,) = news_of(event, frozenset({"waf-cm"}))
    assert news.units == frozenset()
    (news,) = news_of(event, frozenset({"waf-cm", "waf-ki"}))
    assert news.units == frozenset({"waf-ki"})
    for unit, is_concerned in (("waf-ki", True), ("waf-cm", False), ("waf-abh", False)):
        mailbox = Mailbox(Topic.REFERRAL_INBOX, "05570", unit, records_max=1, only=frozenset())
        assert mailbox.concerns(news) is is_concerned


def test_a_tenant_hears_of_its_own_records_alone() -> None:
    hub = Hub(10, 10, 10)
    (news,) = news_of(alert_event(str(UUID(int=1)), "05570"), _NO)
    ours = Mailbox(Topic.FUNDING_ALERTS, "05570", "waf-ki", records_max=1, only=frozenset())
    theirs = Mailbox(Topic.FUNDING_ALERTS, "05566", "waf-ki", records_max=1, only=frozenset())
    hub._mailboxes = {
        (Topic.FUNDING_ALERTS, "05570"): {ours},
        (Topic.FUNDING_ALERTS, "05566"): {theirs},
    }
    hub.tell(news)
    assert (len(ours), len(theirs)) == (1, 0)


_NO: frozenset[str] = frozenset()


async def test_the_officer_hears_at_once_of_a_case_opened_in_an_emergency(
    live: Serving, people: Client, as_: As
) -> None:
    """Whatever unit it is of; another unit, another tenant and colleagues hear nothing."""
    async with AsyncExitStack() as stack:
        officer = await listener(stack, live, people, "waf-dpo")
        others = [
            await listener(stack, live, people, persona)
            for persona in (FOREIGN, MONEY, "rheine-coordinator", ANNA)
        ]
        for one in (officer, *others):
            await one.subscribe("1", EMERGENCIES)
        case = await open_case(people)
        opened = await done(
            as_(COLLEAGUE),
            "openEmergencyAccess",
            "EmergencyAccessSuccess emergencyAccess { id }",
            caseId=case["id"],
            reason="CHILD_AT_RISK",
            justification="Meldung der Schule, niemand sonst ist erreichbar.",
        )
        told = (await officer.next())["payload"]["data"]["emergencyOpened"]
        assert told["event"]["type"] == "kim.cases.emergency-access-opened.v1"
        assert told["emergencyAccess"] == {
            "id": opened["id"], "caseId": case["id"], "state": "OPEN",
        }  # fmt: skip
        for one in others:
            assert await one.is_silent()
