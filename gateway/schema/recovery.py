"""Money that goes back, its interest, and the base rates behind it."""

from typing import Annotated

import strawberry

from gateway.schema.asking import asked_of
from gateway.schema.award import Award
from gateway.schema.codes.recoveries import (
    DayCount,
    RecoveryAction,
    RecoveryDirection,
    RecoveryReason,
    RecoverySource,
    RecoveryState,
)
from gateway.schema.published import Published, both, field
from gateway.schema.reads import related
from gateway.schema.scalars import Amount, Date, DateTime

PaidOn = Annotated[
    Date, strawberry.argument(description=both("Day of payment.", "Tag der Zahlung."))
]
AskedDayCount = Annotated[
    DayCount | None,
    strawberry.argument(
        description=both("Instead of the setting.", "Anstelle der Einstellung."),
    ),
]


@strawberry.type(description=both("A base rate from a day on.", "Ein Basiszinssatz ab einem Tag."))
class BaseRate(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    valid_from: Date = field("First day.", "Erster Tag.")
    percent: str = field("Percent, possibly negative.", "Prozent, auch negativ.")
    source: str = field("Where it is published.", "Wo er bekannt gemacht ist.")
    created_at: DateTime = field("When it was recorded.", "Wann er erfasst wurde.")


@strawberry.type(description=both("A payment on a recovery.", "Eine Zahlung auf eine Forderung."))
class RecoveryPayment(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    paid_on: Date = field("Value date of the bank.", "Wertstellung der Bank.")
    amount: Amount = field("On the principal.", "Auf die Hauptforderung.")
    interest_amount: Amount = field("On the interest.", "Auf die Zinsen.")
    bank_reference: str = field("The bank's reference.", "Referenz der Bank.")


@strawberry.type(
    description=both("Days of one principal at one rate.", "Tage einer Forderung zu einem Satz.")
)
class InterestPiece(Published):
    first_day: Date = field("First day.", "Erster Tag.")
    last_day: Date = field("Last day.", "Letzter Tag.")
    days: int = field("Days.", "Tage.")
    principal_amount: Amount = field("Euros that bear interest.", "Verzinste Euro.")
    percent: str = field("Percent a year.", "Prozent im Jahr.")
    exact_amount: str = field("Euros to eight places.", "Euro auf acht Stellen.")


@strawberry.type(
    description=both(
        "What interest would be, were the rest paid on a day; nothing is posted.",
        "Was die Zinsen wären, würde der Rest an einem Tag gezahlt; nichts wird gebucht.",
    )
)
class RecoveryInterest(Published):
    paid_on: Date = field("Day of payment.", "Tag der Zahlung.")
    day_count: DayCount = field("How its days are counted.", "Wie die Tage zählen.")
    pieces: list[InterestPiece] = field("Piece by piece.", "Stück für Stück.")
    amount: Amount = field("Their sum, rounded once.", "Ihre Summe, einmal gerundet.")


@strawberry.type(description=both("Money that goes back.", "Eine Rückforderung."))
class Recovery(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    direction: RecoveryDirection = field("Who owes whom.", "Wer wem schuldet.")
    award_id: strawberry.ID = field("UUID of the award.", "UUID des Bescheids.")
    award_line_id: strawberry.ID = field("UUID of the award line.", "UUID der Bescheidzeile.")
    allocation_id: strawberry.ID | None = field(
        "UUID of the recipient's allocation.", "UUID der Weiterleitung."
    )
    ground: RecoveryReason = field("Why.", "Warum.")
    source_kind: RecoverySource = field("What led to it.", "Was dazu führte.")
    source_id: strawberry.ID | None = field("UUID of that record.", "UUID dieses Datensatzes.")
    state: RecoveryState = field("State.", "Stand.")
    allowed_actions: list[RecoveryAction] = field("What can be done now.", "Was jetzt möglich ist.")
    principal_amount: Amount = field("What is claimed.", "Hauptforderung.")
    claim_since: Date = field("When the claim arose.", "Wann die Forderung entstand.")
    heard_on: Date | None = field("Day of the hearing.", "Tag der Anhörung.")
    demanded_on: Date | None = field("Day of the demand.", "Tag der Forderung.")
    due_on: Date | None = field("When it is due.", "Fälligkeit.")
    act_reference: str = field("Reference of the act.", "Zeichen des Bescheids.")
    paid_amount: Amount = field("Paid on the principal.", "Auf die Hauptforderung gezahlt.")
    interest_amount: Amount | None = field(
        "Interest; null until an act fixes it.", "Zinsen; null, bis sie festgesetzt sind."
    )
    interest_paid_amount: Amount = field("Interest paid.", "Gezahlte Zinsen.")
    interest_fixed_on: Date | None = field("Day of the act on it.", "Tag der Festsetzung.")
    interest_act_reference: str = field("Reference of that act.", "Zeichen des Zinsbescheids.")
    day_count: DayCount | None = field("How its days were counted.", "Wie die Tage zählten.")
    waiver_reference: str = field("Reference of the waiver.", "Zeichen des Verzichts.")
    waiver_reason: str = field("Why it was waived.", "Warum verzichtet wurde.")
    withdrawal_reason: str = field("Why it was withdrawn.", "Warum zurückgenommen wurde.")
    payments: list[RecoveryPayment] = field("What was paid.", "Was gezahlt wurde.")
    created_at: DateTime = field("When it was raised.", "Wann sie erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
    award = related("funding /v1/awards", Award, "awardId", en="The award.", de="Der Bescheid.")
    interest = asked_of(
        "funding /v1/recoveries/{id}/interest",
        RecoveryInterest,
        en="What interest would be on a day; null when the recovery is hidden.",
        de="Was die Zinsen an einem Tag wären; null, wenn nicht sichtbar.",
        paid_on=PaidOn,
        day_count=AskedDayCount,
    )
