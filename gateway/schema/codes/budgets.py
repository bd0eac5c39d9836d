"""Codes of programmes, budgets and idle money, as the funding service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("How firm an amount is.", "Wie fest ein Betrag ist."))
class AmountStatus(Enum):
    ANNOUNCED = code("ANNOUNCED", "Announced", "Angekündigt")
    EXPECTED = code("EXPECTED", "Expected", "Erwartet")
    GRANTED = code("GRANTED", "Granted", "Bewilligt")


@strawberry.enum(description=both("Side of a budget.", "Seite eines Haushalts."))
class BudgetEntryKind(Enum):
    REVENUE = code("REVENUE", "Revenue", "Ertrag")
    EXPENSE = code("EXPENSE", "Expense", "Aufwand")


@strawberry.enum(
    description=both(
        "Which amount holds for a post that did not run all year.",
        "Welcher Betrag gilt, wenn eine Stelle nicht das ganze Jahr lief.",
    )
)
class PartYearDecision(Enum):
    FULL_AMOUNT = code("FULL_AMOUNT", "The full amount", "Der volle Betrag")
    PRO_RATA = code("PRO_RATA", "By months", "Anteilig nach Monaten")


@strawberry.enum(
    description=both(
        "What a figure rests on where the guideline says nothing.",
        "Worauf eine Zahl beruht, wo die Richtlinie schweigt.",
    )
)
class InterestAssumption(Enum):
    RECIPIENT_PAYMENT_IS_USE = code(
        "RECIPIENT_PAYMENT_IS_USE",
        "A confirmed payment to a recipient counts as use",
        "Eine bestätigte Zahlung an einen Letztempfänger zählt als Verwendung",
    )
    INTEREST_AFTER_GRACE = code(
        "INTEREST_AFTER_GRACE",
        "Interest runs from the day after the two months",
        "Zinsen laufen ab dem Tag nach Ende der zwei Monate",
    )
    INTEREST_FROM_PAYOUT = code(
        "INTEREST_FROM_PAYOUT",
        "Interest runs from the day after the payout",
        "Zinsen laufen ab dem Tag nach der Auszahlung",
    )
    DAYS_OF_365 = code("DAYS_OF_365", "Calendar days, year of 365", "Kalendertage, Jahr zu 365")
