"""Calls for interest and what organisations answered."""

import strawberry

from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Amount, Date, DateTime, Fte


@strawberry.type(
    description=both(
        "An organisation's answer: requested, recommended and decided are three facts.",
        "Die Antwort eines Trägers: beantragt, empfohlen und entschieden sind drei Angaben.",
    )
)
class InterestResponse(Published):
    number: int = field("Number within the call.", "Nummer in der Interessenbekundung.")
    respondent_unit: str | None = field("The unit, if it is one here.", "Die Stelle, falls hier.")
    respondent_name: str = field("Name of the organisation.", "Name des Trägers.")
    fte: Fte = field("Posts.", "Stellenanteile.")
    requested_amount: Amount = field("Euros requested.", "Beantragte Euro.")
    recommended_amount: Amount | None = field("Euros recommended.", "Empfohlene Euro.")
    decided_amount: Amount | None = field("Euros decided.", "Entschiedene Euro.")
    is_selected: bool = field("Selected.", "Ausgewählt.")


@strawberry.type(description=both("A call for interest.", "Ein Aufruf zur Interessenbekundung."))
class CallForInterest(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    allocation_id: strawberry.ID = field("UUID of the allocation.", "UUID der Weiterleitung.")
    opens_on: Date = field("First day.", "Erster Tag.")
    closes_on: Date = field("Last day.", "Letzter Tag.")
    criteria: str = field("What counts.", "Was zählt.")
    responses: list[InterestResponse] = field("Answers.", "Antworten.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
