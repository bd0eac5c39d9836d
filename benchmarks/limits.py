"""What the same answers cost without what makes them ours: the limits, and the usual way.

`/sql/…` answers with the very SQL of the service, as the administrator: one unit is chosen by hand,
no policy is asked, nothing is logged, no token is checked. `/ready/…` answers with bytes that are
there. `/orm/…` is FastAPI with SQLModel objects and a response model, as its handbook shows it.
"""

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import uvicorn
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlmodel import col, select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.cases.storage.queries.cases import CASE_LIST, CASE_VIEW
from services.cases.storage.tables import CaseRow
from shared.database.statements import Statement
from shared.database.views import View
from shared.kernel.clock import berlin_date, now

TENANT, UNIT = "05570", "waf-cm"
JSON = "application/json"
PAGE = 50
CONNECTIONS = 10
SENT = "create table if not exists bench_sent (id uuid primary key, body json)"
INSERT = "insert into bench_sent values (uuidv7(), $1::text::json) returning id"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.limits", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--dsn", required=True, help="the administrator's, of the case database")
    return parser.parse_args()


class Bare:
    """The two reads on one pool of connections."""

    pool: "asyncpg.Pool[asyncpg.Record]"

    def __init__(self) -> None:
        listed, _ = CASE_LIST.chosen([("first", str(PAGE))])
        self.list, self.list_sql = bare(listed, is_page=True)
        self.one, self.one_sql = bare(CASE_VIEW, is_page=False)
        self.ready: dict[str, bytes] = {}

    async def page(self, request: Request) -> Response:
        body = await self._asked(self.list, self.list_sql, page_rows=PAGE + 1)
        return self._answer(request, body)

    async def case(self, request: Request) -> Response:
        body = await self._asked(
            self.one,
            self.one_sql,
            case_id=UUID(request.path_params["case_id"]),
            today=berlin_date(now()),
            actor="nobody",
        )
        return self._answer(request, body)

    async def insert(self, request: Request) -> Response:
        """What it takes at least to keep what was sent."""
        async with self.pool.acquire() as connection:
            found = await connection.fetchval(INSERT, (await request.body()).decode())
        return Response(str(found), status_code=201)

    async def kept(self, request: Request) -> Response:
        """The bytes that the last answer of the same kind had."""
        return Response(self.ready[request.path_params["kind"]], media_type=JSON)

    async def _asked(self, statement: Statement, sql: str, **values: Any) -> bytes:
        asked = {name: value for name, value in values.items() if name in statement.names}
        async with self.pool.acquire() as connection:
            found: str = await connection.fetchval(sql, *statement.arguments(asked))
        return found.encode()

    def _answer(self, request: Request, body: bytes) -> Response:
        self.ready["list" if request.url.path.endswith("/cases") else "one"] = body
        return Response(body, media_type=JSON)


def bare(view: View, *, is_page: bool) -> tuple[Statement, str]:
    """The view's own select for one unit, as JSON: no gate, no policy, no audit."""
    mine = View(
        view.query.where(col(CaseRow.tenant_id) == TENANT, col(CaseRow.unit_id) == UNIT),
        sort=view.sort,
        descending=view.descending,
    )
    inner = mine._inner(after=False, ordered=is_page)  # noqa: SLF001 - the same SQL, taken apart
    members = mine._members("found")  # noqa: SLF001 - the same
    result = "json_agg(t)::text" if is_page else "row_to_json(t)::text"
    return inner, (
        "with gate as materialized (select true as ok), found as materialized"  # noqa: S608 - made of compiled statements
        f" (select r.* from gate cross join lateral ({inner.sql}) r)"
        f" select {result} from (select {members} from found) t"
    )


def orm(dsn: str) -> FastAPI:
    """Objects, a session to a request, a response model."""
    engine = create_async_engine(dsn.replace("postgresql://", "postgresql+asyncpg://"))
    session_of = async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)
    app = FastAPI()

    @app.get("/cases", response_model=list[CaseRow])
    async def cases() -> Any:
        mine = (col(CaseRow.tenant_id) == TENANT, col(CaseRow.unit_id) == UNIT)
        order = (col(CaseRow.opened_on).desc(), col(CaseRow.id).desc())
        async with session_of() as session:
            found = await session.scalars(select(CaseRow).where(*mine).order_by(*order).limit(PAGE))
            return found.all()

    @app.get("/cases/{case_id}", response_model=CaseRow)
    async def case(case_id: UUID) -> Any:
        async with session_of() as session:
            return await session.get(CaseRow, case_id)

    return app


def create_app(dsn: str) -> Starlette:
    reads = Bare()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with asyncpg.create_pool(
            dsn, max_size=CONNECTIONS, reset=_nothing, max_cacheable_statement_size=0
        ) as reads.pool:
            await reads.pool.execute(SENT)
            yield

    app = Starlette(
        routes=[
            Route("/sql/cases", reads.page),
            Route("/sql/cases/{case_id}", reads.case),
            Route("/sql/referrals", reads.insert, methods=["POST"]),
            Route("/ready/{kind}", reads.kept),
        ],
        lifespan=lifespan,
    )
    app.mount("/orm", orm(dsn))
    return app


async def _nothing(_: "asyncpg.Connection[asyncpg.Record]") -> None:
    """No reset query on release."""


def main() -> None:
    given = arguments()
    uvicorn.run(create_app(given.dsn), port=given.port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
