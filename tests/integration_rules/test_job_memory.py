"""A file of 20,000 rows needs no more memory than a short one."""

import hashlib
from typing import Final

import pytest

from tests.integration_rules.conftest import ServiceApi
from tests.integration_rules.job_bench import JobBench
from tests.integration_rules.samples import SAMPLES

ROWS: Final = 20_000
CASES: Final = next(sample for sample in SAMPLES if sample.service == "cases")
# What one page of 250 rows, the parts of the file and the allocator may add; the file has 10 MB.
MORE_MAX_BYTES: Final = 16_000_000
# Copies of one case, with numbers of their own; triggers stay off, since the list needs none.
FILL: Final = """
insert into case_record
select (jsonb_populate_record(c, jsonb_build_object(
         'id', gen_random_uuid(), 'reference', 'COPY-' || n, 'referral_id', null))).*
  from case_record c, generate_series(1, {rows}) n where c.id = $1"""


@pytest.fixture
def bench(service_api: ServiceApi) -> JobBench:
    return JobBench(service_api)


async def peak_of_a_job(bench: JobBench, **filters: object) -> tuple[int, int]:
    """The most memory that a worker's process had for one job, and the rows it wrote.

    VmHWM of /proc/self/status at the end: the highest resident set since the process began, so
    with the interpreter, all modules and the connection pool.
    """
    job = await bench.ask(format="CSV", filters=filters)
    ended = await bench.process(page_rows=250)
    assert ended.returncode == 0, ended.stderr
    done = await bench.read(job)
    assert done["state"] == "DONE", done
    content = (await bench.result(job)).content
    assert hashlib.sha256(content).hexdigest() == done["sha256"]
    assert content.count(b"\r\n") == done["rowsDone"] + 1
    return int(ended.stdout), done["rowsDone"]


@pytest.mark.parametrize("service_api", [CASES], indirect=True, ids=["cases"])
async def test_memory_is_bounded_with_twenty_thousand_rows(bench: JobBench) -> None:
    """Over the widest table; what runs is the same in every service."""
    case = await bench.api.create()
    few, rows = await peak_of_a_job(bench, **{"id[in]": [case["id"]]})
    assert rows == 1
    await bench.owner("alter table case_record disable trigger user")
    await bench.owner("alter table case_record no force row level security")
    await bench.owner(FILL.format(rows=ROWS), case["id"])
    await bench.owner("alter table case_record force row level security")
    await bench.owner("alter table case_record enable trigger user")
    try:
        many, rows = await peak_of_a_job(bench)
        assert rows >= ROWS
        assert many - few < MORE_MAX_BYTES, (few, many)
    finally:
        await bench.owner("alter table case_record disable trigger user")
        await bench.owner("alter table case_record no force row level security")
        await bench.owner("delete from case_record where reference like 'COPY-%'")
        await bench.owner("alter table case_record force row level security")
        await bench.owner("alter table case_record enable trigger user")
