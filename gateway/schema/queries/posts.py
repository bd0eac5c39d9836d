"""What can be asked about deadlines, alerts and forecasts."""

from typing import Annotated

import strawberry

from gateway.context import Info
from gateway.schema.deadline import Deadline, FundingAlert, FundingOutlook, OccupiedMonths
from gateway.schema.filters import DeadlineFilter, FundingAlertFilter
from gateway.schema.node import record_id
from gateway.schema.published import both
from gateway.schema.reads import record, records
from gateway.schema.scalars import Date

FiscalYear = Annotated[int, strawberry.argument(description=both("Fiscal year.", "Haushaltsjahr."))]
Day = Annotated[
    Date | None,
    strawberry.argument(description=both("The day; else today.", "Der Stichtag; sonst heute.")),
]
PositionId = Annotated[
    strawberry.ID, strawberry.argument(description=both("UUID of the post.", "UUID der Stelle."))
]


@strawberry.type
class PostQueries:
    deadline = record("funding /v1/deadlines", Deadline, en="One deadline.", de="Eine Frist.")
    deadlines = records(
        "funding /v1/deadlines",
        Deadline,
        DeadlineFilter,
        en="Deadlines, the earliest first.",
        de="Fristen, die früheste zuerst.",
    )
    alerts = records(
        "funding /v1/alerts",
        FundingAlert,
        FundingAlertFilter,
        en="What needs a person, the newest first.",
        de="Was ein Mensch ansehen sollte, das Neueste zuerst.",
    )

    @strawberry.field(
        description=both(
            "What the year's money will come to, with a warning of what would be repaid.",
            "Voraussichtlicher Mittelverbrauch, mit Warnung vor Rückzahlung.",
        )
    )
    async def forecasts(
        self, info: Info, fiscal_year: FiscalYear, as_of: Day = None
    ) -> FundingOutlook | None:
        query: tuple[tuple[str, str], ...] = (("fiscalYear", str(fiscal_year)),)
        if as_of is not None:
            query = (*query, ("asOf", str(as_of)))
        found = await info.context.services.funding.conversation.get("/v1/forecasts", query)
        return FundingOutlook.from_record(found)

    @strawberry.field(
        description=both(
            "Occupied and vacant months of a post; null when it is unknown or hidden.",
            "Besetzte und unbesetzte Monate einer Stelle; null, wenn unbekannt oder verborgen.",
        )
    )
    async def occupied_months(
        self, info: Info, position_id: PositionId, fiscal_year: FiscalYear
    ) -> OccupiedMonths | None:
        known = record_id(position_id)
        if known is None:
            return None
        path = f"/v1/positions/{known}/occupied-months"
        funding = info.context.services.funding.conversation
        found = await funding.find(path, (("fiscalYear", str(fiscal_year)),))
        return OccupiedMonths.from_optional(found)
