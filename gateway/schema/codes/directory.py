"""Codes of agencies, routing and signposting, as the referral service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("Kind of a unit.", "Art einer Stelle."))
class OrgUnitType(Enum):
    KI = code("KI", "Municipal integration centre", "Kommunales Integrationszentrum")
    KIM_COORDINATION = code("KIM_COORDINATION", "KIM coordination", "KIM-Koordination")
    CM_TEAM = code("CM_TEAM", "Case management team", "Case-Management-Team")
    ABH = code("ABH", "Foreigners authority", "Ausländerbehörde")
    EBH = code("EBH", "Naturalisation authority", "Einbürgerungsbehörde")
    JOBCENTER_ACTIVE = code("JOBCENTER_ACTIVE", "Job centre, active", "Jobcenter, aktiv")
    JOBCENTER_PASSIVE = code("JOBCENTER_PASSIVE", "Job centre, passive", "Jobcenter, passiv")
    JOBCENTER_GE = code(
        "JOBCENTER_GE", "Job centre of both sides", "Jobcenter, gemeinsame Einrichtung"
    )
    JOBCENTER_ZKT = code(
        "JOBCENTER_ZKT", "Job centre of the municipality", "Jobcenter, zugelassener Träger"
    )
    AGENTUR_FUER_ARBEIT = code("AGENTUR_FUER_ARBEIT", "Employment agency", "Agentur für Arbeit")
    JUGENDAMT = code("JUGENDAMT", "Youth welfare office", "Jugendamt")
    SOZIALAMT_SGB_XII = code("SOZIALAMT_SGB_XII", "Social office", "Sozialamt")
    ASYLBLG_AUTHORITY = code(
        "ASYLBLG_AUTHORITY", "Asylum benefits authority", "Asylbewerberleistungsbehörde"
    )
    SCHULAMT = code("SCHULAMT", "School authority", "Schulamt")
    SCHOOL = code("SCHOOL", "School", "Schule")
    GESUNDHEITSAMT = code("GESUNDHEITSAMT", "Health office", "Gesundheitsamt")
    WOHNUNGSAMT = code("WOHNUNGSAMT", "Housing office", "Wohnungsamt")
    STADTTEILBUERO = code("STADTTEILBUERO", "Neighbourhood office", "Stadtteilbüro")
    MBE = code("MBE", "Migration counselling for adults", "Migrationsberatung für Erwachsene")
    JMD = code("JMD", "Youth migration service", "Jugendmigrationsdienst")
    SOZIALE_BERATUNG_GEFLUECHTETE = code(
        "SOZIALE_BERATUNG_GEFLUECHTETE",
        "Social counselling for refugees",
        "Soziale Beratung Geflüchteter",
    )
    TRAEGER_WELFARE = code("TRAEGER_WELFARE", "Welfare association", "Wohlfahrtsverband")
    TRAEGER_OTHER = code("TRAEGER_OTHER", "Other provider", "Anderer Träger")
    LANGUAGE_COURSE_PROVIDER = code(
        "LANGUAGE_COURSE_PROVIDER", "Language course provider", "Sprachkursträger"
    )
    TEILHABEMANAGEMENT = code(
        "TEILHABEMANAGEMENT", "Participation management", "Teilhabemanagement"
    )
    BEZIRKSREGIERUNG = code("BEZIRKSREGIERUNG", "District government", "Bezirksregierung")
    MINISTRY = code("MINISTRY", "Ministry", "Ministerium")
    LENKUNGSGRUPPE = code("LENKUNGSGRUPPE", "Steering group", "Lenkungsgruppe")
    DATA_PROTECTION = code("DATA_PROTECTION", "Data protection officer", "Datenschutz")
    AUDIT_OFFICE = code("AUDIT_OFFICE", "Audit office", "Rechnungsprüfungsamt")
    IT = code("IT", "Information technology", "Informationstechnik")


@strawberry.enum(
    description=both(
        "Whether § 87 AufenthG binds the unit.", "Ob § 87 AufenthG die Stelle verpflichtet."
    )
)
class PublicBody87(Enum):
    YES = code("YES", "Yes", "Ja")
    NO = code("NO", "No", "Nein")
    EXEMPT = code("EXEMPT", "Exempt", "Ausgenommen")


@strawberry.enum(
    description=both(
        "Whether a unit receives referrals.", "Ob eine Stelle Überleitungen entgegennimmt."
    )
)
class EndpointStatus(Enum):
    DRAFT = code("DRAFT", "Being set up", "In Vorbereitung")
    ACTIVE = code("ACTIVE", "Active", "Aktiv")
    SUSPENDED = code("SUSPENDED", "Suspended", "Ausgesetzt")


@strawberry.enum(
    description=both("Who supervises data protection there.", "Wer den Datenschutz beaufsichtigt.")
)
class SupervisoryAuthority(Enum):
    LDI_NRW = code("LDI_NRW", "Land authority", "Landesbeauftragte")
    BFDI = code("BFDI", "Federal authority", "Bundesbeauftragte")
    CHURCH = code("CHURCH", "Church authority", "Kirchliche Aufsicht")


@strawberry.enum(description=both("Day of the week.", "Wochentag."))
class Weekday(Enum):
    MO = code("MO", "Monday", "Montag")
    TU = code("TU", "Tuesday", "Dienstag")
    WE = code("WE", "Wednesday", "Mittwoch")
    TH = code("TH", "Thursday", "Donnerstag")
    FR = code("FR", "Friday", "Freitag")
    SA = code("SA", "Saturday", "Samstag")
    SU = code("SU", "Sunday", "Sonntag")


@strawberry.enum(description=both("What a key is for.", "Wofür ein Schlüssel ist."))
class KeyUse(Enum):
    ENC = code("enc", "To encrypt", "Zum Verschlüsseln")
    SIG = code("sig", "To sign", "Zum Unterschreiben")


@strawberry.enum(description=both("Which house numbers.", "Welche Hausnummern."))
class Parity(Enum):
    ALL = code("ALL", "All", "Alle")
    ODD = code("ODD", "Odd", "Ungerade")
    EVEN = code("EVEN", "Even", "Gerade")


@strawberry.enum(description=both("How an area is drawn.", "Wie ein Gebiet beschrieben ist."))
class AreaKind(Enum):
    MUNICIPALITIES = code("MUNICIPALITIES", "Whole municipalities", "Ganze Gemeinden")
    DISTRICTS = code("DISTRICTS", "Parts by name", "Ortsteile")
    STREETS = code("STREETS", "List of streets", "Straßenliste")
    SHAPE = code("SHAPE", "Line on the map", "Linie auf der Karte")


@strawberry.enum(description=both("State of a signposting.", "Stand einer Verweisberatung."))
class SignpostingState(Enum):
    RECORDED = code("RECORDED", "Recorded", "Festgehalten")
    INFORMED = code("INFORMED", "The person is informed", "Person ist informiert")
    OUTCOME_KNOWN = code("OUTCOME_KNOWN", "Outcome known", "Ergebnis bekannt")
    OUTCOME_UNKNOWN = code("OUTCOME_UNKNOWN", "Outcome unknown", "Ergebnis unbekannt")


@strawberry.enum(
    description=both(
        "What can be done with a signposting.", "Was mit einer Verweisberatung getan werden kann."
    )
)
class SignpostingAction(Enum):
    INFORM = code("inform", "Hand out the contact data", "Kontaktdaten mitgeben")
    RECORD_OUTCOME = code("record-outcome", "Record the outcome", "Ergebnis festhalten")
    CLOSE_UNKNOWN = code("close-unknown", "Close without news (system)", "Schließen (System)")
    HAND_OVER = code("hand-over", "Begin a handover", "Begleitete Übergabe beginnen")


@strawberry.enum(description=both("Who told the outcome.", "Wer das Ergebnis sagte."))
class OutcomeSource(Enum):
    CLIENT = code("CLIENT", "The person", "Die Person")
    PARTNER = code("PARTNER", "A partner", "Eine Partnerstelle")
