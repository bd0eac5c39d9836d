"""KIM controlling: what each service knows of one period, side by side."""

import asyncio
from datetime import date
from typing import Annotated

import strawberry

from gateway.clients.services import Services
from gateway.schema.case_controlling import CaseControlling
from gateway.schema.funding_controlling import FundingControlling
from gateway.schema.inputs.base import needed
from gateway.schema.published import both, field
from gateway.schema.referral_controlling import ReferralControlling
from gateway.schema.scalars import Date
from gateway.schema.status_report import part_of
from gateway.schema.user_errors import (
    ForbiddenError,
    NotFoundError,
    RateLimitedError,
    ServiceUnavailableError,
)
from shared.kernel.clock import berlin_date, now
from shared.kernel.periods import Period

CasesOfPeriod = Annotated[
    CaseControlling | ServiceUnavailableError | RateLimitedError | ForbiddenError | NotFoundError,
    strawberry.union(
        "CaseControllingPart",
        description=both(
            "Cases of the period, or why they are missing.",
            "Die Fälle des Zeitraums, oder warum sie fehlen.",
        ),
    ),
]
FundingOfPeriod = Annotated[
    FundingControlling
    | ServiceUnavailableError
    | RateLimitedError
    | ForbiddenError
    | NotFoundError,
    strawberry.union(
        "FundingControllingPart",
        description=both(
            "Money and posts at the end of the period, or why they are missing.",
            "Mittel und Stellen am Ende des Zeitraums, oder warum sie fehlen.",
        ),
    ),
]
ReferralsOfPeriod = Annotated[
    ReferralControlling
    | ServiceUnavailableError
    | RateLimitedError
    | ForbiddenError
    | NotFoundError,
    strawberry.union(
        "ReferralControllingPart",
        description=both(
            "Referrals of the period, or why they are missing.",
            "Die Überleitungen des Zeitraums, oder warum sie fehlen.",
        ),
    ),
]


@strawberry.input(
    description=both(
        "A quarter or a calendar year that has ended: other periods could be subtracted.",
        "Ein beendetes Quartal oder Kalenderjahr: andere Zeiträume ließen sich abziehen.",
    )
)
class ReportingPeriod:
    from_on: Date = needed("First day.", "Erster Tag.")
    to_on: Date = needed("Last day.", "Letzter Tag.")


@strawberry.type(
    description=both(
        "What the steering group looks at, of one quarter or year. A service that does not answer"
        " leaves its part to a typed error; the others stay.",
        "Was die Lenkungsgruppe ansieht, für ein Quartal oder Jahr. Antwortet ein Dienst nicht,"
        " steht an der Stelle seines Teils ein Fehler; die anderen bleiben.",
    )
)
class KimControlling:
    from_on: Date = field("First day.", "Erster Tag.")
    to_on: Date = field("Last day.", "Letzter Tag.")
    cases: CasesOfPeriod = field("Cases.", "Fälle.")
    funding: FundingOfPeriod = field(
        "Money and posts at the end of the period.", "Mittel und Stellen am Ende des Zeitraums."
    )
    referrals: ReferralsOfPeriod = field("Referrals.", "Überleitungen.")


def ended_period(first: date, last: date) -> Period:
    """Raises PeriodNotWhole, FiguresNotSettled."""
    period = Period.between(first, last)
    period.require_ended(berlin_date(now()))
    return period


async def kim_controlling(services: Services, asked: ReportingPeriod) -> KimControlling:
    """All three services are asked at the same time, each once."""
    period = ended_period(date.fromisoformat(asked.from_on), date.fromisoformat(asked.to_on))
    cases, funding, referrals = await asyncio.gather(
        part_of(services.cases.controlling(period), CaseControlling.from_record),
        part_of(services.funding.controlling(period.last), FundingControlling.from_record),
        part_of(services.referrals.controlling(period), ReferralControlling.from_record),
    )
    return KimControlling(
        from_on=asked.from_on,
        to_on=asked.to_on,
        cases=cases,
        funding=funding,
        referrals=referrals,
    )
