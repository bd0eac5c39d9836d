"""Load by wrk, bounded in time; what each way of answering took, interleaved."""

import json
import shutil
import statistics
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psutil

SCRIPT: Final = Path(__file__).with_name("load.lua")
RESULT: Final = "RESULT "
GRACE_S: Final = 30.0


class NoLoad(Exception):
    """wrk is missing, or what it was sent to does not answer as it should."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `headers` come on top of what every request of its way sends."""

    method: str
    path: str
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to answer a workload. `requests` makes what is sent in one round: for a write new
    ones every time, and `is_repeatable` is False. `processes` are those whose CPU time counts.
    """

    name: str
    url: str
    requests: Callable[[], Sequence[Request]]
    headers: dict[str, str] = field(default_factory=dict)
    processes: tuple[psutil.Process, ...] = ()
    is_repeatable: bool = True
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    per_s: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What all rounds of one way gave."""

    way: str
    rounds: list[Round]

    def median(self, name: str) -> float:
        return float(statistics.median(getattr(one, name) for one in self.rounds))

    @property
    def span(self) -> tuple[float, float]:
        """The slowest and the fastest round, in requests per second."""
        rates = [one.per_s for one in self.rounds]
        return min(rates), max(rates)


def wrk() -> str:
    """The program. Raises NoLoad."""
    program = shutil.which("wrk")
    if program is None:
        raise NoLoad("wrk is missing; on Debian: apt-get install wrk")
    return program


def measure(
    ways: Sequence[Way], *, rounds: int, seconds: float, connections: int, warm_up: bool
) -> list[Measured]:
    """Each way once in every round, so that what else the machine does meets all of them."""
    for way in ways:
        _demand_answer(way)
        if warm_up:
            _one_round(way, seconds / 2, connections)
    taken: dict[str, list[Round]] = {way.name: [] for way in ways}
    for number in range(rounds):
        turn = number % len(ways)
        for way in (*ways[turn:], *ways[:turn]):
            taken[way.name].append(_one_round(way, seconds, connections))
    return [Measured(name, all_rounds) for name, all_rounds in taken.items()]


def _one_round(way: Way, seconds: float, connections: int) -> Round:
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.writelines(_line(way, one) for one in way.requests())
        file.flush()
        before = _cpu_s(way)
        ended = subprocess.run(  # noqa: S603 - the program found above
            [
                *(wrk(), "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s"),
                *("--timeout", "10s", "-s", str(SCRIPT), way.url, "--", file.name),
                "again" if way.is_repeatable else "once",
            ],
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds + GRACE_S,
        )
        cpu_s = _cpu_s(way) - before
    said = next((one for one in ended.stdout.splitlines() if one.startswith(RESULT)), None)
    if said is None:
        raise NoLoad(f"{way.name}: wrk said {ended.stdout[-500:]} {ended.stderr[-500:]}")
    result = json.loads(said.removeprefix(RESULT))
    if result["refused"] or result["lost"] or not result["requests"]:
        raise NoLoad(f"{way.name}: not every request was answered: {result}")
    return Round(
        per_s=1e6 * result["requests"] / result["took_us"],
        p50_ms=result["p50_us"] / 1000,
        p99_ms=result["p99_us"] / 1000,
        cpu_ms=1000 * cpu_s / result["requests"],
    )


def _line(way: Way, request: Request) -> str:
    headers = {**way.headers, **request.headers}
    pairs = [text for pair in headers.items() for text in pair]
    return "\t".join((request.method, way.prefix + request.path, request.body, *pairs)) + "\n"


def _cpu_s(way: Way) -> float:
    """So far, of the way's own processes; PostgreSQL's are not among them."""
    times = [process.cpu_times() for process in way.processes]
    return sum(one.user + one.system for one in times)


def _demand_answer(way: Way) -> None:
    """Errors would be measured as fast answers. Raises NoLoad."""
    request = way.requests()[0]
    asked = urllib.request.Request(  # noqa: S310 - http to loopback
        way.url + way.prefix + request.path,
        data=request.body.encode() or None,
        headers={**way.headers, **request.headers},
        method=request.method,
    )
    try:
        with urllib.request.urlopen(asked, timeout=GRACE_S) as answer:  # noqa: S310 - the same
            body = answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            raise NoLoad(f"{way.name}: {refused.code} {refused.read()[:500]!r}") from None
    if b'"errors":' in body:
        raise NoLoad(f"{way.name}: {body[:500]!r}")
