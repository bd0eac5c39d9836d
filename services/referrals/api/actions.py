"""One command per step of a referral; each answers with the referral as it is now."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.referrals.api.access import (
    CurrentDeadlines,
    EitherSide,
)
from services.referrals.api.referral_schemas import (
    AcceptBody,
    FirstContactBody,
    ForwardBody,
    OutcomeBody,
    RejectBody,
    SubmitBody,
    WithdrawBody,
)
from services.referrals.api.referral_views import (
    ReferralView,
)
from services.referrals.domain.answers import Problem
from services.referrals.domain.facts import Answer
from services.referrals.operations import receiving
from services.referrals.operations.forwarding import forward
from services.referrals.operations.preparing import prepare
from services.referrals.operations.receiving import Act
from services.referrals.operations.sending import Submit, submit
from services.referrals.operations.withdrawing import Withdraw, withdraw
from shared.service.desk import CurrentWriting

router = APIRouter(prefix="/v1/referrals/{referral_id}/actions", tags=["referral steps"])
VIEW = ReferralView


@router.post("/prepare", response_model=VIEW, summary="Make ready / Fertigstellen (X2)")
async def post_prepare(referral_id: UUID, _: EitherSide, writing: CurrentWriting) -> Response:
    version = writing.expected_version
    return await writing.run(lambda tx: prepare(tx, referral_id, version))


@router.post("/submit", response_model=VIEW, summary="Send / Absenden (X3)")
async def post_submit(
    referral_id: UUID,
    _: EitherSide,
    writing: CurrentWriting,
    deadlines: CurrentDeadlines,
    body: SubmitBody | None = None,
) -> Response:
    ground = body.legal_ground.ground() if body and body.legal_ground else None
    command = Submit(referral_id, writing.expected_version, ground, deadlines)
    return await writing.run(lambda tx: submit(tx, command))


@router.post("/pull", response_model=VIEW, summary="Collect / Abholen (X4, X9)")
async def post_pull(referral_id: UUID, _: EitherSide, writing: CurrentWriting) -> Response:
    act = Act(referral_id, writing.expected_version)
    return await writing.run(lambda tx: receiving.pull(tx, act))


@router.post("/start-review", response_model=VIEW, summary="Review / Prüfung beginnen (X5)")
async def post_start_review(referral_id: UUID, _: EitherSide, writing: CurrentWriting) -> Response:
    act = Act(referral_id, writing.expected_version)
    return await writing.run(lambda tx: receiving.start_review(tx, act))


@router.post("/accept", response_model=VIEW, summary="Accept / Annehmen (X6)")
async def post_accept(
    referral_id: UUID, _: EitherSide, writing: CurrentWriting, body: AcceptBody | None = None
) -> Response:
    act = Act(referral_id, writing.expected_version)
    digest = body.payload_digest if body else None
    return await writing.run(lambda tx: receiving.accept(tx, act, digest=digest))


@router.post("/reject", response_model=VIEW, summary="Refuse with reasons / Ablehnen (X7)")
async def post_reject(
    referral_id: UUID, body: RejectBody, _: EitherSide, writing: CurrentWriting
) -> Response:
    problems = tuple(
        Problem(problem.reason, problem.detail or "", problem.instance or "")
        for problem in body.problems
    )
    act = Act(referral_id, writing.expected_version, Answer(problems=problems))
    return await writing.run(lambda tx: receiving.reject(tx, act))


@router.post("/forward", response_model=VIEW, summary="Pass on inside / Weiterleiten (X8)")
async def post_forward(
    referral_id: UUID, body: ForwardBody, _: EitherSide, writing: CurrentWriting
) -> Response:
    act = Act(referral_id, writing.expected_version)
    return await writing.run(lambda tx: forward(tx, act, unit_id=body.recipient_unit))


@router.post("/withdraw", response_model=VIEW, summary="Take back / Zurückziehen (X11, X12)")
async def post_withdraw(
    referral_id: UUID, body: WithdrawBody, _: EitherSide, writing: CurrentWriting
) -> Response:
    command = Withdraw(referral_id, writing.expected_version, body.reason)
    return await writing.run(lambda tx: withdraw(tx, command))


@router.post("/start-service", response_model=VIEW, summary="First contact / Erster Kontakt (X13)")
async def post_start_service(
    referral_id: UUID, body: FirstContactBody, _: EitherSide, writing: CurrentWriting
) -> Response:
    answered = Answer(first_contact_on=body.first_contact_on)
    act = Act(referral_id, writing.expected_version, answered)
    return await writing.run(lambda tx: receiving.start_service(tx, act))


@router.post("/return", response_model=VIEW, summary="Give back / Zurückgeben (X14, X16)")
async def post_return(
    referral_id: UUID, body: OutcomeBody, _: EitherSide, writing: CurrentWriting
) -> Response:
    act = Act(referral_id, writing.expected_version, Answer(outcome=body.outcome))
    return await writing.run(lambda tx: receiving.give_back(tx, act))


@router.post("/complete", response_model=VIEW, summary="Complete / Abschließen (X15)")
async def post_complete(
    referral_id: UUID, body: OutcomeBody, _: EitherSide, writing: CurrentWriting
) -> Response:
    act = Act(referral_id, writing.expected_version, Answer(outcome=body.outcome))
    return await writing.run(lambda tx: receiving.complete(tx, act))
