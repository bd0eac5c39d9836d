"""The composition of one HTTP service: layers from outside in, health, problems, contract."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from fastapi import APIRouter, Depends, FastAPI
from sqlmodel import SQLModel
from starlette.middleware import Middleware

from shared.auth.tokens import TokenVerifier
from shared.database.connection import Database, open_database
from shared.database.faults import DATABASE_FAULTS
from shared.objects.store import Objects
from shared.service.audit import keeping_of
from shared.service.checks import database_answers, migrations_applied
from shared.service.forgetting import Forget, Forgetting, HoldBack, forgetting
from shared.service.integration import Integration
from shared.service.keys import open_ring
from shared.service.meta import Limits, meta_router
from shared.service.permissions import permissions_router
from shared.service.rehearsals import DryRunView, Watch, watch_nothing
from shared.service.request_log import LogRequests
from shared.service.searches import searches_of
from shared.service.webhooks import start_state
from shared.service.writes import Writer
from shared.web.access import RequireToken
from shared.web.bodies import GuardBodies
from shared.web.context import RequestContext
from shared.web.contract import install_contract
from shared.web.deprecation import SayDeprecations
from shared.web.head import AnswerHead
from shared.web.heads import GuardHeads
from shared.web.health import Check, health_router
from shared.web.limits import RateLimits
from shared.web.problem_routes import install_problems, problems_router
from shared.web.problems import register_faults
from shared.web.queries import refuse_unknown_parameters
from shared.web.routing import SelectiveRouter
from shared.web.settings import ServiceSettings
from shared.web.strangers import Strangers


@dataclass(frozen=True, slots=True)
class Service:
    """What a service hands to its composition.

    `public` are paths of its own that need no token; folders end with a slash.
    `forget` erases again what a restored backup brought back, before anybody is served.
    `watch` collects what its dry runs show beside the answer, as `dry_run_view` describes it.
    """

    name: str
    title: str
    description: str
    settings: ServiceSettings
    routers: Sequence[APIRouter]
    integration: Integration
    idempotency_keys: type[SQLModel]
    migrations: Path
    larger: Mapping[str, int] = field(default_factory=dict)
    bulk: Mapping[str, int] = field(default_factory=dict)
    streams: Mapping[str, int] = field(default_factory=dict)
    public: tuple[str, ...] = ()
    watch: Watch = watch_nothing
    forget: Forget | None = None
    dry_run_view: type[DryRunView] = DryRunView
    version: str = "0.1.0"


def compose(service: Service) -> FastAPI:
    """The ASGI app. Its database, verifier and writer live in `app.state` while it runs."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        settings = service.settings
        connector = aiohttp.TCPConnector(ssl=settings.tls.calling())
        async with aiohttp.ClientSession(connector=connector) as http:
            app.state.verifier = TokenVerifier(list(settings.oidc_issuers), http)
            start_state(app.state, settings)
            app.state.audit_keeping = keeping_of(service.name, settings)
            app.state.job_files = Objects(settings.jobs_location)
            app.state.writer = Writer(service.idempotency_keys, service.watch)
            app.state.database = await open_database(
                settings.database_dsn.get_secret_value(),
                application=f"kim-{service.name}",
                ring=await open_ring(settings, application=f"kim-{service.name}"),
                connections_max=settings.database_connections_max,
            )
            async with forgetting(app.state.database, service.forget) as looking:
                app.state.forgetting = looking
                yield
            await app.state.verifier.close()
            await app.state.database.close()

    register_faults(DATABASE_FAULTS)
    app = FastAPI(
        title=service.title,
        description=service.description,
        version=service.version,
        lifespan=lifespan,
        redirect_slashes=False,
        dependencies=[Depends(refuse_unknown_parameters)],
        docs_url=None,
        redoc_url=None,
        middleware=_layers(service),
    )

    def database() -> Database:
        found: Database = app.state.database
        return found

    app.include_router(
        health_router(
            {
                "database": database_answers(database),
                "migrations": migrations_applied(database, service.migrations),
                **_erasures_check(app, service),
            }
        )
    )
    app.include_router(problems_router())
    app.include_router(permissions_router())
    app.include_router(meta_router(service.name, service.settings, _own_limits(service)))
    routers = (*service.routers, *service.integration.routers())
    for router in (*routers, searches_of(routers)):
        app.include_router(SelectiveRouter(router))
    install_contract(app, service.dry_run_view)
    install_problems(app)
    return app


def _erasures_check(app: FastAPI, service: Service) -> dict[str, Check]:
    async def check() -> bool:
        looking: Forgetting = app.state.forgetting
        return looking.is_done

    return {} if service.forget is None else {"erasures": check}


def _layers(service: Service) -> list[Middleware]:
    """From outside in: who floods the door is turned away before anything is kept of it."""
    return [
        Middleware(AnswerHead),
        Middleware(RequestContext, is_production=service.settings.is_production),
        Middleware(GuardHeads),
        Middleware(
            RequireToken,
            public=service.public,
            strangers=Strangers(service.settings.stranger_requests_per_minute),
        ),
        Middleware(HoldBack),
        Middleware(
            RateLimits,
            quotas=service.settings.quotas,
            store=service.settings.rate_limit_store.get_secret_value(),
        ),
        Middleware(LogRequests, rows=service.integration.requests),
        Middleware(SayDeprecations),
        Middleware(
            GuardBodies,
            larger=service.larger,
            bulk=service.bulk,
            streams=service.streams,
            timeout_s=service.settings.body_timeout_s,
            upload_timeout_s=service.settings.upload_timeout_s,
        ),
    ]


def _own_limits(service: Service) -> Limits:
    return {"JSON": service.larger, "NDJSON": service.bulk, "BYTES": service.streams}
