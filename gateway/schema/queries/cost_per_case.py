"""What can be asked about the cost of a case."""

import asyncio

import strawberry

from gateway.context import Info
from gateway.schema.asking import FiscalYear
from gateway.schema.cost_per_case import CostPerCase, cost_per_case
from gateway.schema.published import both


@strawberry.type
class CostPerCaseQueries:
    @strawberry.field(
        description=both(
            "Cost of a year for each case and outcome, for who may read funding and figures.",
            "Kosten eines Jahres je Fall und Ergebnis, für wen Förderung und Zahlen lesen darf.",
        )
    )
    async def cost_per_case(self, info: Info, fiscal_year: FiscalYear) -> CostPerCase | None:
        services = info.context.services
        costs, counted = await asyncio.gather(
            services.of("funding").get(
                "/v1/reports/cost-per-line", (("fiscalYear", str(fiscal_year)),)
            ),
            services.of("cases").get("/v1/reports/case-outcomes", (("year", str(fiscal_year)),)),
        )
        return cost_per_case(costs, counted)
