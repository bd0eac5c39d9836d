"""Codes of case conferences, as the case service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(
    description=both(
        "On which basis something was disclosed.", "Auf welcher Grundlage offengelegt wurde."
    )
)
class DisclosureBasis(Enum):
    OWN_UNIT = code("OWN_UNIT", "Staff of the own unit", "Eigene Stelle")
    CONSENT = code("CONSENT", "Consent", "Einwilligung")
    STATUTORY = code("STATUTORY", "By statute", "Gesetzlich")


@strawberry.enum(
    description=both(
        "The statute that permits a disclosure.", "Die Vorschrift, die eine Offenlegung erlaubt."
    )
)
class ConferenceGround(Enum):
    SGB_X_69 = code(
        "SGB_X_69",
        "Fulfilment of social tasks, § 69 SGB X",
        "Erfüllung sozialer Aufgaben, § 69 SGB X",
    )
    SGB_VIII_64 = code("SGB_VIII_64", "Youth welfare, § 64 SGB VIII", "Jugendhilfe, § 64 SGB VIII")
    KKG_4 = code("KKG_4", "Child protection, § 4 KKG", "Kinderschutz, § 4 KKG")
    SGB_X_71_2 = code(
        "SGB_X_71_2", "Residence law, § 71 (2) SGB X", "Aufenthaltsrecht, § 71 Abs. 2 SGB X"
    )
    AUFENTHG_87_1 = code(
        "AUFENTHG_87_1",
        "Request of the authority, § 87 (1) AufenthG",
        "Ersuchen der Behörde, § 87 Abs. 1 AufenthG",
    )
    STAG_32_1 = code("STAG_32_1", "Naturalisation, § 32 (1) StAG", "Einbürgerung, § 32 Abs. 1 StAG")


@strawberry.enum(description=both("Decision or task.", "Beschluss oder Aufgabe."))
class ConferenceOutcomeKind(Enum):
    DECISION = code("DECISION", "Decision", "Beschluss")
    TASK = code("TASK", "Task", "Aufgabe")


@strawberry.enum(
    description=both("Type of an organisational unit.", "Art einer Organisationseinheit.")
)
class UnitType(Enum):
    KI = code("KI", "Municipal integration centre", "Kommunales Integrationszentrum")
    KIM_COORDINATION = code("KIM_COORDINATION", "KIM coordination", "Koordination KIM")
    CM_TEAM = code("CM_TEAM", "Case management team", "Case-Management-Team")
    ABH = code("ABH", "Foreigners' authority", "Ausländerbehörde")
    EBH = code("EBH", "Naturalisation authority", "Staatsangehörigkeitsbehörde")
    JOBCENTER_ACTIVE = code(
        "JOBCENTER_ACTIVE", "Jobcenter, active benefits", "Jobcenter, aktive Leistungen"
    )
    JOBCENTER_PASSIVE = code(
        "JOBCENTER_PASSIVE", "Jobcenter, passive benefits", "Jobcenter, passive Leistungen"
    )
    JOBCENTER_GE = code(
        "JOBCENTER_GE", "Jobcenter, joint institution", "Jobcenter, gemeinsame Einrichtung"
    )
    JOBCENTER_ZKT = code(
        "JOBCENTER_ZKT", "Jobcenter, municipal", "Jobcenter, zugelassener kommunaler Träger"
    )
    AGENTUR_FUER_ARBEIT = code("AGENTUR_FUER_ARBEIT", "Employment agency", "Agentur für Arbeit")
    JUGENDAMT = code("JUGENDAMT", "Youth office", "Jugendamt")
    SOZIALAMT_SGB_XII = code(
        "SOZIALAMT_SGB_XII", "Social welfare office (SGB XII)", "Sozialamt (SGB XII)"
    )
    ASYLBLG_AUTHORITY = code(
        "ASYLBLG_AUTHORITY", "Asylum seekers' benefits office", "Leistungsbehörde AsylbLG"
    )
    SCHULAMT = code("SCHULAMT", "School authority", "Schulamt")
    SCHOOL = code("SCHOOL", "School", "Schule")
    GESUNDHEITSAMT = code("GESUNDHEITSAMT", "Public health office", "Gesundheitsamt")
    WOHNUNGSAMT = code("WOHNUNGSAMT", "Housing office", "Wohnungsamt")
    STADTTEILBUERO = code("STADTTEILBUERO", "Neighbourhood office", "Stadtteilbüro")
    MBE = code(
        "MBE", "Migration counselling, adults", "Migrationsberatung für erwachsene Zugewanderte"
    )
    JMD = code("JMD", "Youth migration service", "Jugendmigrationsdienst")
    SOZIALE_BERATUNG_GEFLUECHTETE = code(
        "SOZIALE_BERATUNG_GEFLUECHTETE",
        "Social counselling of refugees",
        "Soziale Beratung von Geflüchteten",
    )
    TRAEGER_WELFARE = code(
        "TRAEGER_WELFARE", "Welfare association", "Träger der freien Wohlfahrtspflege"
    )
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
