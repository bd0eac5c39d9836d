"""Codes of contracts, proofs and money, as the funding service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("Form of an allocation.", "Form einer Weiterleitung."))
class AllocationForm(Enum):
    BY_NOTICE = code("BY_NOTICE", "By notice", "Durch Bescheid")
    BY_CONTRACT = code("BY_CONTRACT", "By contract", "Durch Vertrag")


@strawberry.enum(description=both("Form of a proof of use.", "Form eines Verwendungsnachweises."))
class ProofForm(Enum):
    SIMPLE = code("SIMPLE", "Simple", "Einfach")
    QUALIFIED = code("QUALIFIED", "Qualified", "Qualifiziert")
    HVB_CONFIRMATION = code(
        "HVB_CONFIRMATION",
        "Confirmation by the Hauptverwaltungsbeamter",
        "Bestätigung durch die Hauptverwaltungsbeamtin oder den Hauptverwaltungsbeamten",
    )


@strawberry.enum(
    description=both(
        "Role of the recipient under data protection law.",
        "Datenschutzrechtliche Rolle des Trägers.",
    )
)
class DataProtectionRole(Enum):
    TRANSFER_78_SGB_X = code(
        "TRANSFER_78_SGB_X", "Recipient bound by § 78 SGB X", "Empfänger nach § 78 SGB X"
    )
    JOINT_CONTROLLER_26 = code(
        "JOINT_CONTROLLER_26",
        "Joint controller (Art. 26 GDPR)",
        "Gemeinsam verantwortlich (Art. 26 DSGVO)",
    )
    PROCESSOR_28 = code(
        "PROCESSOR_28", "Processor (Art. 28 GDPR)", "Auftragsverarbeiter (Art. 28 DSGVO)"
    )


@strawberry.enum(description=both("Kind of cost.", "Kostenart."))
class CostKind(Enum):
    PERSONNEL = code("PERSONNEL", "Personnel", "Personal")
    ADMIN_ASSISTANCE = code("ADMIN_ASSISTANCE", "Administrative assistance", "Verwaltungsassistenz")
    WORKPLACE_SETUP = code("WORKPLACE_SETUP", "Workplace equipment", "Arbeitsplatzausstattung")
    TRAINING = code("TRAINING", "Training", "Qualifizierung")
    EVENTS = code("EVENTS", "Events", "Veranstaltungen")
    EXTERNAL_ADVICE = code("EXTERNAL_ADVICE", "External advice", "Externe Begleitung und Beratung")
    INTERFACE_MEASURES = code(
        "INTERFACE_MEASURES",
        "Measures from the interface analysis",
        "Maßnahmen aus der Schnittstellenanalyse",
    )
    TRANSLATION = code("TRANSLATION", "Translation", "Übersetzung")
    OVERHEAD = code("OVERHEAD", "Overhead", "Gemeinkosten")
    RENT = code("RENT", "Rent", "Miete")
    ADMINISTRATION = code("ADMINISTRATION", "Administration", "Verwaltung")
    MATERIAL = code("MATERIAL", "Material", "Sachmittel")


@strawberry.enum(description=both("Kind of applicant.", "Art der beantragenden Kommune."))
class ApplicantKind(Enum):
    KREIS = code("KREIS", "Kreis", "Kreis")
    KREISFREIE_STADT = code("KREISFREIE_STADT", "Kreisfreie Stadt", "Kreisfreie Stadt")
    KREISANGEHOERIGE_GEMEINDE = code(
        "KREISANGEHOERIGE_GEMEINDE", "Municipality inside a Kreis", "Kreisangehörige Gemeinde"
    )
    OTHER = code("OTHER", "Other", "Andere")


@strawberry.enum(description=both("Kind of money.", "Art der Mittel."))
class LegalForm(Enum):
    ZUWENDUNG_RICHTLINIE = code(
        "ZUWENDUNG_RICHTLINIE", "Grant under the guideline", "Zuwendung nach Richtlinie"
    )
    FACHBEZOGENE_PAUSCHALE = code(
        "FACHBEZOGENE_PAUSCHALE", "Lump sum by law", "Fachbezogene Pauschale"
    )


@strawberry.enum(description=both("How figures are written.", "Wie Zahlen geschrieben sind."))
class NumberLocale(Enum):
    DE = code("de", "7,62 and 1.222.800,00", "7,62 und 1.222.800,00")
    EN = code("en", "7.62 and 1,222,800.00", "7.62 und 1,222,800.00")
