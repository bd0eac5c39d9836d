"""What can be subscribed to: each event is read in the subscriber's own name before it is told."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Annotated, TypeVar
from uuid import UUID

import strawberry
from graphql import GraphQLError

from gateway.clients.conversation import Record
from gateway.clients.faults import ServiceDown, ServiceRefused
from gateway.context import GatewayContext, Info
from gateway.live.hub import Hub, LiveUnavailable, Mailbox
from gateway.live.news import News, Topic
from gateway.metrics import LIVE_EVENTS
from gateway.paging import PAGE_MAX
from gateway.schema.case import Case
from gateway.schema.deadline import FundingAlert
from gateway.schema.emergency_access import EmergencyAccess
from gateway.schema.node import record_id
from gateway.schema.published import Published, both, field
from gateway.schema.referral import Referral
from gateway.schema.scalars import DateTime
from shared.kernel.clock import iso_instant, now
from shared.kernel.ids import new_id

TRIES_MAX = 3
EVENTS_MISSED = "kim.gateway.events-missed.v1"
NO_CHOICE: frozenset[UUID] = frozenset()
Told = TypeVar("Told", bound=Published)
# Where the record of an event is read: the list that decides who sees it.
SOURCES = {
    Topic.REFERRAL_INBOX: ("referrals", "/v1/inbox"),
    Topic.CASES: ("cases", "/v1/cases"),
    Topic.FUNDING_ALERTS: ("funding", "/v1/alerts"),
    Topic.EMERGENCIES: ("cases", "/v1/emergency-accesses"),
}
KINDS: dict[Topic, type[Published]] = {
    Topic.REFERRAL_INBOX: Referral,
    Topic.CASES: Case,
    Topic.FUNDING_ALERTS: FundingAlert,
    Topic.EMERGENCIES: EmergencyAccess,
}
MEMBERS = {
    Topic.REFERRAL_INBOX: "referral",
    Topic.CASES: "case",
    Topic.FUNDING_ALERTS: "alert",
    Topic.EMERGENCIES: "emergencyAccess",
}
CaseIds = Annotated[
    list[strawberry.ID] | None,
    strawberry.argument(
        description=both(
            "Only these cases, 100 at most; else all that the caller may see.",
            "Nur diese Fälle, höchstens 100; sonst alle, die man sehen darf.",
        )
    ),
]


@strawberry.type(description=both("That something happened.", "Dass etwas geschehen ist."))
class LiveEvent(Published):
    id: strawberry.ID = field(
        "The event's UUID, the same as in the feed and in webhooks; it may come twice.",
        "Die UUID des Ereignisses, dieselbe wie im Abruf und in Webhooks; es kann doppelt kommen.",
    )
    type: str = field(
        "What happened, as `kim.<service>.<fact>.v1`; the last one where several did."
        f" `{EVENTS_MISSED}`: some were not told, read again what is shown.",
        "Was geschah, als `kim.<Dienst>.<Tatsache>.v1`; das letzte, wenn es mehrere waren."
        f" `{EVENTS_MISSED}`: Einige wurden nicht gemeldet; Angezeigtes neu lesen.",
    )
    time: DateTime = field("When it happened.", "Wann es geschah.")


@strawberry.type(
    description=both(
        "Something happened to a referral in the caller's inbox.",
        "Mit einer Überleitung im eigenen Posteingang ist etwas geschehen.",
    )
)
class ReferralInboxEvent(Published):
    event: LiveEvent = field("What happened.", "Was geschah.")
    referral: Referral | None = field(
        "The referral as it is now; null where events were missed.",
        "Die Überleitung, wie sie jetzt ist; null, wo Ereignisse fehlen.",
    )


@strawberry.type(
    description=both("Something happened to a case.", "Mit einem Fall ist etwas geschehen.")
)
class CaseChangedEvent(Published):
    event: LiveEvent = field("What happened.", "Was geschah.")
    case: Case | None = field(
        "The case as it is now; null where events were missed.",
        "Der Fall, wie er jetzt ist; null, wo Ereignisse fehlen.",
    )


@strawberry.type(
    description=both(
        "An alert about funding was raised or resolved.",
        "Ein Hinweis zu Fördermitteln kam hinzu oder hat sich erledigt.",
    )
)
class FundingAlertEvent(Published):
    event: LiveEvent = field("What happened.", "Was geschah.")
    alert: FundingAlert | None = field(
        "The alert as it is now; null where events were missed.",
        "Der Hinweis, wie er jetzt ist; null, wo Ereignisse fehlen.",
    )


@strawberry.type(
    description=both("A case was opened in an emergency.", "Ein Fall wurde im Notfall geöffnet.")
)
class EmergencyAccessEvent(Published):
    event: LiveEvent = field("What happened.", "Was geschah.")
    emergency_access: EmergencyAccess | None = field(
        "The access as it is now; null where events were missed.",
        "Der Zugriff, wie er jetzt ist; null, wo Ereignisse fehlen.",
    )


@strawberry.type(
    description=both(
        "What is told as it happens, over `graphql-transport-ws` or Server-Sent Events. Of each"
        " record the latest state is told; what the caller may not see is never told.",
        "Was laufend gemeldet wird, über `graphql-transport-ws` oder Server-Sent Events. Von jedem"
        " Datensatz wird der letzte Stand gemeldet; was man nicht sehen darf, wird nie gemeldet.",
    )
)
class Subscription:
    @strawberry.subscription(
        description=both(
            "What happens to the referrals in the caller's inbox.",
            "Was mit den Überleitungen im eigenen Posteingang geschieht.",
        )
    )
    async def referral_inbox(self, info: Info) -> AsyncIterator[ReferralInboxEvent]:
        hub = connected(info.context)
        return _told(info.context, hub, Topic.REFERRAL_INBOX, ReferralInboxEvent, NO_CHOICE)

    @strawberry.subscription(
        description=both(
            "What happens to the cases that the caller may see.",
            "Was mit den Fällen geschieht, die man sehen darf.",
        )
    )
    async def case_changed(
        self, info: Info, case_ids: CaseIds = None
    ) -> AsyncIterator[CaseChangedEvent]:
        hub, only = connected(info.context), _chosen(case_ids)
        return _told(info.context, hub, Topic.CASES, CaseChangedEvent, only)

    @strawberry.subscription(
        description=both(
            "Alerts about funding, raised or resolved.",
            "Hinweise zu Fördermitteln, neue und erledigte.",
        )
    )
    async def funding_alert(self, info: Info) -> AsyncIterator[FundingAlertEvent]:
        hub = connected(info.context)
        return _told(info.context, hub, Topic.FUNDING_ALERTS, FundingAlertEvent, NO_CHOICE)

    @strawberry.subscription(
        description=both(
            "Cases opened in an emergency, at once; for the data protection officer and the team"
            " lead.",
            "Im Notfall geöffnete Fälle, sofort; für die Datenschutzbeauftragte und die"
            " Teamleitung.",
        )
    )
    async def emergency_opened(self, info: Info) -> AsyncIterator[EmergencyAccessEvent]:
        hub = connected(info.context)
        return _told(info.context, hub, Topic.EMERGENCIES, EmergencyAccessEvent, NO_CHOICE)


def connected(context: GatewayContext) -> Hub:
    """Raises LiveUnavailable when nothing could be told at present."""
    assert context.live is not None
    if not context.live.hub.is_connected:
        raise LiveUnavailable
    return context.live.hub


def _chosen(case_ids: list[strawberry.ID] | None) -> frozenset[UUID]:
    """Empty means all. An id that nobody issued is of a case that never changes."""
    if case_ids is None:
        return NO_CHOICE
    if len(case_ids) > PAGE_MAX:
        raise GraphQLError(
            f"At most {PAGE_MAX} ids. / Höchstens {PAGE_MAX} Kennungen.",
            extensions={"code": "BAD_USER_INPUT", "argument": "caseIds"},
        )
    return frozenset(record_id(one) or new_id() for one in case_ids) or frozenset({new_id()})


async def _told(
    context: GatewayContext, hub: Hub, topic: Topic, kind: type[Told], only: frozenset[UUID]
) -> AsyncGenerator[Told, None]:
    with hub.subscribed(topic, context.caller, only) as mailbox:
        tries = 0
        while True:
            news = await mailbox.take()
            context.begin_anew()
            if news is None:
                yield kind.from_record({"event": _missed()})
                continue
            try:
                record = await _seen(context, news)
            except ServiceDown as down:
                tries += 1
                LIVE_EVENTS.labels(topic.value, "unread").inc()
                await _wait(mailbox, news, down, tries)
                continue
            tries = 0
            LIVE_EVENTS.labels(topic.value, "hidden" if record is None else "told").inc()
            if record is not None:
                yield kind.from_record({"event": _event(news), MEMBERS[topic]: record})


async def _seen(context: GatewayContext, news: News) -> Published | None:
    """The record as the subscriber sees it now; None where it is hidden or gone."""
    service, path = SOURCES[news.topic]
    try:
        found: Record | None = await context.loaders.by_id(service, path).load(str(news.record_id))
    except ServiceRefused as refused:
        if refused.is_hidden:
            return None
        raise
    return KINDS[news.topic].from_optional(found)


async def _wait(mailbox: Mailbox, news: News, down: ServiceDown, tries: int) -> None:
    """Until the service may be asked again; after some tries the subscriber has missed it."""
    if tries % TRIES_MAX == 0:
        mailbox.miss()
        return
    mailbox.put_back(news)
    await asyncio.sleep(down.retry_after_s)


def _event(news: News) -> Record:
    return {"id": str(news.event_id), "type": news.type, "time": news.time}


def _missed() -> Record:
    return {"id": str(new_id()), "type": EVENTS_MISSED, "time": iso_instant(now())}
