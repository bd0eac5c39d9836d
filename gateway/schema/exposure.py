"""Money that was called and lies idle."""

import strawberry

from gateway.schema.codes.budgets import InterestAssumption
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Amount, Date


@strawberry.type(
    description=both("What a figure rests on.", "Worauf eine Zahl beruht, mit Wortlaut.")
)
class StatedAssumption(Published):
    code: InterestAssumption = field("Code.", "Code.")
    text_de: str = field("Sentence in German.", "Satz auf Deutsch.")
    text_en: str = field("Sentence in English.", "Satz auf Englisch.")


@strawberry.type(
    description=both("Days of idle money at one rate.", "Tage ungenutzten Geldes zu einem Satz.")
)
class IdleShare(Published):
    amount: Amount = field("Euros that lie idle.", "Ungenutzte Euro.")
    first_day: Date = field("First day.", "Erster Tag.")
    last_day: Date = field("Last day.", "Letzter Tag.")
    days: int = field("Days.", "Tage.")
    percent: str = field("Percent a year.", "Prozent im Jahr.")


@strawberry.type(
    description=both(
        "What of a drawdown lies idle on a day; nothing is posted.",
        "Was von einem Mittelabruf an einem Tag ungenutzt liegt; nichts wird gebucht.",
    )
)
class MoneyExposure(Published):
    drawdown_id: strawberry.ID = field("UUID of the drawdown.", "UUID des Mittelabrufs.")
    as_of: Date = field("The day.", "Der Stichtag.")
    received_amount: Amount = field("Euros received.", "Erhaltene Euro.")
    used_amount: Amount = field("Euros used.", "Verwendete Euro.")
    unused_amount: Amount = field("Euros unused.", "Ungenutzte Euro.")
    use_by: Date | None = field("Day by which to use it.", "Tag, bis zu dem es zu verwenden ist.")
    interest: Amount = field("Euros of interest that threaten.", "Drohende Zinsen in Euro.")
    pieces: list[IdleShare] = field("Piece by piece.", "Stück für Stück.")
    assumptions: list[StatedAssumption] = field("What it rests on.", "Worauf sie beruht.")
