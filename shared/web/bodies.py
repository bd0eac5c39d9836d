"""What a body must be before anything parses it: small, JSON, shallow, UTF-8."""

import asyncio
import json
import math
from collections.abc import Mapping

import orjson
from starlette.datastructures import Headers
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.kernel.errors import Refusal
from shared.kernel.nesting import is_deeper_than
from shared.web.problems import (
    BodyTooDeep,
    BodyTooLarge,
    BodyTooSlow,
    BodyUnreadable,
    MediaTypeUnsupported,
    NumberOutOfRange,
    problem_response,
)

BODY_BYTES_MAX = 1_000_000
DEPTH_MAX = 32
TIMEOUT_S = 30.0
UPLOAD_TIMEOUT_S = 600.0
METHODS_WITH_BODY = frozenset({"POST", "PUT", "PATCH", "DELETE"})
NDJSON = "application/x-ndjson"


class GuardBodies:
    """Refuses bodies over the limit (chunked ones, too), encoded ones and those not JSON.

    A body has come in `timeout_s`, one of a file in `upload_timeout_s`: time for the whole of it,
    since a client that drips a byte a second defeats every limit on a single wait.

    `larger` maps a path to its own limit in bytes of JSON, where a file may come along. `bulk` maps
    a path to the limit in bytes of the NDJSON it takes instead; `streams` maps a path template
    (`/v1/documents/{id}/content`) to the limit of the raw bytes it takes: those are only counted,
    never held, and what they are the endpoint finds out.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        bytes_max: int = BODY_BYTES_MAX,
        larger: Mapping[str, int] | None = None,
        bulk: Mapping[str, int] | None = None,
        streams: Mapping[str, int] | None = None,
        timeout_s: float = TIMEOUT_S,
        upload_timeout_s: float = UPLOAD_TIMEOUT_S,
    ) -> None:
        self.app = app
        self.bytes_max = bytes_max
        self.timeout_s = timeout_s
        self.upload_timeout_s = upload_timeout_s
        self.larger = dict(larger or {})
        self.bulk = dict(bulk or {})
        self.streams = [(compile_path(path)[0], size) for path, size in (streams or {}).items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in METHODS_WITH_BODY:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        for path, bytes_max in self.streams:
            if path.match(scope["path"]):
                await self._stream(scope, receive, send, bytes_max)
                return
        bulk_bytes_max = self.bulk.get(scope["path"])
        try:
            bytes_max = self.larger.get(scope["path"], self.bytes_max)
            seconds = self.upload_timeout_s if bulk_bytes_max else self.timeout_s
            body = await _read(_timed(receive, seconds), headers, bulk_bytes_max or bytes_max)
            if body:
                _check_type(headers, NDJSON if bulk_bytes_max else "application/json")
                if not bulk_bytes_max:
                    check_json(body)
        except Refusal as refusal:
            await _refuse(refusal, scope, receive, send)
            return
        await self.app(scope, _replay(body, receive), send)

    async def _stream(self, scope: Scope, receive: Receive, send: Send, bytes_max: int) -> None:
        headers = Headers(scope=scope)
        try:
            if headers.get("content-encoding", "identity").lower() != "identity":
                raise MediaTypeUnsupported(accepted="identity")
            _check_announced(headers, bytes_max)
        except Refusal as refusal:
            await _refuse(refusal, scope, receive, send)
            return
        timed = _timed(receive, self.upload_timeout_s)
        await self.app(scope, _counted(timed, bytes_max), send)


async def _refuse(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    """Nobody waits for what still comes of a body that is too slow."""
    headers = {"Connection": "close"} if isinstance(refusal, BodyTooSlow) else None
    await problem_response(refusal, instance=scope["path"], headers=headers)(scope, receive, send)


def _timed(receive: Receive, timeout_s: float) -> Receive:
    """The same messages; BodyTooSlow is raised when the body is not whole by then."""
    ends_at_s = asyncio.get_running_loop().time() + timeout_s
    is_whole = False

    async def timed() -> Message:
        nonlocal is_whole
        if is_whole:  # what follows is the client leaving: for that an endpoint may wait
            return await receive()
        try:
            async with asyncio.timeout_at(ends_at_s):
                message = await receive()
        except TimeoutError as late:
            raise BodyTooSlow(secondsMax=timeout_s) from late
        is_whole = not message.get("more_body", False)
        return message

    return timed


async def _read(receive: Receive, headers: Headers, bytes_max: int) -> bytes:
    _check_announced(headers, bytes_max)
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise BodyUnreadable
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > bytes_max:
            raise BodyTooLarge(bytesMax=bytes_max)
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


def _check_announced(headers: Headers, bytes_max: int) -> None:
    announced = headers.get("content-length", "")
    if announced.isdigit() and int(announced[:12]) > bytes_max:
        raise BodyTooLarge(bytesMax=bytes_max)


def _counted(receive: Receive, bytes_max: int) -> Receive:
    """The same messages; BodyTooLarge is raised to whoever reads past the limit."""
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > bytes_max:
            raise BodyTooLarge(bytesMax=bytes_max)
        return message

    return counted


def _check_type(headers: Headers, expected: str) -> None:
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise MediaTypeUnsupported(accepted=expected)
    media, _, parameters = headers.get("content-type", "").partition(";")
    charset = parameters.replace(" ", "").lower()
    if media.strip().lower() != expected or charset not in {"", "charset=utf-8", 'charset="utf-8"'}:
        raise MediaTypeUnsupported(accepted=expected)


def check_json(body: bytes) -> object:
    """The parsed body. Raises BodyTooDeep, BodyUnreadable or NumberOutOfRange.

    orjson stops at 1,024 levels of its own accord, so even hostile nesting is cheap to refuse.
    """
    try:
        parsed = orjson.loads(body)
    except orjson.JSONDecodeError as broken:
        if "depth limit" in str(broken):
            raise BodyTooDeep(depthMax=DEPTH_MAX) from broken
        if _has_odd_number(body):
            raise NumberOutOfRange from broken
        raise BodyUnreadable from broken
    if is_deeper_than(parsed, DEPTH_MAX):
        raise BodyTooDeep(depthMax=DEPTH_MAX)
    return parsed


class _OddNumber(Exception):
    pass


def _has_odd_number(body: bytes) -> bool:
    """Whether a lenient reader meets NaN, Infinity or a number beyond all measure."""

    def refuse(_: str) -> None:
        raise _OddNumber

    def number(text: str) -> float:
        if math.isinf(float(text)):
            raise _OddNumber
        return 0.0

    try:
        json.loads(body, parse_constant=refuse, parse_float=number, parse_int=number)
    except _OddNumber:
        return True
    except (ValueError, RecursionError):
        return False
    return False


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
