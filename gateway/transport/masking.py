"""Errors during execution: refusals keep their code, everything unexpected is masked."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from graphql import GraphQLError

from gateway.clients.faults import (
    OperationTooSlow,
    ServiceBusy,
    ServiceDown,
    ServiceFault,
    ServiceRefused,
)
from gateway.transport.faults import ErrorCode, error_of, formatted
from shared.kernel.errors import Refusal
from shared.kernel.text import Text
from shared.observability.request import current_request

log = structlog.get_logger(__name__)

INTERNAL = Text(
    de="Ein unerwarteter Fehler ist aufgetreten. Bitte nennen Sie die Anfragenummer.",
    en="An unexpected fault occurred. Please quote the request id.",
)
# What graphql-core says when an answer of a service lacks a member, or has one nobody knows.
UNFIT = re.compile(r"Cannot return null for non-nullable field|.* cannot represent ", re.DOTALL)
OriginOf = Callable[[Sequence[str | int]], str | None]
CODES = {401: ErrorCode.UNAUTHENTICATED, 403: ErrorCode.FORBIDDEN}


def masked(error: GraphQLError, origin_of: OriginOf = lambda _: None) -> dict[str, Any]:
    """The error as it leaves: place and path kept, the inside of an unexpected fault not.

    `origin_of` a path is the service that fed it: an answer of a service that does not fit the
    schema counts as no answer.
    """
    cause = _unfit(error, origin_of) or error.original_error
    if cause is None or isinstance(cause, GraphQLError):
        return formatted(error, ErrorCode.BAD_USER_INPUT)
    document = _document(cause)
    for member in ("locations", "path"):
        if member in error.formatted:
            document[member] = error.formatted[member]
    return document


def _code(cause: ServiceDown) -> ErrorCode:
    if isinstance(cause, OperationTooSlow):
        return ErrorCode.OPERATION_TIMEOUT
    is_busy = isinstance(cause, ServiceBusy)
    return ErrorCode.RATE_LIMITED if is_busy else ErrorCode.SERVICE_UNAVAILABLE


def _unfit(error: GraphQLError, origin_of: OriginOf) -> ServiceDown | None:
    if not error.path or error.extensions or not UNFIT.match(error.message):
        return None
    service = origin_of(error.path)
    return None if service is None else ServiceDown(service, "answer does not fit")


def _document(cause: Exception) -> dict[str, Any]:
    if isinstance(cause, ServiceDown):
        facts: dict[str, Any] = {
            "service": cause.service,
            "retryable": True,
            "retryAfterS": cause.retry_after_s,
        }
        if isinstance(cause, OperationTooSlow):
            facts["limitS"] = cause.limit_s
        return error_of(_code(cause), cause.text, **facts)
    if isinstance(cause, ServiceRefused):
        code = CODES.get(cause.status, ErrorCode.REFUSED)
        extensions = {"code": code.value, "problem": cause.code, "service": cause.service}
        return {"message": cause.message, "extensions": extensions}
    if isinstance(cause, Refusal):
        return error_of(ErrorCode.BAD_USER_INPUT, cause.detail, problem=cause.code)
    assert not isinstance(cause, ServiceFault)
    request_id = current_request().id
    log.error("operation.failed", fault=type(cause).__name__, exc_info=cause)
    return error_of(ErrorCode.INTERNAL_FAULT, INTERNAL, requestId=request_id)
