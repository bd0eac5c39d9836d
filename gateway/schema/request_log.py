"""What a unit's own systems asked a service and what they were answered, without content."""

import strawberry

from gateway.schema.filters import by
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import DateTime


@strawberry.type(description=both("One refused field.", "Ein abgelehntes Feld."))
class LoggedError(Published):
    pointer: str = field(
        "JSON pointer; `?` stands for what the contract does not know.",
        "JSON-Zeiger; `?` steht für das, was der Vertrag nicht kennt.",
    )
    code: str = field("Stable code.", "Beständiger Code.")


@strawberry.type(description=both("Why a request was refused.", "Warum abgelehnt wurde."))
class LoggedProblem(Published):
    code: str = field("Stable code.", "Beständiger Code.")
    errors: list[LoggedError] = field("Every refused field.", "Jedes abgelehnte Feld.")


@strawberry.type(
    description=both(
        "One request of a system of the own unit; digests are SHA-256.",
        "Eine Anfrage eines Systems der eigenen Stelle; Prüfsummen sind SHA-256.",
    )
)
class RequestLogEntry(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    at: DateTime = field("Instant.", "Zeitpunkt.")
    client_id: str = field("The program.", "Das Programm.")
    method: str = field("Method.", "Methode.")
    route: str = field("Template of the path.", "Muster des Pfads.")
    record_id: strawberry.ID | None = field("UUID of the record.", "UUID des Datensatzes.")
    status: int = field("Status of the answer.", "Status der Antwort.")
    problem: LoggedProblem | None = field("Why it was refused.", "Warum abgelehnt wurde.")
    key_digest: str | None = field("Digest of the key.", "Prüfsumme des Schlüssels.")
    is_replayed: bool = field("An earlier answer was given.", "Es gab eine frühere Antwort.")
    request_bytes: int = field("Size of the request.", "Größe der Anfrage.")
    body_sha256: str | None = field("Digest of the body.", "Prüfsumme des Inhalts.")
    duration_ms: int = field("Milliseconds.", "Millisekunden.")
    request_id: str = field("Id of the request.", "Kennung der Anfrage.")


@strawberry.input(description=both("Which requests.", "Welche Anfragen."))
class RequestLogFilter:
    at_gte: DateTime | None = by("At or after this instant.", "Ab diesem Zeitpunkt.")
    at_lt: DateTime | None = by("Before this instant.", "Vor diesem Zeitpunkt.")
    status: int | None = by("With this status.", "Mit diesem Status.")
    status_gte: int | None = by("With this status or above.", "Ab diesem Status.")
    route: str | None = by("Of this template of a path.", "Zu diesem Muster eines Pfads.")
    client_id: str | None = by("Of this program.", "Von diesem Programm.")
    record_id: strawberry.ID | None = by("About this record.", "Zu diesem Datensatz.")
    request_id: str | None = by("With this id.", "Mit dieser Kennung.")
    key_digest: str | None = by(
        "Under the key with this digest.", "Unter dem Schlüssel mit dieser Prüfsumme."
    )
