"""Figures about referrals: groups, medians and flows, never a referral."""

from datetime import date
from typing import Annotated

import orjson
from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from services.referrals.api.access import FigureReader
from services.referrals.domain.statistics import GroupBy, Outcome
from services.referrals.operations.count_for_controlling import count_for_controlling
from services.referrals.operations.count_referrals import count_flows, count_referrals
from shared.kernel.clock import berlin_date, now
from shared.kernel.periods import Period
from shared.service.desk import JSON, CurrentReading
from shared.web.fields import LegalDate, ResponseModel

router = APIRouter(prefix="/v1/statistics", tags=["statistics"])

# Not `from`: generated clients could not call a parameter so.
First = Annotated[LegalDate, Query(alias="fromOn", description="First day of a quarter or a year.")]
Last = Annotated[LegalDate, Query(alias="toOn", description="Last day of the same.")]


class Figures(ResponseModel):
    """Null is what is not shown: a small group, or one that would give a small one away."""

    referrals: int | None
    median_days_to_acceptance: str | None
    median_days_to_completion: str | None


class FiguresOfGroup(Figures):
    value: str
    agency_type: str | None = Field(description="Of a unit.")


class FiguresOfFlow(Figures):
    sender_type: str
    recipient_type: str


class PeriodHead(ResponseModel):
    from_: date = Field(alias="from")
    to: date
    settled_on: date = Field(description="Groups and days: as the referrals stood on this day.")
    unit: str
    small_cell_min: int


class ReferralStatistics(PeriodHead, Figures):
    group_by: GroupBy
    groups: list[FiguresOfGroup]


class ReferralFlows(PeriodHead):
    referrals: int | None
    flows: list[FiguresOfFlow]


class Waits(ResponseModel):
    """Medians of five and more; null is what is not shown."""

    referrals: int | None
    median_days_to_pull: str | None = Field(description="From sending to fetching.")
    median_days_to_answer: str | None = Field(description="From sending to yes or no.")


class CountOfOutcome(ResponseModel):
    outcome: Outcome
    referrals: int | None


class CountOfSender(ResponseModel):
    agency_type: str
    referrals: int | None


class FiguresOfRecipient(Waits):
    agency_type: str
    outcomes: list[CountOfOutcome] = Field(description="Of whole years; what never was is missing.")


class WaitsOfFlow(Waits):
    sender_type: str
    recipient_type: str


class ReferralControlling(Waits):
    """Groups are empty until the year is settled; flows are of whole years."""

    from_on: date
    to_on: date
    settled_on: date = Field(description="Groups and days: as the referrals stood on this day.")
    is_settled: bool
    unit: str
    small_cell_min: int
    senders: list[CountOfSender]
    recipients: list[FiguresOfRecipient]
    outcomes: list[CountOfOutcome]
    flows: list[WaitsOfFlow]


@router.get(
    "/referral-controlling",
    response_model=ReferralControlling,
    summary="Referrals for the steering group / Zusteuerungen für die Lenkungsgruppe",
)
async def read_controlling(
    caller: FigureReader, reading: CurrentReading, first: First, last: Last
) -> Response:
    """By agency, by outcome and from which agencies to which, in one answer. Groups below five
    are null, and so is what they could be computed from.
    """
    period = Period.between(first, last)
    async with reading.database.transaction(caller) as tx:
        figures = await count_for_controlling(tx, period, berlin_date(now()))
    return Response(orjson.dumps(figures), media_type=JSON)


@router.get(
    "/referrals",
    response_model=ReferralStatistics,
    summary="Referrals sent in a quarter or year / Zusteuerungen eines Quartals oder Jahres",
)
async def read_statistics(
    caller: FigureReader,
    reading: CurrentReading,
    first: First,
    last: Last,
    by: Annotated[GroupBy, Query(alias="groupBy")] = GroupBy.MONTH,
) -> Response:
    """Counted over the whole Kreis. Months when their quarter is over; groups and days from April
    of the following year on; units for whole years. Groups below five are null, and so is what
    they could be computed from.
    """
    period = Period.between(first, last)
    async with reading.database.transaction(caller) as tx:
        figures = await count_referrals(tx, period, by, berlin_date(now()))
    return Response(orjson.dumps(figures), media_type=JSON)


@router.get(
    "/referral-flows",
    response_model=ReferralFlows,
    summary="From which agencies to which, in a year / Wege zwischen den Stellen eines Jahres",
)
async def read_flows(
    caller: FigureReader, reading: CurrentReading, first: First, last: Last
) -> Response:
    """By agency type of sender and recipient; routes without a referral are left out."""
    period = Period.between(first, last)
    async with reading.database.transaction(caller) as tx:
        figures = await count_flows(tx, period, berlin_date(now()))
    return Response(orjson.dumps(figures), media_type=JSON)
