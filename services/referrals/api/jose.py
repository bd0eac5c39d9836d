"""What is signed or encrypted, handed out as it is: `application/jose` (RFC 7515)."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

JOSE: Final = "application/jose"
OFFERED: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {JOSE: {"schema": {"type": "string"}}}}
}
"""For an operation that answers with JSON unless it is asked for the compact form."""
VARIES: Final = {"Vary": "Accept", "Cache-Control": "no-store"}


def wants_jose(request: Request) -> bool:
    """Whether `Accept` names it; a range such as `*/*` means JSON, as everywhere here."""
    ranges = [one.split(";") for one in request.headers.get("accept", "").split(",")]
    return any(
        name.strip().lower() == JOSE and not _is_refused(parameters) for name, *parameters in ranges
    )


def jose(compact: str) -> Response:
    return Response(compact, media_type=JOSE, headers=VARIES)


def _is_refused(parameters: list[str]) -> bool:
    weights = [one.strip().lower() for one in parameters]
    return any(one.startswith("q=") and not one[2:].strip("0.") for one in weights)
