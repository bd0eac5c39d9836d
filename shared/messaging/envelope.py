"""The envelope of an event: CloudEvents 1.0 in JSON, with ids and codes only inside."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.kernel.clock import iso_instant, now
from shared.kernel.ids import new_id
from shared.kernel.text import camel

STREAM = "KIM"
SUBJECTS = "kim.>"
# The units that may learn of the event, for who passes it on to people; none: all of the tenant.
AUDIENCE = "Kim-Audience"


class DomainEvent(Protocol):
    """A past fact: a frozen dataclass with its type as `kim.<service>.<fact>.v<version>`."""

    event_type: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


class Envelope(BaseModel):
    """What a consumer receives; it ignores members it does not know."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    specversion: str
    id: UUID
    source: str
    type: str
    time: datetime
    subject: str
    tenantid: str
    data: dict[str, Any]


def envelope(event: DomainEvent, *, tenant_id: str, aggregate_id: UUID) -> dict[str, Any]:
    """The event as a CloudEvents document with a new id; `subject` is the aggregate's id."""
    service = event.event_type.split(".")[1]
    return {
        "specversion": "1.0",
        "id": str(new_id()),
        "source": f"urn:kim:{service}",
        "type": event.event_type,
        "time": iso_instant(now()),
        "subject": str(aggregate_id),
        "tenantid": tenant_id,
        "datacontenttype": "application/json",
        "data": {camel(name): _plain(value) for name, value in asdict(event).items()},
    }


def audience_header(units: Sequence[str]) -> dict[str, str]:
    return {AUDIENCE: ",".join(units)} if units else {}


def audience_of(headers: Mapping[str, str] | None) -> frozenset[str]:
    """The units that may learn of the event; none means everybody of the tenant who may follow."""
    named = (headers or {}).get(AUDIENCE, "")
    return frozenset(filter(None, named.split(",")))


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return iso_instant(value)
    if isinstance(value, UUID | date | Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
