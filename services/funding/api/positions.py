"""Posts: approved, filled and vacant, each for itself; occupancies; as-of reads."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.funding.api.doors import AsOf, KnownAt, Reader, Recorder
from services.funding.api.schemas.positions import (
    OccupancyBody,
    OccupancyEndBody,
    PositionBody,
    PositionFiguresBody,
    PositionPage,
    PositionProductsBody,
    PositionVersionBody,
    PositionView,
)
from services.funding.operations.change_position import (
    approve_posts,
    end_occupancy,
    occupy,
    report_position,
    set_products,
)
from services.funding.operations.record_position import record_position
from services.funding.storage.queries.moments import position_moment
from services.funding.storage.queries.positions import POSITION_LIST, POSITION_VIEW
from shared.kernel.clock import berlin_date, now
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1/positions", tags=["positions"])


@router.get(
    "",
    response_model=PositionPage,
    summary="List posts / Stellen auflisten",
    openapi_extra={"parameters": POSITION_LIST.parameters()},
)
async def list_positions(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(POSITION_LIST, **position_moment(berlin_date(now())))


@router.post(
    "",
    status_code=201,
    response_model=PositionView,
    summary="Record a post / Stelle erfassen",
)
async def post_position(body: PositionBody, _: Recorder, writing: CurrentWriting) -> Response:
    command = body.command()
    return await writing.run(lambda tx: record_position(tx, command), status=201)


@router.get(
    "/{position_id}",
    response_model=PositionView,
    summary="Read a post as of a day / Stelle zum Stichtag lesen",
)
async def read_position(
    position_id: UUID,
    _: Reader,
    reading: CurrentReading,
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> Response:
    moment = position_moment(berlin_date(now()), as_of, known_at)
    return await reading.answer(POSITION_VIEW, position_id=position_id, **moment)


@router.post(
    "/{position_id}/versions",
    status_code=201,
    response_model=PositionView,
    summary="Approve posts from a day on / Stellen ab einem Tag bewilligen",
)
async def post_position_version(
    position_id: UUID, body: PositionVersionBody, _: Recorder, writing: CurrentWriting
) -> Response:
    return await writing.run(
        lambda tx: approve_posts(
            tx,
            position_id,
            writing.expected_version,
            approved_fte=body.approved_fte,
            effective_from=body.effective_from,
            reason=body.reason,
        ),
        status=201,
    )


@router.put(
    "/{position_id}/reported-figures",
    response_model=PositionView,
    summary="Store what is reported of a post / Meldung zur Stelle speichern",
)
async def put_reported_figures(
    position_id: UUID, body: PositionFiguresBody, _: Recorder, writing: CurrentWriting
) -> Response:
    figures = body.figures()
    return await writing.run(
        lambda tx: report_position(tx, position_id, writing.expected_version, figures)
    )


@router.put(
    "/{position_id}/products",
    response_model=PositionView,
    summary="Set the products from a fiscal year on / Produkte ab einem Haushaltsjahr setzen",
)
async def put_products(
    position_id: UUID, body: PositionProductsBody, _: Recorder, writing: CurrentWriting
) -> Response:
    return await writing.run(
        lambda tx: set_products(
            tx,
            position_id,
            writing.expected_version,
            fiscal_year=body.fiscal_year,
            products=tuple(body.products),
        )
    )


@router.post(
    "/{position_id}/occupancies",
    status_code=201,
    response_model=PositionView,
    summary="Record that a seat is occupied / Besetzung erfassen",
)
async def post_occupancy(
    position_id: UUID, body: OccupancyBody, _: Recorder, writing: CurrentWriting
) -> Response:
    occupancy = body.occupancy()
    return await writing.run(
        lambda tx: occupy(tx, position_id, writing.expected_version, occupancy, body.source),
        status=201,
    )


@router.post(
    "/{position_id}/occupancies/{occupancy_id}/actions/end",
    response_model=PositionView,
    summary="End an occupancy / Besetzung beenden",
)
async def post_occupancy_end(
    position_id: UUID,
    occupancy_id: UUID,
    body: OccupancyEndBody,
    _: Recorder,
    writing: CurrentWriting,
) -> Response:
    return await writing.run(
        lambda tx: end_occupancy(
            tx, position_id, occupancy_id, writing.expected_version, until=body.until
        )
    )
