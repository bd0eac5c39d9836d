"""Whole books: accounts with balances, verification, export, closing of months and years."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response, StreamingResponse

from services.funding.api.answers import json_answer
from services.funding.api.doors import AsOf, KnownAt, Reader, Recorder, Releaser
from services.funding.api.schemas.ledger import (
    BookBody,
    LapseBody,
    LapsedView,
    LedgerAccountPage,
    LedgerPeriods,
    LedgerPeriodView,
    LedgerVerificationView,
    YearCloseView,
)
from services.funding.domain.ledger.accounts import Book
from services.funding.operations.ledger.close import (
    close_period,
    close_year,
    lapse_claims,
    read_months,
    read_year_close,
    request_closing,
)
from services.funding.operations.ledger.export import ExportFormat, export_book
from services.funding.operations.ledger.verify import verify_book
from services.funding.storage.book_records import BookScope
from services.funding.storage.queries.journal import ACCOUNT_LIST
from services.funding.storage.queries.moments import moment
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1/ledger", tags=["books"])
fiscal_years = APIRouter(prefix="/v1/fiscal-years", tags=["books"])

WhichBook = Annotated[Book, Query(description="Live or practice. / Echt- oder Übungsbetrieb.")]
QueryYear = Annotated[int | None, Query(alias="fiscalYear", ge=2015, le=2199)]
PathYear = Annotated[int, Path(ge=2015, le=2199)]
PathMonth = Annotated[int, Path(ge=1, le=12)]
EXPORT_TYPES = {
    ExportFormat.CSV: ("text/csv; charset=utf-8", "csv"),
    ExportFormat.NDJSON: ("application/x-ndjson", "ndjson"),
    ExportFormat.BEANCOUNT: ("text/plain; charset=utf-8", "beancount"),
    ExportFormat.HLEDGER: ("text/plain; charset=utf-8", "journal"),
    ExportFormat.LEDGER: ("text/plain; charset=utf-8", "journal"),
}


def _seal_key(request: Request) -> bytes:
    key: bytes = request.app.state.ledger_seal_key
    return key


@router.get(
    "/accounts",
    response_model=LedgerAccountPage,
    summary="List accounts with balances of any day / Konten mit Salden zum Stichtag auflisten",
    openapi_extra={"parameters": ACCOUNT_LIST.parameters()},
)
async def list_accounts(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(ACCOUNT_LIST)


@router.get(
    "/verify",
    response_model=LedgerVerificationView,
    summary="Verify a book from its first entry on / Buch vom ersten Eintrag an prüfen",
)
async def verify(
    request: Request, caller: Reader, reading: CurrentReading, book: WhichBook = Book.LIVE
) -> Response:
    check = await verify_book(reading.database, caller, book, _seal_key(request))
    return json_answer(LedgerVerificationView.of(check))


@router.get(
    "/export",
    response_class=StreamingResponse,
    summary="Export a book / Buch ausgeben",
    responses={
        200: {
            "content": {
                kind.partition(";")[0]: {"schema": {"type": "string"}}
                for kind, _ in EXPORT_TYPES.values()
            }
        }
    },
)
async def export(
    caller: Reader,
    reading: CurrentReading,
    form: Annotated[
        ExportFormat,
        Query(
            alias="format",
            description="hledger and ledger read the same file; ndjson can be verified offline."
            " / hledger und ledger lesen dieselbe Datei; ndjson ist ohne Datenbank prüfbar.",
        ),
    ] = ExportFormat.CSV,
    book: WhichBook = Book.LIVE,
    fiscal_year: QueryYear = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> Response:
    scope = BookScope(book, fiscal_year, **moment(as_of, known_at))
    pieces = await export_book(reading.database, caller, scope, form)
    media_type, suffix = EXPORT_TYPES[form]
    name = f"kim-{caller.tenant_id}-{book.value.lower()}.{suffix}"
    return StreamingResponse(
        pieces,
        media_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


@router.get(
    "/periods",
    response_model=LedgerPeriods,
    summary="List the months of a year / Monate eines Jahres auflisten",
)
async def list_periods(
    _: Reader,
    reading: CurrentReading,
    fiscal_year: Annotated[int, Query(alias="fiscalYear", ge=2015, le=2199)],
    book: WhichBook = Book.LIVE,
) -> Response:
    async with reading.database.transaction(reading.caller) as tx:
        months = await read_months(tx, book, fiscal_year)
    return json_answer(LedgerPeriods(items=[LedgerPeriodView(**month) for month in months]))


@router.post(
    "/periods/{year}-{month}/actions/request-close",
    response_model=LedgerPeriodView,
    summary="Ask for the closing of a month / Monatsabschluss beantragen",
)
async def post_request_close(
    year: PathYear, month: PathMonth, body: BookBody, _: Recorder, writing: CurrentWriting
) -> Response:
    return await writing.run(lambda tx: request_closing(tx, body.book, year, month))


@router.post(
    "/periods/{year}-{month}/actions/close",
    response_model=LedgerPeriodView,
    summary="Close a month / Monat abschließen",
)
async def post_close(
    request: Request,
    year: PathYear,
    month: PathMonth,
    body: BookBody,
    _: Releaser,
    writing: CurrentWriting,
) -> Response:
    key = _seal_key(request)
    return await writing.run(lambda tx: close_period(tx, body.book, year, month, key))


@fiscal_years.get(
    "/{year}/close",
    response_model=YearCloseView,
    summary="Read the close of a year / Jahresabschluss lesen",
)
async def read_close(
    year: PathYear, _: Reader, reading: CurrentReading, book: WhichBook = Book.LIVE
) -> Response:
    async with reading.database.transaction(reading.caller) as tx:
        answer = await read_year_close(tx, book, year)
    return reading.respond(answer.document)


@fiscal_years.post(
    "/{year}/actions/lapse-claims",
    response_model=LapsedView,
    summary="End what was granted and never called / Nicht abgerufene Bewilligungen ausbuchen",
)
async def post_lapse(
    year: PathYear,
    body: LapseBody,
    _: Releaser,
    writing: CurrentWriting,
) -> Response:
    return await writing.run(
        lambda tx: lapse_claims(tx, body.book, year, body.value_date),
    )


@fiscal_years.post(
    "/{year}/actions/close",
    status_code=201,
    response_model=YearCloseView,
    summary="Close a year / Jahr abschließen",
)
async def post_close_year(
    request: Request, year: PathYear, body: BookBody, _: Releaser, writing: CurrentWriting
) -> Response:
    key = _seal_key(request)
    return await writing.run(lambda tx: close_year(tx, body.book, year, key), status=201)
