"""What a referral says about a person."""

import strawberry

from gateway.schema.codes.contents import CefrLevel, DatePrecision, ResidenceGroup
from gateway.schema.codes.referrals import Topic
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import Date


@strawberry.type(description=both("Who the person is.", "Wer die Person ist."))
class ReferralIdentity(Published):
    family_name: str | None = field("Family name.", "Familienname.")
    given_names: str | None = field("Given names.", "Vornamen.")
    pseudonym: str | None = field(
        "Pseudonym, where a name is not needed yet.", "Pseudonym, solange kein Name nötig ist."
    )
    birth_date: Date | None = field("Date of birth.", "Geburtsdatum.")
    birth_date_precision: DatePrecision | None = field(
        "How much of the date is known.", "Wie genau das Datum bekannt ist."
    )
    nationalities: list[str] | None = field(
        "Nationalities, three-digit keys.", "Staatsangehörigkeiten, dreistellige Schlüssel."
    )


@strawberry.type(
    description=both("How the person can be reached.", "Wie die Person erreichbar ist.")
)
class ReferralContact(Published):
    phone: str | None = field("Telephone.", "Telefon.")
    email: str | None = field("E-mail.", "E-Mail.")
    preferred_way: str | None = field("Preferred way.", "Bevorzugter Weg.")


@strawberry.type(description=both("Where the person lives.", "Wo die Person wohnt."))
class ReferralAddress(Published):
    street: str | None = field("Street.", "Straße.")
    house_number: str | None = field("House number.", "Hausnummer.")
    postal_code: str | None = field("Postal code.", "Postleitzahl.")
    town: str | None = field("Town.", "Ort.")


@strawberry.type(description=both("Languages of the person.", "Sprachen der Person."))
class ReferralLanguages(Published):
    spoken: list[str] = field("Spoken languages, ISO 639-3.", "Gesprochene Sprachen, ISO 639-3.")
    german_level: CefrLevel | None = field("Level of German (CEFR).", "Deutschniveau (GER).")


@strawberry.type(description=both("The family.", "Die Familie."))
class ReferralFamily(Published):
    adults: int | None = field("Adults.", "Erwachsene.")
    children: int | None = field("Children.", "Kinder.")
    note: str | None = field("Note.", "Bemerkung.")


@strawberry.type(description=both("What the person needs.", "Was die Person braucht."))
class ReferralNeed(Published):
    summary: str = field("Summary.", "Zusammenfassung.")
    topics: list[Topic] | None = field("Fields of action.", "Handlungsfelder.")


@strawberry.type(description=both("Residence, as a group only.", "Aufenthalt, nur als Gruppe."))
class ReferralResidence(Published):
    group: ResidenceGroup = field("Residence group.", "Aufenthaltsgruppe.")
    matter: str | None = field("The matter.", "Das Anliegen.")


@strawberry.type(description=both("Education and work.", "Bildung und Arbeit."))
class ReferralEducationWork(Published):
    summary: str = field("Summary.", "Zusammenfassung.")


@strawberry.type(description=both("Benefits.", "Leistungen."))
class ReferralBenefits(Published):
    legal_circles: list[str] = field("Bodies of law.", "Rechtskreise.")
    note: str | None = field("Note.", "Bemerkung.")


@strawberry.type(description=both("Health.", "Gesundheit."))
class ReferralHealth(Published):
    summary: str = field("Summary.", "Zusammenfassung.")


@strawberry.type(
    description=both(
        "The content of a referral; each part is a data category.",
        "Der Inhalt einer Überleitung; jeder Teil ist eine Datenkategorie.",
    )
)
class ReferralContent(Published):
    identity: ReferralIdentity | None = field("Identity.", "Angaben zur Person.")
    contact: ReferralContact | None = field(
        "How the person can be reached.", "Wie die Person erreichbar ist."
    )
    address: ReferralAddress | None = field("Address.", "Anschrift.")
    languages: ReferralLanguages | None = field("Languages.", "Sprachen.")
    family: ReferralFamily | None = field("Family.", "Familie.")
    need: ReferralNeed | None = field("Need.", "Bedarf.")
    residence: ReferralResidence | None = field("Residence.", "Aufenthalt.")
    education_work: ReferralEducationWork | None = field(
        "Education and work.", "Bildung und Arbeit."
    )
    benefits: ReferralBenefits | None = field("Benefits.", "Leistungen.")
    health: ReferralHealth | None = field("Health.", "Gesundheit.")
