"""Legal grounds and the place, as the sender states them."""

import strawberry

from gateway.schema.codes.contents import (
    DataCategory,
    DeclarationForm,
    DisclosureGround,
    StatutoryGround,
)
from gateway.schema.codes.referrals import Purpose
from gateway.schema.inputs.base import given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Date, DateTime


@strawberry.input(
    description=both(
        "A consent or a release from secrecy.", "Eine Einwilligung oder Schweigepflichtentbindung."
    )
)
class DeclarationInput:
    reference: str = needed("Reference for people.", "Aktenzeichen.")
    given_on: Date = needed("Day on which it was given.", "Tag, an dem es erfolgte.")
    valid_to: Date = needed("Last day.", "Letzter Tag.")
    purpose: Purpose = needed("What the data are sent for.", "Wozu die Daten gesendet werden.")
    recipient_unit: str = needed("The receiving unit.", "Die empfangende Stelle.")
    categories: list[DataCategory] = needed("Data categories.", "Datenkategorien.")
    form: DeclarationForm | None = given("Form.", "Form.")
    form_reason: str | None = given("Reason for this form.", "Begründung der Form.")


@strawberry.input(
    description=both(
        "Who decided that a statute permits it.", "Wer entschied, dass ein Gesetz es erlaubt."
    )
)
class StatutoryDecisionInput:
    ground: StatutoryGround = needed("Ground.", "Grundlage.")
    decided_at: DateTime = needed("When it was decided.", "Wann entschieden wurde.")
    decided_by: str | None = given(
        "Only a system says it; of a person signed in, that person decided.",
        "Das sagt nur ein System; bei einer angemeldeten Person hat diese entschieden.",
    )


@strawberry.input(
    description=both(
        "Consent or statute, exactly one of the two.",
        "Einwilligung oder Gesetz, genau eines von beiden.",
    )
)
class LegalGroundInput:
    consent: DeclarationInput | None = given("Consent.", "Einwilligung.")
    statutory: StatutoryDecisionInput | None = given("Statutory ground.", "Gesetzliche Grundlage.")
    secrecy_release: DeclarationInput | None = given(
        "Release from secrecy.", "Schweigepflichtentbindung."
    )
    covers_feedback: bool | None = given(
        "Whether the outcome may be told to the sender.",
        "Ob das Ergebnis an die absendende Stelle zurückgehen darf.",
    )


@strawberry.input(
    description=both(
        "The decision without which nothing goes to a foreigners or naturalisation authority.",
        "Die Entscheidung, ohne die nichts an eine Ausländer- oder Einbürgerungsbehörde geht.",
    )
)
class DisclosureDecisionInput:
    ground: DisclosureGround = needed("Ground.", "Grundlage.")
    decided_at: DateTime = needed("When it was decided.", "Wann entschieden wurde.")
    fields: list[str] = needed("Fields, as dotted paths.", "Felder, als Pfade mit Punkt.")
    client_informed: bool = needed("The person was informed.", "Die Person wurde informiert.")
    reason: str = needed("Reason.", "Begründung.")
    decided_by: str | None = given(
        "Only a system says it; of a person signed in, that person decided.",
        "Das sagt nur ein System; bei einer angemeldeten Person hat diese entschieden.",
    )
    request_reference: str | None = given("Reference of the request.", "Aktenzeichen der Anfrage.")


@strawberry.input(description=both("The steps of § 4 KKG.", "Die Schritte nach § 4 KKG."))
class ProtectionStepsInput:
    discussed_with_family: bool = needed("Discussed with the family.", "Mit der Familie erörtert.")
    specialist_consulted: bool = needed(
        "A specialist was consulted.", "Eine Fachkraft wurde hinzugezogen."
    )
    family_informed: bool = needed("The family was informed.", "Die Familie wurde informiert.")
    not_discussed_reason: str | None = given("Why not discussed.", "Warum nicht erörtert.")
    not_informed_reason: str | None = given("Why not informed.", "Warum nicht informiert.")


@strawberry.input(description=both("Coordinates, WGS 84.", "Koordinaten, WGS 84."))
class LocationInput:
    lon: float = needed("Longitude (WGS 84).", "Längengrad (WGS 84).")
    lat: float = needed("Latitude (WGS 84).", "Breitengrad (WGS 84).")


@strawberry.input(
    description=both(
        "Where the person lives, as far as routing needs it.",
        "Wo die Person wohnt, soweit die Zuständigkeit es braucht.",
    )
)
class PlaceInput:
    ags: str = needed("Eight-digit municipality key.", "Achtstelliger Gemeindeschlüssel.")
    street: str | None = given("Street.", "Straße.")
    house_number: str | None = given("House number.", "Hausnummer.")
    district: str | None = given("District.", "Ortsteil.")
    location: LocationInput | None = given("Coordinates.", "Koordinaten.")
