"""Jobs of one service under the hands of a test: asked over HTTP, worked on by a clock it moves."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import asyncpg
import httpx

from shared.jobs.running import JobTerms, Runner
from shared.jobs.serving import JobServing
from shared.kernel.clock import now
from shared.objects.store import Objects
from tests.apis import bearer
from tests.integration_rules.conftest import Record, ServiceApi
from tests.job_worker import Death, run_worker

ROWS_MAX, KEEP_DAYS = 1000, 7


@dataclass
class JobBench:
    api: ServiceApi
    ahead: timedelta = field(default_factory=timedelta)

    @property
    def kind(self) -> str:
        """The list of the sample's noun."""
        return self.api.sample.path.rsplit("/", 1)[-1]

    def clock(self) -> datetime:
        return now() + self.ahead

    async def try_to_ask(self, *, persona: str = "", **body: Any) -> httpx.Response:
        whole = {"kind": self.kind, "format": "NDJSON"} | body
        return await self.api.post("/v1/jobs", whole, persona=persona)

    async def ask(self, *, persona: str = "", **body: Any) -> Record:
        answer = await self.try_to_ask(persona=persona, **body)
        assert answer.status_code == 201, answer.text
        made: Record = answer.json()
        assert answer.headers["location"] == f"/v1/jobs/{made['id']}"
        assert (made["state"], made["rowsDone"], made["resultPath"]) == ("QUEUED", 0, None)
        return made

    def serving(self, *, page_rows: int = 2, rows_max: int = ROWS_MAX) -> JobServing:
        integration, database = self.api.integration, self.api.app.state.database
        objects = Objects(str(self.api.files))
        terms = JobTerms(rows_max=rows_max, keep_days=KEEP_DAYS, page_rows=page_rows)
        runner = Runner(integration.jobs, database, objects, terms, self.clock)
        return JobServing(integration.jobs, database, objects, runner, self.clock)

    async def work(self, *, page_rows: int = 2, rows_max: int = ROWS_MAX) -> None:
        """All that is due, as the worker does it."""
        serving = self.serving(page_rows=page_rows, rows_max=rows_max)
        await serving.begin()
        while serving.at_work:
            await serving.finish()
            await serving.begin()

    async def process(
        self, *, page_rows: int = 2, ahead_s: float = 0, death: Death | None = None
    ) -> "CompletedProcess[str]":
        """One round in a process of its own."""
        service = self.api.sample.service
        prefix = service.upper()
        settings = {
            f"{prefix}_DATABASE_DSN": self.api.database.app_dsn,
            f"{prefix}_JOBS_LOCATION": str(self.api.files),
        }
        return await asyncio.to_thread(
            run_worker, service, settings, page_rows=page_rows, ahead_s=ahead_s, death=death
        )

    async def read(self, job: Record, *, persona: str = "") -> Record:
        answer = await self.api.get(f"/v1/jobs/{job['id']}", persona=persona)
        assert answer.status_code == 200, answer.text
        found: Record = answer.json()
        return found

    async def result(self, job: Record, *, persona: str = "", **headers: str) -> httpx.Response:
        given = bearer(self.api.token_for(persona or self.api.sample.persona))
        path = f"/v1/jobs/{job['id']}/result"
        return await self.api.client.get(path, headers=given | headers)

    async def file(self, *, persona: str = "", **body: Any) -> bytes:
        """The whole way: asked, made, fetched."""
        job = await self.ask(persona=persona, **body)
        await self.work()
        found = await self.read(job, persona=persona)
        assert found["state"] == "DONE", found
        answer = await self.result(job, persona=persona)
        assert answer.status_code == 200, answer.text
        return answer.content

    def stored(self, job: Record) -> list[Path]:
        """What lies in the store for a job."""
        return [
            path for path in self.api.files.rglob("*") if path.is_file() and job["id"] in str(path)
        ]

    async def cancel(self, job: Record, *, persona: str = "") -> httpx.Response:
        return await self.api.post(f"/v1/jobs/{job['id']}/actions/cancel", None, persona=persona)

    async def owner(self, sql: str, *arguments: Any) -> list[asyncpg.Record]:
        """A statement of the owner, who sees every row of jobs and of the audit log."""
        connection = await asyncpg.connect(self.api.database.owner_dsn)
        tables = ("job", "audit_entry")
        try:
            for table in tables:
                await connection.execute(f"alter table {table} no force row level security")
            return await connection.fetch(sql, *arguments)
        finally:
            for table in tables:
                await connection.execute(f"alter table {table} force row level security")
            await connection.close()
