"""The rates that papers publish, as the demonstration loads them."""

from deploy.local.demo.papers import paper
from services.funding.domain.programme import FundingLine
from services.funding.domain.rates import Rate, RateKey, RateTable, UnitKind
from shared.kernel.money import Money


def published_rates() -> RateTable:
    return RateTable(
        Rate(
            RateKey(
                FundingLine(row["funding_line"]),
                UnitKind(row["unit_kind"]),
                row.get("fiscal_year") or row["assumed_fiscal_year"],
            ),
            Money.parse(row["ceiling"]),
            row["source"],
        )
        for row in paper("programme")["rates"]
    )
