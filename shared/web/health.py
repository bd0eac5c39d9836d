"""Health: alive, ready, measured. Answers without a token and says nothing about data."""

from collections.abc import Awaitable, Callable, Mapping

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

Check = Callable[[], Awaitable[bool]]


def health_router(
    checks: Mapping[str, Check], facts: Callable[[], Mapping[str, str]] = dict
) -> APIRouter:
    """`/health/live`, `/health/ready` with the named checks, `/metrics`.

    `facts` are told beside the checks and make nothing unready.
    """
    router = APIRouter(include_in_schema=False)

    @router.get("/health/live")
    async def live() -> JSONResponse:
        return JSONResponse({"status": "live"})

    @router.get("/health/ready")
    async def ready(request: Request) -> JSONResponse:
        results = {name: await _result(check) for name, check in checks.items()}
        is_ready = all(results.values())
        return JSONResponse(
            {
                "status": "ready" if is_ready else "not ready",
                "version": request.app.version,
                "checks": results,
                **facts(),
            },
            status_code=200 if is_ready else 503,
            headers={"Cache-Control": "no-store"},
        )

    @router.get("/metrics")
    async def metrics() -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


async def _result(check: Check) -> bool:
    """Any fault of a check means not ready; its kind stands in the log of the process."""
    try:
        return await check()
    except Exception:  # noqa: BLE001 - every fault means the same: not ready
        return False
