"""What can be asked about expenditure and vouchers."""

from typing import Annotated

import strawberry

from gateway.context import Info
from gateway.schema.expenditure import AwardEligibility, CostPerLine, Expenditure, Voucher
from gateway.schema.filters import ExpenditureFilter
from gateway.schema.node import record_id
from gateway.schema.published import both
from gateway.schema.reads import Id, record, records

Year = Annotated[int, strawberry.argument(description=both("Fiscal year.", "Haushaltsjahr."))]


@strawberry.type
class ExpenditureQueries:
    expenditure = record(
        "funding /v1/expenditures", Expenditure, en="One cost.", de="Eine Ausgabe."
    )
    expenditures = records(
        "funding /v1/expenditures",
        Expenditure,
        ExpenditureFilter,
        en="Costs by value date.",
        de="Ausgaben nach Wertstellung.",
    )
    voucher = record("funding /v1/vouchers", Voucher, en="One voucher.", de="Ein Beleg.")

    @strawberry.field(
        description=both(
            "What of an award's costs counts, by its id; null when it is unknown or hidden.",
            "Was von den Ausgaben eines Bescheids zählt; null, wenn unbekannt oder nicht sichtbar.",
        )
    )
    async def award_eligibility(self, info: Info, id_: Id) -> AwardEligibility | None:
        known = record_id(id_)
        if known is None:
            return None
        found = await info.context.services.of("funding").find(f"/v1/awards/{known}/eligibility")
        return AwardEligibility.from_optional(found)

    @strawberry.field(
        description=both("Costs of a year by line and kind.", "Ausgaben eines Jahres je Zeile.")
    )
    async def cost_per_line(self, info: Info, fiscal_year: Year) -> CostPerLine:
        found = await info.context.services.of("funding").get(
            "/v1/reports/cost-per-line", (("fiscalYear", str(fiscal_year)),)
        )
        return CostPerLine.from_record(found)
