"""The agency directory and the code lists, readable by everybody of the tenant."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from services.referrals.api.access import DirectoryReader, DirectoryWriter
from services.referrals.api.directory_schemas import (
    CodeListNames,
    CodeListView,
    CodeView,
    NewOrgUnit,
    OrgUnitBody,
    OrgUnitPage,
    OrgUnitView,
    ServiceCatalogue,
    ServiceView,
)
from services.referrals.api.referral_views import (
    TitleView,
)
from services.referrals.domain.catalogue import CATALOGUE_VERSION, SERVICES
from services.referrals.domain.labels import CODE_LISTS
from services.referrals.operations.directory import add_unit, replace_unit
from services.referrals.storage.directory_queries import ORG_UNIT_LIST, ORG_UNIT_VIEW
from shared.kernel.errors import NotFound
from shared.kernel.text import Text
from shared.service.desk import CurrentReading, CurrentWriting
from shared.web.fields import UnitKey

router = APIRouter(prefix="/v1", tags=["directory"])


@router.get(
    "/org-units",
    response_model=OrgUnitPage,
    summary="Agency directory / Verzeichnis der Stellen",
    openapi_extra={"parameters": ORG_UNIT_LIST.parameters()},
)
async def list_org_units(_: DirectoryReader, reading: CurrentReading) -> Response:
    return await reading.page(ORG_UNIT_LIST)


@router.post(
    "/org-units",
    status_code=201,
    response_model=OrgUnitView,
    summary="Add a unit / Stelle aufnehmen",
)
async def post_org_unit(body: NewOrgUnit, _: DirectoryWriter, writing: CurrentWriting) -> Response:
    entry = body.entry()
    return await writing.run(lambda tx: add_unit(tx, body.unit_id, entry), status=201)


@router.get(
    "/org-units/{unit_id}", response_model=OrgUnitView, summary="Read a unit / Stelle lesen"
)
async def read_org_unit(unit_id: UnitKey, _: DirectoryReader, reading: CurrentReading) -> Response:
    return await reading.answer(ORG_UNIT_VIEW, unit_id=unit_id)


@router.put(
    "/org-units/{unit_id}", response_model=OrgUnitView, summary="Replace a unit / Stelle ändern"
)
async def put_org_unit(
    unit_id: UnitKey, body: OrgUnitBody, _: DirectoryWriter, writing: CurrentWriting
) -> Response:
    entry, version = body.entry(), writing.expected_version
    return await writing.run(lambda tx: replace_unit(tx, unit_id, entry, version))


@router.get("/services", summary="Catalogue of services / Leistungsverzeichnis")
async def list_services(_: DirectoryReader) -> ServiceCatalogue:
    return ServiceCatalogue(
        version=CATALOGUE_VERSION,
        items=[
            ServiceView(
                code=service.code,
                title=_title(service.title),
                categories=sorted(category.value for category in service.categories),
                is_authority_matter=service.is_authority_matter,
            )
            for service in SERVICES.values()
        ],
    )


@router.get("/code-lists", tags=["code lists"], summary="Names of the code lists / Codelisten")
async def list_code_lists(_: DirectoryReader) -> CodeListNames:
    return CodeListNames(items=sorted(CODE_LISTS))


@router.get("/code-lists/{name}", tags=["code lists"], summary="One code list / Eine Codeliste")
async def read_code_list(
    name: Annotated[str, Path(max_length=60, pattern=r"^[a-z-]+$")], _: DirectoryReader
) -> CodeListView:
    codes = CODE_LISTS.get(name)
    if codes is None:
        raise NotFound
    return CodeListView(
        name=name,
        urn=f"urn:kim:code-list:referrals:{name}",
        version=CATALOGUE_VERSION,
        codes=[CodeView(code=code, label=_title(label)) for code, label in codes.items()],
    )


def _title(text: Text) -> TitleView:
    return TitleView(de=text.de, en=text.en)
