"""By hand: time and memory of a large import. Not collected with the tests.

KIM_IMPORT_ROWS=100000 python -m pytest -s tests/services/cases/measure_import.py
"""

import asyncio
import os
import resource
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import orjson

from tests.apis import bearer
from tests.engines import ServiceDatabase
from tests.services.cases.conftest import Person
from tests.services.cases.importing import announce, line

ROWS = int(os.environ.get("KIM_IMPORT_ROWS", "100000"))
WORKER = """
import asyncio, sys
from pathlib import Path
from tests.services.cases.importing import worker
from services.cases.operations.run_imports import run_imports
from tests.keys import open_with_keys

async def main():
    database = await open_with_keys(sys.argv[1], application="measured", connections_max=2)
    await run_imports(database, worker(Path(sys.argv[2]), batch_rows=200))

asyncio.run(main())
"""


async def rows() -> AsyncIterator[bytes]:
    for number in range(ROWS):
        yield orjson.dumps(line(f"k{number}")) + b"\n"


async def test_a_large_import(
    anna: Person, cases_database: ServiceDatabase, documents_folder: Path
) -> None:
    for what in ("new", "again"):
        source = {"sourceSystem": "measured"}
        job = await announce(anna, **source)
        path = f"/v1/imports/{job['id']}/content"
        content = b"".join([chunk async for chunk in rows()])
        await anna.client.put(path, content=content, headers=bearer(anna.token))
        began = time.perf_counter()
        command = [sys.executable, "-c", WORKER, cases_database.app_dsn, str(documents_folder)]
        await asyncio.to_thread(subprocess.run, command, check=True)
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        done = await anna.get(f"/v1/imports/{job['id']}")
        size = len(content) // 1_000_000
        sys.stdout.write(f"{what}: {size} MB in {seconds:.0f} s, peak {peak} MB\n{done}\n")
