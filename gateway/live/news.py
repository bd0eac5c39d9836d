"""What an event of a service means to a subscriber: this record changed, for these units."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from shared.kernel.clock import iso_instant
from shared.messaging.envelope import Envelope

# Everything that names a record somebody can subscribe to; the rest is not even received.
SUBJECTS = (
    "kim.referrals.*.v1",
    "kim.cases.*.v1",
    "kim.funding.alert-raised.v1",
    "kim.funding.alert-resolved.v1",
)
UNITS_NAMED = ("unitId", "senderUnit", "recipientUnit", "deputyUnit")


class Topic(StrEnum):
    """What can be subscribed to; each stands for one kind of record."""

    REFERRAL_INBOX = "referral-inbox"
    CASES = "cases"
    FUNDING_ALERTS = "funding-alerts"
    EMERGENCIES = "emergencies"


@dataclass(frozen=True, slots=True)
class News:
    """That something changed, and nothing of what: who may see it is asked for every subscriber.

    `units` may hear that there is something to ask; None means everybody of the tenant.
    """

    topic: Topic
    tenant_id: str
    units: frozenset[str] | None
    record_id: UUID
    event_id: UUID
    type: str
    time: str


def news_of(event: Envelope, audience: frozenset[str]) -> Iterator[News]:
    """Nothing for events that name no such record. Raises ValueError for ids that are none."""
    for topic, record_id in _records(event):
        yield News(
            topic=topic,
            tenant_id=event.tenantid,
            units=_units(topic, event.data, audience),
            record_id=record_id,
            event_id=event.id,
            type=event.type,
            time=iso_instant(event.time),
        )


def _records(event: Envelope) -> Iterator[tuple[Topic, UUID]]:
    service = event.type.split(".")[1]
    data = event.data
    if service == "referrals" and data.get("referralId"):
        yield Topic.REFERRAL_INBOX, UUID(data["referralId"])
    elif service == "cases" and data.get("accessId"):
        yield Topic.EMERGENCIES, UUID(data["accessId"])
    elif service == "cases":
        for case_id in filter(None, (data.get("caseId"), *(data.get("caseIds") or ()))):
            yield Topic.CASES, UUID(case_id)
    elif service == "funding" and data.get("alertId"):
        yield Topic.FUNDING_ALERTS, UUID(data["alertId"])


def _units(topic: Topic, data: dict[str, Any], audience: frozenset[str]) -> frozenset[str] | None:
    if topic is Topic.EMERGENCIES:
        # For the data protection officer, whatever unit it is of.
        return None
    named = audience or frozenset(data[name] for name in UNITS_NAMED if data.get(name))
    if topic is Topic.REFERRAL_INBOX:
        # The sender hears of its own referral, too, but has it in no inbox.
        return named - ({data.get("senderUnit")} - {data.get("recipientUnit")})
    return named or None
