"""Files for the finance system: made once, read as often as needed."""

from base64 import b64encode
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from services.funding.api.doors import FinanceExporter
from services.funding.api.schemas.finance_exports import (
    CharacterReplacementsView,
    FinanceExportBody,
    FinanceExportPage,
    FinanceExportView,
)
from services.funding.operations.export_finance import export_finance
from services.funding.storage.queries.finance_exports import (
    CONTENT,
    EXPORT_LIST,
    EXPORT_VIEW,
    REPLACEMENTS_VIEW,
)
from shared.kernel.errors import NotFound
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1/finance-exports", tags=["books"])

Number = Annotated[int, Path(ge=1, le=9_999_999_999, description="Running number. / Laufnummer.")]


@router.get(
    "",
    response_model=FinanceExportPage,
    summary="List files for the finance system / Übergabedateien auflisten",
    openapi_extra={"parameters": EXPORT_LIST.parameters()},
)
async def list_finance_exports(_: FinanceExporter, reading: CurrentReading) -> Response:
    return await reading.page(EXPORT_LIST)


@router.post(
    "",
    status_code=201,
    response_model=FinanceExportView,
    summary="Hand over what has not left yet / Offene Buchungen an das Finanzwesen übergeben",
)
async def post_finance_export(
    body: FinanceExportBody, _: FinanceExporter, writing: CurrentWriting
) -> Response:
    return await writing.run(lambda tx: export_finance(tx, body.encoding), status=201)


@router.get(
    "/{number}.csv",
    response_class=Response,
    summary="Read a file as it left / Übergabedatei unverändert lesen",
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def read_finance_export_csv(
    number: Number, caller: FinanceExporter, reading: CurrentReading
) -> Response:
    async with reading.database.transaction(caller) as tx:
        row = await tx.row(CONTENT, number=number)
    if row is None:
        raise NotFound
    digest = b64encode(bytes.fromhex(row["sha256"])).decode()
    name = f"kim-{caller.tenant_id}-{number:06}.csv"
    return Response(
        row["content"],
        headers={
            "Content-Type": f"text/csv; charset={row['encoding']}",
            "Content-Disposition": f'attachment; filename="{name}"',
            "Repr-Digest": f"sha-256=:{digest}:",
            "Cache-Control": "no-store",
        },
    )


@router.get(
    "/{number}/replacements",
    response_model=CharacterReplacementsView,
    summary="Read which characters were replaced / Ersetzte Zeichen lesen",
)
async def read_replacements(
    number: Number, _: FinanceExporter, reading: CurrentReading
) -> Response:
    return await reading.answer(REPLACEMENTS_VIEW, number=number)


@router.get(
    "/{number}",
    response_model=FinanceExportView,
    summary="Read about a file / Angaben zu einer Übergabedatei lesen",
)
async def read_finance_export(
    number: Number, _: FinanceExporter, reading: CurrentReading
) -> Response:
    return await reading.answer(EXPORT_VIEW, number=number)
