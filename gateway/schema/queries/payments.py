"""What can be asked about drawdowns and payments."""

import strawberry

from gateway.schema.codes.awards import FundingLine
from gateway.schema.codes.payments import DrawdownState, PaymentRunState, PaymentState
from gateway.schema.drawdown import Drawdown
from gateway.schema.filters import by
from gateway.schema.payment import Instalment, Payment, PaymentRun
from gateway.schema.published import both
from gateway.schema.reads import record, records


@strawberry.input(description=both("Which drawdowns.", "Welche Mittelabrufe."))
class DrawdownFilter:
    state: list[DrawdownState] | None = by("In one of these states.", "In einem dieser Stände.")
    award_id: strawberry.ID | None = by("Of this award.", "Aus diesem Bescheid.")
    award_line_id: strawberry.ID | None = by("Of this line.", "Aus dieser Zeile.")
    funding_line: list[FundingLine] | None = by("Of this funding line.", "Dieses Bausteins.")
    fiscal_year: int | None = by("Of this fiscal year.", "Dieses Haushaltsjahres.")


@strawberry.input(description=both("Which payments.", "Welche Zahlungen."))
class PaymentFilter:
    state: list[PaymentState] | None = by("In one of these states.", "In einem dieser Stände.")
    allocation_id: strawberry.ID | None = by("Of this allocation.", "Dieser Weiterleitung.")
    run_id: strawberry.ID | None = by("Of this run.", "Dieses Zahllaufs.")


@strawberry.input(description=both("Which payment runs.", "Welche Zahlläufe."))
class PaymentRunFilter:
    state: list[PaymentRunState] | None = by("In one of these states.", "In einem dieser Stände.")
    fiscal_year: int | None = by("Of this fiscal year.", "Dieses Haushaltsjahres.")


@strawberry.input(description=both("Which instalments.", "Welche Raten."))
class InstalmentFilter:
    allocation_id: strawberry.ID | None = by("Of this allocation.", "Dieser Weiterleitung.")


@strawberry.type
class PaymentQueries:
    drawdown = record("funding /v1/drawdowns", Drawdown, en="One drawdown.", de="Ein Mittelabruf.")
    drawdowns = records(
        "funding /v1/drawdowns", Drawdown, DrawdownFilter, en="Drawdowns.", de="Mittelabrufe."
    )
    payment = record("funding /v1/payments", Payment, en="One payment.", de="Eine Zahlung.")
    payments = records(
        "funding /v1/payments", Payment, PaymentFilter, en="Payments.", de="Zahlungen."
    )
    payment_run = record("funding /v1/payment-runs", PaymentRun, en="One run.", de="Ein Zahllauf.")
    payment_runs = records(
        "funding /v1/payment-runs",
        PaymentRun,
        PaymentRunFilter,
        en="Payment runs, the newest first.",
        de="Zahlläufe, der neueste zuerst.",
    )
    instalments = records(
        "funding /v1/instalments", Instalment, InstalmentFilter, en="Instalments.", de="Raten."
    )
