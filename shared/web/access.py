"""Who may come in: tokens are checked before anything else, roles before the operation."""

from collections.abc import Awaitable, Callable, Collection
from typing import Annotated, cast

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.auth.errors import TokenRefused
from shared.auth.tokens import TokenVerifier
from shared.kernel.caller import Caller
from shared.kernel.errors import NotPermitted, Refusal
from shared.observability.request import begin_request, current_request
from shared.web.limits import OverQuota, over_quota_response
from shared.web.problems import problem_response
from shared.web.purposes import stated
from shared.web.strangers import Strangers

PUBLIC_PATHS = frozenset(
    {"/metrics", "/openapi.json", "/asyncapi.json", "/v1/meta", "/v1/problems"}
)
PUBLIC_FOLDERS = ("/health/",)
UNCOUNTED = ("/health/", "/metrics")

bearer = HTTPBearer(
    scheme_name="AccessToken",
    bearerFormat="JWT",
    description="Access token of a configured OIDC issuer. / Zugriffstoken eines Ausstellers.",
    auto_error=False,
)


class RequireToken:
    """Answers 401 before the body or the path is looked at; leaves the caller in the scope.

    `public` are the paths of this app alone that need no token; those with a slash at their end
    are folders, the root excepted. `strangers` counts what comes without a valid token: 429.
    """

    def __init__(self, app: ASGIApp, *, strangers: Strangers, public: Collection[str] = ()) -> None:
        self.app = app
        self._strangers = strangers
        # The root ends with a slash, too, and everything is below it: it is a page, no folder.
        folders = (path for path in public if path.endswith("/") and path != "/")
        self.folders = (*PUBLIC_FOLDERS, *folders)
        self.paths = PUBLIC_PATHS | frozenset(public)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            await self._let_in(scope)
        except OverQuota as over:
            await over_quota_response(over, scope["path"])(scope, receive, send)
        except Refusal as refusal:
            await problem_response(refusal, instance=scope["path"])(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _let_in(self, scope: Scope) -> None:
        """Raises OverQuota where a stranger came too often, and whatever is wrong with a token.

        Who shows a valid one is never held up by strangers at the same address.
        """
        path: str = scope["path"]
        if self._is_public(path):
            if not path.startswith(UNCOUNTED):
                self._strangers.count(scope["client"])
            return
        try:
            token = bearer_token(Headers(scope=scope))
            verifier: TokenVerifier = scope["app"].state.verifier
            caller = scope["caller"] = await verifier.verify(token)
            begin_request(stated(Headers(scope=scope), current_request(), caller))
        except TokenRefused:
            self._strangers.count(scope["client"])
            raise

    def _is_public(self, path: str) -> bool:
        return path in self.paths or path.startswith(self.folders)


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


DOORS: set[object] = set()


def door(check: CallerCheck) -> CallerCheck:
    """Marks a dependency that needs the caller alone and refuses who may not come in.

    What roles permit is asked of these (`shared/service/permissions.py`).
    """
    DOORS.add(check)
    return check


def is_door(dependency: object) -> bool:
    return dependency in DOORS


def caller_with(*roles: str) -> CallerCheck:
    """A dependency: the caller, who must have one of `roles`. Raises NotPermitted (403)."""

    async def check(caller: CurrentCaller) -> Caller:
        if not caller.has_any(*roles):
            raise NotPermitted
        return caller

    return door(check)
