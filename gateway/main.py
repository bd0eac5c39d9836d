"""Composition root of the gateway: settings → schema → app."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import uvicorn
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from gateway.clients.faults import ServiceBusy, ServiceRefused
from gateway.clients.services import Connect, over_http
from gateway.clients.upstream import DRY_RUN
from gateway.live.hub import Hub
from gateway.live.listener import Listener
from gateway.portal_files import PUBLIC, portal_router
from gateway.problems import SERVICE_FAULTS, refused_by_service, service_busy
from gateway.reports import pack_routes
from gateway.reports import routes as reports
from gateway.routes import graphql_router
from gateway.schema import schema
from gateway.settings import Settings
from gateway.transport.execution import Executor
from shared.auth.tokens import TokenVerifier
from shared.observability.logs import configure_logs
from shared.web.access import RequireToken
from shared.web.bodies import GuardBodies
from shared.web.context import RequestContext
from shared.web.contract import install_contract
from shared.web.head import AnswerHead
from shared.web.heads import GuardHeads
from shared.web.health import health_router
from shared.web.limits import HEADERS, RateLimits, RequestCounts
from shared.web.problem_routes import install_problems, problems_router
from shared.web.problems import register_faults
from shared.web.purposes import FORMER
from shared.web.server import server_config as bounded
from shared.web.server import spare_the_collector
from shared.web.strangers import Strangers

GRACE_S = 10
BROKER_WAIT_S = 3.0
PASSED_HEADERS = (
    "Authorization",
    "Content-Type",
    "Accept-Language",
    "X-Request-Id",
    *FORMER,
    *FORMER.values(),
    DRY_RUN,
)


def create_app(settings: Settings, connect: Connect = over_http) -> FastAPI:
    """The ASGI app. `connect` says how the services are reached."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        connector = aiohttp.TCPConnector(
            limit_per_host=settings.upstream_connections_max, ssl=settings.tls.calling()
        )
        # No cookie of one caller may ever travel with the request of another.
        jar = aiohttp.DummyCookieJar()
        async with aiohttp.ClientSession(connector=connector, cookie_jar=jar) as http:
            app.state.verifier = TokenVerifier(list(settings.oidc_issuers), http)
            app.state.upstreams = connect(settings, http)
            async with listening(settings, hub):
                yield
            await app.state.verifier.close()

    hub = Hub(
        settings.live_connections_max,
        settings.live_connections_per_caller_max,
        settings.live_records_max,
    )
    counts = RequestCounts(settings.quotas, settings.rate_limit_store.get_secret_value())
    strangers = Strangers(settings.stranger_requests_per_minute)
    app = FastAPI(
        title="KIM gateway",
        lifespan=lifespan,
        description="The GraphQL door, and reports for print. / Zugang mit GraphQL, Berichte.",
        version="0.1.0",
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        middleware=_layers(settings, counts, strangers),
    )
    app.state.settings = settings
    app.state.hub = hub
    app.state.strangers = strangers
    register_faults(SERVICE_FAULTS)
    app.add_exception_handler(ServiceRefused, refused_by_service)
    app.add_exception_handler(ServiceBusy, service_busy)
    app.include_router(health_router({}, lambda: {"live": _live(settings, hub)}))
    app.include_router(graphql_router(Executor(schema, settings), counts))
    app.include_router(reports.router)
    app.include_router(pack_routes.router)
    app.include_router(problems_router())
    if settings.portal:
        app.include_router(portal_router(settings))
    install_contract(app)
    install_problems(app)
    return app


def _layers(settings: Settings, counts: RequestCounts, strangers: Strangers) -> list[Middleware]:
    """From outside in."""
    return [
        Middleware(AnswerHead),
        Middleware(RequestContext, is_production=settings.is_production),
        Middleware(GuardHeads),
        Middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST"],
            allow_headers=PASSED_HEADERS,
            expose_headers=["X-Request-Id", "Retry-After", DRY_RUN, *HEADERS],
        ),
        Middleware(RequireToken, public=PUBLIC if settings.portal else (), strangers=strangers),
        Middleware(RateLimits, quotas=settings.quotas, counts=counts),
        Middleware(
            GuardBodies,
            bytes_max=settings.body_bytes_max,
            timeout_s=settings.body_timeout_s,
        ),
    ]


@asynccontextmanager
async def listening(settings: Settings, hub: Hub) -> AsyncIterator[None]:
    """Listen to the broker meanwhile, where there is one.

    Clients that lost their connection by a restart come at once, and to them a refused subscription
    is the end of it: so the broker is there first, if it is there at all.
    """
    if settings.nats_url is None:
        yield
        return
    listener = Listener(settings.nats_url.get_secret_value(), hub, settings.tls.calling())
    task = asyncio.create_task(listener.run())
    try:
        await listener.begun(BROKER_WAIT_S)
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _live(settings: Settings, hub: Hub) -> str:
    """For whoever looks after the system: without the broker all but subscriptions works."""
    if settings.nats_url is None:
        return "off"
    return "connected" if hub.is_connected else "disconnected"


def server_config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    return bounded(
        app,
        host=settings.host,
        port=settings.port,
        tls=settings.tls,
        trusted_proxies=settings.trusted_proxies,
        ws_max_size=settings.body_bytes_max,
        # A compressor for each of many idle connections costs more memory than it saves traffic.
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=GRACE_S,
    )


class GatewayServer(uvicorn.Server):
    """Ends the event streams before it waits for what is still being answered."""

    def __init__(self, app: FastAPI, settings: Settings) -> None:
        super().__init__(server_config(app, settings))
        self._hub: Hub = app.state.hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._hub.ending.set()
        await super().shutdown(sockets)


def main() -> None:
    settings = Settings()
    configure_logs(part="gateway", level=settings.log_level)
    app = create_app(settings)
    spare_the_collector()
    GatewayServer(app, settings).run()


if __name__ == "__main__":
    main()
