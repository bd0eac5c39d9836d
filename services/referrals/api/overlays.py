"""One command per overlay: what is done with a referral without changing its state."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from services.referrals.api.access import CurrentDeadlines, EitherSide
from services.referrals.api.content_schemas import ReferralContent
from services.referrals.api.fields import FieldPath, Person
from services.referrals.api.ground_schemas import DisclosureBody, LegalGroundBody
from services.referrals.api.referral_views import ReferralView
from services.referrals.domain.codes import DataCategory
from services.referrals.domain.overlays import HoldReason
from services.referrals.domain.proposals import ProposalNote
from services.referrals.operations.answer_rejection import AnswerRejection, answer_rejection
from services.referrals.operations.assign_inside import AssignInside, assign_inside
from services.referrals.operations.hold import Hold, hold, resume
from services.referrals.operations.propose import Propose, answer_proposal, propose
from shared.service.desk import CurrentWriting
from shared.web.fields import Code, LegalDate, RequestModel, UnitKey

router = APIRouter(prefix="/v1/referrals/{referral_id}/actions", tags=["referral overlays"])
VIEW = ReferralView


class HoldBody(RequestModel):
    reason: HoldReason


class ProposalBody(RequestModel):
    """Another service of the own unit, a later beginning, or both."""

    note_code: ProposalNote
    service_code: Code | None = None
    starts_on: LegalDate | None = None


class ProposalAnswerBody(RequestModel):
    accept: bool = Field(strict=True)


class RejectionAnswerBody(RequestModel):
    """What is different now; what is left out is taken from the refused referral."""

    recipient_unit: UnitKey | None = None
    service_code: Code | None = None
    content: ReferralContent | None = None
    disputed_fields: Annotated[list[FieldPath], Field(max_length=50)] | None = None
    secret_categories: Annotated[list[DataCategory], Field(max_length=10)] | None = None
    legal_ground: LegalGroundBody | None = None
    disclosure_decision: DisclosureBody | None = None
    submit: bool = Field(default=False, strict=True)

    def command(self, referral_id: UUID, version: int | None) -> AnswerRejection:
        ground, decision = self.legal_ground, self.disclosure_decision
        disputed, secret = self.disputed_fields, self.secret_categories
        return AnswerRejection(
            referral_id=referral_id,
            expected_version=version,
            is_to_be_sent=self.submit,
            recipient_unit=self.recipient_unit,
            service_code=self.service_code,
            content=self.content.as_stored() if self.content else None,
            disputed_fields=None if disputed is None else frozenset(disputed),
            secret_categories=None if secret is None else frozenset(secret),
            ground=ground.ground() if ground else None,
            disclosure=decision.decision() if decision else None,
        )


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


@router.post("/propose", response_model=VIEW, summary="Propose instead / Gegenvorschlag machen")
async def post_propose(
    referral_id: UUID, body: ProposalBody, _: EitherSide, writing: CurrentWriting
) -> Response:
    command = Propose(
        referral_id=referral_id,
        expected_version=writing.expected_version,
        note=body.note_code,
        service_code=body.service_code,
        starts_on=body.starts_on,
    )
    return await writing.run(lambda tx: propose(tx, command))


@router.post(
    "/answer-proposal", response_model=VIEW, summary="Answer it / Gegenvorschlag beantworten"
)
async def post_answer_proposal(
    referral_id: UUID, body: ProposalAnswerBody, _: EitherSide, writing: CurrentWriting
) -> Response:
    version, is_accepted = writing.expected_version, body.accept
    return await writing.run(
        lambda tx: answer_proposal(tx, referral_id, version, is_accepted=is_accepted)
    )


@router.post(
    "/answer-rejection",
    status_code=201,
    response_model=VIEW,
    summary="Send a corrected copy of what was refused / Abgelehntes berichtigt neu anlegen",
)
async def post_answer_rejection(
    referral_id: UUID,
    body: RejectionAnswerBody,
    _: EitherSide,
    writing: CurrentWriting,
    deadlines: CurrentDeadlines,
) -> Response:
    command = body.command(referral_id, writing.expected_version)
    return await writing.run(lambda tx: answer_rejection(tx, command, deadlines), status=201)


@router.post("/assign", response_model=VIEW, summary="Assign inside the unit / Intern zuweisen")
async def post_assign_inside(
    referral_id: UUID, body: AssignInsideBody, _: EitherSide, writing: CurrentWriting
) -> Response:
    command = AssignInside(referral_id, writing.expected_version, body.assignee)
    return await writing.run(lambda tx: assign_inside(tx, command))
