"""Payments to recipients, their instalments and runs."""

import strawberry

from gateway.schema.allocation import Allocation
from gateway.schema.codes.payments import (
    MoneySource,
    PaymentAction,
    PaymentRunState,
    PaymentState,
)
from gateway.schema.published import Published, both, field
from gateway.schema.reads import children, related
from gateway.schema.scalars import Amount, Date, DateTime


@strawberry.type(
    description=both(
        "A part of an allocation and the day it is to be paid.",
        "Ein Teil einer Weiterleitung und der Tag, an dem er zu zahlen ist.",
    )
)
class Instalment(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    allocation_id: strawberry.ID = field("UUID of the allocation.", "UUID der Weiterleitung.")
    number: int = field("Number.", "Nummer.")
    due_on: Date = field("Day on which it is due.", "Fälligkeitstag.")
    amount: Amount = field("Euros.", "Euro.")
    paid_amount: Amount = field(
        "Euros that released and sent payments hold.",
        "Euro, die freigegebene und gesendete Zahlungen belegen.",
    )


@strawberry.type(description=both("The plan of instalments.", "Der Ratenplan einer Weiterleitung."))
class InstalmentPlan(Published):
    id: strawberry.ID = field("UUID of the allocation.", "UUID der Weiterleitung.")
    version: int = field("Version of the allocation.", "Fassung der Weiterleitung.")
    amount: Amount = field("Euros of the allocation.", "Euro der Weiterleitung.")
    instalments: list[Instalment] = field("The instalments.", "Die Raten.")


@strawberry.type(
    description=both("A payment to a recipient.", "Eine Zahlung an einen Letztempfänger.")
)
class Payment(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    allocation_id: strawberry.ID = field("UUID of the allocation.", "UUID der Weiterleitung.")
    award_line_id: strawberry.ID = field("UUID of the award line.", "UUID der Bescheidzeile.")
    recipient_unit: str | None = field("The receiving unit.", "Die empfangende Stelle.")
    instalment_id: strawberry.ID | None = field("UUID of the instalment.", "UUID der Rate.")
    run_id: strawberry.ID | None = field("UUID of the payment run.", "UUID des Zahllaufs.")
    reservation_id: strawberry.ID | None = field(
        "UUID of the reservation it uses.", "UUID der Mittelbindung, die sie verbraucht."
    )
    source: MoneySource = field("Whose money it is.", "Wessen Geld es ist.")
    state: PaymentState = field("State.", "Stand.")
    allowed_actions: list[PaymentAction] = field(
        "What can be done now: the buttons to draw.",
        "Was jetzt möglich ist: die Knöpfe, die zu zeigen sind.",
    )
    amount: Amount = field("Euros.", "Euro.")
    confirmed_amount: Amount = field("Euros that arrived.", "Angekommene Euro.")
    payee_number: str = field(
        "Number of the payee in the finance software.", "Kreditorennummer im Finanzverfahren."
    )
    value_date: Date | None = field("Value date at the bank.", "Wertstellung bei der Bank.")
    bank_reference: str = field("Reference of the bank.", "Referenz der Bank.")
    failure_code: str = field("Why it failed.", "Warum sie fehlschlug.")
    created_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
    allocation = related(
        "funding /v1/allocations",
        Allocation,
        "allocationId",
        en="The allocation.",
        de="Die Weiterleitung.",
    )


@strawberry.type(
    description=both("Payments that left together.", "Zahlungen, die zusammen hinausgingen.")
)
class PaymentRun(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field("Version.", "Fassung.")
    fiscal_year: int = field("Fiscal year.", "Haushaltsjahr.")
    number: int = field("Number in the year.", "Nummer im Jahr.")
    state: PaymentRunState = field("State.", "Stand.")
    sent_on: Date = field("Day of sending.", "Tag der Sendung.")
    payment_count: int = field("How many payments.", "Anzahl der Zahlungen.")
    total: Amount = field("Euros in all.", "Euro insgesamt.")
    created_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
    payments = children(
        "funding /v1/payments", Payment, "runId", en="The payments.", de="Die Zahlungen."
    )
