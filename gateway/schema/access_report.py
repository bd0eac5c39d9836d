"""Who saw or received data of a person: units and days, never people, never content."""

import strawberry

from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Date
from gateway.schema.texts import BothLanguages


@strawberry.type(
    description=both(
        "A unit that received data with a referral; it can be asked as well.",
        "Eine Stelle, die mit einer Zusteuerung Angaben erhielt; auch sie kann gefragt werden.",
    )
)
class AccessRecipient(Published):
    referral_id: strawberry.ID | None = field("UUID of the referral.", "UUID der Zusteuerung.")
    recipient_unit: str = field("The unit.", "Die Stelle.")
    disclosed_at: str | None = field("When it received them.", "Wann sie sie erhielt.")
    text: BothLanguages = field("As a sentence.", "Als Satz.")


@strawberry.type(
    description=both("What one unit did on one day.", "Was eine Stelle an einem Tag tat.")
)
class AccessOfDay(Published):
    service: str = field("Short name of the service.", "Kurzname des Dienstes.")
    day: Date = field("The day.", "Der Tag.")
    unit_id: str = field("The unit.", "Die Stelle.")
    action: str = field(
        "`read`, `webhook`, or the name of a change.", "`read`, `webhook` oder die Änderung."
    )
    record_kind: str = field("Kind of record.", "Art des Datensatzes.")
    purpose: str = field("Code of the purpose.", "Kennung des Zwecks.")
    times: int = field("How often.", "Wie oft.")
    text: BothLanguages = field("As a sentence.", "Als Satz.")


@strawberry.type(
    description=both(
        "Who saw or received the data of a person (Art. 15 (1) c GDPR).",
        "Wer die Angaben einer Person gesehen oder erhalten hat (Art. 15 Abs. 1 c DSGVO).",
    )
)
class AccessReport(Published):
    request_id: strawberry.ID = field("UUID of the request.", "UUID des Antrags.")
    person_id: strawberry.ID = field("UUID of the person.", "UUID der Person.")
    unit_id: str = field("The unit that answers.", "Die Stelle, die antwortet.")
    assembled_at: str = field("State of the report.", "Stand des Berichts.")
    recipients: list[AccessRecipient] = field("Who received data.", "Wer Angaben erhielt.")
    accesses: list[AccessOfDay] = field("Who saw or changed data.", "Wer sie sah oder änderte.")
