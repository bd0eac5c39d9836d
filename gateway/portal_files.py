"""The portal at `/`: the files that `make portal` built, read once and sent from memory.

Only what lay in the folder at the start can be asked for: no path leads out of it.
"""

import hashlib
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from gateway.settings import Settings
from shared.kernel.errors import NotFound

BUILT = Path(__file__).parent / "portal" / "dist"
FOLDER = "/portal/"
PUBLIC = ("/", FOLDER)
PAGE = "index.html"
COMPRESSED = ".gz"
HASHED = re.compile(r"^assets/.+-[\w-]{8}\.\w+$")
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
# Whoever signs out is sent to the issuer by a form, and back: a token stands in no address.
# GraphiQL's editor and tooltips write their sizes and colours as styles of elements.
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self' data:; worker-src 'self'; connect-src 'self'{issuer}; object-src 'none';"
    " base-uri 'none'; form-action 'self'{issuer}; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
NOT_BUILT = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>KIM</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"></head>
<body><main><h1>KIM</h1>
<p>Das Gateway läuft. Das Portal ist noch nicht gebaut: <code>make portal</code> baut es (dafür
braucht es einmal das Netz), danach das Gateway neu starten.</p>
<p lang="en">The gateway runs. The portal is not built yet: <code>make portal</code> builds it
(which needs the network once); then restart the gateway.</p>
<ul><li><a href="/v1/problems">Probleme / Problems</a></li>
<li>GraphQL: <code>POST /graphql</code></li></ul></main></body></html>
"""


@dataclass(frozen=True, slots=True)
class File:
    """One built file as it is sent, whole and (where it is worth it) compressed."""

    media_type: str
    caching: str
    content: bytes
    compressed: bytes | None

    def answer(self, request: Request, headers: Mapping[str, str]) -> Response:
        """Not modified, compressed or whole, as the request has it."""
        is_small = self.compressed is not None and "gzip" in request.headers.get(
            "accept-encoding", ""
        )
        body = self.compressed if is_small and self.compressed is not None else self.content
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        sent = {**headers, "Cache-Control": self.caching, "ETag": etag, "Vary": "Accept-Encoding"}
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=sent)
        if is_small:
            sent["Content-Encoding"] = "gzip"
        return Response(body, headers=sent, media_type=self.media_type)


@cache
def files_of(folder: Path) -> dict[str, File]:
    """Every built file by its path below the folder; empty where nothing is built.

    Read once for the process: FastAPI remembers endpoints of apps that are gone, and with them all
    that they hold.
    """
    found: dict[str, File] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix == COMPRESSED:
            continue
        name = path.relative_to(folder).as_posix()
        small = path.with_name(path.name + COMPRESSED)
        found[name] = File(
            media_type=_media_type(name),
            caching=FOR_EVER if HASHED.match(name) else ASK_AGAIN,
            content=path.read_bytes(),
            compressed=small.read_bytes() if small.is_file() else None,
        )
    return found


def _media_type(name: str) -> str:
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if guessed in {"text/javascript", "application/javascript"}:
        return "text/javascript; charset=utf-8"
    return f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed


def portal_router(settings: Settings) -> APIRouter:
    """The page, its files, and what it has to know of this gateway."""
    router = APIRouter(include_in_schema=False)
    files = files_of(BUILT)
    issuer = settings.sign_in_issuer
    headers = HEADERS | {"Content-Security-Policy": POLICY.format(issuer=_origin(issuer))}
    known = {
        "issuer": issuer,
        "clientId": settings.portal_oidc_client_id,
        "isIntrospectionOpen": settings.is_introspection_open,
        "isDevelopment": settings.environment == "development",
    }

    @router.get("/")
    async def page(request: Request) -> Response:
        if PAGE not in files:
            return HTMLResponse(NOT_BUILT, headers={**headers, "Cache-Control": "no-store"})
        return files[PAGE].answer(request, headers)

    @router.get(f"{FOLDER}settings.json")
    async def what_is_set() -> Response:
        return JSONResponse(known, headers={**headers, "Cache-Control": "no-store"})

    @router.get(FOLDER + "{name:path}")
    async def file(request: Request, name: str) -> Response:
        """Raises NotFound for everything that was not built; the page lies at `/` alone."""
        if name not in files or name == PAGE:
            raise NotFound
        return files[name].answer(request, headers)

    return router


def _origin(issuer: str) -> str:
    address = urlsplit(issuer)
    return f" {address.scheme}://{address.netloc}" if address.netloc else ""
