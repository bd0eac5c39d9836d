"""Closed case files for the records management of the own unit."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from services.cases.api.access import FileExporter
from services.cases.api.documents import CurrentArchive
from services.cases.operations.export_file import archive_of, prepare_transfer
from shared.service.desk import CurrentReading

router = APIRouter(prefix="/v1", tags=["case files"])

ZIP = "application/zip"


@router.get(
    "/cases/{case_id}/file.zip",
    response_class=Response,
    responses={200: {"content": {ZIP: {"schema": {"type": "string", "format": "binary"}}}}},
    summary="Closed file as xdomea 0503 / Abgeschlossene Akte als xdomea 0503",
)
async def read_file(
    case_id: UUID, caller: FileExporter, archive: CurrentArchive, reading: CurrentReading
) -> Response:
    """A ZIP with the message `<process>_Aussonderung.Aussonderung.0503.xml` and the documents under
    their ids, as a stream. For the unit's own machine; each call is written down as a disclosure.
    """
    transfer = await prepare_transfer(reading.database, caller, archive.objects, case_id)
    name = transfer.file.archive_name
    return StreamingResponse(
        archive_of(transfer, archive.objects),
        media_type=ZIP,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
