"""`/reports/controlling.pdf`, `.csv` and `.json`: the controlling report in three forms."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from gateway.clients.conversation import CallLog
from gateway.reports.csv import Encoding
from gateway.reports.pack import ControllingPack, controlling_pack, pack_document
from gateway.reports.pack_csv import pack_csv
from gateway.reports.pack_pdf import pack_pdf
from gateway.reports.routes import report_file
from gateway.schema.kim_controlling import ended_period
from shared.web.access import CurrentCaller
from shared.web.fields import LegalDate
from shared.web.queries import refuse_unknown_parameters

router = APIRouter(
    prefix="/reports", tags=["reports"], dependencies=[Depends(refuse_unknown_parameters)]
)
First = Annotated[
    LegalDate,
    Query(alias="fromOn", description="First day of a quarter or year. / Erster Tag."),
]
Last = Annotated[
    LegalDate, Query(alias="toOn", description="Last day of the same. / Letzter Tag desselben.")
]


async def asked_pack(
    request: Request, caller: CurrentCaller, first: First, last: Last
) -> ControllingPack:
    """The services are asked in German: their sentences stand in the report.

    Raises PeriodNotWhole, FiguresNotSettled.
    """
    period, state = ended_period(first, last), request.app.state
    services = state.upstreams.for_request(request, CallLog(), state.settings, language="de")
    return await controlling_pack(services, caller.tenant_id, period)


Pack = Annotated[ControllingPack, Depends(asked_pack)]


@router.get(
    "/controlling.pdf",
    summary="Controlling report for print / Controllingbericht zum Drucken",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
async def read_pdf(pack: Pack) -> Response:
    """Tagged PDF/UA-1 in German, with charts, fonts embedded."""
    return report_file(await pack_pdf(pack), "application/pdf", _name(pack, "pdf"))


@router.get(
    "/controlling.csv",
    summary="Controlling report as a table / Controllingbericht als Tabelle",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
)
async def read_csv(
    pack: Pack,
    encoding: Annotated[
        Encoding, Query(description="What the spreadsheet reads. / Was die Tabelle liest.")
    ] = "windows-1252",
) -> Response:
    """Semicolons, decimal comma, CRLF; the header says how many characters had to be replaced."""
    table = pack_csv(pack, encoding)
    media = f"text/csv; charset={encoding}; header=present"
    response = report_file(table.content, media, _name(pack, "csv"))
    response.headers["X-Replaced-Characters"] = str(table.replaced)
    return response


@router.get(
    "/controlling.json",
    summary="Controlling report as JSON / Controllingbericht als JSON",
    response_class=Response,
    responses={200: {"content": {"application/json": {}}}},
)
async def read_json(pack: Pack) -> Response:
    body = orjson.dumps(pack_document(pack))
    return Response(body, media_type="application/json", headers={"Cache-Control": "no-store"})


def _name(pack: ControllingPack, ending: str) -> str:
    return f"kim-controlling-{pack.tenant_id}-{pack.period}.{ending}"
