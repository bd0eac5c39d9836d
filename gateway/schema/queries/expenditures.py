"""What can be asked about expenditure and vouchers."""

import strawberry

from gateway.schema.asking import FiscalYear, asked, asked_items
from gateway.schema.cost_kind import CostKindRule
from gateway.schema.expenditure import AwardEligibility, CostPerLine, Expenditure, Voucher
from gateway.schema.filters import ExpenditureFilter, by
from gateway.schema.published import both
from gateway.schema.reads import Id, record, records
from gateway.schema.scalars import Date


@strawberry.input(description=both("Which vouchers.", "Welche Belege."))
class VoucherFilter:
    number: list[str] | None = by("With these numbers.", "Mit diesen Nummern.")
    voucher_date_gte: Date | None = by("Dated on or after.", "Belegdatum ab.")
    voucher_date_lte: Date | None = by("Dated on or before.", "Belegdatum bis.")


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

    vouchers = records("funding /v1/vouchers", Voucher, VoucherFilter, en="Vouchers.", de="Belege.")
    cost_kinds = asked_items(
        "funding /v1/cost-kinds",
        CostKindRule,
        en="Kinds of cost, and which lines pay them.",
        de="Kostenarten, und welche Bausteine sie zahlen.",
    )
    award_eligibility = asked(
        "funding /v1/awards/{id}/eligibility",
        AwardEligibility,
        en="What of an award's costs counts, by its id; null when it is unknown or hidden.",
        de="Was von den Ausgaben eines Bescheids zählt; null, wenn unbekannt oder nicht sichtbar.",
        id_=Id,
    )
    cost_per_line = asked(
        "funding /v1/reports/cost-per-line",
        CostPerLine,
        en="Costs of a year by line and kind.",
        de="Ausgaben eines Jahres je Zeile.",
        fiscal_year=FiscalYear,
    )
