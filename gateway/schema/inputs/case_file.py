"""What entries in the file of a case take."""

import strawberry

from gateway.schema.codes.case_files import Confidentiality, ContactChannel, NeedLevel, NoteKind
from gateway.schema.codes.consents import (
    ConsentAction,
    ConsentDataCategory,
    ConsentDirection,
    ConsentForm,
    ConsentGiver,
    ConsentPurpose,
    ConsentType,
    RepresentationBasis,
)
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input(
    description=both(
        "Record information given to the person.", "Eine Information an die Person festhalten."
    )
)
class GiveInformationNoticeInput(Command):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    text_version: str = needed(
        "Version of the information text.", "Fassung des Informationstextes."
    )
    language: str = needed("Language, ISO 639-3.", "Sprache, ISO 639-3.")
    given_on: Date = needed("Day on which it was given.", "Tag, an dem es erfolgte.")
    interpreter: str | None = given("Who interpreted.", "Wer dolmetschte.")
    person_id: strawberry.ID | None = given("UUID of the person.", "UUID der Person.")


@strawberry.input(
    description=both(
        "Check whether another unit works with the family.",
        "Prüfen, ob eine andere Stelle die Familie begleitet.",
    )
)
class CheckDoubleCareInput(Command):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")


@strawberry.input(description=both("Assess one field of action.", "Ein Handlungsfeld einschätzen."))
class AssessFieldInput(Command):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    field_of_action: str = needed("Field of action.", "Handlungsfeld.")
    need: NeedLevel = needed("Need.", "Bedarf.")
    situation: str = needed("Situation.", "Lage.")
    resources: str = needed("Resources.", "Ressourcen.")
    has_client_taken_part: bool = needed("The person took part.", "Die Person hat mitgewirkt.")
    assessed_on: Date = needed("Day of the assessment.", "Tag der Einschätzung.")
    legal_circle: str | None = given("Body of law.", "Rechtskreis.")
    score: int | None = given(
        "0 (no need) to 100, where a scale is used.",
        "0 (kein Bedarf) bis 100, wo eine Skala benutzt wird.",
    )


@strawberry.input(
    description=both("Record an attempt to reach the person.", "Einen Kontaktversuch festhalten.")
)
class RecordContactAttemptInput(Command):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    channel: ContactChannel = needed("Channel.", "Weg.")
    attempted_on: Date = needed("Day of the attempt.", "Tag des Versuchs.")
    was_reached: bool = needed("The person was reached.", "Die Person wurde erreicht.")


@strawberry.input(description=both("Write a note.", "Einen Vermerk schreiben."))
class WriteNoteInput(Command):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    kind: NoteKind = needed("Kind.", "Art.")
    text: str = needed("Text.", "Text.")
    held_on: Date = needed("Day of the conversation.", "Tag des Gesprächs.")
    confidentiality: Confidentiality | None = given("Who may read it.", "Wer ihn lesen darf.")
    class_reason: str | None = given("Why not entrusted.", "Warum nicht anvertraut.")
    entrusted_by_id: strawberry.ID | None = given(
        "Who entrusted it: a person of the case; without it, its client.",
        "Wer es anvertraute: eine Person des Falls; ohne Angabe die ratsuchende Person.",
    )


@strawberry.input(
    description=both(
        "Prepare a consent: one person, one recipient, one purpose.",
        "Eine Einwilligung vorbereiten: eine Person, eine Stelle, ein Zweck.",
    )
)
class DraftConsentInput(Command):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    consent_type: ConsentType = needed(
        "Consent or release from secrecy.", "Einwilligung oder Schweigepflichtentbindung."
    )
    subject_person_id: strawberry.ID = needed(
        "The person it is about.", "Die Person, um die es geht."
    )
    giver: ConsentGiver = needed("Who gives it.", "Wer sie gibt.")
    purpose: ConsentPurpose = needed(
        "What the data are sent for.", "Wozu die Daten gesendet werden."
    )
    data_categories: list[ConsentDataCategory] = needed(
        "Data it is about.", "Daten, um die es geht."
    )
    discloser_unit: str = needed("The unit that discloses.", "Die offenlegende Stelle.")
    recipient_unit: str = needed("The receiving unit.", "Die empfangende Stelle.")
    direction: ConsentDirection = needed("Direction.", "Richtung.")
    form: ConsentForm = needed("Form.", "Form.")
    language: str = needed("Language, ISO 639-3.", "Sprache, ISO 639-3.")
    information_text_version: str = needed(
        "Version of the information text.", "Fassung des Informationstextes."
    )
    is_refusal_explained: bool = needed(
        "It was explained that refusing does no harm.",
        "Es wurde erklärt, dass eine Ablehnung nicht schadet.",
    )
    is_revocability_explained: bool = needed(
        "It was explained that it can be revoked.", "Es wurde erklärt, dass sie widerrufbar ist."
    )
    given_on: Date = needed("Day on which it was given.", "Tag, an dem es erfolgte.")
    valid_from: Date = needed("First day.", "Erster Tag.")
    representation_basis: RepresentationBasis | None = given(
        "Why somebody may represent.", "Warum jemand vertreten darf."
    )
    purpose_text: str | None = given("Purpose in words.", "Zweck in Worten.")
    released_person: str | None = given(
        "The professional who is released.", "Die entbundene Fachkraft."
    )
    form_reason: str | None = given("Reason for this form.", "Begründung der Form.")
    interpreter: str | None = given("Who interpreted.", "Wer dolmetschte.")
    witness: str | None = given("Witness.", "Zeugin oder Zeuge.")
    valid_to: Date | None = given("Last day.", "Letzter Tag.")
    evidence_document_id: strawberry.ID | None = given("UUID of the evidence.", "UUID des Belegs.")
    supersedes_id: strawberry.ID | None = given(
        "The consent it replaces.", "Die Einwilligung, die sie ersetzt."
    )


@strawberry.input(
    description=both(
        "Give, refuse or revoke a consent.",
        "Eine Einwilligung erteilen, verweigern oder widerrufen.",
    )
)
class PerformConsentActionInput(Change):
    consent_id: strawberry.ID = needed("UUID of the consent.", "UUID der Einwilligung.")
    action: ConsentAction = needed("The action.", "Die Aktion.")
    revoked_via: str | None = given(
        "By which way it was revoked.", "Auf welchem Weg widerrufen wurde."
    )
    officer_reference: str | None = given(
        "Order of the data protection officer.", "Anordnung der oder des Datenschutzbeauftragten."
    )
