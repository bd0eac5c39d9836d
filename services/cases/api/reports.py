"""Figures and extracts, and the code lists."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query
from starlette.responses import Response

from services.cases.api.access import (
    ControllingReader,
    CurrentPractice,
    ExtractReader,
    FigureReader,
)
from services.cases.api.schemas.reports import (
    CaseControlling,
    CaseExtracts,
    CaseOutcomes,
    CaseStatistics,
    CodeListNames,
    CodeListView,
)
from services.cases.domain import (
    codes,
    finding_codes,
    legal_grounds,
    nationalities,
    residence,
    rights_grounds,
)
from services.cases.domain.code_lists import CodeList
from services.cases.operations.count_cases import count_cases
from services.cases.operations.count_families import anonymised_extracts, count_families
from services.cases.operations.count_outcomes import count_outcomes
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.kernel.periods import Period
from shared.kernel.text import Text
from shared.service.desk import JSON, CurrentReading
from shared.web.access import CurrentCaller
from shared.web.fields import LegalDate

router = APIRouter(prefix="/v1")

CODE_LISTS = {
    value.name: value
    for module in (codes, finding_codes, legal_grounds, nationalities, residence, rights_grounds)
    for value in vars(module).values()
    if isinstance(value, CodeList)
}


@router.get(
    "/reports/case-statistics",
    response_model=CaseStatistics,
    tags=["reports"],
    summary="Families in counselling on a reporting day / Familien in Beratung an einem Stichtag",
)
async def read_statistics(
    caller: FigureReader,
    practice: CurrentPractice,
    reading: CurrentReading,
    as_of: Annotated[LegalDate | None, Query(alias="asOf")] = None,
) -> Response:
    """Counted over the whole tenant on the last reporting day (end of a quarter) up to `asOf`:
    `countedOn`. Asked again, the answer is the same; groups below five are null. Without `asOf`:
    today.
    """
    today = berlin_date(now())
    async with reading.database.transaction(caller) as tx:
        figures = await count_families(
            tx, as_of or today, today, small_cell_min=practice.small_cell_min
        )
    return Response(orjson.dumps(figures), media_type=JSON)


@router.get(
    "/reports/case-outcomes",
    response_model=CaseOutcomes,
    tags=["reports"],
    summary="Cases of a year by outcome / Fälle eines Jahres nach Ergebnis",
)
async def read_outcomes(
    caller: FigureReader,
    practice: CurrentPractice,
    reading: CurrentReading,
    year: Annotated[int, Query(ge=2015, le=2199)],
) -> Response:
    """Counted over the whole tenant; groups below five are null. No case can be told from it. Of
    a running year there is only what is open: the outcomes follow when it has ended.
    """
    today = berlin_date(now())
    async with reading.database.transaction(caller) as tx:
        figures = await count_outcomes(tx, year, today, small_cell_min=practice.small_cell_min)
    return Response(orjson.dumps(figures), media_type=JSON)


@router.get(
    "/reports/case-controlling",
    response_model=CaseControlling,
    tags=["reports"],
    summary="Cases of a quarter or year / Fälle eines Quartals oder Jahres",
)
async def read_controlling(
    caller: ControllingReader,
    practice: CurrentPractice,
    reading: CurrentReading,
    first: Annotated[
        LegalDate, Query(alias="fromOn", description="First day of a quarter or a year.")
    ],
    last: Annotated[LegalDate, Query(alias="toOn", description="Last day of the same.")],
) -> Response:
    """Counted over the whole tenant, for the steering group: what came, what went, what is open
    at the end. Groups below five are null, and so is what they could be computed from. Asked
    again, the answer is the same: what becomes known later counts in the quarter in which it does.
    """
    period, today = Period.between(first, last), berlin_date(now())
    async with reading.database.transaction(caller) as tx:
        figures = await count_cases(tx, period, today, small_cell_min=practice.small_cell_min)
    return Response(orjson.dumps(figures), media_type=JSON)


@router.get(
    "/reports/case-extracts",
    response_model=CaseExtracts,
    tags=["reports"],
    summary="Anonymised extracts / Anonymisierte Fallauszüge",
)
async def read_extracts(caller: ExtractReader, reading: CurrentReading) -> Response:
    async with reading.database.transaction(caller) as tx:
        extracts = await anonymised_extracts(tx)
    return Response(orjson.dumps({"items": extracts}), media_type=JSON)


@router.get(
    "/code-lists",
    response_model=CodeListNames,
    tags=["code lists"],
    summary="Code lists / Codelisten",
)
async def list_code_lists(_: CurrentCaller) -> Response:
    """Each also in full, in the same order."""
    names = sorted(CODE_LISTS)
    whole = [_published(CODE_LISTS[name]) for name in names]
    return Response(orjson.dumps({"items": names, "lists": whole}), media_type=JSON)


@router.get(
    "/code-lists/{name}",
    response_model=CodeListView,
    tags=["code lists"],
    summary="Read a code list / Codeliste lesen",
)
async def read_code_list(name: str, _: CurrentCaller) -> Response:
    if (found := CODE_LISTS.get(name)) is None:
        raise NotFound
    return Response(orjson.dumps(_published(found)), media_type=JSON)


def _published(found: CodeList) -> dict[str, Any]:
    today = berlin_date(now())
    return {
        "name": found.name,
        "version": found.version,
        "urn": found.urn,
        "title": _both(found.title),
        "note": found.note and _both(found.note),
        "codes": [
            {
                "code": code.code,
                "iso": code.iso,
                "label": _both(code.label),
                "norms": list(code.norms),
                "validFrom": code.valid_from and code.valid_from.isoformat(),
                "validTo": code.valid_to and code.valid_to.isoformat(),
                "isSelectable": code.is_valid_on(today),
                "group": code.group and {"code": code.group.code, "label": _both(code.group.label)},
            }
            for code in found.codes
        ],
    }


def _both(text: Text) -> dict[str, str]:
    return {"de": text.de, "en": text.en}
