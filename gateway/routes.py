"""The paths of the gateway."""

from fastapi import APIRouter, Request, WebSocket
from starlette.responses import PlainTextResponse, Response

from gateway.live.session import Session
from gateway.schema import export_sdl
from gateway.transport.endpoint import GraphQLEndpoint
from gateway.transport.execution import Executor
from gateway.transport.websocket import converse
from shared.kernel.errors import NotFound
from shared.web.limits import RequestCounts


def session_of(request: Request) -> Session:
    """For one request, whose caller the token check has left in the scope."""
    state = request.app.state
    return Session(
        request.scope["caller"], request.headers, state.upstreams, state.settings, state.hub
    )


def graphql_router(executor: Executor, counts: RequestCounts) -> APIRouter:
    endpoint = GraphQLEndpoint(executor)
    router = APIRouter(tags=["graphql"])
    sdl = export_sdl()

    @router.get("/graphql", summary="A query / Eine Abfrage")
    async def ask(request: Request) -> Response:
        """Queries only, in the parameters `query`, `variables`, `operationName`."""
        return await endpoint.answer(request, session_of(request))

    @router.post("/graphql", summary="An operation / Eine Operation")
    async def operate(request: Request) -> Response:
        """A JSON object with `query`, `variables`, `operationName`."""
        return await endpoint.answer(request, session_of(request))

    @router.websocket("/graphql")
    async def listen(socket: WebSocket) -> None:
        await converse(socket, executor, socket.app.state.hub, counts)

    @router.get("/graphql/schema.graphql", summary="The schema / Das Schema")
    async def published_schema(request: Request) -> Response:
        """The schema as text. Raises NotFound where clients may not read it."""
        if not request.app.state.settings.is_introspection_open:
            raise NotFound
        return PlainTextResponse(sdl, headers={"Cache-Control": "private, max-age=300"})

    return router
