"""Code lists, the table of eligible costs, and the audit log."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from services.funding.api.answers import json_answer
from services.funding.api.doors import Reader
from services.funding.api.schemas.code_lists import (
    CodeListNames,
    CodeListView,
    CodeView,
    CostKindView,
    EligibilityTable,
    LabelView,
)
from services.funding.domain.costs import CostKind
from services.funding.domain.labels import (
    CODE_LIST_VERSION,
    CODE_LISTS,
    COST_KINDS,
    eligibility_by_line,
)
from shared.kernel.errors import NotFound
from shared.kernel.text import Text

router = APIRouter(prefix="/v1", tags=["code lists"])


@router.get(
    "/code-lists",
    response_model=CodeListNames,
    summary="Names of the code lists / Namen der Codelisten",
)
async def list_code_lists(_: Reader) -> Response:
    return json_answer(CodeListNames(items=sorted(CODE_LISTS)))


@router.get(
    "/code-lists/{name}",
    response_model=CodeListView,
    summary="Read a code list / Codeliste lesen",
)
async def read_code_list(
    name: Annotated[str, Path(max_length=60, pattern=r"^[a-z-]+$")], _: Reader
) -> Response:
    codes = CODE_LISTS.get(name)
    if codes is None:
        raise NotFound
    items = [CodeView(code=code, label=_label(label)) for code, label in codes.items()]
    return json_answer(
        CodeListView(
            name=name,
            version=CODE_LIST_VERSION,
            urn=f"urn:kim:code-list:funding-{name}:{CODE_LIST_VERSION}",
            codes=items,
        )
    )


@router.get(
    "/cost-kinds",
    response_model=EligibilityTable,
    summary="Which line pays which cost / Welcher Baustein welche Kosten trägt",
)
async def list_cost_kinds(_: Reader) -> Response:
    items = [
        CostKindView(
            code=kind.value,
            label=_label(COST_KINDS[kind]),
            eligibility={
                line.value: answer.value for line, answer in eligibility_by_line(kind).items()
            },
        )
        for kind in CostKind
    ]
    return json_answer(EligibilityTable(items=items))


def _label(text: Text) -> LabelView:
    return LabelView(de=text.de, en=text.en)
