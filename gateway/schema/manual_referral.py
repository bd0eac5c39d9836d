"""Referrals whose unit a person must find, as the coordination sees them."""

import strawberry

from gateway.schema.codes.referrals import (
    AgeBand,
    ManualReason,
    Purpose,
    ReferralMode,
    ReferralState,
    Topic,
    Urgency,
)
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import DateTime


@strawberry.type(
    description=both(
        "Where the person lives, as far as it is needed.",
        "Wo die Person wohnt, soweit es nötig ist.",
    )
)
class Place(Published):
    ags: str = field("Eight-digit municipality key.", "Achtstelliger Gemeindeschlüssel.")
    street: str = field("Street.", "Straße.")
    house_number: str = field("House number.", "Hausnummer.")
    district: str = field("District.", "Ortsteil.")


@strawberry.type(
    description=both(
        "A referral whose unit a person must find.",
        "Eine Überleitung, deren Stelle ein Mensch finden muss.",
    )
)
class ManualReferral(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    state: ReferralState = field("State.", "Stand.")
    mode: ReferralMode = field("Kind of referral.", "Art der Überleitung.")
    service_code: str = field("The service asked for.", "Die gewünschte Leistung.")
    topic: Topic = field("Field of action.", "Handlungsfeld.")
    purpose: Purpose = field("What the data are sent for.", "Wozu die Daten gesendet werden.")
    urgency: Urgency = field("Urgency.", "Dringlichkeit.")
    language: str = field("Language, ISO 639-3.", "Sprache, ISO 639-3.")
    interpreter_needed: bool = field("An interpreter is needed.", "Sprachmittlung ist nötig.")
    municipality_ags: str = field(
        "Municipality by its eight-digit key.", "Gemeinde mit achtstelligem Schlüssel."
    )
    age_band: AgeBand = field("Age band.", "Altersgruppe.")
    sender_unit: str = field("The sending unit.", "Die absendende Stelle.")
    recipient_unit: str | None = field("The receiving unit.", "Die empfangende Stelle.")
    manual_reason: ManualReason | None = field(
        "Why no rule found a unit.", "Warum keine Regel eine Stelle fand."
    )
    created_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    updated_at: DateTime = field("Last change.", "Letzte Änderung.")
    place: Place | None = field(
        "Where the person lives, as far as routing needs it.",
        "Wo die Person wohnt, soweit die Zuständigkeit es braucht.",
    )
