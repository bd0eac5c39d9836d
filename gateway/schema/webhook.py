"""Webhooks of the caller's unit: where its events are sent, and what became of each."""

import strawberry

from gateway.schema.codes.webhooks import (
    WebhookDeliveryState,
    WebhookEndpointState,
    WebhookTryOutcome,
)
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import DateTime


@strawberry.type(
    description=both(
        "Where a unit receives events. Its secret is never shown.",
        "Wo eine Stelle Ereignisse empfängt. Das Geheimnis wird nie gezeigt.",
    )
)
class WebhookEndpoint(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field("Version.", "Fassung.")
    url: str = field("Address of the receiver.", "Adresse des Empfängers.")
    description: str = field("What it is for.", "Wofür sie da ist.")
    types: list[str] = field(
        "Types of events; none means all.", "Arten von Ereignissen; keine heißt alle."
    )
    includes_own: bool = field(
        "Also what the own unit did.", "Auch was die eigene Stelle getan hat."
    )
    state: WebhookEndpointState = field("State.", "Stand.")
    is_silent: bool = field(
        "Nothing was received for longer than expected.",
        "Länger als erwartet wurde nichts angenommen.",
    )
    last_success_at: DateTime | None = field("Last received.", "Zuletzt angenommen.")
    created_at: DateTime = field("Made at.", "Angelegt am.")
    deliveries_waiting: int = field("Deliveries not yet made.", "Noch nicht erfolgte Zustellungen.")


@strawberry.type(description=both("One try of a delivery.", "Ein Versuch einer Zustellung."))
class WebhookTry(Published):
    at: DateTime = field("Instant.", "Zeitpunkt.")
    outcome: WebhookTryOutcome = field("How it ended.", "Wie er ausging.")
    status: int | None = field("Status of the answer.", "Status der Antwort.")
    duration_ms: int = field("Milliseconds.", "Millisekunden.")


@strawberry.type(description=both("One event for one endpoint.", "Ein Ereignis an eine Adresse."))
class WebhookDelivery(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    endpoint_id: strawberry.ID = field("UUID of the endpoint.", "UUID der Empfangsadresse.")
    event_id: strawberry.ID = field("UUID of the event.", "UUID des Ereignisses.")
    type: str = field("Type of the event.", "Art des Ereignisses.")
    subject: strawberry.ID = field("UUID of the record.", "UUID des Datensatzes.")
    state: WebhookDeliveryState = field("State.", "Stand.")
    attempts: int = field("Tries until now.", "Bisherige Versuche.")
    created_at: DateTime = field("Planned at.", "Vorgemerkt am.")
    next_attempt_at: DateTime = field("Next try at.", "Nächster Versuch am.")
    is_test: bool = field("Whether it is a test.", "Ob es eine Probe ist.")
    tries: list[WebhookTry] = field("The tries.", "Die Versuche.")
