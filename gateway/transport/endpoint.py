"""`/graphql`: POST with JSON for everything, GET for queries."""

from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from gateway.clients.upstream import DRY_RUN
from gateway.context import GatewayContext
from gateway.live.session import Session
from gateway.transport.caching import KEPT, NOT_KEPT, etag_of, is_known
from gateway.transport.event_stream import EventStream
from gateway.transport.execution import Executor
from gateway.transport.faults import RequestFault
from gateway.transport.media import GRAPHQL_JSON, is_event_stream, negotiate
from gateway.transport.reading import read_request
from shared.web.problems import MediaTypeUnsupported

# As the services say it: what the answer tells was not done.
TRIED = {DRY_RUN: "true"}


class GraphQLEndpoint:
    """Answers one operation per request, in the type that the client takes."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    async def answer(self, request: Request, session: Session) -> Response:
        """Raises NotAcceptable (406), MediaTypeUnsupported (415) and, where changes are told as
        they happen, TooManyListeners (503).
        """
        accept = request.headers.get("accept")
        is_stream = is_event_stream(accept)
        media = GRAPHQL_JSON if is_stream else negotiate(accept)
        if request.method == "POST" and not _is_json(request):
            raise MediaTypeUnsupported(accepted="application/json")
        if is_stream:
            return await self._stream(request, session)
        return await self._once(request, session.context(), media)

    async def _stream(self, request: Request, session: Session) -> Response:
        try:
            asked = await read_request(request)
        except RequestFault as refused:
            return _refusal(refused, GRAPHQL_JSON)
        is_get = request.method == "GET"
        documents = self._executor.stream(asked, session.context(), is_get=is_get)
        return EventStream(documents, session)

    async def _once(self, request: Request, context: GatewayContext, media: str) -> Response:
        try:
            asked = await read_request(request)
            executed = await self._executor.execute(asked, context, is_get=request.method == "GET")
        except RequestFault as refused:
            return _refusal(refused, media)
        if executed.may_be_kept and not context.is_trial:
            return _kept(executed.document, media, request.headers.get("if-none-match", ""))
        return _response(executed.document, media, 200, TRIED if context.is_trial else None)


def _kept(document: dict[str, Any], media: str, if_none_match: str) -> Response:
    """With a tag; 304 for a client that has it already."""
    response = _response(document, media, 200, {"Cache-Control": KEPT})
    etag = etag_of(bytes(response.body))
    response.headers["ETag"] = etag
    if not is_known(etag, if_none_match):
        return response
    headers = {name: response.headers[name] for name in ("ETag", "Cache-Control", "Vary")}
    return Response(status_code=304, headers=headers)


def _refusal(refused: RequestFault, media: str) -> Response:
    """Under `application/json` a well-formed request is answered with 200, whatever becomes of it.

    Clients of that type cannot tell whether a 4xx comes from us or from something between.
    """
    is_older = media != GRAPHQL_JSON
    status = 200 if is_older and refused.is_well_formed else refused.status
    headers = {"Allow": "POST"} if status == 405 else {}  # noqa: PLR2004 - Method Not Allowed
    return _response({"errors": refused.errors}, media, status, headers)


def _response(
    document: dict[str, Any], media: str, status: int, headers: dict[str, str] | None = None
) -> Response:
    return Response(
        orjson.dumps(document),
        status_code=status,
        headers={
            "Content-Type": f"{media}; charset=utf-8",
            "Cache-Control": NOT_KEPT,
            "Vary": "Accept, Accept-Language",
            **(headers or {}),
        },
    )


def _is_json(request: Request) -> bool:
    media, _, _ = request.headers.get("content-type", "").partition(";")
    return media.strip().lower() == "application/json"
