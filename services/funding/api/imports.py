"""Imports from files: a table of posts as CSV, with its notation stated."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Header, Query, Request
from starlette.responses import Response

from services.funding.api.doors import Recorder
from services.funding.api.schemas.fields import Source
from services.funding.api.schemas.imports import PositionTableImportView
from services.funding.domain.figures import FigureLocale
from services.funding.operations.import_position_table import import_position_table, read_table
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.service.desk import CurrentWriting
from shared.service.rehearsals import OWN_REPORT
from shared.service.writes import Answer
from shared.web.fields import LegalDate
from shared.web.problems import MediaTypeUnsupported

router = APIRouter(prefix="/v1/imports", tags=["positions"])

TABLE_PATH: Final = "/v1/imports/position-table"
TABLE_BYTES_MAX: Final = 256_000
CSV = {"text/csv": {"schema": {"type": "string"}}}
CHARSETS = {"": "utf-8", "utf-8": "utf-8", "windows-1252": "cp1252"}


@router.post(
    "/position-table",
    status_code=201,
    response_model=PositionTableImportView,
    responses={200: {"model": PositionTableImportView, "description": "Dry run / Probelauf"}},
    summary="Import a table of posts from CSV / Stellentabelle aus CSV übernehmen",
    openapi_extra={"requestBody": {"required": True, "content": CSV}} | OWN_REPORT,
)
async def post_position_table(
    request: Request,
    _: Recorder,
    writing: CurrentWriting,
    locale: Annotated[
        FigureLocale, Query(description="Notation of the numbers. / Schreibweise der Zahlen.")
    ],
    reported_on: Annotated[
        LegalDate, Query(alias="reportedOn", description="Day of the table. / Stand der Tabelle.")
    ],
    source: Annotated[Source, Query(description="Paper it stands in. / Vorlage.")],
    provenance: Annotated[
        Literal["ORIGINAL", "MIRROR"],
        Query(description="The paper or a copy. / Original, Abschrift."),
    ] = "ORIGINAL",
    content_type: Annotated[str, Header(include_in_schema=False)] = "",
) -> Response:
    """UTF-8 or Windows-1252 as `Content-Type` says; German tables with `;`, English with `,`.

    A table with a doubtful cell is refused whole, every cell named; a dry run lists all lines.
    """
    reading = read_table(await request.body(), _charset(content_type), locale)

    async def operation(tx: Transaction) -> Answer:
        report_id = None
        if not writing.is_dry_run:
            report_id = await import_position_table(
                tx, reading, reported_on=reported_on, source=source, provenance=provenance
            )
        view = PositionTableImportView.of(reading, reported_on, report_id)
        body = view.model_dump_json(by_alias=True).encode()
        location = f"/v1/position-reports/{report_id}" if report_id else None
        return Answer(Document(body, None), location=location)

    return await writing.report(operation, status=201)


def _charset(content_type: str) -> str:
    """Raises MediaTypeUnsupported."""
    media, _, parameters = content_type.partition(";")
    name = parameters.strip().lower().removeprefix("charset=").strip('"')
    if media.strip().lower() != "text/csv" or name not in CHARSETS:
        raise MediaTypeUnsupported(accepted="text/csv; charset=utf-8, windows-1252")
    return CHARSETS[name]
