"""How long cases are kept, destruction lists, erasure across services."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import (
    CaseReader,
    CaseWriter,
    CurrentPractice,
    DestructionHandler,
    RuleSetter,
)
from services.cases.api.schemas.retention import (
    DestructionListPage,
    DestructionListView,
    ErasurePage,
    ErasureView,
    ExclusionBody,
    ListBody,
    RetentionView,
    RuleBody,
    RulePage,
    RuleView,
)
from services.cases.domain.destruction import ListAction
from services.cases.operations.destroy_cases import (
    act_on_list,
    draft_list,
    exclude_case,
    with_transitions,
)
from services.cases.operations.erase_across_services import request_erasure
from services.cases.operations.explain_retention import explained
from services.cases.operations.set_deletion_rule import set_deletion_rule
from services.cases.storage.queries.erasures import ERASURE_VIEW, ERASURES
from services.cases.storage.queries.retention import (
    LIST_VIEW,
    LISTS,
    RETENTION_VIEW,
    RULE_LIST,
)
from shared.service.desk import JSON, CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1", tags=["retention"])


@router.get(
    "/cases/{case_id}/retention",
    response_model=RetentionView,
    summary="Explain how long a case is kept / Erklären, wie lange ein Fall aufbewahrt wird",
)
async def read_retention(
    caller: CaseReader, practice: CurrentPractice, case_id: UUID, reading: CurrentReading
) -> Response:
    document = await reading.document(RETENTION_VIEW, case_id=case_id)
    async with reading.database.transaction(caller) as tx:
        body = await explained(tx, document, practice)
    return Response(body, media_type=JSON, headers={"Cache-Control": "no-store"})


@router.get(
    "/deletion-rules",
    response_model=RulePage,
    summary="List deletion rules / Löschregeln auflisten",
    openapi_extra={"parameters": RULE_LIST.parameters()},
)
async def list_rules(_: DestructionHandler, reading: CurrentReading) -> Response:
    """What the unit has set; for everything else the default of the installation holds."""
    return await reading.page(RULE_LIST)


@router.post(
    "/deletion-rules",
    status_code=201,
    response_model=RuleView,
    summary="Set a deletion rule / Löschregel festlegen",
)
async def post_rule(_: RuleSetter, body: RuleBody, writing: CurrentWriting) -> Response:
    rule = body.rule()
    return await writing.run(lambda tx: set_deletion_rule(tx, rule), status=201)


@router.post(
    "/cases/{case_id}/erasure",
    status_code=202,
    response_model=ErasureView,
    summary="Request the erasure everywhere / Löschung in allen Diensten anfordern",
)
async def post_erasure(
    _: CaseWriter, practice: CurrentPractice, case_id: UUID, writing: CurrentWriting
) -> Response:
    version = writing.expected_version
    return await writing.run(lambda tx: request_erasure(tx, case_id, version, practice), status=202)


@router.get(
    "/cases/{case_id}/erasure",
    response_model=ErasureView,
    summary="Read the progress of an erasure / Stand einer Löschung lesen",
)
async def read_erasure(_: CaseReader, case_id: UUID, reading: CurrentReading) -> Response:
    return await reading.answer(ERASURE_VIEW, case_id=case_id)


@router.get(
    "/erasures",
    response_model=ErasurePage,
    summary="List what was erased / Löschungen auflisten",
    openapi_extra={"parameters": ERASURES.parameters()},
)
async def list_erasures(_: CaseReader, reading: CurrentReading) -> Response:
    """Cases and parts of cases of the unit: ids, kinds and instants, nobody's data. The list of
    the whole installation is written by `python -m services.cases.erasures export`.
    """
    return await reading.page(ERASURES)


@router.get(
    "/destruction-lists",
    response_model=DestructionListPage,
    summary="List destruction lists / Vernichtungslisten auflisten",
    openapi_extra={"parameters": LISTS.parameters()},
)
async def list_lists(_: DestructionHandler, reading: CurrentReading) -> Response:
    return await reading.page(LISTS)


@router.post(
    "/destruction-lists",
    status_code=201,
    response_model=DestructionListView,
    summary="Draft a destruction list / Vernichtungsliste erstellen",
)
async def post_list(
    _: CaseWriter, practice: CurrentPractice, body: ListBody, writing: CurrentWriting
) -> Response:
    return await writing.run(lambda tx: draft_list(tx, body.due_until, practice), status=201)


@router.get(
    "/destruction-lists/{list_id}",
    response_model=DestructionListView,
    summary="Read a destruction list or its report / Vernichtungsliste oder ihren Bericht lesen",
)
async def read_list(caller: DestructionHandler, list_id: UUID, reading: CurrentReading) -> Response:
    document = await reading.document(LIST_VIEW, list_id=list_id)
    return reading.respond(with_transitions(document, caller))


@router.post(
    "/destruction-lists/{list_id}/exclusions",
    response_model=DestructionListView,
    summary="Take a case off the list / Fall von der Liste nehmen",
)
async def post_exclusion(
    _: CaseWriter, list_id: UUID, body: ExclusionBody, writing: CurrentWriting
) -> Response:
    version = writing.expected_version
    return await writing.run(lambda tx: exclude_case(tx, list_id, body.case_id, version))


@router.post(
    "/destruction-lists/{list_id}/actions/{action}",
    response_model=DestructionListView,
    summary="Submit, review, approve, execute / Einreichen, prüfen, freigeben, ausführen",
)
async def post_list_action(
    _: DestructionHandler,
    practice: CurrentPractice,
    list_id: UUID,
    action: ListAction,
    writing: CurrentWriting,
) -> Response:
    version = writing.expected_version
    return await writing.run(lambda tx: act_on_list(tx, list_id, action, version, practice))
