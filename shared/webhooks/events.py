"""What a service tells of its own webhooks. Each service names the type of its event."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryGivenUp:
    """72 hours of tries were in vain; the event still stands in the feed."""

    event_type: ClassVar[str] = ""

    endpoint_id: UUID
    tenant_id: str
    unit_id: str
    delivery_id: UUID
    event_id: UUID
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointSwitchedOff:
    """The receiver answered 410: it does not want deliveries any more."""

    event_type: ClassVar[str] = ""

    endpoint_id: UUID
    tenant_id: str
    unit_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointFellSilent:
    """Nothing could be delivered for as many hours as the endpoint allows."""

    event_type: ClassVar[str] = ""

    endpoint_id: UUID
    tenant_id: str
    unit_id: str
    silence_hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointMissedEvents:
    """The feed has forgotten what a paused endpoint did not hear of (`missedUntil`)."""

    event_type: ClassVar[str] = ""

    endpoint_id: UUID
    tenant_id: str
    unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEvents:
    """The event classes of one service."""

    given_up: type[DeliveryGivenUp]
    switched_off: type[EndpointSwitchedOff]
    fell_silent: type[EndpointFellSilent]
    missed: type[EndpointMissedEvents]

    @property
    def all(self) -> tuple[type[Any], ...]:
        return (self.given_up, self.switched_off, self.fell_silent, self.missed)
