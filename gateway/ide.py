"""A page to try operations on, for development: one file, nothing loaded from anywhere."""

from pathlib import Path

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

PATH = "/graphql/ide"
PAGE = Path(__file__).parent / "ide.html"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; connect-src 'self'; form-action 'none';"
    " base-uri 'none'; frame-ancestors 'none'; style-src 'unsafe-inline'; script-src"
    " 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
}


class ServeIde:
    """Answers the page before a token is asked for; the page itself asks for one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._page = PAGE.read_text(encoding="utf-8")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == PATH and scope["method"] == "GET":
            await HTMLResponse(self._page, headers=HEADERS)(scope, receive, send)
            return
        await self.app(scope, receive, send)
