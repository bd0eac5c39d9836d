"""A GraphQL request out of an HTTP request: members typed, nothing guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from starlette.requests import Request

from gateway.transport.faults import ErrorCode, fault
from shared.kernel.text import Text

MEMBERS = ("query", "operationName", "variables", "extensions", "documentId")
PERSISTED = "persistedQuery"

NO_OBJECT = Text(de="Der Inhalt muss ein JSON-Objekt sein.", en="The body must be a JSON object.")
NO_BATCHES = Text(
    de="Mehrere Abfragen in einer Anfrage werden nicht angenommen.",
    en="Several operations in one request are not accepted.",
)
NO_QUERY = Text(de="`query` fehlt oder ist kein Text.", en="`query` is missing or is not a string.")
MEMBER_MISTYPED = Text(
    de="Ein Teil der Anfrage hat nicht den vorgesehenen Typ.",
    en="A member of the request has the wrong type.",
)
TWO_DOCUMENTS = Text(
    de="`documentId` und `query` schließen einander aus.",
    en="`documentId` and `query` exclude each other.",
)
PARAMETER_REPEATED = Text(
    de="Ein Parameter kommt mehrfach vor.", en="A parameter is given more than once."
)


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """One operation that a client asks for: by its text, or by the id of a trusted document."""

    query: str | None = None
    document_id: str | None = None
    operation_name: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    extensions: dict[str, Any] = field(default_factory=dict)


async def read_request(request: Request) -> GraphQLRequest:
    """The request of a GET or POST. Raises RequestFault (400) when it is none."""
    if request.method == "GET":
        return typed_request(_query_members(request))
    return typed_request(_body_members(await request.body()))


def _body_members(body: bytes) -> Mapping[str, Any]:
    """Size, type, encoding and depth of the body were checked before it came here."""
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as broken:
        raise fault(ErrorCode.BAD_REQUEST, NO_OBJECT) from broken
    if isinstance(document, list):
        raise fault(ErrorCode.BATCHING_NOT_SUPPORTED, NO_BATCHES)
    if not isinstance(document, dict):
        raise fault(ErrorCode.BAD_REQUEST, NO_OBJECT)
    return document


def _query_members(request: Request) -> Mapping[str, Any]:
    given = request.query_params
    if any(len(given.getlist(name)) > 1 for name in MEMBERS):
        raise fault(ErrorCode.BAD_REQUEST, PARAMETER_REPEATED)
    members: dict[str, Any] = {name: given[name] for name in MEMBERS if name in given}
    for name in ("variables", "extensions"):
        if name in members:
            members[name] = _json(members[name], name)
    return members


def _json(text: str, name: str) -> Any:
    try:
        return orjson.loads(text) if text else None
    except orjson.JSONDecodeError as broken:
        raise fault(ErrorCode.BAD_REQUEST, MEMBER_MISTYPED, member=name) from broken


def typed_request(members: Mapping[str, Any]) -> GraphQLRequest:
    extensions = _object(members, "extensions")
    query, document_id = members.get("query"), _document_id(members, extensions)
    if document_id is None:
        if not isinstance(query, str) or not query.strip():
            raise fault(ErrorCode.BAD_REQUEST, NO_QUERY, member="query")
    elif query:
        raise fault(ErrorCode.BAD_REQUEST, TWO_DOCUMENTS, member="documentId")
    name = members.get("operationName")
    if name is not None and not isinstance(name, str):
        raise fault(ErrorCode.BAD_REQUEST, MEMBER_MISTYPED, member="operationName")
    return GraphQLRequest(
        query=query or None,
        document_id=document_id,
        operation_name=name or None,
        variables=_object(members, "variables"),
        extensions=extensions,
    )


def _document_id(members: Mapping[str, Any], extensions: Mapping[str, Any]) -> str | None:
    """`documentId`, or the same as Apollo's clients say it: `extensions.persistedQuery`."""
    given = members.get("documentId")
    if given is not None and not isinstance(given, str):
        raise fault(ErrorCode.BAD_REQUEST, MEMBER_MISTYPED, member="documentId")
    persisted = extensions.get(PERSISTED)
    if given is not None or persisted is None:
        return given
    digest = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    if not isinstance(digest, str):
        raise fault(ErrorCode.BAD_REQUEST, MEMBER_MISTYPED, member=f"extensions.{PERSISTED}")
    # With the text beside it the client offers a document to keep; none is kept at its word.
    return None if members.get("query") else f"sha256:{digest}"


def _object(members: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = members.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise fault(ErrorCode.BAD_REQUEST, MEMBER_MISTYPED, member=name)
    return value
