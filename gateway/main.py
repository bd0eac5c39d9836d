"""Composition root of the gateway: settings → schema → app."""

import gc
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
from gateway.portal_files import PUBLIC, portal_router
from gateway.problems import SERVICE_FAULTS, refused_by_service, service_busy
from gateway.reports import routes as reports
from gateway.routes import graphql_router
from gateway.schema import schema
from gateway.settings import Settings
from gateway.transport.endpoint import GraphQLEndpoint
from gateway.transport.execution import Executor
from shared.auth.tokens import TokenVerifier
from shared.observability.logs import configure_logs
from shared.web.access import RequireToken
from shared.web.bodies import GuardBodies
from shared.web.context import RequestContext
from shared.web.contract import install_contract
from shared.web.head import AnswerHead
from shared.web.health import health_router
from shared.web.limits import HEADERS, RateLimits
from shared.web.problem_routes import install_problems, problems_router
from shared.web.problems import register_faults

GC_ALLOCATIONS = 100_000
PASSED_HEADERS = (
    "Authorization",
    "Content-Type",
    "Accept-Language",
    "X-Request-Id",
    "X-Purpose",
    "X-Audit-Reason",
    DRY_RUN,
)


def create_app(settings: Settings, connect: Connect = over_http) -> FastAPI:
    """The ASGI app. `connect` says how the services are reached."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        connector = aiohttp.TCPConnector(limit_per_host=settings.upstream_connections_max)
        # No cookie of one caller may ever travel with the request of another.
        jar = aiohttp.DummyCookieJar()
        async with aiohttp.ClientSession(connector=connector, cookie_jar=jar) as http:
            app.state.verifier = TokenVerifier(list(settings.oidc_issuers), http)
            app.state.upstreams = connect(settings, http)
            yield

    app = FastAPI(
        title="KIM gateway",
        lifespan=lifespan,
        description="The GraphQL door, and reports for print. / Zugang mit GraphQL, Berichte.",
        version="0.1.0",
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        middleware=[
            Middleware(AnswerHead),
            Middleware(RequestContext),
            Middleware(
                CORSMiddleware,
                allow_origins=settings.cors_origins,
                allow_methods=["GET", "POST"],
                allow_headers=PASSED_HEADERS,
                expose_headers=["X-Request-Id", "Retry-After", DRY_RUN, *HEADERS],
            ),
            Middleware(RequireToken, public=PUBLIC if settings.portal else ()),
            Middleware(
                RateLimits,
                quotas=settings.quotas,
                store=settings.rate_limit_store.get_secret_value(),
            ),
            Middleware(GuardBodies, bytes_max=settings.body_bytes_max),
        ],
    )
    app.state.settings = settings
    register_faults(SERVICE_FAULTS)
    app.add_exception_handler(ServiceRefused, refused_by_service)
    app.add_exception_handler(ServiceBusy, service_busy)
    app.include_router(health_router({}))
    app.include_router(graphql_router(GraphQLEndpoint(Executor(schema, settings))))
    app.include_router(reports.router)
    app.include_router(problems_router())
    if settings.portal:
        app.include_router(portal_router(settings))
    install_contract(app)
    install_problems(app)
    return app


def main() -> None:
    settings = Settings()
    configure_logs(part="gateway", level=settings.log_level)
    app = create_app(settings)
    # What stands now stays: the collector need not walk the schema for every few answers.
    gc.collect()
    gc.freeze()
    gc.set_threshold(GC_ALLOCATIONS)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
    )


if __name__ == "__main__":
    main()
