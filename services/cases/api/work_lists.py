"""What a person works through: lists, what they have seen, searches they keep."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from starlette.responses import Response

from services.cases.api.access import CaseReader
from services.cases.api.schemas.work import (
    SearchBody,
    SearchPage,
    SearchView,
    SeenView,
    WorkListPage,
)
from services.cases.domain.work import WorkList
from services.cases.operations.keep_own_view import (
    change_search,
    mark_seen,
    remove_search,
    save_search,
)
from services.cases.storage.queries.work import SEARCH_LIST, SEARCH_VIEW
from services.cases.storage.queries.work_lists import WORK_LISTS
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1", tags=["work lists"])

# A list that does not exist is not found, like any other path; the contract names those there are.
ListName = Annotated[str, Path(json_schema_extra={"enum": [*WorkList]})]
BY_NAME = {name.value: view for name, view in WORK_LISTS.items()}


@router.get(
    "/work-lists/{name}",
    response_model=WorkListPage,
    summary="Read a work list / Arbeitsliste lesen",
    openapi_extra={"parameters": WORK_LISTS[WorkList.MINE].parameters()},
)
async def read_work_list(name: ListName, caller: CaseReader, reading: CurrentReading) -> Response:
    """Open cases with state, next task and flags. `mine`, `overdue` and `changed` are of the
    caller and of those whose deputy the caller is today; `changed` is what the caller has not seen.
    """
    if (view := BY_NAME.get(name)) is None:
        raise NotFound
    return await reading.page(view, actor=caller.actor, today=berlin_date(now()))


@router.put(
    "/cases/{case_id}/seen",
    response_model=SeenView,
    summary="Mark a case as seen / Fall als gesehen merken",
)
async def put_seen(_: CaseReader, case_id: UUID, writing: CurrentWriting) -> Response:
    """In the version named by If-Match: a change that came meanwhile stays unseen."""
    version = writing.expected_version
    return await writing.run(lambda tx: mark_seen(tx, case_id, version))


@router.get(
    "/saved-searches",
    response_model=SearchPage,
    summary="List own searches / Eigene Suchen auflisten",
    openapi_extra={"parameters": SEARCH_LIST.parameters()},
)
async def list_searches(_: CaseReader, reading: CurrentReading) -> Response:
    return await reading.page(SEARCH_LIST)


@router.post(
    "/saved-searches",
    status_code=201,
    response_model=SearchView,
    summary="Save a search / Suche speichern",
)
async def post_search(_: CaseReader, body: SearchBody, writing: CurrentWriting) -> Response:
    return await writing.run(lambda tx: save_search(tx, body.name, body.filters), status=201)


@router.get(
    "/saved-searches/{search_id}",
    response_model=SearchView,
    summary="Read a search / Suche lesen",
)
async def read_search(search_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    return await reading.answer(SEARCH_VIEW, search_id=search_id)


@router.put(
    "/saved-searches/{search_id}",
    response_model=SearchView,
    summary="Change a search / Suche ändern",
)
async def put_search(
    _: CaseReader, search_id: UUID, body: SearchBody, writing: CurrentWriting
) -> Response:
    changed, version = body.model_dump(), writing.expected_version
    return await writing.run(lambda tx: change_search(tx, search_id, version, changed))


@router.delete(
    "/saved-searches/{search_id}",
    response_model=SearchView,
    summary="Remove a search / Suche löschen",
)
async def delete_search(_: CaseReader, search_id: UUID, writing: CurrentWriting) -> Response:
    return await writing.run(lambda tx: remove_search(tx, search_id))
