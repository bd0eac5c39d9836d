"""The messages of `graphql-transport-ws`, checked before anything is done with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final

import orjson
from starlette.datastructures import Headers

from gateway.transport.faults import RequestFault
from gateway.transport.reading import GraphQLRequest, typed_request
from shared.kernel.nesting import is_deeper_than

SUBPROTOCOL: Final = "graphql-transport-ws"
ID_CHARS_MAX: Final = 128
DEPTH_MAX: Final = 32
REASON_BYTES_MAX: Final = 123
VALUE_CHARS_MAX: Final = 8192
# What `connection_init` may bring in the place of the headers that a browser cannot set.
AS_HEADERS: Final = frozenset(
    {
        "authorization",
        "accept-language",
        "x-request-id",
        "kim-purpose",
        "kim-reason",
        "x-purpose",
        "x-audit-reason",
        "kim-dry-run",
    }
)


class Code(IntEnum):
    """Why the connection is closed; the protocol's own numbers, and 1013 of RFC 6455's registry."""

    TRY_AGAIN_LATER = 1013
    BAD_REQUEST = 4400
    UNAUTHORIZED = 4401
    FORBIDDEN = 4403
    SUBPROTOCOL_NOT_ACCEPTABLE = 4406
    INIT_TIMEOUT = 4408
    SUBSCRIBER_EXISTS = 4409
    TOO_MANY_INITS = 4429


class Close(Exception):
    """The connection ends here; a reason longer than a close frame takes is cut."""

    def __init__(self, code: Code, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason.encode()[:REASON_BYTES_MAX].decode(errors="ignore")


@dataclass(frozen=True, slots=True)
class Message:
    type: str
    id: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)


def read_message(received: Mapping[str, Any]) -> Message:
    """Raises Close (4400) for what is no message of the protocol."""
    text = received.get("text")
    if not isinstance(text, str):
        raise Close(Code.BAD_REQUEST, "Text messages only")
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError as broken:
        raise Close(Code.BAD_REQUEST, "Message is no JSON") from broken
    if not isinstance(document, dict) or is_deeper_than(document, DEPTH_MAX):
        raise Close(Code.BAD_REQUEST, "Message is no JSON object, or too deep")
    type_, id_, payload = (document.get(name) for name in ("type", "id", "payload"))
    if not isinstance(type_, str):
        raise Close(Code.BAD_REQUEST, "Message has no type")
    if payload is not None and not isinstance(payload, dict):
        raise Close(Code.BAD_REQUEST, "Payload is no JSON object")
    if type_ in {"subscribe", "complete"} and not _is_id(id_):
        raise Close(Code.BAD_REQUEST, "Message has no id")
    return Message(type_, id_ if isinstance(id_, str) else "", payload or {})


def operation_of(message: Message) -> GraphQLRequest:
    """Raises Close (4400) when the payload is no GraphQL request."""
    try:
        return typed_request(message.payload)
    except RequestFault as refused:
        raise Close(Code.BAD_REQUEST, "Payload is no GraphQL request") from refused


def headers_of(payload: Mapping[str, Any], upgrade: Headers) -> Headers:
    """What the client said in `connection_init`, else with the upgrade. Raises Close (4400)."""
    said = {name: upgrade[name] for name in AS_HEADERS if name in upgrade}
    for name, value in payload.items():
        if name.lower() not in AS_HEADERS:
            continue
        if not (isinstance(value, str) and len(value) <= VALUE_CHARS_MAX and value.isascii()):
            raise Close(Code.BAD_REQUEST, f"{name} is no header value")
        said[name.lower()] = value
    return Headers(said)


def _is_id(given: object) -> bool:
    return isinstance(given, str) and 0 < len(given) <= ID_CHARS_MAX
