"""Strawberry as it comes, over the same schema and the same services: its own router for FastAPI,
its own execution, no cache of documents. Who asks is checked as everywhere.
"""

from dataclasses import fields

import uvicorn
from fastapi import FastAPI, Request
from strawberry.fastapi import BaseContext, GraphQLRouter

from gateway.context import GatewayContext
from gateway.main import create_app
from gateway.routes import session_of
from gateway.schema import schema
from gateway.settings import Settings

PATH = "/stock"


class PlainContext(GatewayContext, BaseContext):
    """The context of the gateway, as Strawberry's router for FastAPI takes it."""

    def __init__(self, context: GatewayContext) -> None:
        BaseContext.__init__(self)
        for one in fields(GatewayContext):
            setattr(self, one.name, getattr(context, one.name))


def context_of(request: Request) -> PlainContext:
    return PlainContext(session_of(request).context())


def app_of(settings: Settings) -> FastAPI:
    """The gateway, with Strawberry's router beside its own `/graphql`."""
    app = create_app(settings)
    app.include_router(GraphQLRouter(schema, path=PATH, context_getter=context_of))
    return app


def main() -> None:
    settings = Settings()
    uvicorn.run(app_of(settings), port=settings.port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
