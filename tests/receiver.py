"""A partner's receiver as a process of its own: checks each delivery and writes down what it took.

python -m tests.receiver PORT LOG [--secret whsec_…] [--profile FIT]
"""

import argparse
import asyncio
import base64
import hashlib
import hmac
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from standardwebhooks import Webhook, WebhookVerificationError

from deploy.local.ports import free_ports
from deploy.local.settings import PROJECT_DIR
from tests.waiting import until

TOLERANCE_S = 300
# Of this test process: the services it composes may deliver there without TLS.
PORTS = tuple(free_ports(f"receiver-{number}" for number in range(6)).values())
PLAIN_HOSTS = tuple(f"127.0.0.1:{port}" for port in PORTS)


class Refused(Exception):
    """The delivery proves nothing, or was taken before."""


class Inbox:
    """What every receiver has to do: prove, compare the time, take each id once."""

    def __init__(self, secret: str, profile: str = "STANDARD") -> None:
        self._secret = secret
        self._profile = profile
        self._taken: set[str] = set()

    def take(self, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
        """The event. Raises Refused."""
        if self._profile == "FIT":
            self._prove_fit(headers, body)
        else:
            try:
                Webhook(self._secret).verify(body, dict(headers))
            except WebhookVerificationError as refused:
                raise Refused(str(refused)) from refused
        if headers["webhook-id"] in self._taken:
            raise Refused("taken before")
        self._taken.add(headers["webhook-id"])
        event: dict[str, Any] = json.loads(body)
        return event

    def _prove_fit(self, headers: Mapping[str, str], body: bytes) -> None:
        """As FIT-Connect describes it: HMAC-SHA-512 over `timestamp.body`, 300 seconds."""
        stamp = headers["callback-timestamp"]
        key = base64.b64decode(self._secret.removeprefix("whsec_"))
        wanted = hmac.new(key, stamp.encode() + b"." + body, hashlib.sha512).hexdigest()
        if not hmac.compare_digest(wanted, headers["callback-authentication"]):
            raise Refused("signature")
        if abs(time.time() - int(stamp)) > TOLERANCE_S:
            raise Refused("time")


def application(log: Path, answer: str) -> web.Application:
    """Writes each delivery down as a line of JSON before it answers."""
    app = web.Application()

    async def take(request: web.Request) -> web.StreamResponse:
        body = await request.read()
        line = {
            "path": request.path,
            "headers": {name.lower(): value for name, value in request.headers.items()},
            "body": body.decode(),
        }
        with log.open("a") as file:
            file.write(json.dumps(line) + "\n")
        if answer == "hang":
            await asyncio.sleep(3600)
        failing = answer.removeprefix("503-for:")
        if failing != answer:
            status = 503 if failing in line["body"] else 204
            return web.Response(status=status)
        headers = {"Location": str(request.url.with_path("/elsewhere"))} if answer == "302" else {}
        return web.Response(status=int(answer), headers=headers)

    app.router.add_post("/{tail:.*}", take)
    app.router.add_get("/alive", lambda _: _alive())
    return app


async def _alive() -> web.Response:
    return web.Response()


def deliveries(log: Path) -> list[dict[str, Any]]:
    """What arrived, in order."""
    if not log.exists():
        return []
    return [json.loads(line) for line in log.read_text().splitlines()]


@asynccontextmanager
async def receiving(
    port: int, log: Path, answer: str = "204"
) -> AsyncIterator[subprocess.Popen[bytes]]:
    """A receiver's process while the block runs; killed at its end."""
    command = [sys.executable, "-m", "tests.receiver", str(port), str(log), "--answer", answer]
    process = subprocess.Popen(command, cwd=PROJECT_DIR)  # noqa: ASYNC220 - to be killed and waited for

    async def is_there() -> bool:
        try:
            async with aiohttp.ClientSession() as http, http.get(f"{address(port)}/alive") as found:
                return found.status == HTTPStatus.OK
        except aiohttp.ClientError:
            return False

    try:
        await until(is_there)
        yield process
    finally:
        process.kill()
        process.wait()


def address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("log", type=Path)
    parser.add_argument("--answer", default="204")
    given = parser.parse_args()
    web.run_app(application(given.log, given.answer), host="127.0.0.1", port=given.port, print=None)


if __name__ == "__main__":
    main()
