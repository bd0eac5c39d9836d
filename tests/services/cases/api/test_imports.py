"""Imports as records: announced, filled, run by the worker, reported row by row."""

import asyncio
import os
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from services.cases.operations import run_imports as running_imports
from tests.apis import bearer
from tests.engines import ServiceDatabase
from tests.services.cases.conftest import Person, SignedIn
from tests.services.cases.importing import (
    CSV,
    HEADER,
    MAPPING,
    announce,
    as_worker,
    cells,
    counts,
    line,
    ndjson,
    report,
    system,
    upload,
    work,
    worker,
)

KILLED_WORKER = """
import asyncio, os, signal, sys
from pathlib import Path
from services.cases.operations import run_imports
from tests.services.cases.importing import worker
from tests.keys import open_with_keys

async def main():
    database = await open_with_keys(sys.argv[1], application="killed", connections_max=2)
    deliver, batches = run_imports.deliver_rows, 0

    async def deliver_then_die(*args, **how):
        nonlocal batches
        results = await deliver(*args, **how)
        batches += 1
        if batches == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return results

    run_imports.deliver_rows = deliver_then_die
    await run_imports.run_imports(database, worker(Path(sys.argv[2]), batch_rows=4))

asyncio.run(main())
"""


@pytest.fixture
def run(cases_database: ServiceDatabase, documents_folder: Path) -> Callable[..., Any]:
    async def once(**how: int) -> None:
        await work(cases_database, documents_folder, **how)

    return once


async def tables(database: ServiceDatabase, *names: str) -> list[int]:
    owner = await asyncpg.connect(database.owner_dsn)
    transaction = owner.transaction()
    await transaction.start()
    found = []
    for name in names:
        await owner.execute(f"alter table {name} no force row level security")
        found.append(await owner.fetchval(f"select count(*) from {name}"))
    await transaction.rollback()
    await owner.close()
    return found


CONTENT = ("person", "case_record", "family", "external_id", "delivery", "reference_counter")


async def test_an_import_runs_in_batches_and_reports_every_row(
    anna: Person, run: Callable[..., Any]
) -> None:
    job = await announce(anna)
    assert (job["state"], job["version"]) == ("ANNOUNCED", 1)
    rows: list[dict[str, Any]] = [line(f"k{n}") for n in range(7)]
    rows[2]["members"][0]["person"]["familyName"] = "R2D2"
    rows[5] = line("k1")
    received = await upload(anna, job, ndjson(rows) + b"\n{not json\n")
    assert received["state"] == "RECEIVED"
    await run()
    done = await anna.get(f"/v1/imports/{job['id']}")
    assert done["state"] == "DONE"
    assert counts(done) == {"rowsRead": 8, "rowsCreated": 5, "rowsRefused": 3}
    lines = await report(anna, job)
    assert [one["line"] for one in lines] == list(range(1, 9))
    codes = {one["line"]: one["errors"][0]["code"] for one in lines if one["errors"]}
    assert codes == {3: "name-unacceptable", 6: "import-key-twice", 8: "json-invalid"}
    assert set(lines[2]["errors"][0]["message"]) == {"de", "en"}
    case = await anna.get(f"/v1/cases/{lines[0]['caseId']}")
    assert (case["state"], case["personId"]) == ("MONITORING", lines[0]["personIds"][0])
    assert case["provenance"][0]["importId"] == job["id"]


async def test_the_same_file_again_changes_nothing_and_a_changed_row_only_itself(
    anna: Person, run: Callable[..., Any], cases_database: ServiceDatabase
) -> None:
    source, rows = system(), [line(f"k{n}") for n in range(5)]
    first = await announce(anna, sourceSystem=source)
    await upload(anna, first, ndjson(rows))
    await run()
    before = await tables(cases_database, *CONTENT)
    again = await announce(anna, sourceSystem=source)
    await upload(anna, again, ndjson(rows))
    await run()
    done = await anna.get(f"/v1/imports/{again['id']}")
    assert counts(done) == {"rowsRead": 5, "rowsUnchanged": 5}
    assert await tables(cases_database, *CONTENT) == before
    rows[3]["contact"] = "02581 530"
    third = await announce(anna, sourceSystem=source)
    await upload(anna, third, ndjson(rows))
    await run()
    done = await anna.get(f"/v1/imports/{third['id']}")
    assert counts(done) == {"rowsRead": 5, "rowsChanged": 1, "rowsUnchanged": 4}
    known = {one["caseId"] for one in await report(anna, first)}
    assert {one["caseId"] for one in await report(anna, third)} == known


async def test_a_dry_run_says_what_would_be_and_writes_nothing(
    anna: Person, run: Callable[..., Any], cases_database: ServiceDatabase
) -> None:
    before = await tables(cases_database, *CONTENT)
    job = await announce(anna, dryRun=True)
    await upload(
        anna, job, ndjson([*(line(f"k{n}") for n in range(4)), line("k9", state="ERASED")])
    )
    await run()
    done = await anna.get(f"/v1/imports/{job['id']}")
    assert counts(done) == {"rowsRead": 5, "rowsCreated": 4, "rowsRefused": 1}
    assert {one["caseId"] for one in await report(anna, job)} == {None}
    assert await tables(cases_database, *CONTENT) == before


async def test_a_worker_killed_in_the_middle_goes_on_and_every_row_counts_once(
    anna: Person,
    run: Callable[..., Any],
    cases_database: ServiceDatabase,
    documents_folder: Path,
) -> None:
    job = await announce(anna)
    await upload(anna, job, ndjson([line(f"k{n}") for n in range(20)]))
    arguments = [sys.executable, "-c", KILLED_WORKER, cases_database.app_dsn]
    killed = await asyncio.to_thread(
        subprocess.run, [*arguments, str(documents_folder)], env=os.environ, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    stopped = await anna.get(f"/v1/imports/{job['id']}")
    assert (stopped["state"], stopped["rowsRead"], stopped["rowsCreated"]) == ("RUNNING", 8, 8)
    await run(batch_rows=7)
    done = await anna.get(f"/v1/imports/{job['id']}")
    assert (done["state"], counts(done)) == ("DONE", {"rowsRead": 20, "rowsCreated": 20})
    lines = await report(anna, job)
    assert [one["line"] for one in lines] == list(range(1, 21))
    assert len({one["caseId"] for one in lines}) == 20


async def test_two_workers_on_one_import_take_every_row_once(
    anna: Person, run: Callable[..., Any]
) -> None:
    job = await announce(anna)
    await upload(anna, job, ndjson([line(f"k{n}") for n in range(30)]))
    await asyncio.gather(run(batch_rows=2), run(batch_rows=3))
    await run()
    done = await anna.get(f"/v1/imports/{job['id']}")
    assert (done["state"], counts(done)) == ("DONE", {"rowsRead": 30, "rowsCreated": 30})


async def test_a_cancelled_import_stops_where_it_is(
    anna: Person,
    run: Callable[..., Any],
    cases_database: ServiceDatabase,
    documents_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = await announce(anna)
    await upload(anna, job, ndjson([line(f"k{n}") for n in range(10)]))
    take, calls = running_imports._take, 0

    def take_then_wait(*args: Any) -> Any:
        nonlocal calls
        calls += 1
        return take(*args)

    monkeypatch.setattr(running_imports, "_take", take_then_wait)
    deliver = running_imports._deliver

    async def deliver_and_cancel(*args: Any) -> Any:
        if calls == 2:
            path = f"/v1/imports/{job['id']}/actions/cancel"
            await anna.post(path, status=200)
            monkeypatch.undo()
        return await deliver(*args)

    monkeypatch.setattr(running_imports, "_deliver", deliver_and_cancel)
    async with as_worker(cases_database) as database:
        await running_imports.run_imports(database, worker(documents_folder))
    cancelled = await anna.get(f"/v1/imports/{job['id']}")
    assert (cancelled["state"], counts(cancelled)) == (
        "CANCELLED",
        {"rowsRead": 3, "rowsCreated": 3},
    )
    again = await anna.post(f"/v1/imports/{job['id']}/actions/cancel", status=200)
    assert again["version"] == cancelled["version"]
    await run()
    assert (await anna.get(f"/v1/imports/{job['id']}"))["rowsRead"] == 3


async def test_content_comes_once_and_is_removed_at_the_end(
    anna: Person, run: Callable[..., Any], documents_folder: Path
) -> None:
    job, content = await announce(anna), ndjson([line("k1")])
    first = await upload(anna, job, content)
    assert await upload(anna, job, content) == first
    other = await anna.client.put(
        f"/v1/imports/{job['id']}/content", content=b"{}", headers=bearer(anna.token)
    )
    assert (other.status_code, other.json()["code"]) == (409, "import-has-content")
    await run()
    refused = await anna.post(f"/v1/imports/{job['id']}/actions/cancel", status=409)
    assert refused["code"] == "transition-not-allowed"
    assert (await anna.get(f"/v1/imports/{job['id']}"))["sha256"] == first["sha256"]


async def test_a_machine_imports_and_another_unit_sees_nothing_of_it(
    signed_in: SignedIn, run: Callable[..., Any]
) -> None:
    machine, lena = signed_in("waf-integrator"), signed_in("rheine-caritas-case-manager")
    job = await announce(machine)
    await upload(machine, job, ndjson([line("k1")]))
    await run()
    lines = await report(machine, job)
    assert [one["outcome"] for one in lines] == ["created"]
    await machine.get(f"/v1/cases/{lines[0]['caseId']}", status=403)
    for path in ("", "/report"):
        await lena.get(f"/v1/imports/{job['id']}{path}", status=404)
    await lena.post(f"/v1/imports/{job['id']}/actions/cancel", status=404)


async def test_five_thousand_rows_are_imported_in_flat_memory(
    anna: Person, run: Callable[..., Any]
) -> None:
    job = await announce(anna)
    await upload(anna, job, ndjson([line(f"k{n}") for n in range(200)]))
    await run(batch_rows=200)  # statements are prepared, caches filled
    job = await announce(anna)
    await upload(anna, job, ndjson([line(f"k{n}") for n in range(5000)]))
    tracemalloc.start()
    await run(batch_rows=200)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    done = await anna.get(f"/v1/imports/{job['id']}")
    assert counts(done) == {"rowsRead": 5000, "rowsCreated": 5000}
    # One batch of 200 rows with its records; all 5,000 would take about thirty times as much.
    assert peak < 12_000_000


async def test_options_that_leave_something_to_guess_are_refused(anna: Person) -> None:
    body = {"sourceSystem": "lissa"} | CSV
    for unfit in (
        body,
        body | {"mapping": MAPPING, "delimiter": None},
        body | {"mapping": MAPPING, "mappingName": "lissa"},
        body | {"format": "NDJSON"},
        {
            **body,
            "format": "NDJSON",
            "delimiter": None,
            "locale": "ISO",
            "encoding": "windows-1252",
        },
    ):
        refused = await anna.post("/v1/imports", unfit, status=422)
        assert refused["code"] == "import-options-unfit"
    unknown = await anna.post("/v1/imports", body | {"mappingName": uuid4().hex}, status=422)
    assert unknown["code"] == "mapping-unknown"
    register = body | {"mapping": MAPPING, "sourceSystem": "azr-export"}
    assert (await anna.post("/v1/imports", register, status=422))["code"] == (
        "register-number-refused"
    )
    await anna.post("/v1/imports", {k: v for k, v in body.items() if k != "locale"}, status=422)
    assert HEADER.count(";") == cells("k").count(";")
