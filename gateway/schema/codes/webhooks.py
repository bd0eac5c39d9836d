"""Codes of webhooks, the same in every service."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("State of an endpoint.", "Stand einer Empfangsadresse."))
class WebhookEndpointState(Enum):
    ACTIVE = code("ACTIVE", "Active", "Aktiv")
    PAUSED = code("PAUSED", "Paused", "Angehalten")
    DISABLED = code("DISABLED", "Switched off by the receiver", "Vom Empfänger abgeschaltet")


@strawberry.enum(description=both("State of a delivery.", "Stand einer Zustellung."))
class WebhookDeliveryState(Enum):
    WAITING = code("WAITING", "Waiting", "Wartet")
    SENDING = code("SENDING", "Being sent", "Wird gesendet")
    DELIVERED = code("DELIVERED", "Delivered", "Zugestellt")
    DEAD = code("DEAD", "Given up", "Aufgegeben")
    SKIPPED = code("SKIPPED", "No longer to be told", "Nicht mehr mitzuteilen")


@strawberry.enum(description=both("How one try ended.", "Wie ein Versuch ausging."))
class WebhookTryOutcome(Enum):
    OK = code("OK", "Received", "Angenommen")
    HTTP = code("HTTP", "Answered, but not with 2xx", "Beantwortet, aber nicht mit 2xx")
    TIMEOUT = code("TIMEOUT", "No answer in time", "Keine Antwort in der Zeit")
    REFUSED_ADDRESS = code("REFUSED_ADDRESS", "Address not allowed", "Adresse nicht zulässig")
    TLS = code("TLS", "Certificate not accepted", "Zertifikat nicht anerkannt")
    CONNECTION = code("CONNECTION", "No connection", "Keine Verbindung")
