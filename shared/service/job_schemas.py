"""What is said about jobs over HTTP."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field, create_model

from shared.jobs.kinds import Jobs
from shared.jobs.lifecycle import JobFailure, JobFormat, JobState
from shared.web.fields import ResponseModel
from shared.web.searches import Filters, ListCriteria

Locale = Literal["de", "en"]


class JobBodyBase(ListCriteria):
    """`kind` is a list of this service; `filters`, `sort` and `fields` are those of its search.

    `locale` is the language of the headings of a CSV and the notation of its decimals.
    """

    kind: str
    format: JobFormat
    locale: Locale = "de"


def job_body(jobs: Jobs) -> type[JobBodyBase]:
    """The body with the kinds of one service."""
    kinds: Any = Literal[tuple(kind.name for kind in jobs.kinds)]
    said = "; ".join(f"{one.name}: {one.title.en} / {one.title.de}" for one in jobs.kinds)
    return create_model(
        "JobBody",
        __base__=JobBodyBase,
        __doc__=JobBodyBase.__doc__,
        kind=(kinds, Field(description=said)),
    )


class JobView(ResponseModel):
    """A job of the caller's own. `resultPath` is there while there is a result."""

    id: UUID
    version: int
    kind: str
    format: JobFormat
    locale: Locale
    filters: Filters
    sort: str | None
    fields: list[str] | None
    state: JobState
    rows_done: int
    size_bytes: int | None
    sha256: str | None
    result_path: str | None
    failure: JobFailure | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    expires_at: datetime | None
    updated_at: datetime


class JobPage(ResponseModel):
    items: list[JobView]
    cursors: list[str] | None = None
    next_cursor: str | None
