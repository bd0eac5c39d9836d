"""The steps of an award: one door for each action of the transition table."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Depends
from starlette.responses import Response

from services.funding.api.doors import with_right
from services.funding.api.schemas.award_steps import (
    AwardStepBody,
    BudgetRelease,
    Notification,
    ProofDemand,
    RevocationBody,
    Waiver,
)
from services.funding.api.schemas.award_views import AwardView
from services.funding.domain.access import right_for
from services.funding.domain.award_lifecycle import AwardAction
from services.funding.operations.act_on_award import act_on_award
from shared.kernel.caller import Caller
from shared.service.desk import CurrentWriting

router = APIRouter(prefix="/v1/awards/{award_id}/actions", tags=["awards"])

# Amendments are recorded and released as versions; every other action has its door here.
DOORS: dict[AwardAction, tuple[type[AwardStepBody], str]] = {
    AwardAction.APPLY: (AwardStepBody, "Apply / Beantragen"),
    AwardAction.REJECT: (AwardStepBody, "Record a rejection / Ablehnung erfassen"),
    AwardAction.WITHDRAW: (AwardStepBody, "Withdraw the application / Antrag zurückziehen"),
    AwardAction.GRANT: (AwardStepBody, "Release the award / Bescheid freigeben"),
    AwardAction.NOTIFY: (Notification, "Record the notification / Bekanntgabe erfassen"),
    AwardAction.RECORD_APPEAL: (AwardStepBody, "Record an appeal / Rechtsbehelf erfassen"),
    AwardAction.CLOSE_APPEAL: (AwardStepBody, "Close the appeal / Rechtsbehelf erledigen"),
    AwardAction.MAKE_FINAL: (Waiver, "Record finality / Bestandskraft feststellen"),
    AwardAction.ACTIVATE: (BudgetRelease, "Activate / Wirksam werden lassen"),
    AwardAction.EXPIRE: (AwardStepBody, "Expire / Auslaufen lassen"),
    AwardAction.DEMAND_PROOF: (ProofDemand, "Demand the proof of use / Nachweis fällig stellen"),
    AwardAction.SETTLE: (AwardStepBody, "Settle / Abschließen"),
    AwardAction.REVOKE_PARTLY: (RevocationBody, "Record a partial revocation / Teilwiderruf"),
    AwardAction.REVOKE: (RevocationBody, "Record a revocation / Widerruf erfassen"),
}


def _open_door(action: AwardAction, body_type: type[AwardStepBody], summary: str) -> None:
    needs_body = any(field.is_required() for field in body_type.model_fields.values())
    body_field = Body() if needs_body else Body(default_factory=body_type)
    permitted = Depends(with_right(right_for(action)))

    async def act(
        award_id: UUID,
        _: Annotated[Caller, permitted],
        writing: CurrentWriting,
        body: Annotated[body_type, body_field],  # type: ignore[valid-type] # differs by action
    ) -> Response:
        step = body.step()  # type: ignore[attr-defined] # a step body, as made above
        return await writing.run(
            lambda tx: act_on_award(tx, award_id, writing.expected_version, action, step)
        )

    router.add_api_route(
        f"/{action.value}",
        act,
        methods=["POST"],
        response_model=AwardView,
        summary=summary,
        name=f"{action.value}-award",
    )


for _action, (_body, _summary) in DOORS.items():
    _open_door(_action, _body, _summary)
