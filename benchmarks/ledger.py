"""How many entries a book takes in a second over real HTTP, one posting to a request.

Starts engines and the funding service in a temporary folder on loopback, records proposals, lets
several clients post them into one book of one tenant, verifies the book, and removes everything.
"""

import argparse
import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp

from deploy.local.parts import Installation, Part
from deploy.local.ports import free_ports
from deploy.local.processes import last_lines, spawn
from deploy.local.settings import DEFAULT_PORTS, PROJECT_DIR, LocalSettings
from deploy.local.sign_in import sign_in
from deploy.local.state_dir import forget

PROPOSALS_AT_ONCE = 500
START_TIMEOUT_S = 60.0
YEAR = 2022
Json = dict[str, Any]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ledger", description=__doc__)
    parser.add_argument("--entries", type=int, default=1000, help="entries posted, 1 to 20000")
    parser.add_argument("--clients", type=int, default=8, help="requests under way, 1 to 64")
    parser.add_argument("--warm-up", type=int, default=100, help="entries posted before measuring")
    parser.add_argument("--seconds", type=float, default=60.0, help="the measuring ends after that")
    parser.add_argument("--durable", action="store_true", help="wait for the disk at every commit")
    given = parser.parse_args()
    given.entries = min(max(given.entries, 1), 20_000)
    given.clients = min(max(given.clients, 1), 64)
    return given


@contextmanager
def funding_service(*, is_durable: bool) -> Iterator[Installation]:
    state_dir = Path(tempfile.mkdtemp(prefix="kim-benchmark-"))
    state_dir.chmod(0o711)  # PostgreSQL's account must get through
    directory = state_dir / "state"
    settings = LocalSettings.model_validate(
        {"state_dir": directory, "is_durable": is_durable, **free_ports(DEFAULT_PORTS)}
    )
    installation = Installation(settings)
    running: list[subprocess.Popen[bytes]] = []
    try:
        parts = {part.name: part for part in installation.parts()}
        start(parts["postgres"], running)
        start(parts["issuer"], running)
        installation.postgres.provision("funding")
        subprocess.run(
            [sys.executable, "-m", "deploy.local.migrations", "upgrade", "funding"],
            env={**os.environ, **installation.migrator_environment()},
            cwd=PROJECT_DIR,
            check=True,
            capture_output=True,
        )
        start(parts["funding"], running)
        yield installation
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait()
        forget(directory)
        shutil.rmtree(state_dir, ignore_errors=True)


def start(part: Part, running: list[subprocess.Popen[bytes]]) -> None:
    part.prepare()
    process = spawn(part.command(), part.log_file)
    running.append(process)
    deadline = time.monotonic() + START_TIMEOUT_S
    while not part.is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit("\n".join(last_lines(part.log_file, 20)))
        time.sleep(0.05)


class Book:
    """One tenant's live book behind its service, used by an officer and an approver."""

    def __init__(self, http: aiohttp.ClientSession, issuer_url: str) -> None:
        self._http = http
        self._tokens = {
            who: str(sign_in(issuer_url, f"waf-funding-{who}")["access_token"])
            for who in ("officer", "approver")
        }

    async def send(
        self,
        who: str,
        method: str,
        path: str,
        body: Json | None = None,
        version: int | None = None,
    ) -> Json:
        headers = {"Authorization": f"Bearer {self._tokens[who]}"}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        async with self._http.request(method, path, json=body, headers=headers) as answer:
            found: Json = await answer.json(content_type=None)
            if not answer.ok:
                raise SystemExit(f"{method} {path}: {answer.status} {found}")
            return found

    async def award_line(self) -> str:
        line = {"key": "events", "fundingLine": "B1_COORDINATION", "purpose": "EVENTS"}
        body = {
            "fiscalYear": YEAR,
            "validFrom": f"{YEAR}-01-01",
            "validTo": f"{YEAR}-12-31",
            "total": "1000000.00",
            "lines": [line | {"amount": "1000000.00", "fte": None}],
            "reference": "BENCHMARK",
            "authority": "Bezirksregierung",
            "awardedOn": f"{YEAR - 1}-12-15",
            "proofDueOn": f"{YEAR + 1}-03-31",
        }
        award = await self.send("officer", "POST", "/v1/awards", body)
        line_id: str = award["lines"][0]["id"]
        return line_id

    async def propose(self, line_id: str, count: int) -> list[str]:
        postings: list[Json] = [
            {"code": "OWN_SHARE", "costKind": "EVENTS", "amount": "1.00"},
            {"code": "CASH", "amount": "-1.00"},
        ]
        one: Json = {
            "awardLineId": line_id,
            "valueDate": f"{YEAR}-06-15",
            "reference": "BANK-1",
            "postings": postings,
        }
        found: list[str] = []
        while len(found) < count:
            body: Json = {"items": [one] * min(PROPOSALS_AT_ONCE, count - len(found))}
            made = await self.send("officer", "POST", "/v1/journal-proposals/bulk", body)
            found += [item["id"] for item in made["items"]]
        return found

    async def post(self, proposal_id: str) -> None:
        path = f"/v1/journal-proposals/{proposal_id}/actions/post"
        await self.send("approver", "POST", path, version=1)


async def measure(installation: Installation, given: argparse.Namespace) -> None:
    url = f"http://127.0.0.1:{installation.settings.service_port('funding')}"
    async with aiohttp.ClientSession(url) as http:
        book = Book(http, installation.settings.issuer_url)
        line_id = await book.award_line()
        ids = await book.propose(line_id, given.warm_up + given.entries)
        await _posted(book, ids[: given.warm_up], given.clients, given.seconds)
        took_s, times_s = await _posted(book, ids[given.warm_up :], given.clients, given.seconds)
        verified = await book.send("officer", "GET", "/v1/ledger/verify?book=LIVE")
    if not verified["isIntact"] or verified["entries"] != given.warm_up + len(times_s):
        raise SystemExit(f"The book is not what was posted: {verified}")
    times_ms = sorted(1000 * one for one in times_s)
    print(f"entries  {len(times_ms)} by {given.clients} clients in {took_s:.1f} s")
    print(f"posts/s  {len(times_ms) / took_s:.0f}")
    print(f"median   {statistics.median(times_ms):.1f} ms")
    print(f"p99      {times_ms[int(0.99 * (len(times_ms) - 1))]:.1f} ms")
    print(f"book     intact, {verified['entries']} entries")


async def _posted(
    book: Book, ids: list[str], clients: int, seconds: float
) -> tuple[float, list[float]]:
    waiting, times = iter(ids), []
    began = time.perf_counter()

    async def client() -> None:
        for proposal_id in waiting:
            sent = time.perf_counter()
            if sent - began > seconds:
                return
            await book.post(proposal_id)
            times.append(time.perf_counter() - sent)

    await asyncio.gather(*(client() for _ in range(clients)))
    return time.perf_counter() - began, times


def main() -> None:
    given = arguments()
    with funding_service(is_durable=given.durable) as installation:
        asyncio.run(measure(installation, given))


if __name__ == "__main__":
    main()
