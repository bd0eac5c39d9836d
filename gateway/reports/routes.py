"""`/reports/status.pdf`, `.csv` and `.json`: the same figures in three forms."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from gateway.clients.conversation import CallLog
from gateway.reports.assembling import status_report
from gateway.reports.csv import Encoding, status_csv
from gateway.reports.document import status_document
from gateway.reports.figures import StatusReport
from gateway.reports.pdf import status_pdf
from shared.web.access import CurrentCaller
from shared.web.fields import LegalDate
from shared.web.queries import refuse_unknown_parameters

router = APIRouter(
    prefix="/reports", tags=["reports"], dependencies=[Depends(refuse_unknown_parameters)]
)

AsOf = Annotated[LegalDate, Query(alias="asOf", description="The day. / Der Stichtag.")]


@router.get(
    "/status.pdf",
    summary="Status report for print / Statusbericht zum Drucken",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
async def read_pdf(request: Request, caller: CurrentCaller, as_of: AsOf) -> Response:
    """Tagged PDF/UA-1 in German, fonts embedded."""
    report = await _report(request, caller.tenant_id, as_of)
    return _file(await status_pdf(report), "application/pdf", report, "pdf")


@router.get(
    "/status.csv",
    summary="Status report as a table / Statusbericht als Tabelle",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
)
async def read_csv(
    request: Request,
    caller: CurrentCaller,
    as_of: AsOf,
    encoding: Annotated[
        Encoding, Query(description="What the spreadsheet reads. / Was die Tabelle liest.")
    ] = "windows-1252",
) -> Response:
    """Semicolons, decimal comma, CRLF; the header says how many characters had to be replaced."""
    report = await _report(request, caller.tenant_id, as_of)
    table = status_csv(report, encoding)
    response = _file(table.content, f"text/csv; charset={encoding}; header=present", report, "csv")
    response.headers["X-Replaced-Characters"] = str(table.replaced)
    return response


@router.get(
    "/status.json",
    summary="Status report as JSON / Statusbericht als JSON",
    response_class=Response,
    responses={200: {"content": {"application/json": {}}}},
)
async def read_json(request: Request, caller: CurrentCaller, as_of: AsOf) -> Response:
    report = await _report(request, caller.tenant_id, as_of)
    body = orjson.dumps(status_document(report))
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})


async def _report(request: Request, tenant_id: str, as_of: LegalDate) -> StatusReport:
    """The services are asked in German: their sentences stand in the report."""
    state = request.app.state
    services = state.upstreams.for_request(request, CallLog(), state.settings, language="de")
    return await status_report(services, tenant_id, as_of)


def _file(content: bytes, media: str, report: StatusReport, ending: str) -> Response:
    name = f"kim-status-{report.tenant_id}-{report.as_of.isoformat()}.{ending}"
    return report_file(content, media, name)


def report_file(content: bytes, media: str, name: str) -> Response:
    """A file to keep, which no cache may keep."""
    return Response(
        content,
        headers={
            "Content-Type": media,
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
