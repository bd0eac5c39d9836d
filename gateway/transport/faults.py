"""Errors of the GraphQL door: what a client did wrong before or during execution."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from graphql import GraphQLError

from shared.kernel.text import Text
from shared.observability.request import current_request


class ErrorCode(StrEnum):
    """`extensions.code` of a top-level error; frontends key on it."""

    BAD_REQUEST = "BAD_REQUEST"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    BATCHING_NOT_SUPPORTED = "BATCHING_NOT_SUPPORTED"
    PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    OPERATION_NOT_CHOSEN = "OPERATION_NOT_CHOSEN"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    QUERY_TOO_LONG = "QUERY_TOO_LONG"
    TOO_MANY_TOKENS = "TOO_MANY_TOKENS"
    QUERY_TOO_DEEP = "QUERY_TOO_DEEP"
    TOO_MANY_ALIASES = "TOO_MANY_ALIASES"
    TOO_MANY_FIELDS = "TOO_MANY_FIELDS"
    TOO_MANY_DIRECTIVES = "TOO_MANY_DIRECTIVES"
    TOO_MANY_MUTATIONS = "TOO_MANY_MUTATIONS"
    QUERY_TOO_COSTLY = "QUERY_TOO_COSTLY"
    DOCUMENT_UNKNOWN = "DOCUMENT_UNKNOWN"
    DOCUMENT_NOT_TRUSTED = "DOCUMENT_NOT_TRUSTED"
    OPERATION_TIMEOUT = "OPERATION_TIMEOUT"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    REFUSED = "REFUSED"
    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"
    RATE_LIMITED = "RATE_LIMITED"
    TOO_MANY_SUBSCRIPTIONS = "TOO_MANY_SUBSCRIPTIONS"
    SUBSCRIPTION_NEEDS_STREAM = "SUBSCRIPTION_NEEDS_STREAM"
    TOKEN_EXPIRED = "TOKEN_EXPIRED"  # noqa: S105 - a code, no secret
    INTERNAL_FAULT = "INTERNAL_FAULT"


class RequestFault(Exception):
    """A request that no operation comes out of; `errors` are GraphQL errors as they leave.

    `is_well_formed` tells a request that GraphQL itself refuses (200 under `application/json`)
    from one that is no GraphQL request at all (4xx in every type).
    """

    def __init__(
        self, errors: list[dict[str, Any]], *, status: int = 400, is_well_formed: bool = False
    ) -> None:
        super().__init__(errors[0]["message"])
        self.errors = errors
        self.status = status
        self.is_well_formed = is_well_formed


def fault(code: ErrorCode, text: Text, *, status: int = 400, **facts: object) -> RequestFault:
    """A request that is no GraphQL request."""
    return RequestFault([error_of(code, text, **facts)], status=status)


def refused(code: ErrorCode, text: Text, **facts: object) -> RequestFault:
    """A well-formed request that cannot be executed."""
    return RequestFault([error_of(code, text, **facts)], is_well_formed=True)


def refused_by_graphql(errors: list[GraphQLError], code: ErrorCode) -> RequestFault:
    return RequestFault([formatted(error, code) for error in errors], is_well_formed=True)


# graphql-core ends its sentences about variables with the refused value, which may be a name.
REFUSED_VALUE = re.compile(r"(?:, found| value): .*", re.DOTALL)


def without_value(message: str) -> str:
    """The sentence about a variable without the value that was refused."""
    head, separator, reason = message.partition(": ")
    return head + separator + REFUSED_VALUE.sub(".", reason)


def error_of(code: ErrorCode, text: Text, **facts: object) -> dict[str, Any]:
    """One error in the language of the request."""
    message = text.in_language(current_request().language)
    return {"message": message, "extensions": {"code": code.value, **facts}}


def formatted(error: GraphQLError, code: ErrorCode) -> dict[str, Any]:
    """A GraphQL error as it leaves, with a code unless it has one."""
    document: dict[str, Any] = dict(error.formatted)
    extensions: Mapping[str, Any] = error.extensions or {}
    document["extensions"] = {"code": code.value, **extensions}
    return document
