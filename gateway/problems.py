"""What a service refuses, passed on as the gateway's own problem document."""

import orjson
from starlette.requests import Request
from starlette.responses import Response

from gateway.clients.faults import ServiceBusy, ServiceDown, ServiceRefused
from shared.observability.request import current_request
from shared.web.limits import RateLimited
from shared.web.problems import (
    PROBLEM_JSON,
    FaultTable,
    TemporarilyUnavailable,
    problem_response,
)

SERVICE_FAULTS: FaultTable = (((ServiceDown,), TemporarilyUnavailable),)


async def service_busy(request: Request, fault: Exception) -> Response:
    """The service's limit, passed on with its seconds."""
    assert isinstance(fault, ServiceBusy)
    refusal = RateLimited(service=fault.service)
    headers = {"Retry-After": str(fault.retry_after_s)}
    return problem_response(refusal, instance=request.url.path, headers=headers)


async def refused_by_service(request: Request, fault: Exception) -> Response:
    """Status, code and sentence of the service; place and request id of this request."""
    assert isinstance(fault, ServiceRefused)
    document = fault.problem | {
        "instance": request.url.path,
        "requestId": current_request().id,
        "service": fault.service,
    }
    headers = {"Cache-Control": "no-store"}
    if fault.status == 401:  # noqa: PLR2004 - Unauthorized
        headers["WWW-Authenticate"] = 'Bearer realm="kim", error="invalid_token"'
    return Response(
        orjson.dumps(document),
        status_code=fault.status,
        media_type=PROBLEM_JSON,
        headers=headers,
    )
