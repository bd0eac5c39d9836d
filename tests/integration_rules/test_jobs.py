"""Lists as files, made by the worker in the name of who asked: the same in every service."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import orjson
import pytest

from shared.kernel.caller import Caller
from tests.integration_rules.conftest import Record, ServiceApi
from tests.integration_rules.job_bench import JobBench
from tests.integration_rules.test_lists import OTHER_STATE, all_items


@pytest.fixture
def bench(service_api: ServiceApi) -> JobBench:
    return JobBench(service_api)


@pytest.fixture
async def some(service_api: ServiceApi) -> list[Record]:
    made = [await service_api.create() for _ in range(5)]
    return [await service_api.step(made[0]), *made[1:]]


def lines(content: bytes) -> list[Record]:
    return [orjson.loads(line) for line in content.splitlines()]


async def test_an_export_is_what_the_requester_may_list(
    bench: JobBench, some: list[Record]
) -> None:
    """The same rows in the same order with the same members, page by page; to somebody of another
    Kreis not one of them.
    """
    api = bench.api
    listed = await all_items(api)
    assert {one["id"] for one in some} <= {item["id"] for item in listed}
    assert lines(await bench.file()) == listed
    state = some[0]["state"]
    filtered = await all_items(api, state=state)
    assert lines(await bench.file(filters={"state": state})) == filtered
    others = {"state[in]": [OTHER_STATE[api.sample.service]]}
    assert some[0]["id"] not in {one["id"] for one in lines(await bench.file(filters=others))}
    narrow = lines(await bench.file(fields=["state"], filters={"state": state}))
    assert narrow == [{"id": one["id"], "state": state} for one in filtered]
    foreign = {one["id"] for one in lines(await bench.file(persona=api.sample.foreign))}
    assert foreign.isdisjoint({one["id"] for one in some})


async def test_a_file_for_spreadsheets_has_headings_in_the_language_asked(
    bench: JobBench, some: list[Record]
) -> None:
    state = {"state": some[0]["state"]}
    listed = await all_items(bench.api, **state)
    for locale, headings in (
        ("de", ["Status", "Kennung", "Angelegt am" if "createdAt" in some[0] else "Version"]),
        ("en", ["State", "ID", "Created at" if "createdAt" in some[0] else "Version"]),
    ):
        last = "createdAt" if "createdAt" in some[0] else "version"
        asked = {"format": "CSV", "locale": locale, "fields": ["state", "id", last]}
        content = await bench.file(filters=state, **asked)
        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(content[3:].decode(), newline=""), delimiter=";"))
        assert rows[0] == headings
        assert rows[1:] == [[one["state"], one["id"], str(one[last])] for one in listed]
    whole = await bench.file(filters=state, format="CSV")
    assert len(whole.splitlines()[0].split(b";")) == len(listed[0])


async def test_every_list_that_can_be_a_file_is_one(bench: JobBench) -> None:
    """Each kind runs, empty or not, and its columns have German headings of their own."""
    jobs = bench.api.integration.jobs
    made = 0
    for kind in jobs.kinds:
        view, _ = kind.view.chosen([])
        headings = [jobs.headings[name] for name in view.published_names()]
        assert len(set(headings)) == len(headings), kind.name
        answer = await bench.try_to_ask(kind=kind.name, format="CSV")
        if answer.status_code == 403:
            continue
        assert answer.status_code == 201, answer.text
        await bench.work(page_rows=100)
        found = await bench.read(answer.json())
        assert (found["state"], found["failure"]) == ("DONE", None), kind.name
        content = (await bench.result(found)).content
        rows = list(csv.reader(io.StringIO(content[3:].decode(), newline=""), delimiter=";"))
        assert rows[0] == headings
        assert len(rows) == found["rowsDone"] + 1
        made += 1
    assert made >= 3


async def test_what_is_exported_stands_in_the_log_of_reads(
    bench: JobBench, some: list[Record]
) -> None:
    job = await bench.ask()
    await bench.work()
    await bench.result(job)
    rows = await bench.owner(
        "select action, purpose, actor, changes, record_ids from audit_entry"
        " where $1 = any(record_ids) and record_kind = 'job' order by at",
        job["id"],
    )
    assert [row["action"] for row in rows] == ["request-export", "finish-export", "fetch-export"]
    assert len({row["actor"] for row in rows}) == 1
    kind = bench.api.integration.jobs.kind(bench.kind)
    if kind is None or kind.view.log is None:
        assert bench.api.sample.service == "funding"  # about nobody, so its reads are not logged
        return
    reads = await bench.owner(
        "select purpose, actor, record_ids from audit_entry"
        " where action = 'read' and record_kind = $1 and purpose = 'EXPORT' and at >= $2",
        kind.view.log.kind,
        rows[0]["at"] if "at" in rows[0] else bench.clock() - timedelta(minutes=5),
    )
    seen = {str(one) for row in reads for one in row["record_ids"]}
    assert {one["id"] for one in some} <= seen
    assert {row["actor"] for row in reads} >= {rows[0]["actor"]}


async def test_a_job_that_was_cancelled_leaves_nothing(bench: JobBench) -> None:
    waiting, at_work = await bench.ask(), await bench.ask()
    assert (await bench.cancel(waiting)).json()["state"] == "CANCELLED"
    await bench.owner(
        "update job set state = 'RUNNING', lease_id = gen_random_uuid(),"
        " leased_until = now() + interval '1 minute' where id = $1",
        at_work["id"],
    )
    assert (await bench.cancel(at_work)).json()["state"] == "CANCELLED"
    await bench.work()
    for job in (waiting, at_work):
        again = await bench.cancel(job)
        assert (again.status_code, again.json()["code"]) == (409, "transition-not-allowed")
        over = await bench.result(job)
        assert (over.status_code, over.json()["code"]) == (410, "job-over")
        assert bench.stored(job) == []


async def test_a_job_cancelled_while_it_is_written_stops_at_the_next_page(
    bench: JobBench, some: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    job = await bench.ask()
    serving = bench.serving(page_rows=1)
    put = serving._runner._objects.put
    writes: list[str] = []

    async def put_and_cancel(key: str, chunks: Any) -> None:
        await put(key, chunks)
        writes.append(key)
        if len(writes) == 2:
            assert (await bench.cancel(job)).status_code == 200

    monkeypatch.setattr(serving._runner._objects, "put", put_and_cancel)
    await serving.begin()
    await serving.finish()
    assert len(writes) == 2
    found = await bench.read(job)
    assert (found["state"], found["rowsDone"]) == ("CANCELLED", 1)
    assert bench.stored(job) == []
    assert some


async def test_a_result_expires_after_seven_days(bench: JobBench) -> None:
    job = await bench.ask()
    early = await bench.result(job)
    assert (early.status_code, early.json()["code"]) == (409, "job-not-finished")
    await bench.work()
    done = await bench.read(job)
    assert done["resultPath"] == f"/v1/jobs/{job['id']}/result"
    assert len(bench.stored(job)) == 1
    bench.ahead = timedelta(days=7) - timedelta(minutes=5)
    await bench.work()
    assert (await bench.result(job)).status_code == 200
    bench.ahead = timedelta(days=7, minutes=5)
    await bench.work()
    found = await bench.read(job)
    assert (found["state"], found["resultPath"]) == ("EXPIRED", None)
    assert found["sha256"] == done["sha256"]
    assert bench.stored(job) == []
    over = await bench.result(job)
    assert (over.status_code, over.json()["code"]) == (410, "job-over")
    bench.ahead = timedelta(days=98)
    await bench.work()
    gone = await bench.api.get(f"/v1/jobs/{job['id']}")
    assert gone.status_code == 404


async def test_a_job_is_there_for_who_asked_and_for_nobody_else(bench: JobBench) -> None:
    job = await bench.ask()
    await bench.work()
    sample = bench.api.sample
    for persona in {sample.foreign, sample.follower} - {sample.persona}:
        for answer in (
            await bench.api.get(f"/v1/jobs/{job['id']}", persona=persona),
            await bench.result(job, persona=persona),
            await bench.cancel(job, persona=persona),
        ):
            assert (answer.status_code, answer.json()["code"]) == (404, "not-found"), persona
        listed = await bench.api.get("/v1/jobs", persona=persona)
        assert job["id"] not in {one["id"] for one in listed.json()["items"]}
    refused = await bench.try_to_ask(persona="waf-dpo")
    assert refused.status_code == 403
    assert (await bench.read(job))["state"] == "DONE"


class OtherRoles:
    """What the issuer says after somebody lost all roles, or some were given or taken."""

    def __init__(self, verifier: Any, given: frozenset[str] | None) -> None:
        self._verifier, self._given = verifier, given

    async def verify(self, token: str) -> Caller:
        caller: Caller = await self._verifier.verify(token)
        roles = frozenset() if self._given is None else caller.roles | self._given
        return replace(caller, roles=roles)


@contextmanager
def without_roles(bench: JobBench, given: frozenset[str] | None = None) -> Iterator[None]:
    """Without any role; with `given`, with these besides the own ones."""
    state = bench.api.app.state
    before = state.verifier
    state.verifier = OtherRoles(before, given)
    try:
        yield
    finally:
        state.verifier = before


async def test_whoever_lost_the_role_gets_no_file(bench: JobBench, some: list[Record]) -> None:
    """Neither one that is made already nor one that waits, once the service has seen it."""
    done = await bench.ask()
    await bench.work()
    waiting = await bench.ask()
    with without_roles(bench):
        refused = [await bench.api.get(f"/v1/jobs/{waiting['id']}"), await bench.result(done)]
    assert {answer.status_code for answer in refused} == {403}
    assert (await bench.result(done)).status_code == 200
    await bench.work()
    found = await bench.read(waiting)
    assert (found["state"], found["failure"], found["rowsDone"]) == ("FAILED", "role-gone", 0)
    assert bench.stored(waiting) == []
    over = await bench.result(waiting)
    assert (over.status_code, over.json()["code"]) == (410, "job-over")
    assert some


async def test_a_file_of_more_roles_than_are_left_is_fetched_no_more(
    bench: JobBench, some: list[Record]
) -> None:
    """It was made with the eyes of them all (A22)."""
    with without_roles(bench, frozenset({"unit_head"})):
        done = await bench.ask()
        await bench.work()
        assert (await bench.result(done)).status_code == 200
    refused = await bench.result(done)
    assert (refused.status_code, refused.json()["code"]) == (403, "not-permitted")
    own = await bench.ask()
    await bench.work()
    assert (await bench.result(own)).status_code == 200
    assert some


async def test_a_role_that_goes_while_the_file_is_written_ends_it(
    bench: JobBench, some: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    job = await bench.ask()
    serving = bench.serving(page_rows=1)
    put, writes = serving._runner._objects.put, 0

    async def put_and_lose(key: str, chunks: Any) -> None:
        nonlocal writes
        writes += 1
        await put(key, chunks)
        with without_roles(bench):
            assert (await bench.api.get("/v1/jobs")).status_code == 403

    monkeypatch.setattr(serving._runner._objects, "put", put_and_lose)
    await serving.begin()
    await serving.finish()
    found = await bench.read(job)
    assert (found["state"], found["failure"], found["rowsDone"]) == ("FAILED", "role-gone", 1)
    assert writes == 1
    assert bench.stored(job) == []
    assert some


async def test_filters_and_fields_are_refused_at_their_place_in_the_body(bench: JobBench) -> None:
    before = len((await bench.api.get("/v1/jobs")).json()["items"])
    for body, code, pointer in (
        ({"filters": {"nothing": "1"}}, "filter-unknown", "/filters/nothing"),
        ({"filters": {"after": "abc"}}, "filter-unknown", "/filters/after"),
        ({"filters": {"updatedSince": "soon"}}, "filter-unreadable", "/filters/updatedSince"),
        ({"sort": "-nothing"}, "filter-unknown", "/sort"),
        ({"fields": ["state", "secret"]}, "field-unknown", "/fields"),
    ):
        answer = await bench.try_to_ask(**body)
        assert (answer.status_code, answer.json()["code"]) == (400, code), body
        assert answer.json()["errors"][0]["pointer"] == pointer
    unknown = await bench.try_to_ask(kind="nothing")
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/kind")
    assert len((await bench.api.get("/v1/jobs")).json()["items"]) == before


async def test_ten_jobs_of_one_requester_wait_at_most(bench: JobBench) -> None:
    await bench.work()
    made = [await bench.ask() for _ in range(10)]
    answer = await bench.try_to_ask()
    assert (answer.status_code, answer.json()["code"]) == (409, "job-limit")
    await bench.cancel(made[0])
    assert (await bench.try_to_ask()).status_code == 201
    await bench.work()


async def test_a_download_goes_on_where_it_broke_off(bench: JobBench, some: list[Record]) -> None:
    job = await bench.ask(format="CSV")
    await bench.work()
    whole = await bench.result(job)
    tag, size = whole.headers["etag"], len(whole.content)
    assert whole.headers["content-length"] == str(size)
    assert whole.headers["content-disposition"].startswith(f'attachment; filename="{bench.kind}-')
    assert tag == f'"{(await bench.read(job))["sha256"]}"'
    first = await bench.result(job, Range="bytes=0-99")
    rest = await bench.result(job, Range="bytes=100-", **{"If-Range": tag})
    assert (first.status_code, rest.status_code) == (206, 206)
    assert rest.headers["content-range"] == f"bytes 100-{size - 1}/{size}"
    assert first.content + rest.content == whole.content
    other = await bench.result(job, Range="bytes=100-", **{"If-Range": '"another"'})
    assert (other.status_code, other.content) == (200, whole.content)
    beyond = await bench.result(job, Range=f"bytes={size}-")
    assert (beyond.status_code, beyond.json()["code"]) == (416, "range-not-satisfiable")
    same = await bench.result(job, **{"If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    assert some


async def test_more_rows_than_allowed_make_no_file(bench: JobBench, some: list[Record]) -> None:
    job = await bench.ask()
    await bench.work(rows_max=3)
    found = await bench.read(job)
    assert (found["state"], found["failure"]) == ("FAILED", "too-many-rows")
    assert bench.stored(job) == []
    assert len(some) > 3


async def test_a_job_that_waited_for_a_day_is_not_begun(bench: JobBench) -> None:
    job = await bench.ask()
    bench.ahead = timedelta(hours=24, minutes=1)
    await bench.work()
    found = await bench.read(job)
    assert (found["state"], found["failure"]) == ("FAILED", "waited-too-long")
