"""The audit logs of the services, for data protection officers and auditors."""

import strawberry

from gateway.schema.filters import by
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import DateTime, Json


@strawberry.type(
    description=both("Who did what with which records.", "Wer was mit welchen Datensätzen tat.")
)
class AuditEntry(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    at: DateTime = field("Instant.", "Zeitpunkt.")
    actor: str = field(
        "Issuer and subject of who did it.", "Aussteller und Kennung der handelnden Person."
    )
    unit_id: str = field("Unit of who did it.", "Stelle der handelnden Person.")
    client_id: str = field("The program that was used.", "Das benutzte Programm.")
    action: str = field("What was done, for example read.", "Was getan wurde, zum Beispiel read.")
    record_kind: str = field("Kind of the records.", "Art der Datensätze.")
    record_ids: list[strawberry.ID] = field("UUIDs of the records.", "UUIDs der Datensätze.")
    purpose: str = field("Purpose that was named.", "Genannter Zweck.")
    request_id: str = field("Id of the request.", "Kennung der Anfrage.")
    reason: str = field("Reason that was named.", "Genannter Grund.")
    changes: Json | None = field(
        "What changed, in codes only.", "Was sich änderte, nur in Schlüsseln."
    )


@strawberry.input(description=both("Which entries.", "Welche Einträge."))
class AuditFilter:
    at_gte: DateTime | None = by("At or after this instant.", "Ab diesem Zeitpunkt.")
    at_lt: DateTime | None = by("Before this instant.", "Vor diesem Zeitpunkt.")
    actor: str | None = by("By this person or machine.", "Von dieser Person oder Maschine.")
    action: str | None = by("Of this action.", "Zu dieser Aktion.")
