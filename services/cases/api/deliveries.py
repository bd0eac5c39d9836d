"""Records under the numbers of other systems, and the provenance of their values."""

from typing import Any
from uuid import UUID

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import CaseReader, CurrentDelivery, CurrentPractice
from services.cases.api.schemas.cases import CaseView
from services.cases.api.schemas.deliveries import (
    CaseDelivery,
    DeliveryReceipt,
    Provenance,
)
from services.cases.api.schemas.people import PersonBody, PersonView
from services.cases.operations.case_document import with_next_steps
from services.cases.operations.put_by_external import PutByExternal, put_case, put_person
from services.cases.storage.queries.deliveries import (
    CASE_BY_NUMBER,
    PERSON_BY_NUMBER,
    PROVENANCE_OF_CASE,
    PROVENANCE_OF_PERSON,
)
from shared.kernel.clock import berlin_date, now
from shared.kernel.external_ids import PersonalExternalId
from shared.kernel.text import camel
from shared.service.desk import JSON, CurrentReading
from shared.web.external_ids import ExternalValue, IfNoneMatch, SystemName, made

router = APIRouter(prefix="/v1", tags=["deliveries"])

RECEIPT = made(DeliveryReceipt)


@router.put(
    "/persons/by-external/{system}/{value}",
    response_model=DeliveryReceipt,
    responses=RECEIPT,
    summary="Put a person by external id / Person unter fremder Kennung ablegen",
)
async def put_person_by_external(
    delivery: CurrentDelivery,
    system: SystemName,
    value: ExternalValue,
    body: PersonBody,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """201 made, 200 changed or unchanged. A change needs `If-Match`; the same content does not."""
    command = _command(PersonalExternalId(system, value), delivery, if_none_match)
    person = body.particulars()
    return await delivery.run(lambda tx: put_person(tx, command, person))


@router.get(
    "/persons/by-external/{system}/{value}",
    response_model=PersonView,
    summary="Read a person by external id / Person unter fremder Kennung lesen",
)
async def read_person_by_external(
    _: CaseReader, system: SystemName, value: ExternalValue, reading: CurrentReading
) -> Response:
    """Of a merged record the one that stays in use."""
    return await reading.answer(PERSON_BY_NUMBER, system=system, number=value)


@router.put(
    "/cases/by-external/{system}/{value}",
    response_model=DeliveryReceipt,
    responses=RECEIPT,
    summary="Put a case by external id / Fall unter fremder Kennung ablegen",
)
async def put_case_by_external(
    delivery: CurrentDelivery,
    system: SystemName,
    value: ExternalValue,
    body: CaseDelivery,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """201 made, 200 changed or unchanged. State and dates are taken over once; afterwards the
    steps of the case move it.
    """
    command = _command(PersonalExternalId(system, value), delivery, if_none_match)
    row = body.as_row(1, value)
    return await delivery.run(lambda tx: put_case(tx, command, row))


@router.get(
    "/cases/by-external/{system}/{value}",
    response_model=CaseView,
    summary="Read a case by external id / Fall unter fremder Kennung lesen",
)
async def read_case_by_external(
    caller: CaseReader,
    practice: CurrentPractice,
    system: SystemName,
    value: ExternalValue,
    reading: CurrentReading,
) -> Response:
    document = await reading.document(
        CASE_BY_NUMBER,
        system=system,
        number=value,
        today=berlin_date(now()),
        actor=caller.actor,
    )
    return reading.respond(with_next_steps(document, caller, practice))


@router.get(
    "/persons/{person_id}/provenance",
    response_model=Provenance,
    summary="Where a person's values came from / Herkunft der Angaben zu einer Person",
)
async def read_person_provenance(
    person_id: UUID, _: CaseReader, reading: CurrentReading
) -> Response:
    """Every delivered value with system, import, time and sender, and what was changed by hand."""
    document = await reading.document(PROVENANCE_OF_PERSON, person_id=person_id)
    return _provenance(person_id, document.facts)


@router.get(
    "/cases/{case_id}/provenance",
    response_model=Provenance,
    summary="Where a case's values came from / Herkunft der Angaben zu einem Fall",
)
async def read_case_provenance(case_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    document = await reading.document(PROVENANCE_OF_CASE, case_id=case_id)
    return _provenance(case_id, document.facts)


def _command(
    external: PersonalExternalId, delivery: CurrentDelivery, if_none_match: str | None
) -> PutByExternal:
    return PutByExternal(
        external=external,
        expected_version=delivery.expected_version,
        must_be_new=if_none_match is not None,
    )


def _provenance(record_id: UUID, deliveries: list[dict[str, Any]]) -> Response:
    """By field: each time a value came that the same source had not said before."""
    fields: dict[str, list[dict[str, Any]]] = {}
    said: dict[tuple[str, str | None, str], Any] = {}
    for one in deliveries:
        for field, value in one["values"].items():
            source = (one["record_id"], one["source_system"], field)
            if one["source_system"] is not None and said.get(source) == value:
                continue
            said[source] = value
            origin = {camel(name): part for name, part in one.items() if name != "values"}
            fields.setdefault(field, []).append(origin | {"value": value, "isLatest": False})
    for origins in fields.values():
        origins[-1]["isLatest"] = True
    listed = [{"field": name, "origins": fields[name]} for name in sorted(fields)]
    body = orjson.dumps({"id": str(record_id), "fields": listed})
    return Response(body, media_type=JSON, headers={"Cache-Control": "no-store"})
