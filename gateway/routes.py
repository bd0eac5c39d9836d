"""The paths of the gateway."""

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from gateway.clients.conversation import CallLog
from gateway.clients.services import is_dry_run
from gateway.context import GatewayContext
from gateway.loaders import loaders_for
from gateway.schema import export_sdl
from gateway.transport.endpoint import GraphQLEndpoint
from shared.kernel.errors import NotFound


def context_of(request: Request) -> GatewayContext:
    """A context for one request, whose caller the token check has left in the scope."""
    state = request.app.state
    log = CallLog(limit_s=state.settings.operation_timeout_s)
    services = state.upstreams.for_request(request, log, state.settings)
    return GatewayContext(
        request.scope["caller"], services, loaders_for(services), log, is_dry_run(request)
    )


def graphql_router(endpoint: GraphQLEndpoint) -> APIRouter:
    router = APIRouter(tags=["graphql"])
    sdl = export_sdl()

    @router.get("/graphql", summary="A query / Eine Abfrage")
    async def ask(request: Request) -> Response:
        """Queries only, in the parameters `query`, `variables`, `operationName`."""
        return await endpoint.answer(request, context_of(request))

    @router.post("/graphql", summary="An operation / Eine Operation")
    async def operate(request: Request) -> Response:
        """A JSON object with `query`, `variables`, `operationName`."""
        return await endpoint.answer(request, context_of(request))

    @router.get("/graphql/schema.graphql", summary="The schema / Das Schema")
    async def published_schema(request: Request) -> Response:
        """The schema as text. Raises NotFound where clients may not read it."""
        if not request.app.state.settings.is_introspection_open:
            raise NotFound
        return PlainTextResponse(sdl, headers={"Cache-Control": "private, max-age=300"})

    return router
