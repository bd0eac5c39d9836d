"""The state machines, published from the tables that the code uses."""

from typing import Any

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import VisibleCaller
from services.cases.api.schemas.types import StateMachine
from services.cases.domain.case_types import CASE_TYPE_LIFECYCLE
from services.cases.domain.consent_lifecycle import CONSENT_LIFECYCLE
from services.cases.domain.deputies import DEPUTYSHIP_LIFECYCLE
from services.cases.domain.emergencies import EMERGENCY_LIFECYCLE
from services.cases.domain.imports import IMPORT_LIFECYCLE
from services.cases.domain.lifecycle import ACTION_LABELS, CASE_LIFECYCLE
from services.cases.domain.plan import MEASURE_LIFECYCLE
from services.cases.domain.rights import RIGHTS_LIFECYCLES
from shared.kernel.errors import NotFound
from shared.kernel.machines import machine_document
from shared.service.desk import JSON

router = APIRouter(prefix="/v1/state-machines", tags=["state machines"])

LIFECYCLES: tuple[Any, ...] = (
    CASE_LIFECYCLE,
    CONSENT_LIFECYCLE,
    MEASURE_LIFECYCLE,
    CASE_TYPE_LIFECYCLE,
    IMPORT_LIFECYCLE,
    *RIGHTS_LIFECYCLES.values(),
    DEPUTYSHIP_LIFECYCLE,
    EMERGENCY_LIFECYCLE,
)
DOCUMENTS = {
    one.name: orjson.dumps(machine_document(one, ACTION_LABELS if one is CASE_LIFECYCLE else None))
    for one in LIFECYCLES
}
DIAGRAMS = {one.name: one.mermaid() for one in LIFECYCLES}


# Before the JSON, whose path would take the ending for a part of the name.
@router.get(
    "/{name}.mmd",
    response_class=Response,
    responses={200: {"content": {"text/vnd.mermaid": {"schema": {"type": "string"}}}}},
    summary="State machine as a diagram / Zustandsmodell als Diagramm",
)
async def read_diagram(name: str, _: VisibleCaller) -> Response:
    if (diagram := DIAGRAMS.get(name)) is None:
        raise NotFound
    return Response(diagram, media_type="text/vnd.mermaid")


@router.get(
    "/{name}",
    response_model=StateMachine,
    summary="State machine as data / Zustandsmodell als Daten",
)
async def read_machine(name: str, _: VisibleCaller) -> Response:
    """`case`, `consent`, `measure`, `case-type`, `import`, `deputyship`, `emergency-access`, and
    the requests of data subjects: `access-request`, `rectification-request`, `erasure-request`,
    `restriction-request`, `objection`.
    """
    if (document := DOCUMENTS.get(name)) is None:
        raise NotFound
    return Response(document, media_type=JSON)
