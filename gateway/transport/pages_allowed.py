"""Which pages may open a WebSocket: browsers ask no permission for it, unlike for requests."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers

DEFAULT_PORTS = {"http": 80, "https": 443}


def is_own_origin(headers: Headers, allowed: Collection[str]) -> bool:
    """The gateway's own pages and those of the allowed origins; software that is no browser, too.

    The scheme is not compared with ours: what is https outside may reach us as http.
    """
    origins = headers.getlist("origin")
    if not origins:
        return True
    origin = origins[0]
    if len(origins) > 1 or origin == "null":
        return False
    if origin in allowed or "*" in allowed:
        return True
    try:
        parts = urlsplit(origin)
        own = urlsplit(f"//{headers.get('host', '')}")
        port = DEFAULT_PORTS.get(parts.scheme)
        return bool(parts.hostname) and (parts.hostname, parts.port or port) == (
            own.hostname,
            own.port or port,
        )
    except ValueError:
        return False
