"""One table of what was measured, on the screen and in `RESULTS.md`."""

import importlib.metadata
import os
import platform
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import psutil

from benchmarks.load import Measured
from benchmarks.workloads import OURS
from deploy.local.parts import Installation

FILE: Final = Path(__file__).with_name("RESULTS.md")
PACKAGES: Final = (
    *("fastapi", "starlette", "uvicorn", "uvloop", "httptools", "asyncpg", "sqlalchemy"),
    *("strawberry-graphql", "graphql-core", "aiohttp", "orjson"),
)
HEAD: Final = (
    "| Workload | Way | requests/s (slowest–fastest round) | p50 ms | p99 ms | CPU ms |"
    " ours is | Goal |\n|---|---|---|---|---|---|---|---|"
)


def rows_of(title: str, goal: str, measured: Sequence[Measured]) -> list[str]:
    """One row of the table for each way, ours first."""
    ours = next(one for one in measured if one.way == OURS)
    rows = []
    for one in measured:
        slowest, fastest = one.span
        ratio = ours.median("per_s") / one.median("per_s")
        cells = (
            title if one is ours else "",
            one.way,
            f"{one.median('per_s'):,.0f} ({slowest:,.0f}–{fastest:,.0f})",
            f"{one.median('p50_ms'):.1f}",
            f"{one.median('p99_ms'):.1f}",
            f"{one.median('cpu_ms'):.2f}",
            "" if one is ours else f"{ratio:.2f} ×",
            goal if one is ours else "",
        )
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def memory_rows(sizes: dict[str, float]) -> list[str]:
    rows = ["| Process | MiB |", "|---|---|"]
    return rows + [f"| {part} | {size:.0f} |" for part, size in sizes.items()]


def machine(installation: Installation, command: str) -> list[str]:
    """What the figures depend on."""
    memory = psutil.virtual_memory().total / 2**30
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    packages = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    postgres = installation.postgres.psql("postgres", statement="show server_version")
    wrk = subprocess.run(["wrk", "-v"], capture_output=True, text=True, check=False)  # noqa: S607 - found by its name
    system = f"{platform.system()} {platform.release()}"
    return [
        f"- When: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC; load of the machine at the end: {load}",
        f"- Machine: {os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB, {system}",
        f"- Python {platform.python_version()}, PostgreSQL {postgres}, {packages}",
        f"- Load: {wrk.stdout.split(' Copyright')[0].strip()}, on the same machine",
        f"- Command: `{command}`",
    ]


def write(lines: Sequence[str], file: Path = FILE) -> None:
    file.write_text("\n".join(lines) + "\n")


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
