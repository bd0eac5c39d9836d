"""Jobs of one service: files of its lists over HTTP, and what the worker runs for them."""

import asyncio
import base64
import re
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request
from starlette.responses import Response, StreamingResponse

from shared.database.connection import Database
from shared.jobs.desk import JobDesk, Result, note_roles, read_result, require_filters_alone
from shared.jobs.desk import Request as JobRequest
from shared.jobs.keeping import sweep
from shared.jobs.kinds import Jobs
from shared.jobs.running import Clock, JobTerms, Runner
from shared.jobs.serving import JobServing
from shared.jobs.tables import ENDINGS, MEDIA_TYPES
from shared.jobs.views import JobViews
from shared.kernel.clock import now
from shared.kernel.errors import Refusal
from shared.kernel.text import Text
from shared.objects.store import Objects
from shared.service.desk import CurrentReading, CurrentWriting
from shared.service.job_schemas import JobBodyBase, JobPage, JobView, job_body
from shared.web.searches import pointing_into_body
from shared.web.settings import ServiceSettings

SWEEP_EVERY_S: Final = 600.0
RANGE: Final = re.compile(r"bytes=([0-9]{1,15})-([0-9]{0,15})")
FILES: Final[dict[str, Any]] = {
    media_type.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
    for media_type in MEDIA_TYPES.values()
}


class RangeNotSatisfiable(Refusal):
    status = 416
    code = "range-not-satisfiable"
    title = Text(de="Diesen Teil hat die Datei nicht.", en="The file does not have this part.")


def job_parts(
    jobs: Jobs, settings: ServiceSettings, clock: Clock = now
) -> dict[str, Callable[[Database], Awaitable[None]]]:
    """What the worker runs until it ends, by name: the jobs, and the tidying of their store."""
    terms = JobTerms(rows_max=settings.job_rows_max, keep_days=settings.job_days)
    objects = Objects(settings.jobs_location)

    async def serve(database: Database) -> None:
        runner = Runner(jobs, database, objects, terms, clock)
        await JobServing(jobs, database, objects, runner, clock).run(settings.job_timer_s)

    async def keep(database: Database) -> None:
        while True:
            await sweep(database, objects, jobs.service, clock())
            await asyncio.sleep(SWEEP_EVERY_S)

    return {"jobs": serve, "jobs.keep": keep}


async def _as_known_now(request: Request) -> None:
    await note_roles(request.app.state.database, request.scope["caller"])


async def _current_files(request: Request) -> Objects:
    files: Objects = request.app.state.job_files
    return files


CurrentFiles = Annotated[Objects, Depends(_current_files)]


def job_router(jobs: Jobs) -> APIRouter:
    """`/v1/jobs`: everybody sees the own ones."""
    views = JobViews(jobs.rows)
    guard = [Depends(_as_known_now), Depends(jobs.exporter)]
    router = APIRouter(prefix="/v1/jobs", tags=["jobs"], dependencies=guard)
    desk = JobDesk(jobs, views)
    _add_jobs(router, jobs, desk)
    _add_result(router, desk)
    return router


def _add_jobs(router: APIRouter, jobs: Jobs, desk: JobDesk) -> None:
    views = desk.views

    @router.get(
        "",
        response_model=JobPage,
        summary="The caller's own jobs / Eigene Aufträge",
        openapi_extra={"parameters": views.jobs.parameters()},
    )
    async def list_jobs(reading: CurrentReading) -> Response:
        return await reading.page(views.jobs)

    async def post_job(body: JobBodyBase, writing: CurrentWriting) -> Response:
        """Waits for the worker. The file has what the caller may list: same rows, same members,
        same log of reads. Poll `GET /v1/jobs/{id}`; the file is there for 7 days.
        """
        kind = jobs.kind(body.kind)
        assert kind is not None
        wish = JobRequest(
            kind=kind,
            file_format=body.format,
            locale=body.locale,
            filters=dict(body.filters),
            sort=body.sort,
            fields=body.fields,
            asked=body.asked(),
        )
        require_filters_alone(body.filters)
        with pointing_into_body():
            return await writing.run(lambda tx: desk.ask(tx, wish), status=201)

    post_job.__annotations__["body"] = job_body(jobs)
    router.add_api_route(
        "",
        post_job,
        methods=["POST"],
        status_code=201,
        response_model=JobView,
        summary="Ask for a list as a file / Liste als Datei anfordern",
    )

    @router.get(
        "/{job_id}",
        response_model=JobView,
        summary="State and progress of a job / Stand eines Auftrags",
    )
    async def read_job(job_id: UUID, reading: CurrentReading) -> Response:
        return await reading.answer(views.job, job_id=job_id)

    @router.post(
        "/{job_id}/actions/cancel",
        response_model=JobView,
        summary="Cancel a job / Auftrag abbrechen",
    )
    async def post_job_cancellation(job_id: UUID, writing: CurrentWriting) -> Response:
        """What was written is removed. No version is asked for: a job moves on all the time."""
        return await writing.run(lambda tx: desk.cancel(tx, job_id))


def _add_result(router: APIRouter, desk: JobDesk) -> None:
    @router.get(
        "/{job_id}/result",
        response_class=Response,
        responses={
            200: {"content": FILES},
            206: {"content": FILES, "description": "A part of the file / Ein Teil der Datei"},
            409: {"description": "Not finished yet"},
            410: {"description": "There is no result (any more)"},
            416: {"description": "No such part"},
        },
        summary="Fetch the file / Datei abholen",
    )
    async def read_job_result(
        job_id: UUID,
        reading: CurrentReading,
        files: CurrentFiles,
        range_: Annotated[str | None, Header(alias="Range", max_length=60)] = None,
        if_range: Annotated[str | None, Header(max_length=80)] = None,
    ) -> Response:
        """409 `job-not-finished` before, 410 `job-over` after. `Range: bytes=1000-` goes on where
        a download broke off; `ETag` is the SHA-256 of the whole file.
        """
        known = reading.request.headers.get("if-none-match", "")
        async with reading.database.transaction(reading.caller) as tx:
            result = await desk.fetch(tx, job_id)
            if _tag(result) in known:
                return Response(status_code=304, headers=_headers(result))
        is_same = if_range is None or if_range == _tag(result)
        start, end = _part(range_ if is_same else None, result.size_bytes)
        headers, status = _headers(result), 200
        headers["Content-Length"] = str(end - start)
        if (start, end) != (0, result.size_bytes):
            headers["Content-Range"], status = f"bytes {start}-{end - 1}/{result.size_bytes}", 206
        if not end:
            return Response(headers=headers, media_type=MEDIA_TYPES[result.file_format])
        chunks = await read_result(files, result, start, end)
        return StreamingResponse(chunks, status_code=status, headers=headers)


def _tag(result: Result) -> str:
    return f'"{result.sha256}"'


def _headers(result: Result) -> dict[str, str]:
    name = f"{result.kind}-{result.day}.{ENDINGS[result.file_format]}"
    digest = base64.b64encode(bytes.fromhex(result.sha256)).decode()
    return {
        "Content-Type": MEDIA_TYPES[result.file_format],
        "Content-Disposition": f'attachment; filename="{name}"',
        "ETag": _tag(result),
        "Repr-Digest": f"sha-256=:{digest}:",
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-store",
    }


def _part(asked: str | None, size_bytes: int) -> tuple[int, int]:
    """First byte and the one behind the last. What is no single range is answered in full.

    Raises RangeNotSatisfiable.
    """
    found = RANGE.fullmatch(asked or "")
    if found is None:
        return 0, size_bytes
    start = int(found[1])
    end = min(int(found[2]) + 1, size_bytes) if found[2] else size_bytes
    if start >= size_bytes or end <= start:
        raise RangeNotSatisfiable(sizeBytes=size_bytes)
    return start, end
