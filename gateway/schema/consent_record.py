"""A consent in the terms of ISO/IEC TS 27560 and of the Data Privacy Vocabulary."""

import strawberry

from gateway.schema.codes.consents import ConsentDataCategory, ConsentPurpose
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Date


@strawberry.type(
    description=both(
        "Data that a consent is about, with its term of the vocabulary.",
        "Daten einer Einwilligung, mit dem Begriff des Vokabulars.",
    )
)
class ConsentRecordCategory(Published):
    category: ConsentDataCategory = field("Data.", "Daten.")
    dpv: str = field("IRI of the term.", "IRI des Begriffs.")


@strawberry.type(
    description=both(
        "The processing that the notice told of; it never changes.",
        "Die Verarbeitung, von der die Information sprach; sie ändert sich nie.",
    )
)
class ConsentRecordProcessing(Published):
    privacy_notice: str = field(
        "Version of the text that was given.", "Fassung des übergebenen Textes."
    )
    language: str = field("Language, ISO 639-3.", "Sprache, ISO 639-3.")
    purpose: ConsentPurpose = field("Purpose.", "Zweck.")
    purpose_description: str | None = field("Purpose in words.", "Zweck in Worten.")
    lawful_basis: str = field("Articles of law.", "Normen.")
    consent_type: str = field("IRI of the way of consenting.", "IRI der Art der Einwilligung.")
    pii_categories: list[ConsentRecordCategory] = field("Data.", "Daten.")
    jurisdiction: str = field("Where its law applies, ISO 3166-2.", "Rechtsraum, ISO 3166-2.")
    valid_from: Date = field("First day.", "Erster Tag.")
    valid_to: Date = field("Last day.", "Letzter Tag.")
    withdrawal_method: str = field("How it is revoked.", "Wie widerrufen wird.")
    is_revocability_explained: bool = field(
        "It was explained that it can be revoked.", "Es wurde erklärt, dass sie widerrufbar ist."
    )
    is_refusal_explained: bool = field(
        "It was explained that refusing does no harm.",
        "Es wurde erklärt, dass eine Ablehnung nicht schadet.",
    )
    evidence_document_id: strawberry.ID | None = field("UUID of the evidence.", "UUID des Belegs.")


@strawberry.type(description=both("A party of a consent.", "Eine beteiligte Stelle."))
class ConsentRecordParty(Published):
    party: str = field("The unit.", "Die Stelle.")
    role: str = field("IRI of its role.", "IRI ihrer Rolle.")


@strawberry.type(description=both("What happened to a consent.", "Was mit ihr geschah."))
class ConsentRecordEvent(Published):
    state: str = field("IRI of the state.", "IRI des Standes.")
    at: str | None = field(
        "A day or an instant; null where only the state is known.",
        "Tag oder Zeitpunkt; leer, wo nur der Stand bekannt ist.",
    )
    by: str | None = field("Who did it.", "Wer es tat.")


@strawberry.type(
    description=both(
        "A consent as a standard record (ISO/IEC TS 27560).",
        "Eine Einwilligung als Standard-Datensatz (ISO/IEC TS 27560).",
    )
)
class ConsentRecord(Published):
    schema_version: str = field("The standard and its edition.", "Norm und Ausgabe.")
    record_id: strawberry.ID = field("UUID of the consent.", "UUID der Einwilligung.")
    pii_principal_id: strawberry.ID = field(
        "The person it is about.", "Die Person, um die es geht."
    )
    processing: ConsentRecordProcessing = field("The processing.", "Die Verarbeitung.")
    parties: list[ConsentRecordParty] = field("Who takes part.", "Wer beteiligt ist.")
    events: list[ConsentRecordEvent] = field("Its life so far.", "Ihr bisheriger Verlauf.")
