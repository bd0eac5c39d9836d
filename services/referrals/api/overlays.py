"""One command per overlay: what is done with a referral without changing its state."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.referrals.api.access import EitherSide
from services.referrals.api.fields import Person
from services.referrals.api.referral_views import ReferralView
from services.referrals.domain.overlays import HoldReason
from services.referrals.operations.assign_inside import AssignInside, assign_inside
from services.referrals.operations.hold import Hold, hold, resume
from shared.service.desk import CurrentWriting
from shared.web.fields import RequestModel

router = APIRouter(prefix="/v1/referrals/{referral_id}/actions", tags=["referral overlays"])
VIEW = ReferralView


class HoldBody(RequestModel):
    reason: HoldReason


class AssignInsideBody(RequestModel):
    """Without `assignee` nobody is assigned any more."""

    assignee: Person | None = None


@router.post("/hold", response_model=VIEW, summary="Put on hold / Ruhen lassen")
async def post_hold(
    referral_id: UUID, body: HoldBody, _: EitherSide, writing: CurrentWriting
) -> Response:
    command = Hold(referral_id, writing.expected_version, body.reason)
    return await writing.run(lambda tx: hold(tx, command))


@router.post("/resume", response_model=VIEW, summary="Go on / Fortsetzen")
async def post_resume(referral_id: UUID, _: EitherSide, writing: CurrentWriting) -> Response:
    version = writing.expected_version
    return await writing.run(lambda tx: resume(tx, referral_id, version))


@router.post("/assign", response_model=VIEW, summary="Assign inside the unit / Intern zuweisen")
async def post_assign_inside(
    referral_id: UUID, body: AssignInsideBody, _: EitherSide, writing: CurrentWriting
) -> Response:
    command = AssignInside(referral_id, writing.expected_version, body.assignee)
    return await writing.run(lambda tx: assign_inside(tx, command))
