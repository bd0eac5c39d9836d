"""States of endpoints and deliveries."""

from enum import StrEnum


class WebhookEndpointState(StrEnum):
    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    DISABLED = "DISABLED"
    """Switched off by the receiver itself (410 Gone)."""


class SwitchOffReason(StrEnum):
    RECEIVER_GONE = "RECEIVER_GONE"


class WebhookDeliveryState(StrEnum):
    WAITING = "WAITING"
    SENDING = "SENDING"
    DELIVERED = "DELIVERED"
    DEAD = "DEAD"
    """Given up after 72 hours; the next event of the same subject goes on."""
    SKIPPED = "SKIPPED"
    """No longer to be told: the event is not in the feed of the unit any more."""
