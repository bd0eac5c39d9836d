"""Costs with their vouchers, what of them counts, and reports about both."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.funding.api.answers import json_answer
from services.funding.api.doors import Reader, Recorder, Releaser
from services.funding.api.schemas.spending import (
    AdjustmentBody,
    AwardEligibilityView,
    CorrectionBody,
    CostOfLineView,
    CostPerLine,
    EligibilityDecisionBody,
    ExpenditureBody,
    ExpenditurePage,
    ExpenditureView,
    LineEligibilityView,
    VoucherBody,
    VoucherPage,
    VoucherView,
)
from services.funding.operations.act_on_expenditure import (
    adjust_eligibility,
    correct_expenditure,
    decide_eligibility,
)
from services.funding.operations.record_expenditure import record_expenditure, record_voucher
from services.funding.operations.report_eligibility import cost_per_line, eligibility_of_award
from services.funding.storage.queries.spending import (
    EXPENDITURE_LIST,
    EXPENDITURE_VIEW,
    EXPENDITURES_OF_SUBJECT,
    VOUCHER_LIST,
    VOUCHER_VIEW,
)
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.service.desk import CurrentReading, CurrentWriting
from shared.service.writes import Answer

vouchers = APIRouter(prefix="/v1/vouchers", tags=["expenditure"])
expenditures = APIRouter(prefix="/v1/expenditures", tags=["expenditure"])
eligibility = APIRouter(prefix="/v1/awards", tags=["expenditure"])
reports = APIRouter(prefix="/v1/reports", tags=["reports"])


@vouchers.get(
    "",
    response_model=VoucherPage,
    summary="List vouchers / Belege auflisten",
    openapi_extra={"parameters": VOUCHER_LIST.parameters()},
)
async def list_vouchers(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(VOUCHER_LIST)


@vouchers.post(
    "",
    status_code=201,
    response_model=VoucherView,
    summary="Record a voucher / Beleg erfassen",
)
async def post_voucher(body: VoucherBody, _: Recorder, writing: CurrentWriting) -> Response:
    command = body.command()
    return await writing.run(lambda tx: record_voucher(tx, command), status=201)


@vouchers.get("/{voucher_id}", response_model=VoucherView, summary="Read a voucher / Beleg lesen")
async def read_voucher(voucher_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(VOUCHER_VIEW, voucher_id=voucher_id)


@expenditures.get(
    "",
    response_model=ExpenditurePage,
    summary="List expenditure / Ausgaben auflisten",
    openapi_extra={"parameters": EXPENDITURE_LIST.parameters()},
)
async def list_expenditures(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(EXPENDITURE_LIST)


@expenditures.get(
    "/by-subject/{subject_ref}",
    response_model=ExpenditurePage,
    summary="Expenditure of one case, by its opaque reference / Ausgaben zu einem Fall",
    openapi_extra={"parameters": EXPENDITURES_OF_SUBJECT.parameters()},
)
async def list_expenditures_of_subject(
    subject_ref: UUID, _: Reader, reading: CurrentReading
) -> Response:
    """Empty for auditors, and once the case is erased. Each is logged as read."""
    return await reading.page(EXPENDITURES_OF_SUBJECT, subject_ref=subject_ref)


@expenditures.post(
    "",
    status_code=201,
    response_model=ExpenditureView,
    summary="Record and book a cost / Ausgabe erfassen und buchen",
)
async def post_expenditure(body: ExpenditureBody, _: Recorder, writing: CurrentWriting) -> Response:
    command = body.command()
    return await writing.run(
        lambda tx: record_expenditure(tx, command),
        status=201,
    )


@expenditures.get(
    "/{expenditure_id}",
    response_model=ExpenditureView,
    summary="Read a cost / Ausgabe lesen",
)
async def read_expenditure(expenditure_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(EXPENDITURE_VIEW, expenditure_id=expenditure_id)


@expenditures.post(
    "/{expenditure_id}/actions/decide",
    response_model=ExpenditureView,
    summary="Decide whether a cost counts / Über die Förderfähigkeit entscheiden",
)
async def post_eligibility_decision(
    expenditure_id: UUID,
    body: EligibilityDecisionBody,
    _: Releaser,
    writing: CurrentWriting,
) -> Response:
    return await writing.run(
        lambda tx: decide_eligibility(
            tx, expenditure_id, writing.expected_version, body.decision()
        ),
    )


@expenditures.post(
    "/{expenditure_id}/actions/correct",
    response_model=ExpenditureView,
    summary="Reverse a wrong cost / Falsche Ausgabe stornieren",
)
async def post_correction(
    expenditure_id: UUID,
    body: CorrectionBody,
    _: Recorder,
    writing: CurrentWriting,
) -> Response:
    return await writing.run(
        lambda tx: correct_expenditure(
            tx, expenditure_id, writing.expected_version, body.correction()
        ),
    )


@eligibility.get(
    "/{award_id}/eligibility",
    response_model=AwardEligibilityView,
    summary="What of the costs counts, by post / Förderfähige Kosten je Stelle",
)
async def read_eligibility(award_id: UUID, caller: Reader, reading: CurrentReading) -> Response:
    async with reading.database.transaction(caller) as tx:
        return json_answer(await _eligibility(tx, award_id))


@eligibility.post(
    "/{award_id}/actions/adjust-eligibility",
    response_model=AwardEligibilityView,
    summary="Let the books follow posts and rates / Förderfähigkeit nachbuchen",
)
async def post_adjustment(
    award_id: UUID,
    body: AdjustmentBody,
    _: Recorder,
    writing: CurrentWriting,
) -> Response:
    async def adjust(tx: Transaction) -> Answer:
        await adjust_eligibility(tx, award_id, body.value_date)
        view = await _eligibility(tx, award_id)
        return Answer(Document(view.model_dump_json(by_alias=True).encode(), version=None))

    return await writing.run(adjust)


@reports.get(
    "/cost-per-line",
    response_model=CostPerLine,
    summary="Costs by line and kind / Ausgaben je Zeile und Kostenart",
)
async def read_cost_per_line(
    caller: Reader,
    reading: CurrentReading,
    fiscal_year: Annotated[int, Query(alias="fiscalYear", ge=2015, le=2199)],
) -> Response:
    async with reading.database.transaction(caller) as tx:
        costs = await cost_per_line(tx, fiscal_year)
    return json_answer(
        CostPerLine(fiscal_year=fiscal_year, items=[CostOfLineView.of(one) for one in costs])
    )


async def _eligibility(tx: Transaction, award_id: UUID) -> AwardEligibilityView:
    lines = await eligibility_of_award(tx, award_id)
    return AwardEligibilityView(
        award_id=award_id, lines=[LineEligibilityView.of(one) for one in lines]
    )
