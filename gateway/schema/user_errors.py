"""Refusals that a client can act on, as types of the schema.

Every mutation answers with its success or with one of these; a top-level `errors` entry is left
for what no form can put right. Messages are in the language of the request.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any

import strawberry

from gateway.schema.published import Published, both, code, field
from gateway.schema.scalars import Amount, Fte


@strawberry.enum(
    description=both(
        "Whether a refusal stands, or only has to be confirmed.",
        "Ob eine Ablehnung gilt oder nur bestätigt werden muss.",
    )
)
class Severity(Enum):
    ERROR = code("ERROR", "It stands", "Sie gilt")
    WARNING = code(
        "WARNING",
        "Sent again with the codes in `confirmWarnings`, the change is made",
        "Noch einmal gesendet mit den Codes in `confirmWarnings`, wird die Änderung gemacht",
    )


@strawberry.interface(
    description=both(
        "A refusal the client can act on.", "Eine Ablehnung, auf die man reagieren kann."
    )
)
class UserError:
    code: str = field(
        "Stable code of the rule, for example `guard-failed`.",
        "Beständiger Code der Regel, zum Beispiel `guard-failed`.",
    )
    message: str = field(
        "Sentence for people, German or English by Accept-Language.",
        "Satz für Menschen, deutsch oder englisch nach Accept-Language.",
    )
    message_de: str = field("The sentence in German.", "Der Satz auf Deutsch.")
    message_en: str = field("The sentence in English.", "Der Satz auf Englisch.")
    severity: Severity = field("Whether it stands.", "Ob sie gilt.")
    pointer: str | None = field(
        "JSON pointer to the field of the input, where one is to blame.",
        "JSON-Zeiger auf das Feld der Eingabe, wenn eines schuld ist.",
    )


@strawberry.type(
    description=both("One field that was refused.", "Ein Feld, das nicht angenommen wurde.")
)
class FieldError:
    pointer: str = field("JSON pointer into the input.", "JSON-Zeiger in die Eingabe.")
    code: str = field("Stable code.", "Beständiger Code.")
    message: str = field("Sentence for people.", "Satz für Menschen.")
    message_de: str = field("The sentence in German.", "Der Satz auf Deutsch.")
    message_en: str = field("The sentence in English.", "Der Satz auf Englisch.")


@strawberry.type(
    description=both(
        "Something to think over; it hinders nothing.",
        "Etwas, das zu bedenken ist; es hindert nichts.",
    )
)
class Caution(Published):
    pointer: str = field("JSON pointer to the text.", "JSON-Zeiger auf den Text.")
    code: str = field("Stable code.", "Beständiger Code.")
    message: str = field("Sentence for people.", "Satz für Menschen.")

    @strawberry.field(description=both("The sentence in German.", "Der Satz auf Deutsch."))
    def message_de(self) -> str:
        return in_both(self.record)[0]

    @strawberry.field(description=both("The sentence in English.", "Der Satz auf Englisch."))
    def message_en(self) -> str:
        return in_both(self.record)[1]


def in_both(record: Mapping[str, Any]) -> tuple[str, str]:
    """German and English of a service's sentence; a service that knows one says it for both."""
    said = str(record.get("message") or record.get("detail") or record.get("code"))
    texts = record.get("texts") or {}
    return str(texts.get("de", said)), str(texts.get("en", said))


@strawberry.type(
    description=both("A precondition that is missing.", "Eine Voraussetzung, die fehlt.")
)
class FailedGuard:
    id: str = field("Stable name of the precondition.", "Beständiger Name der Voraussetzung.")
    message: str = field("What is missing.", "Was fehlt.")
    message_de: str = field("What is missing, in German.", "Was fehlt, auf Deutsch.")
    message_en: str = field("What is missing, in English.", "Was fehlt, auf Englisch.")


@strawberry.type(
    description=both(
        "A field or a rule of the domain refuses the input.",
        "Ein Feld oder eine fachliche Regel lehnt die Eingabe ab.",
    )
)
class ValidationError(UserError):
    errors: list[FieldError] = field("Every refused field.", "Jedes abgelehnte Feld.")


@strawberry.type(
    description=both(
        "A precondition of the step is missing.", "Eine Voraussetzung des Schritts fehlt."
    )
)
class GuardFailedError(UserError):
    guards: list[FailedGuard] = field("Every missing precondition.", "Jede fehlende Voraussetzung.")


@strawberry.type(
    description=both(
        "There is something to think over. Nothing was stored, because the input said what is"
        " confirmed (`confirmWarnings`), and this is not.",
        "Es ist etwas zu bedenken. Nichts wurde gespeichert, weil die Eingabe sagte, was bestätigt"
        " ist (`confirmWarnings`), und dies nicht.",
    )
)
class WarningsError(UserError):
    warnings: list[Caution] = field(
        "What is not confirmed yet, all of it.", "Alles, was noch nicht bestätigt ist."
    )


@strawberry.type(
    description=both("The present state forbids it.", "Der jetzige Zustand erlaubt das nicht.")
)
class ConflictError(UserError):
    state: str | None = field("The present state.", "Der jetzige Zustand.")
    allowed_actions: list[str] = field(
        "The actions that the present state has.", "Die Aktionen, die jetzt vorgesehen sind."
    )


@strawberry.type(
    description=both(
        "The record does not exist or is hidden from the caller.",
        "Den Datensatz gibt es nicht, oder er ist hier nicht sichtbar.",
    )
)
class NotFoundError(UserError):
    pass


@strawberry.type(
    description=both("The caller may not do this.", "Das ist der anfragenden Person nicht erlaubt.")
)
class ForbiddenError(UserError):
    pass


@strawberry.type(
    description=both(
        "The record has changed since the version the caller saw.",
        "Der Datensatz wurde seit der gesehenen Fassung geändert.",
    )
)
class StaleVersionError(UserError):
    current_version: int | None = field("The version now.", "Die Fassung jetzt.")


@strawberry.type(
    description=both(
        "More money or posts are asked for than are free.",
        "Es werden mehr Mittel oder Stellen verlangt, als frei sind.",
    )
)
class InsufficientFundsError(UserError):
    free_amount: Amount | None = field("Euros still free.", "Noch freie Euro.")
    free_fte: Fte | None = field("Full-time equivalents still free.", "Noch freie Stellenanteile.")


@strawberry.type(
    description=both(
        "A service does not answer; nothing was changed as far as is known.",
        "Ein Dienst antwortet nicht; soweit bekannt, wurde nichts geändert.",
    )
)
class ServiceUnavailableError(UserError):
    service: str = field("Short name of the service.", "Kurzname des Dienstes.")
    retry_after_s: int = field(
        "Seconds to wait before the next try.", "Sekunden bis zum nächsten Versuch."
    )


@strawberry.type(
    description=both(
        "Too many requests in a minute; nothing was changed. The same again is right, later.",
        "Zu viele Anfragen in einer Minute; nichts wurde geändert. Dasselbe geht später.",
    )
)
class RateLimitedError(UserError):
    service: str = field("Short name of the service.", "Kurzname des Dienstes.")
    retry_after_s: int = field(
        "Seconds to wait before the next try.", "Sekunden bis zum nächsten Versuch."
    )


Refused = (
    ValidationError
    | GuardFailedError
    | ConflictError
    | NotFoundError
    | ForbiddenError
    | StaleVersionError
    | ServiceUnavailableError
    | RateLimitedError
    | WarningsError
)
