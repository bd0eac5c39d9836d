"""Programmes, rates and budget entries: figures on paper that are no award."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.funding.api.doors import Reader, Recorder
from services.funding.api.schemas.plans import (
    BudgetEntryBody,
    BudgetEntryPage,
    BudgetEntryView,
    ProgrammeBody,
    ProgrammePage,
    ProgrammeView,
    RateBody,
    RatePage,
    RateView,
)
from services.funding.operations.record_plans import (
    record_budget_entry,
    record_programme,
    record_rate,
)
from services.funding.storage.queries.plans import (
    BUDGET_ENTRY_LIST,
    BUDGET_ENTRY_VIEW,
    PROGRAMME_LIST,
    PROGRAMME_VIEW,
    RATE_LIST,
    RATE_VIEW,
)
from shared.service.desk import CurrentReading, CurrentWriting

programmes = APIRouter(prefix="/v1/programmes", tags=["programmes"])
rates = APIRouter(prefix="/v1/rates", tags=["rates"])
budget_entries = APIRouter(prefix="/v1/budget-entries", tags=["budget"])


@programmes.get(
    "",
    response_model=ProgrammePage,
    summary="List programmes / Programme auflisten",
    openapi_extra={"parameters": PROGRAMME_LIST.parameters()},
)
async def list_programmes(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(PROGRAMME_LIST)


@programmes.post(
    "",
    status_code=201,
    response_model=ProgrammeView,
    summary="Record a programme / Programm erfassen",
)
async def post_programme(body: ProgrammeBody, _: Recorder, writing: CurrentWriting) -> Response:
    command = body.command()
    return await writing.run(lambda tx: record_programme(tx, command), status=201)


@programmes.get(
    "/{programme_id}",
    response_model=ProgrammeView,
    summary="Read a programme / Programm lesen",
)
async def read_programme(programme_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(PROGRAMME_VIEW, programme_id=programme_id)


@rates.get(
    "",
    response_model=RatePage,
    summary="List rates by line, unit and year / Fördersätze auflisten",
    openapi_extra={"parameters": RATE_LIST.parameters()},
)
async def list_rates(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(RATE_LIST)


@rates.post(
    "", status_code=201, response_model=RateView, summary="Record a rate / Fördersatz erfassen"
)
async def post_rate(body: RateBody, _: Recorder, writing: CurrentWriting) -> Response:
    command = body.command()
    return await writing.run(lambda tx: record_rate(tx, command), status=201)


@rates.get("/{rate_id}", response_model=RateView, summary="Read a rate / Fördersatz lesen")
async def read_rate(rate_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(RATE_VIEW, rate_id=rate_id)


@budget_entries.get(
    "",
    response_model=BudgetEntryPage,
    summary="List budget entries / Haushaltsansätze auflisten",
    openapi_extra={"parameters": BUDGET_ENTRY_LIST.parameters()},
)
async def list_budget_entries(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(BUDGET_ENTRY_LIST)


@budget_entries.post(
    "",
    status_code=201,
    response_model=BudgetEntryView,
    summary="Record a budget entry / Haushaltsansatz erfassen",
)
async def post_budget_entry(
    body: BudgetEntryBody, _: Recorder, writing: CurrentWriting
) -> Response:
    command = body.command()
    return await writing.run(lambda tx: record_budget_entry(tx, command), status=201)


@budget_entries.get(
    "/{entry_id}",
    response_model=BudgetEntryView,
    summary="Read a budget entry / Haushaltsansatz lesen",
)
async def read_budget_entry(entry_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(BUDGET_ENTRY_VIEW, entry_id=entry_id)
