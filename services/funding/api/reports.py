"""Reports and findings: what the rules say about what is on record on a day."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.funding.api.answers import json_answer
from services.funding.api.doors import KnownAt, Reader
from services.funding.api.schemas.controlling import FundingControllingView
from services.funding.api.schemas.fields import FindingView
from services.funding.api.schemas.reports import (
    BudgetPlanView,
    FindingsView,
    FundingStatusView,
)
from services.funding.operations.report_budget_plan import report_budget_plan
from services.funding.operations.report_controlling import report_controlling
from services.funding.operations.report_funding_status import report_funding_status
from shared.kernel.money import AMOUNT_PATTERN, Money
from shared.service.desk import CurrentReading
from shared.web.fields import LegalDate

router = APIRouter(prefix="/v1", tags=["reports"])

Day = Annotated[LegalDate, Query(alias="asOf", description="Reporting day. / Stichtag.")]


@router.get(
    "/reports/funding-status",
    response_model=FundingStatusView,
    summary="Funding status on a day / Förderstand zum Stichtag",
)
async def read_funding_status(
    caller: Reader, reading: CurrentReading, as_of: Day, known_at: KnownAt = None
) -> Response:
    async with reading.database.transaction(caller) as tx:
        status = await report_funding_status(tx, as_of, known_at)
    return json_answer(FundingStatusView.of(caller.tenant_id, status))


@router.get(
    "/reports/funding-controlling",
    response_model=FundingControllingView,
    summary="Money and posts by funding line / Mittel und Stellen je Baustein",
)
async def read_controlling(caller: Reader, reading: CurrentReading, as_of: Day) -> Response:
    """For the steering group: granted, set aside, promised, used, free, and what is foreseen."""
    async with reading.database.transaction(caller) as tx:
        found = await report_controlling(tx, as_of)
    return json_answer(FundingControllingView.of(found))


@router.get(
    "/findings",
    response_model=FindingsView,
    summary="Everything remarkable on a day / Alle Auffälligkeiten zum Stichtag",
)
async def list_findings(
    caller: Reader, reading: CurrentReading, as_of: Day, known_at: KnownAt = None
) -> Response:
    async with reading.database.transaction(caller) as tx:
        status = await report_funding_status(tx, as_of, known_at)
    findings = (*status.posts.table.findings, *status.findings)
    return json_answer(FindingsView(as_of=as_of, items=[FindingView.of(one) for one in findings]))


@router.get(
    "/reports/budget-plan",
    response_model=BudgetPlanView,
    summary="Budget plan, gross / Haushaltsplan brutto",
)
async def read_budget_plan(
    caller: Reader,
    reading: CurrentReading,
    fiscal_year: Annotated[int, Query(alias="fiscalYear", ge=2015, le=2199)],
    product: Annotated[str, Query(pattern=r"^[0-9A-Z.-]{1,20}$", max_length=20)],
    case_management: Annotated[
        str | None,
        Query(
            alias="caseManagement",
            pattern=AMOUNT_PATTERN,
            description="Assumed revenue of line 2. / Annahme B2.",
        ),
    ] = None,
    assumed_b3: Annotated[
        str | None,
        Query(
            alias="assumedB3",
            pattern=AMOUNT_PATTERN,
            description="Assumed revenue of line 3. / Annahme B3.",
        ),
    ] = None,
) -> Response:
    async with reading.database.transaction(caller) as tx:
        plan = await report_budget_plan(
            tx,
            fiscal_year,
            product,
            case_management=Money.parse(case_management) if case_management else None,
            assumed_b3=Money.parse(assumed_b3) if assumed_b3 else None,
        )
    return json_answer(BudgetPlanView.of(plan))
