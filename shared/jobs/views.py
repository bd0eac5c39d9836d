"""Jobs as their requester sees them."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import String, bindparam, case, select
from sqlmodel import SQLModel

from shared.database.filter_values import instant
from shared.database.filters import Filter
from shared.database.lists import ListView
from shared.database.statements import table_of
from shared.database.views import View
from shared.jobs.lifecycle import JobFormat, JobState

_PLAIN: Final = (
    "id", "version", "kind", "format", "locale", "state", "rows_done", "size_bytes", "sha256",
    "failure", "created_at", "started_at", "ended_at", "expires_at", "updated_at",
)  # fmt: skip


class JobViews:
    """The views of one service's jobs, compiled once."""

    def __init__(self, rows: type[SQLModel]) -> None:
        table = table_of(rows)
        jobs = select(*_columns(table))
        self.job = View(jobs.where(table.c.id == bindparam("job_id")))
        self.jobs = ListView(
            jobs,
            filters={
                "id": Filter(table.c.id, UUID, ("in",)),
                "state": Filter(table.c.state, JobState, ("eq", "in")),
                "kind": Filter(table.c.kind, str, ("eq", "in")),
                "format": Filter(table.c.format, JobFormat),
                "createdAt": Filter(table.c.created_at, instant, ("gte", "lt")),
            },
            sorts={"createdAt": "created_at"},
            default_sort="-createdAt",
        )


def _columns(table: Any) -> list[Any]:
    has_result = table.c.state == JobState.DONE
    path = "/v1/jobs/" + table.c.id.cast(String) + "/result"
    return [
        *(table.c[name] for name in _PLAIN),
        table.c.parameters["filters"].label("filters"),
        table.c.parameters["sort"].label("sort"),
        table.c.parameters["fields"].label("fields"),
        case((has_result, path)).label("result_path"),
    ]
