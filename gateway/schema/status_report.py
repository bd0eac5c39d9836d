"""The status report: what each service knows of one day, side by side."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, TypeVar

import strawberry

from gateway.clients.conversation import Record
from gateway.clients.faults import ServiceFault
from gateway.clients.services import Services
from gateway.schema.case_statistics import CaseStatistics
from gateway.schema.funding_status import FundingStatus
from gateway.schema.published import both, field
from gateway.schema.refusals import service_fault
from gateway.schema.scalars import Date
from gateway.schema.user_errors import (
    ForbiddenError,
    NotFoundError,
    RateLimitedError,
    ServiceUnavailableError,
)

T = TypeVar("T")

Missing = ServiceUnavailableError | RateLimitedError | ForbiddenError | NotFoundError

FundingPart = Annotated[
    FundingStatus | ServiceUnavailableError | RateLimitedError | ForbiddenError | NotFoundError,
    strawberry.union(
        "FundingPart",
        description=both(
            "Funding on the day, or why it is missing.",
            "Der Förderstand am Stichtag, oder warum er fehlt.",
        ),
    ),
]
CasesPart = Annotated[
    CaseStatistics | ServiceUnavailableError | RateLimitedError | ForbiddenError | NotFoundError,
    strawberry.union(
        "CasesPart",
        description=both(
            "Families in counselling on the day, or why they are missing.",
            "Die Familien in Beratung am Stichtag, oder warum sie fehlen.",
        ),
    ),
]


@strawberry.type(
    description=both(
        "The state of KIM in one area on one day. A service that does not answer leaves its part"
        " to a typed error; the others stay.",
        "Der Stand von KIM in einem Gebiet an einem Tag. Antwortet ein Dienst nicht, steht an der"
        " Stelle seines Teils ein Fehler; die anderen bleiben.",
    )
)
class StatusReport:
    as_of: Date = field("The day.", "Der Stichtag.")
    funding: FundingPart = field("Money and posts.", "Mittel und Stellen.")
    cases: CasesPart = field("Families in counselling.", "Familien in Beratung.")


async def status_report(services: Services, as_of: Date) -> StatusReport:
    """Both services are asked at the same time."""
    day = date.fromisoformat(as_of)
    funding, cases = await asyncio.gather(
        part_of(services.funding.status(day), FundingStatus.from_record),
        part_of(services.cases.statistics(day), CaseStatistics.from_record),
    )
    return StatusReport(as_of=as_of, funding=funding, cases=cases)


async def part_of(asked: Awaitable[Record], shape: Callable[[Record], T]) -> T | Missing:
    """What a service told, or why it is missing. Raises other faults again."""
    try:
        return shape(await asked)
    except ServiceFault as fault:
        return service_fault(fault)
