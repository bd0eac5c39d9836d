"""Rules as dated rows: what a line is, which costs it pays, what its ministry is called."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.funding.api.answers import json_answer
from services.funding.api.doors import Reader, Recorder, Releaser
from services.funding.api.schemas.plans import RateView
from services.funding.api.schemas.rules import (
    BudgetChangeView,
    BudgetEffectView,
    BudgetTextBody,
    CostRuleBody,
    CostRulePage,
    CostRuleView,
    FunderNameBody,
    FunderNamePage,
    FunderNameView,
    LineRuleBody,
    LineRulePage,
    LineRuleView,
    RateReplacement,
)
from services.funding.domain.budget import read_budget_change, read_budget_effect
from services.funding.operations.keep_rules import (
    COST_RULE,
    LINE_RULE,
    record_cost_rule,
    record_line_rule,
    release_rule,
    seed_rules,
)
from services.funding.operations.record_plans import record_funder_name, replace_rate
from services.funding.storage.queries.plans import PROGRAMME_VIEW
from services.funding.storage.queries.rules import (
    COST_RULE_LIST,
    FUNDER_NAME_LIST,
    LINE_RULE_LIST,
)
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1", tags=["rules"])


async def _seeded(reading: CurrentReading) -> None:
    """A tenant begins with the published rules."""
    async with reading.database.transaction(reading.caller) as tx:
        await seed_rules(tx)


@router.get(
    "/funding-lines",
    response_model=LineRulePage,
    summary="List what the lines are / Bausteine mit Rechtsform auflisten",
    openapi_extra={"parameters": LINE_RULE_LIST.parameters()},
)
async def list_line_rules(_: Reader, reading: CurrentReading) -> Response:
    await _seeded(reading)
    return await reading.page(LINE_RULE_LIST)


@router.post(
    "/funding-lines",
    status_code=201,
    response_model=LineRuleView,
    summary="Record what a line is from a day on / Rechtsform eines Bausteins erfassen",
)
async def post_line_rule(body: LineRuleBody, _: Recorder, writing: CurrentWriting) -> Response:
    command = body.command()
    return await writing.run(lambda tx: record_line_rule(tx, command), status=201)


@router.post(
    "/funding-lines/{rule_id}/actions/release",
    response_model=LineRuleView,
    summary="Put a line's rule in force / Rechtsform freigeben",
)
async def post_line_rule_release(rule_id: UUID, _: Releaser, writing: CurrentWriting) -> Response:
    return await writing.run(
        lambda tx: release_rule(tx, LINE_RULE, rule_id, writing.expected_version)
    )


@router.get(
    "/cost-rules",
    response_model=CostRulePage,
    summary="List which costs are paid / Regeln zur Förderfähigkeit auflisten",
    openapi_extra={"parameters": COST_RULE_LIST.parameters()},
)
async def list_cost_rules(_: Reader, reading: CurrentReading) -> Response:
    await _seeded(reading)
    return await reading.page(COST_RULE_LIST)


@router.post(
    "/cost-rules",
    status_code=201,
    response_model=CostRuleView,
    summary="Record a rule about a kind of cost / Regel zur Förderfähigkeit erfassen",
)
async def post_cost_rule(body: CostRuleBody, _: Recorder, writing: CurrentWriting) -> Response:
    command = body.command()
    return await writing.run(lambda tx: record_cost_rule(tx, command), status=201)


@router.post(
    "/cost-rules/{rule_id}/actions/release",
    response_model=CostRuleView,
    summary="Put a cost rule in force / Regel zur Förderfähigkeit freigeben",
)
async def post_cost_rule_release(rule_id: UUID, _: Releaser, writing: CurrentWriting) -> Response:
    return await writing.run(
        lambda tx: release_rule(tx, COST_RULE, rule_id, writing.expected_version)
    )


@router.get(
    "/programmes/{programme_id}/funder-names",
    response_model=FunderNamePage,
    summary="List the names of the ministry / Namen des Ministeriums auflisten",
    openapi_extra={"parameters": FUNDER_NAME_LIST.parameters()},
)
async def list_funder_names(programme_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    await reading.document(PROGRAMME_VIEW, programme_id=programme_id)
    return await reading.page(FUNDER_NAME_LIST, programme_id=programme_id)


@router.post(
    "/programmes/{programme_id}/funder-names",
    status_code=201,
    response_model=FunderNameView,
    summary="Record a name of the ministry / Namen des Ministeriums erfassen",
)
async def post_funder_name(
    programme_id: UUID, body: FunderNameBody, _: Recorder, writing: CurrentWriting
) -> Response:
    return await writing.run(
        lambda tx: record_funder_name(tx, programme_id, body.name, body.used_from), status=201
    )


@router.post(
    "/rates/{rate_id}/actions/replace",
    status_code=201,
    response_model=RateView,
    summary="Replace a rate, keeping the old one / Fördersatz ersetzen",
)
async def post_rate_replacement(
    rate_id: UUID, body: RateReplacement, _: Recorder, writing: CurrentWriting
) -> Response:
    return await writing.run(
        lambda tx: replace_rate(tx, rate_id, writing.expected_version, body.ceiling, body.source),
        status=201,
    )


@router.post(
    "/budget-entries/read-change",
    response_model=BudgetChangeView,
    summary="Read a change of the budget from its sentence / Ansatzänderung aus dem Text lesen",
)
async def read_change(body: BudgetTextBody, _: Recorder) -> Response:
    return json_answer(BudgetChangeView.of(read_budget_change(body.text)))


@router.post(
    "/budget-entries/read-effect",
    response_model=BudgetEffectView,
    summary="Read the box of the financial effect / Feld „Finanzielle Auswirkungen“ lesen",
)
async def read_effect(body: BudgetTextBody, _: Recorder) -> Response:
    return json_answer(BudgetEffectView.of(read_budget_effect(body.text)))
