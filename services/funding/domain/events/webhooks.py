"""What is told of the own webhooks."""

from dataclasses import dataclass
from typing import ClassVar, Final

from shared.webhooks.events import (
    DeliveryGivenUp,
    EndpointFellSilent,
    EndpointMissedEvents,
    EndpointSwitchedOff,
    WebhookEvents,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDeadLettered(DeliveryGivenUp):
    """A delivery was given up after 72 hours of tries; the event still stands in the feed."""

    event_type: ClassVar[str] = "kim.funding.webhook-dead-lettered.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSwitchedOff(EndpointSwitchedOff):
    """A receiver answered 410; nothing goes there until somebody resumes it."""

    event_type: ClassVar[str] = "kim.funding.webhook-switched-off.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookFellSilent(EndpointFellSilent):
    """Nothing could be delivered for as many hours as the endpoint allows."""

    event_type: ClassVar[str] = "kim.funding.webhook-fell-silent.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookMissedEvents(EndpointMissedEvents):
    """An endpoint paused for longer than the feed keeps events; `/v1/changes` shows what is now."""

    event_type: ClassVar[str] = "kim.funding.webhook-missed-events.v1"


WEBHOOK_EVENTS: Final = WebhookEvents(
    given_up=WebhookDeadLettered,
    switched_off=WebhookSwitchedOff,
    fell_silent=WebhookFellSilent,
    missed=WebhookMissedEvents,
)
EVENTS: Final[tuple[type, ...]] = WEBHOOK_EVENTS.all
