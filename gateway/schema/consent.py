"""Consents and releases from secrecy."""

import strawberry

from gateway.schema.codes.consents import (
    ConsentDataCategory,
    ConsentDirection,
    ConsentForm,
    ConsentGiver,
    ConsentPurpose,
    ConsentState,
    ConsentType,
    RepresentationBasis,
)
from gateway.schema.consent_record import ConsentRecord
from gateway.schema.published import Published, both, field
from gateway.schema.reads import part
from gateway.schema.scalars import Date, DateTime


@strawberry.type(
    description=both(
        "A consent or a release from secrecy.", "Eine Einwilligung oder Schweigepflichtentbindung."
    )
)
class Consent(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    state: ConsentState = field("State.", "Stand.")
    consent_type: ConsentType = field(
        "Consent or release from secrecy.", "Einwilligung oder Schweigepflichtentbindung."
    )
    subject_person_id: strawberry.ID = field(
        "The person it is about.", "Die Person, um die es geht."
    )
    giver: ConsentGiver = field("Who gives it.", "Wer sie gibt.")
    representation_basis: RepresentationBasis | None = field(
        "Why somebody may represent.", "Warum jemand vertreten darf."
    )
    purpose: ConsentPurpose = field(
        "What the data are sent for.", "Wozu die Daten gesendet werden."
    )
    purpose_text: str | None = field("Purpose in words.", "Zweck in Worten.")
    data_categories: list[ConsentDataCategory] = field(
        "Data it is about.", "Daten, um die es geht."
    )
    discloser_unit: str = field("The unit that discloses.", "Die offenlegende Stelle.")
    released_person: str | None = field(
        "The professional who is released.", "Die entbundene Fachkraft."
    )
    recipient_unit: str = field("The receiving unit.", "Die empfangende Stelle.")
    direction: ConsentDirection = field("Direction.", "Richtung.")
    form: ConsentForm = field("Form.", "Form.")
    form_reason: str | None = field("Reason for this form.", "Begründung der Form.")
    language: str = field("Language, ISO 639-3.", "Sprache, ISO 639-3.")
    interpreter: str | None = field("Who interpreted.", "Wer dolmetschte.")
    witness: str | None = field("Witness.", "Zeugin oder Zeuge.")
    information_text_version: str = field(
        "Version of the information text.", "Fassung des Informationstextes."
    )
    is_refusal_explained: bool = field(
        "It was explained that refusing does no harm.",
        "Es wurde erklärt, dass eine Ablehnung nicht schadet.",
    )
    is_revocability_explained: bool = field(
        "It was explained that it can be revoked.", "Es wurde erklärt, dass sie widerrufbar ist."
    )
    given_on: Date = field("Day on which it was given.", "Tag, an dem es erfolgte.")
    valid_from: Date = field("First day.", "Erster Tag.")
    valid_to: Date = field("Last day.", "Letzter Tag.")
    evidence_document_id: strawberry.ID | None = field("UUID of the evidence.", "UUID des Belegs.")
    revoked_at: DateTime | None = field("When it was revoked.", "Wann widerrufen wurde.")
    revoked_via: str | None = field(
        "By which way it was revoked.", "Auf welchem Weg widerrufen wurde."
    )
    supersedes_id: strawberry.ID | None = field(
        "The consent it replaces.", "Die Einwilligung, die sie ersetzt."
    )
    recorded_by: str = field("Who recorded it.", "Wer es erfasste.")
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    standard_record = part(
        "cases /v1/consents/{id}/record",
        ConsentRecord,
        en="As a standard record (ISO/IEC TS 27560).",
        de="Als Standard-Datensatz (ISO/IEC TS 27560).",
    )
