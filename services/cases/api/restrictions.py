"""Restricted persons: the restriction itself, and who is released from it."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import CaseWriter, RestrictionReleaser
from services.cases.api.schemas.people import PersonView
from services.cases.api.schemas.person_parts import (
    ReleaseBody,
    ReleaseEnd,
    ReleasePage,
    ReleaseView,
    RestrictionBody,
)
from services.cases.operations.keep_person_parts import ChangePart
from services.cases.operations.restrict_person import (
    Release,
    end_release,
    release,
    restrict_person,
)
from services.cases.storage.queries.restrictions import RELEASES_OF_PERSON
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1/persons/{person_id}", tags=["people"])


@router.put(
    "/restriction",
    response_model=PersonView,
    summary="Restrict a person / Auskunftssperre setzen",
)
async def put_restriction(
    _: CaseWriter, person_id: UUID, body: RestrictionBody, writing: CurrentWriting
) -> Response:
    change = ChangePart(person_id=person_id, expected_version=writing.expected_version)
    return await writing.run(
        lambda tx: restrict_person(tx, change, is_restricted=body.is_restricted)
    )


@router.get(
    "/restriction-releases",
    response_model=ReleasePage,
    summary="Who sees a restricted person / Freigaben einer Auskunftssperre",
    openapi_extra={"parameters": RELEASES_OF_PERSON.parameters()},
)
async def list_releases(
    person_id: UUID, _: RestrictionReleaser, reading: CurrentReading
) -> Response:
    return await reading.page(RELEASES_OF_PERSON, person_id=person_id)


@router.post(
    "/restriction-releases",
    status_code=201,
    response_model=ReleaseView,
    summary="Release a case manager / Fachkraft freigeben",
)
async def post_release(
    _: RestrictionReleaser, person_id: UUID, body: ReleaseBody, writing: CurrentWriting
) -> Response:
    """By the team lead, the unit head or who set the restriction; never for oneself."""
    command = Release(person_id=person_id, actor=body.actor, reason=body.reason)
    return await writing.run(lambda tx: release(tx, command), status=201)


@router.post(
    "/restriction-releases/actions/end",
    response_model=ReleaseView,
    summary="End a release / Freigabe beenden",
)
async def post_release_end(
    _: RestrictionReleaser, person_id: UUID, body: ReleaseEnd, writing: CurrentWriting
) -> Response:
    return await writing.run(lambda tx: end_release(tx, person_id, body.actor))
