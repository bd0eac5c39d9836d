"""What a referral says about a person."""

import strawberry

from gateway.schema.codes.contents import CefrLevel, DatePrecision, ResidenceGroup
from gateway.schema.codes.referrals import Topic
from gateway.schema.inputs.base import given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input(description=both("Who the person is.", "Wer die Person ist."))
class ReferralIdentityInput:
    family_name: str | None = given("Family name.", "Familienname.")
    given_names: str | None = given("Given names.", "Vornamen.")
    pseudonym: str | None = given(
        "Pseudonym, where a name is not needed yet.", "Pseudonym, solange kein Name nötig ist."
    )
    birth_date: Date | None = given("Date of birth.", "Geburtsdatum.")
    birth_date_precision: DatePrecision | None = given(
        "How much of the date is known.", "Wie genau das Datum bekannt ist."
    )
    nationalities: list[str] | None = given(
        "Nationalities, three-digit keys.", "Staatsangehörigkeiten, dreistellige Schlüssel."
    )


@strawberry.input(
    description=both("How the person can be reached.", "Wie die Person erreichbar ist.")
)
class ReferralContactInput:
    phone: str | None = given("Telephone.", "Telefon.")
    email: str | None = given("E-mail.", "E-Mail.")
    preferred_way: str | None = given("Preferred way.", "Bevorzugter Weg.")


@strawberry.input(description=both("Where the person lives.", "Wo die Person wohnt."))
class ReferralAddressInput:
    street: str | None = given("Street.", "Straße.")
    house_number: str | None = given("House number.", "Hausnummer.")
    postal_code: str | None = given("Postal code.", "Postleitzahl.")
    town: str | None = given("Town.", "Ort.")


@strawberry.input(description=both("Languages of the person.", "Sprachen der Person."))
class ReferralLanguagesInput:
    spoken: list[str] = needed("Spoken languages, ISO 639-3.", "Gesprochene Sprachen, ISO 639-3.")
    german_level: CefrLevel | None = given("Level of German (CEFR).", "Deutschniveau (GER).")


@strawberry.input(description=both("The family.", "Die Familie."))
class ReferralFamilyInput:
    adults: int | None = given("Adults.", "Erwachsene.")
    children: int | None = given("Children.", "Kinder.")
    note: str | None = given("Note.", "Bemerkung.")


@strawberry.input(description=both("What the person needs.", "Was die Person braucht."))
class ReferralNeedInput:
    summary: str = needed("Summary.", "Zusammenfassung.")
    topics: list[Topic] | None = given("Fields of action.", "Handlungsfelder.")


@strawberry.input(description=both("Residence, as a group only.", "Aufenthalt, nur als Gruppe."))
class ReferralResidenceInput:
    group: ResidenceGroup = needed("Residence group.", "Aufenthaltsgruppe.")
    matter: str | None = given("The matter.", "Das Anliegen.")


@strawberry.input(description=both("Education and work.", "Bildung und Arbeit."))
class ReferralEducationWorkInput:
    summary: str = needed("Summary.", "Zusammenfassung.")


@strawberry.input(description=both("Benefits.", "Leistungen."))
class ReferralBenefitsInput:
    legal_circles: list[str] = needed("Bodies of law.", "Rechtskreise.")
    note: str | None = given("Note.", "Bemerkung.")


@strawberry.input(description=both("Health.", "Gesundheit."))
class ReferralHealthInput:
    summary: str = needed("Summary.", "Zusammenfassung.")


@strawberry.input(
    description=both(
        "The content; each part is a data category.",
        "Der Inhalt; jeder Teil ist eine Datenkategorie.",
    )
)
class ReferralContentInput:
    identity: ReferralIdentityInput | None = given("Identity.", "Angaben zur Person.")
    contact: ReferralContactInput | None = given(
        "How the person can be reached.", "Wie die Person erreichbar ist."
    )
    address: ReferralAddressInput | None = given("Address.", "Anschrift.")
    languages: ReferralLanguagesInput | None = given("Languages.", "Sprachen.")
    family: ReferralFamilyInput | None = given("Family.", "Familie.")
    need: ReferralNeedInput | None = given("Need.", "Bedarf.")
    residence: ReferralResidenceInput | None = given("Residence.", "Aufenthalt.")
    education_work: ReferralEducationWorkInput | None = given(
        "Education and work.", "Bildung und Arbeit."
    )
    benefits: ReferralBenefitsInput | None = given("Benefits.", "Leistungen.")
    health: ReferralHealthInput | None = given("Health.", "Gesundheit.")
