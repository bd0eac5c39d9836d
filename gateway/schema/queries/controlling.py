"""What the steering group asks for."""

from typing import Annotated

import strawberry

from gateway.context import Info
from gateway.schema.kim_controlling import KimControlling, ReportingPeriod, kim_controlling
from gateway.schema.published import both

Asked = Annotated[
    ReportingPeriod,
    strawberry.argument(description=both("Quarter or year.", "Quartal oder Jahr.")),
]


@strawberry.type
class ControllingQueries:
    @strawberry.field(
        description=both(
            "The controlling report of the caller's area: cases, money, posts, referrals.",
            "Der Controllingbericht des eigenen Gebiets: Fälle, Mittel, Stellen, Überleitungen.",
        )
    )
    async def kim_controlling(self, info: Info, period: Asked) -> KimControlling | None:
        return await kim_controlling(info.context.services, period)
