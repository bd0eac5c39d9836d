"""Codes inside the content of referrals and their grounds."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(
    description=both("How much of a date is known.", "Wie genau ein Datum bekannt ist.")
)
class DatePrecision(Enum):
    DAY = code("DAY", "Day", "Tag")
    MONTH = code("MONTH", "Month", "Monat")
    YEAR = code("YEAR", "Year", "Jahr")


@strawberry.enum(description=both("Level of a language (CEFR).", "Sprachniveau (GER)."))
class CefrLevel(Enum):
    NONE = code("NONE", "None", "Keines")
    A1 = code("A1", "A1", "A1")
    A2 = code("A2", "A2", "A2")
    B1 = code("B1", "B1", "B1")
    B2 = code("B2", "B2", "B2")
    C1 = code("C1", "C1", "C1")
    C2 = code("C2", "C2", "C2")


@strawberry.enum(
    description=both("Residence group; never a paragraph.", "Aufenthaltsgruppe; nie ein Paragraf.")
)
class ResidenceGroup(Enum):
    EU_FREEDOM = code("EU_FREEDOM", "EU freedom of movement", "EU-Freizügigkeit")
    ASYLUM_PENDING = code(
        "ASYLUM_PENDING", "Asylum procedure pending", "Aufenthaltsgestattung, Ankunftsnachweis"
    )
    TOLERATED = code("TOLERATED", "Suspension of removal", "Duldung")
    TEMP_PROTECTION = code("TEMP_PROTECTION", "Temporary protection", "Vorübergehender Schutz")
    PROTECTION = code(
        "PROTECTION",
        "Refugee, subsidiary protection, ban on removal",
        "Anerkannt, subsidiär geschützt, Abschiebungsverbot",
    )
    HUMANITARIAN_OTHER = code(
        "HUMANITARIAN_OTHER", "Other humanitarian admission", "Aufnahme, Härtefall, humanitär"
    )
    INTEGRATION_BASED = code(
        "INTEGRATION_BASED", "Right to stay for the well integrated", "Bleiberecht"
    )
    EDUCATION = code(
        "EDUCATION", "Training, studies, recognition", "Ausbildung, Studium, Anerkennung"
    )
    WORK = code(
        "WORK",
        "Skilled work, EU Blue Card, opportunity card, self-employment",
        "Fachkräfte, Blaue Karte, Chancenkarte, Selbständige",
    )
    FAMILY = code("FAMILY", "Family reunification", "Familiennachzug")
    PERMANENT = code(
        "PERMANENT", "Permanent residence", "Niederlassungserlaubnis, Daueraufenthalt-EU"
    )
    NATURALISED = code("NATURALISED", "Naturalised", "Eingebürgert")
    LATE_RESETTLER = code(
        "LATE_RESETTLER", "Late resettler", "Spätaussiedlerin oder Spätaussiedler"
    )
    OTHER_UNKNOWN = code("OTHER_UNKNOWN", "Not recorded", "Nicht erhoben")


@strawberry.enum(
    description=both(
        "A part of the content of a referral.", "Ein Teil des Inhalts einer Überleitung."
    )
)
class DataCategory(Enum):
    IDENTITY = code("identity", "Identity", "Angaben zur Person")
    CONTACT = code("contact", "Contact", "Erreichbarkeit")
    ADDRESS = code("address", "Address", "Anschrift")
    LANGUAGES = code("languages", "Languages", "Sprachen")
    FAMILY = code("family", "Family", "Familie")
    NEED = code("need", "Need", "Anliegen")
    RESIDENCE = code("residence", "Residence", "Aufenthalt")
    EDUCATION_WORK = code("educationWork", "Education and work", "Bildung und Arbeit")
    BENEFITS = code("benefits", "Benefits", "Leistungen")
    HEALTH = code("health", "Health", "Gesundheit")


@strawberry.enum(description=both("Form of a declaration.", "Form einer Erklärung."))
class DeclarationForm(Enum):
    WRITTEN = code("WRITTEN", "In writing", "Schriftlich")
    ELECTRONIC = code("ELECTRONIC", "Electronically", "Elektronisch")
    ORAL = code("ORAL", "Orally", "Mündlich")


@strawberry.enum(
    description=both(
        "Statute that permits a referral without consent.",
        "Gesetz, das eine Überleitung ohne Einwilligung erlaubt.",
    )
)
class StatutoryGround(Enum):
    SGB_X_69_1_1 = code("SGB_X_69_1_1", "§ 69 (1) no. 1 SGB X", "§ 69 Abs. 1 Nr. 1 SGB X")
    KKG_4_3 = code("KKG_4_3", "§ 4 (3) KKG", "§ 4 Abs. 3 KKG")


@strawberry.enum(
    description=both(
        "Ground for disclosure to a foreigners or naturalisation authority.",
        "Grundlage der Offenlegung an eine Ausländer- oder Einbürgerungsbehörde.",
    )
)
class DisclosureGround(Enum):
    CLIENT_CONSENT = code("CLIENT_CONSENT", "Consent of the person", "Einwilligung der Person")
    AUFENTHG_87_1 = code("AUFENTHG_87_1", "§ 87 (1) AufenthG", "§ 87 Abs. 1 AufenthG")
    AUFENTHG_87_2 = code("AUFENTHG_87_2", "§ 87 (2) AufenthG", "§ 87 Abs. 2 AufenthG")
    AUFENTHG_88_2 = code("AUFENTHG_88_2", "§ 88 (2) AufenthG", "§ 88 Abs. 2 AufenthG")
    SGB_X_71_2 = code("SGB_X_71_2", "§ 71 (2) SGB X", "§ 71 Abs. 2 SGB X")
    STAG_32_1 = code("STAG_32_1", "§ 32 (1) StAG", "§ 32 Abs. 1 StAG")
