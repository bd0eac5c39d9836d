"""What the opening of a case takes along, so that nothing is recorded if a guard does not hold."""

import strawberry

from gateway.schema.codes.consents import (
    ConsentDataCategory,
    ConsentDirection,
    ConsentForm,
    ConsentGiver,
    ConsentPurpose,
    ConsentType,
    RepresentationBasis,
)
from gateway.schema.inputs.base import given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input(
    description=both(
        "Why case management is indicated.", "Warum ein Case Management angezeigt ist."
    )
)
class OpeningIndicationInput:
    judgement: str = needed(
        "Why case management and not ordinary counselling.",
        "Warum Case Management und nicht einfache Beratung.",
    )
    problem_areas: int | None = given("Number of problem areas.", "Zahl der Problemfelder.")
    has_several_providers: bool | None = given(
        "Several providers are involved.", "Mehrere Stellen sind beteiligt."
    )
    do_standard_paths_fail: bool | None = given(
        "The usual paths do not help.", "Die üblichen Wege reichen nicht."
    )
    lacks_own_resources: bool | None = given(
        "Own resources are not enough.", "Eigene Ressourcen reichen nicht."
    )
    does_client_agree: bool | None = given("The person agrees.", "Die Person ist einverstanden.")


@strawberry.input(
    description=both(
        "The information given to the person.", "Die Information, die die Person erhielt."
    )
)
class OpeningNoticeInput:
    text_version: str = needed(
        "Version of the information text.", "Fassung des Informationstextes."
    )
    language: str = needed("Language, ISO 639-3.", "Sprache, ISO 639-3.")
    given_on: Date = needed("Day on which it was given.", "Tag, an dem es erfolgte.")
    interpreter: str | None = given("Who interpreted.", "Wer dolmetschte.")


@strawberry.input(
    description=both("The evidence of a consent as a file.", "Der Nachweis als Datei.")
)
class OpeningEvidenceInput:
    file_name: str = needed("Name of the file.", "Name der Datei.")
    content_type: str = needed(
        "Media type, as the content shows it.", "Medientyp, wie der Inhalt ihn zeigt."
    )
    content_base64: str = needed(
        "The bytes in Base64, at most 1 MB decoded and within the body limit of the gateway.",
        "Die Bytes in Base64, höchstens 1 MB und innerhalb der Anfragegröße des Gateways.",
    )


@strawberry.input(
    description=both(
        "A consent of the client, in force from the first moment.",
        "Eine Einwilligung der Klientin oder des Klienten, von Anfang an wirksam.",
    )
)
class OpeningConsentInput:
    consent_type: ConsentType = needed(
        "Consent or release from secrecy.", "Einwilligung oder Schweigepflichtentbindung."
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
    evidence: OpeningEvidenceInput | None = given(
        "The evidence itself; every form but the oral one needs it.",
        "Der Nachweis selbst; jede Form außer der mündlichen braucht ihn.",
    )
