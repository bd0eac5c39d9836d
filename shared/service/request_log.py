"""What a partner's system asked and what it was answered, for its own people, without content."""

import hashlib
import re
import time
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

import orjson
import structlog
from fastapi import APIRouter, Depends, FastAPI
from sqlalchemy import select
from sqlmodel import SQLModel
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.database.connection import Database
from shared.database.filter_values import Written
from shared.database.lists import Filter, ListView
from shared.database.statements import table_of
from shared.kernel.caller import Caller
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.observability.request import current_request
from shared.service.desk import CurrentReading
from shared.web.access import CallerCheck
from shared.web.fields import ResponseModel
from shared.web.problems import PROBLEM_JSON

PROBLEM_BYTES_MAX: Final = 100_000
ERRORS_MAX: Final = 50
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
COLUMNS = (
    "id", "at", "client_id", "method", "route", "record_id", "status", "problem", "key_digest",
    "is_replayed", "request_bytes", "body_sha256", "duration_ms", "request_id",
)  # fmt: skip

log = structlog.get_logger(__name__)


class LoggedErrorView(ResponseModel):
    """`?` stands where the request named something that the contract does not know."""

    pointer: str
    code: str


class LoggedProblemView(ResponseModel):
    code: str
    errors: list[LoggedErrorView]


class RequestLogView(ResponseModel):
    """One request: `route` is the template of the path, digests are SHA-256 in hex."""

    id: UUID
    at: datetime
    client_id: str
    method: str
    route: str
    record_id: UUID | None
    status: int
    problem: LoggedProblemView | None
    key_digest: str | None
    is_replayed: bool
    request_bytes: int
    body_sha256: str | None
    duration_ms: int
    request_id: str


class RequestLogPage(ResponseModel):
    items: list[RequestLogView]
    cursors: list[str] | None = None
    next_cursor: str | None


def request_log_router(rows: type[SQLModel], reader: CallerCheck) -> APIRouter:
    """`GET /v1/request-log` of the caller's own unit, newest first."""
    table = table_of(rows)
    requests = ListView(
        select(*(table.c[name] for name in COLUMNS)),
        filters={
            "at": Filter(table.c.at, datetime.fromisoformat, ("gte", "lt")),
            "status": Filter(table.c.status, Written(r"[1-5][0-9]{2}", int), ("eq", "gte", "lt")),
            "route": Filter(table.c.route),
            "clientId": Filter(table.c.client_id),
            "recordId": Filter(table.c.record_id, UUID),
            "requestId": Filter(table.c.request_id),
            "keyDigest": Filter(table.c.key_digest),
        },
        sorts={"at": "at"},
        default_sort="-at",
    )
    router = APIRouter(prefix="/v1", tags=["integration"], dependencies=[Depends(reader)])

    @router.get(
        "/request-log",
        response_model=RequestLogPage,
        summary="What the unit's own systems asked / Anfragen der eigenen Systeme",
        openapi_extra={"parameters": requests.parameters()},
    )
    async def list_requests(reading: CurrentReading) -> Response:
        return await reading.page(requests)

    return router


class LogRequests:
    """Writes one row for each request of a machine client, after it was answered.

    Stands behind the rate limits: who floods the door does not fill the log. A row that cannot be
    written costs nobody an answer.
    """

    def __init__(self, app: ASGIApp, *, rows: type[SQLModel]) -> None:
        self.app = app
        self.rows = rows

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        caller: Caller | None = scope.get("caller")
        if scope["type"] != "http" or caller is None or not caller.is_machine:
            await self.app(scope, receive, send)
            return
        noted, began_s, at = _Noted(), time.perf_counter(), now()
        try:
            await self.app(scope, noted.reading(receive), noted.writing(send))
        finally:
            duration_ms = round((time.perf_counter() - began_s) * 1000)
            row = {"at": at, "duration_ms": duration_ms, "client_id": caller.client_id}
            await self._write(caller, scope["app"], row | _asked(scope, noted))

    async def _write(self, caller: Caller, app: FastAPI, row: dict[str, Any]) -> None:
        problem = row.pop("problem")
        database: Database = app.state.database
        try:
            await database.add(
                caller,
                self.rows,
                id=new_id(),
                unit_id=caller.unit_id,
                request_id=current_request().id,
                problem=_without_content(problem, _names(app)) if problem else None,
                **row,
            )
        except Exception as fault:  # noqa: BLE001 - the answer is given, whatever becomes of its row
            log.warning("request_log.not_written", fault=type(fault).__name__)


@dataclass(slots=True)
class _Noted:
    """What passes of a request and its answer; of the body its length and digest alone."""

    digest: Any = field(default_factory=hashlib.sha256)
    size: int = 0
    status: int = 500
    headers: Headers = field(default_factory=Headers)
    problem: bytes = b""

    def reading(self, receive: Receive) -> Receive:
        async def read() -> Message:
            message = await receive()
            chunk = message.get("body", b"")
            self.digest.update(chunk)
            self.size += len(chunk)
            return message

        return read

    def writing(self, send: Send) -> Send:
        async def write(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.status = message["status"]
                self.headers = Headers(raw=message["headers"])
            elif self.headers.get("content-type") == PROBLEM_JSON:
                self.problem = (self.problem + message.get("body", b""))[:PROBLEM_BYTES_MAX]
            await send(message)

        return write


def _asked(scope: Scope, noted: _Noted) -> dict[str, Any]:
    key = Headers(scope=scope).get("idempotency-key")
    named = [str(value) for value in scope.get("path_params", {}).values()]
    made = noted.headers.get("location", "").rsplit("/", 1)[-1]
    ids = [value for value in (*named, made) if ID.fullmatch(value)]
    return {
        "method": scope["method"][:10],
        "route": (getattr(scope.get("route"), "path_format", None) or "-")[:200],
        "record_id": UUID(ids[0]) if ids else None,
        "status": noted.status,
        "problem": noted.problem,
        "key_digest": hashlib.sha256(key.encode()).hexdigest() if key else None,
        "is_replayed": noted.headers.get("idempotency-replayed") == "true",
        "request_bytes": min(noted.size, 2**31 - 1),
        "body_sha256": noted.digest.hexdigest() if noted.size else None,
    }


def _without_content(problem: bytes, names: frozenset[str]) -> dict[str, Any] | None:
    """Codes, and pointers of the names in our contract: a member's name may be a person's, too."""
    try:
        document = orjson.loads(problem)
    except orjson.JSONDecodeError:
        return None

    def known(word: re.Match[str]) -> str:
        is_index = word[0].isdigit() and len(word[0]) <= 3  # noqa: PLR2004 - places in a list
        return word[0] if is_index or word[0] in names else "?"

    errors = [
        {"pointer": re.sub(r"[^/?:\[\]]+", known, error["pointer"]), "code": error["code"]}
        for error in document.get("errors", [])[:ERRORS_MAX]
    ]
    return {"code": document["code"], "errors": errors}


@cache
def _names(app: FastAPI) -> frozenset[str]:
    """Every member and parameter that the contract of this service names."""
    names = {"query", "header", "path", "in", "ne", "notin", "isnull", "gte", "gt", "lte", "lt"}
    document = app.openapi()
    for schema in document["components"]["schemas"].values():
        names |= schema.get("properties", {}).keys()
    for operations in document["paths"].values():
        for operation in operations.values():
            names |= {parameter["name"] for parameter in operation.get("parameters", ())}
    return frozenset(names)
