"""Plan versions, goals, measures."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import CaseReader, CaseWriter
from services.cases.api.schemas.plans import (
    AgreementBody,
    GoalResultBody,
    MeasureBody,
    MeasureStep,
    PlanBody,
    PlanPage,
    PlanView,
)
from services.cases.domain.plan import Agreement, MeasureAction
from services.cases.operations.draft_plan import agree_plan, change_plan, draft_plan
from services.cases.operations.work_on_plan import (
    act_on_measure,
    add_measure,
    record_goal_result,
)
from services.cases.storage.queries.cases import CASE_EXISTS
from services.cases.storage.queries.plans import PLAN_VIEW, PLANS_OF_CASE
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1", tags=["plans"])


@router.get(
    "/cases/{case_id}/plan-versions",
    response_model=PlanPage,
    summary="List plan versions / Fassungen des Hilfeplans auflisten",
    openapi_extra={"parameters": PLANS_OF_CASE.parameters()},
)
async def list_plans(case_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    await reading.document(CASE_EXISTS, case_id=case_id)
    return await reading.page(PLANS_OF_CASE, case_id=case_id)


@router.post(
    "/cases/{case_id}/plan-versions",
    status_code=201,
    response_model=PlanView,
    summary="Draft a plan version / Fassung des Hilfeplans entwerfen",
)
async def post_plan(
    _: CaseWriter, case_id: UUID, body: PlanBody, writing: CurrentWriting
) -> Response:
    draft = body.draft()
    return await writing.run(lambda tx: draft_plan(tx, case_id, draft), status=201)


@router.get(
    "/plan-versions/{plan_id}",
    response_model=PlanView,
    summary="Read a plan version / Fassung des Hilfeplans lesen",
)
async def read_plan(plan_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    return await reading.answer(PLAN_VIEW, plan_id=plan_id)


@router.put(
    "/plan-versions/{plan_id}",
    response_model=PlanView,
    summary="Change a plan version in work / Entwurf des Hilfeplans ändern",
)
async def put_plan(
    _: CaseWriter, plan_id: UUID, body: PlanBody, writing: CurrentWriting
) -> Response:
    draft, version = body.draft(), writing.expected_version
    return await writing.run(lambda tx: change_plan(tx, plan_id, version, draft))


@router.post(
    "/plan-versions/{plan_id}/actions/agree",
    response_model=PlanView,
    summary="Agree a plan version / Hilfeplan vereinbaren",
)
async def post_agreement(
    _: CaseWriter, plan_id: UUID, body: AgreementBody, writing: CurrentWriting
) -> Response:
    agreement, version = Agreement(body.agreed_on, body.language), writing.expected_version
    return await writing.run(lambda tx: agree_plan(tx, plan_id, version, agreement))


@router.post(
    "/goals/{goal_id}/measures",
    status_code=201,
    response_model=PlanView,
    summary="Add a measure to a goal / Maßnahme zu einem Ziel ergänzen",
)
async def post_measure(
    _: CaseWriter, goal_id: UUID, body: MeasureBody, writing: CurrentWriting
) -> Response:
    measure = body.draft()
    return await writing.run(lambda tx: add_measure(tx, goal_id, measure), status=201)


@router.post(
    "/goals/{goal_id}/actions/record-result",
    response_model=PlanView,
    summary="Record the result of a goal / Ergebnis eines Ziels festhalten",
)
async def post_goal_result(
    _: CaseWriter, goal_id: UUID, body: GoalResultBody, writing: CurrentWriting
) -> Response:
    return await writing.run(lambda tx: record_goal_result(tx, goal_id, body.result))


@router.post(
    "/measures/{measure_id}/actions/{action}",
    response_model=PlanView,
    summary="Start, finish or cancel a measure / Maßnahme beginnen, beenden, abbrechen",
)
async def post_measure_step(
    _: CaseWriter,
    measure_id: UUID,
    action: MeasureAction,
    body: MeasureStep,
    writing: CurrentWriting,
) -> Response:
    return await writing.run(lambda tx: act_on_measure(tx, measure_id, action, body.on_date))
