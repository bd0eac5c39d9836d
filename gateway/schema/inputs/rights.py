"""What requests of data subjects take."""

import strawberry

from gateway.schema.codes.rights import (
    DataRight,
    IdentityCheck,
    RefusalGround,
    RightsAskedBy,
    RightsAskedOn,
    RightsExtensionReason,
    RightsHandedOver,
    RightsReceivedVia,
    RightsRequestAction,
    RightsSettlement,
)
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input(
    description=both("Record a request of a data subject.", "Einen Betroffenenantrag erfassen.")
)
class RecordRightsRequestInput(Command):
    data_right: DataRight = needed("The right.", "Das Recht.")
    person_id: strawberry.ID = needed("UUID of the person.", "UUID der Person.")
    asked_by: RightsAskedBy = needed("Who asks.", "Wer fragt.")
    received_on: Date = needed("Day of receipt.", "Tag des Eingangs.")
    received_via: RightsReceivedVia = needed("How it came in.", "Wie er einging.")
    asked_on: RightsAskedOn | None = given(
        "Ground that the person names: Art. 17 (1), 18 (1), 21 (1).",
        "Grund, auf den sich die Person beruft: Art. 17 Abs. 1, 18 Abs. 1, 21 Abs. 1.",
    )
    fields: list[str] | None = given(
        "Rectification: the fields said to be wrong.",
        "Berichtigung: die Angaben, die falsch sein sollen.",
    )
    letter_id: strawberry.ID | None = given(
        "UUID of the letter in the file.", "UUID des Schreibens in der Akte."
    )


@strawberry.input(
    description=both(
        "Take a step of a request; what was said before stays.",
        "Einen Schritt eines Antrags ausführen; früher Gesagtes bleibt.",
    )
)
class PerformRightsRequestActionInput(Change):
    request_id: strawberry.ID = needed("UUID of the request.", "UUID des Antrags.")
    action: RightsRequestAction = needed("The step.", "Der Schritt.")
    identity_check: IdentityCheck | None = given(
        "How identity was checked.", "Wie die Identität geprüft wurde."
    )
    extension_reason: RightsExtensionReason | None = given(
        "Why the time limit is extended.", "Warum die Frist verlängert wird."
    )
    person_told_on: Date | None = given(
        "Day on which the person was informed.", "Tag, an dem die Person unterrichtet wurde."
    )
    refusal_ground: RefusalGround | None = given("Why it is refused.", "Warum abgelehnt wird.")
    are_remedies_told: bool | None = given(
        "Complaint and judicial remedy were told.", "Auf Rechtsbehelfe wurde hingewiesen."
    )
    settlement: RightsSettlement | None = given(
        "How contested values were settled.", "Wie strittige Angaben geklärt wurden."
    )
    handed_over_via: RightsHandedOver | None = given(
        "How the answer was handed over.", "Wie die Antwort übergeben wurde."
    )


@strawberry.input(
    description=both(
        "Decide whether a part of an answer goes out.",
        "Entscheiden, ob ein Teil der Auskunft herausgeht.",
    )
)
class DecideRightsPartInput(Change):
    request_id: strawberry.ID = needed("UUID of the request.", "UUID des Antrags.")
    service: str = needed("Short name of the service.", "Kurzname des Dienstes.")
    kind: str = needed("Kind of data.", "Datenart.")
    record_id: strawberry.ID | None = given(
        "UUID of one record; without it the whole kind.",
        "UUID eines Datensatzes; ohne sie die ganze Art.",
    )
    ground: RefusalGround | None = given(
        "Legal ground to withhold it; without one it goes out.",
        "Gesetzlicher Grund, ihn zurückzuhalten; ohne ihn geht er heraus.",
    )
