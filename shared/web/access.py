"""Who may come in: tokens are checked before anything else, roles before the operation."""

from collections.abc import Awaitable, Callable
from typing import Annotated, cast

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.auth.errors import TokenRefused
from shared.auth.tokens import TokenVerifier
from shared.kernel.caller import Caller
from shared.kernel.errors import NotPermitted, Refusal
from shared.web.problems import problem_response

PUBLIC_PATHS = frozenset(
    {
        "/metrics",
        "/openapi.json",
        "/asyncapi.json",
        "/v1/meta",
        "/v1/problems",
        "/v1/schemas",
        "/.well-known/jwks.json",
    }
)
# Pages behind a signed link, which is a token of its own, lie below `/l/`.
PUBLIC_FOLDERS = ("/health/", "/v1/schemas/", "/l/")

bearer = HTTPBearer(
    scheme_name="AccessToken",
    bearerFormat="JWT",
    description="Access token of a configured OIDC issuer. / Zugriffstoken eines Ausstellers.",
    auto_error=False,
)


class RequireToken:
    """Answers 401 before the body or the path is looked at; leaves the caller in the scope."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _is_public(scope["path"]):
            await self.app(scope, receive, send)
            return
        try:
            token = bearer_token(Headers(scope=scope))
            verifier: TokenVerifier = scope["app"].state.verifier
            scope["caller"] = await verifier.verify(token)
        except Refusal as refusal:
            await problem_response(refusal, instance=scope["path"])(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _is_public(path: str) -> bool:
    return path in PUBLIC_PATHS or path.startswith(PUBLIC_FOLDERS)


def bearer_token(headers: Headers) -> str:
    """The one bearer token of the request. Raises TokenRefused for none, several, other kinds."""
    given = headers.getlist("authorization")
    if len(given) != 1:
        raise TokenRefused
    scheme, _, token = given[0].partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise TokenRefused
    return token.strip(" ")


async def current_caller(request: Request, _: Annotated[object, Security(bearer)]) -> Caller:
    return cast("Caller", request.scope["caller"])


CurrentCaller = Annotated[Caller, Depends(current_caller)]
# A dependency: the caller, who must have the right. Never plain `def`: that costs a thread.
CallerCheck = Callable[..., Awaitable[Caller]]


def caller_with(*roles: str) -> CallerCheck:
    """A dependency: the caller, who must have one of `roles`. Raises NotPermitted (403)."""

    async def check(caller: CurrentCaller) -> Caller:
        if not caller.has_any(*roles):
            raise NotPermitted
        return caller

    return check
