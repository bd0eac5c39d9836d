"""What the head of a request may be, and what every answer carries for the browser's sake."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.kernel.errors import Malformed, Refusal
from shared.kernel.text import Text
from shared.web.problems import problem_response

HEAD_BYTES_MAX: Final = 64 * 1024
TARGET_BYTES_MAX: Final = 32 * 1024
HEADERS_MAX: Final = 100
PARAMETERS_MAX: Final = 200
SANDBOXED: Final = "default-src 'none'; sandbox"
HSTS: Final = "max-age=31536000"
# Set where an endpoint says nothing else: pages and downloads have policies of their own.
SAFE: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class HeadTooLarge(Refusal):
    status = 431
    code = "head-too-large"
    title = Text(
        de="Die Anfrage hat zu viele oder zu lange Kopfzeilen.",
        en="The request has too many or too long headers.",
    )


class HeadTooSlow(Refusal):
    status = 408
    code = "head-too-slow"
    title = Text(
        de="Die Kopfzeilen der Anfrage sind nicht rechtzeitig angekommen.",
        en="The headers of the request did not arrive in time.",
    )


class HeadUnreadable(Malformed):
    code = "head-unreadable"
    title = Text(de="Das ist keine Anfrage nach HTTP.", en="This is no request by HTTP.")


class TargetTooLong(Refusal):
    status = 414
    code = "target-too-long"
    title = Text(
        de="Die Adresse der Anfrage ist zu lang.", en="The address of the request is too long."
    )


class ParametersTooMany(Malformed):
    code = "parameters-too-many"
    title = Text(
        de="Die Adresse der Anfrage hat zu viele Parameter.",
        en="The address of the request has too many parameters.",
    )


class GuardHeads:
    """Refuses heads beyond all need before anything reads them; the server has cut longer ones."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            _check(scope)
        except Refusal as refusal:
            answer = problem_response(
                refusal, instance=scope["path"][:200], headers={"Connection": "close"}
            )
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _check(scope: Scope) -> None:
    target = len(scope["path"]) + len(scope["query_string"])
    if target > TARGET_BYTES_MAX:
        raise TargetTooLong(bytesMax=TARGET_BYTES_MAX)
    headers = scope["headers"]
    size = sum(len(name) + len(value) for name, value in headers)
    if len(headers) > HEADERS_MAX or size + target > HEAD_BYTES_MAX:
        raise HeadTooLarge(headersMax=HEADERS_MAX, bytesMax=HEAD_BYTES_MAX)
    if scope["query_string"].count(b"&") >= PARAMETERS_MAX:
        raise ParametersTooMany(parametersMax=PARAMETERS_MAX)


_SAFE: Final = [(name.lower().encode(), value.encode()) for name, value in SAFE.items()]
_HSTS: Final = (b"strict-transport-security", HSTS.encode())


def with_safe_headers(send: Send, *, is_production: bool) -> Send:
    """Every answer carries them, whoever gives it; what it says itself stands."""
    added = [*_SAFE, _HSTS] if is_production else _SAFE

    async def send_safely(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            is_file = headers.get("Content-Disposition", "").startswith("attachment")
            if is_file and "sandbox" not in headers.get("Content-Security-Policy", ""):
                # Whatever it is, a browser that opens it all the same runs nothing of it.
                headers["Content-Security-Policy"] = SANDBOXED
            said = {name for name, _ in headers.raw}
            headers.raw.extend(pair for pair in added if pair[0] not in said)
        await send(message)

    return send_safely
