"""Refusals on the wire: RFC 9457 `application/problem+json`, in one place.

`type` is `urn:kim:problem:<code>`; `title` and `detail` are German or English by Accept-Language;
with `mul` in it, `texts` have the sentences in both.
"""

from collections.abc import Mapping
from typing import Any

import orjson
import structlog
from starlette.responses import Response

from shared.kernel.errors import (
    Conflict,
    FieldFault,
    Malformed,
    Refusal,
    RuleViolated,
)
from shared.kernel.text import Text
from shared.observability.request import current_request

PROBLEM_JSON = "application/problem+json"
RETRY_AFTER_S = 2


class FieldsRefused(RuleViolated):
    code = "fields-refused"
    title = Text(
        de="Mindestens ein Feld wurde nicht angenommen.", en="At least one field was refused."
    )


class BodyUnreadable(Malformed):
    code = "body-unreadable"
    title = Text(
        de="Der Inhalt ist kein gültiges JSON in UTF-8.", en="The body is not valid JSON in UTF-8."
    )


class NumberOutOfRange(RuleViolated):
    code = "number-out-of-range"
    title = Text(
        de="Eine Zahl im Inhalt ist zu groß oder keine Zahl.",
        en="A number in the body is too large or not a number.",
    )


class BodyTooDeep(Malformed):
    code = "body-too-deep"
    title = Text(de="Der Inhalt ist zu tief geschachtelt.", en="The body is nested too deeply.")


class BodyTooLarge(Refusal):
    status = 413
    code = "body-too-large"
    title = Text(de="Der Inhalt ist zu groß.", en="The body is too large.")


class BodyTooSlow(Refusal):
    status = 408
    code = "body-too-slow"
    title = Text(
        de="Der Inhalt ist nicht rechtzeitig angekommen.", en="The body did not arrive in time."
    )


class MediaTypeUnsupported(Refusal):
    status = 415
    code = "media-type-unsupported"
    title = Text(
        de="Dieser Inhaltstyp oder diese Kodierung wird hier nicht angenommen.",
        en="This content type or encoding is not accepted here.",
    )


class NotAcceptable(Refusal):
    status = 406
    code = "not-acceptable"
    title = Text(
        de="In diesem Format gibt es hier keine Antwort.",
        en="There is no answer in this format here.",
    )


class MethodNotAllowed(Refusal):
    status = 405
    code = "method-not-allowed"
    title = Text(de="Diese Methode gibt es hier nicht.", en="This method does not exist here.")


class AlreadyExists(Conflict):
    code = "already-exists"
    title = Text(de="Das gibt es schon.", en="This exists already.")


class ReferenceUnknown(Conflict):
    code = "reference-unknown"
    title = Text(
        de="Ein angegebener Datensatz existiert nicht.", en="A record referred to does not exist."
    )


class ConstraintViolated(RuleViolated):
    code = "constraint-violated"
    title = Text(
        de="Die Datenbank lässt diesen Wert nicht zu.", en="The database does not allow this value."
    )


class TemporarilyUnavailable(Refusal):
    status = 503
    code = "temporarily-unavailable"
    title = Text(
        de="Der Dienst ist gerade nicht erreichbar. Bitte gleich noch einmal versuchen.",
        en="The service cannot be reached at present. Please try again shortly.",
    )


class ErasuresAreRepeated(Refusal):
    """A backup was restored: what was erased since then is erased again before anybody is served.

    It ends by itself; what keeps it from ending stands in the log of the service.
    """

    status = 503
    code = "erasures-are-repeated"
    title = Text(
        de="Eine Sicherung wurde zurückgespielt; was seither gelöscht wurde, wird erst wieder"
        " gelöscht. Bitte gleich noch einmal versuchen.",
        en="A backup was restored; what was erased since is erased again first. Please try again"
        " shortly.",
    )


class InternalFault(Refusal):
    status = 500
    code = "internal-fault"
    title = Text(
        de="Ein unerwarteter Fehler ist aufgetreten. Bitte nennen Sie die Anfragenummer.",
        en="An unexpected fault occurred. Please quote the request id.",
    )


log = structlog.get_logger(__name__)

FaultTable = tuple[tuple[tuple[type[Exception], ...], type[Refusal]], ...]
NETWORK_FAULTS: FaultTable = (((OSError, TimeoutError), TemporarilyUnavailable),)
_faults: list[FaultTable] = [NETWORK_FAULTS]


def register_faults(table: FaultTable) -> None:
    """Let a library's exceptions be answered as refusals; asked before those already known."""
    if table not in _faults:
        _faults.insert(0, table)


def refusal_for(fault: Exception) -> Refusal:
    """The refusal that a fault amounts to; InternalFault when nothing is known of it."""
    if isinstance(fault, Refusal):
        return fault
    for kinds, refusal in (row for table in _faults for row in table):
        if isinstance(fault, kinds):
            # Kind and constraint only: the message of a database may quote a value.
            log.warning("fault.refused", fault=type(fault).__name__, code=refusal.code)
            constraint = getattr(fault, "constraint_name", None)
            return refusal(**({"constraint": constraint} if constraint else {}))
    return InternalFault()


def problem_document(refusal: Refusal, *, instance: str) -> dict[str, Any]:
    """The problem as a dictionary, in the language of the request."""
    request = current_request()
    document: dict[str, Any] = {
        "type": f"urn:kim:problem:{refusal.code}",
        "title": refusal.title.in_language(request.language),
        "status": refusal.status,
        "detail": refusal.detail.in_language(request.language),
        "instance": instance,
        "code": refusal.code,
        "requestId": request.id,
    }
    if refusal.severity != Refusal.severity:
        document["severity"] = refusal.severity
    if request.is_bilingual:
        document["texts"] = _both(refusal.detail)
    if refusal.faults:
        document["errors"] = [fault_document(fault) for fault in refusal.faults]
    return document | {k: v for k, v in refusal.facts.items() if k not in document}


def problem_response(
    refusal: Refusal, *, instance: str, headers: Mapping[str, str] | None = None
) -> Response:
    all_headers = {"Cache-Control": "no-store", **(headers or {})}
    if refusal.status == 401:  # noqa: PLR2004 - Unauthorized
        all_headers["WWW-Authenticate"] = 'Bearer realm="kim", error="invalid_token"'
    if refusal.status == 503:  # noqa: PLR2004 - Service Unavailable
        all_headers["Retry-After"] = str(refusal.facts.get("retryAfterS", RETRY_AFTER_S))
    return Response(
        orjson.dumps(problem_document(refusal, instance=instance), default=str),
        status_code=refusal.status,
        media_type=PROBLEM_JSON,
        headers=all_headers,
    )


def fault_document(fault: FieldFault) -> dict[str, Any]:
    """Its sentence in the language of the request, and in both when the client takes `mul`."""
    request = current_request()
    document: dict[str, Any] = {
        "pointer": fault.pointer,
        "code": fault.code,
        "message": fault.message.in_language(request.language),
    }
    if request.is_bilingual:
        document["texts"] = _both(fault.message)
    return document


def _both(text: Text) -> dict[str, str]:
    return {"de": text.de, "en": text.en}
