"""The steps of an allocation: one door for each action of the transition table."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Depends
from starlette.responses import Response

from services.funding.api.doors import with_right
from services.funding.api.schemas.allocation_views import AllocationView
from services.funding.api.schemas.allocations import (
    AllocationStepBody,
    Contract,
    DirectSelection,
    Ending,
    ProofWaiver,
    Resumption,
    Selection,
    Suspension,
    Termination,
)
from services.funding.domain.access import right_for
from services.funding.domain.allocation_lifecycle import AllocationAction
from services.funding.operations.act_on_allocation import act_on_allocation
from shared.kernel.caller import Caller
from shared.service.desk import CurrentWriting

router = APIRouter(prefix="/v1/allocations/{allocation_id}/actions", tags=["allocations"])

# Amendments are recorded and released as versions; every other action has its door here.
DOORS: dict[AllocationAction, tuple[type[AllocationStepBody], str]] = {
    AllocationAction.OPEN_CALL: (
        AllocationStepBody,
        "Open a call for interest / Interessenbekundung öffnen",
    ),
    AllocationAction.SELECT: (Selection, "Select the recipient / Empfänger auswählen"),
    AllocationAction.SELECT_DIRECTLY: (
        DirectSelection,
        "Select without a call / Ohne Interessenbekundung auswählen",
    ),
    AllocationAction.CONTRACT: (Contract, "Record notice or contract / Vertrag erfassen"),
    AllocationAction.ACTIVATE: (AllocationStepBody, "Release / Weiterleitung freigeben"),
    AllocationAction.SUSPEND: (Suspension, "Suspend / Aussetzen"),
    AllocationAction.RESUME: (Resumption, "Resume / Fortsetzen"),
    AllocationAction.END: (Ending, "End / Beenden"),
    AllocationAction.TERMINATE: (Termination, "Terminate / Kündigen"),
    AllocationAction.DEMAND_PROOF: (AllocationStepBody, "Demand the proof / Nachweis anfordern"),
    AllocationAction.WAIVE_PROOF: (ProofWaiver, "Waive the proof / Auf den Nachweis verzichten"),
    AllocationAction.SETTLE: (AllocationStepBody, "Settle / Abrechnen"),
    AllocationAction.CANCEL: (AllocationStepBody, "Cancel / Absagen"),
}


def _open_door(action: AllocationAction, body_type: type[AllocationStepBody], summary: str) -> None:
    needs_body = any(field.is_required() for field in body_type.model_fields.values())
    body_field = Body() if needs_body else Body(default_factory=body_type)
    permitted = Depends(with_right(right_for(action)))

    async def act(
        allocation_id: UUID,
        _: Annotated[Caller, permitted],
        writing: CurrentWriting,
        body: Annotated[body_type, body_field],  # type: ignore[valid-type] # differs by action
    ) -> Response:
        step = body.step()  # type: ignore[attr-defined] # a step body, as made above
        return await writing.run(
            lambda tx: act_on_allocation(tx, allocation_id, writing.expected_version, action, step)
        )

    router.add_api_route(
        f"/{action.value}",
        act,
        methods=["POST"],
        response_model=AllocationView,
        summary=summary,
        name=f"{action.value}-allocation",
    )


for _action, (_body, _summary) in DOORS.items():
    _open_door(_action, _body, _summary)
