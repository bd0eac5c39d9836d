"""The code lists of case records, with German and English labels.

"No title" is deliberately not a residence group: what is not asked creates no duty to report
(R-A3). The paragraphs behind a group are notes for people; one that is needed has a code of its
own in `residence`.
"""

from datetime import date
from enum import StrEnum
from typing import Final

from services.cases.domain.code_lists import Code, CodeList
from shared.kernel.text import Text

VERSION: Final = "2026-1"


class DeclineReason(StrEnum):
    NO_CONSENT = "NO_CONSENT"
    OTHER_CASE_MANAGEMENT_ACTIVE = "OTHER_CASE_MANAGEMENT_ACTIVE"
    NO_COMPLEX_NEED = "NO_COMPLEX_NEED"
    OUT_OF_AREA = "OUT_OF_AREA"
    CAPACITY = "CAPACITY"
    WITHDRAWN = "WITHDRAWN"


class ClosingReason(StrEnum):
    GOALS_REACHED = "GOALS_REACHED"
    PARTLY_REACHED = "PARTLY_REACHED"
    HANDED_OVER = "HANDED_OVER"
    REFERRED_ONLY = "REFERRED_ONLY"
    MOVED_AWAY = "MOVED_AWAY"
    CLIENT_ENDED = "CLIENT_ENDED"
    CONTACT_LOST = "CONTACT_LOST"
    NOT_TARGET_GROUP = "NOT_TARGET_GROUP"
    DOUBLE_CARE_AVOIDED = "DOUBLE_CARE_AVOIDED"
    DEPARTED = "DEPARTED"
    DECEASED = "DECEASED"
    CAPACITY = "CAPACITY"
    OTHER = "OTHER"


class UnitType(StrEnum):
    """Types of organisational unit that a caller can come from or a measure can name."""

    KI = "KI"
    KIM_COORDINATION = "KIM_COORDINATION"
    CM_TEAM = "CM_TEAM"
    ABH = "ABH"
    EBH = "EBH"
    JOBCENTER_ACTIVE = "JOBCENTER_ACTIVE"
    JOBCENTER_PASSIVE = "JOBCENTER_PASSIVE"
    JOBCENTER_GE = "JOBCENTER_GE"
    JOBCENTER_ZKT = "JOBCENTER_ZKT"
    AGENTUR_FUER_ARBEIT = "AGENTUR_FUER_ARBEIT"
    JUGENDAMT = "JUGENDAMT"
    SOZIALAMT_SGB_XII = "SOZIALAMT_SGB_XII"
    ASYLBLG_AUTHORITY = "ASYLBLG_AUTHORITY"
    SCHULAMT = "SCHULAMT"
    SCHOOL = "SCHOOL"
    GESUNDHEITSAMT = "GESUNDHEITSAMT"
    WOHNUNGSAMT = "WOHNUNGSAMT"
    STADTTEILBUERO = "STADTTEILBUERO"
    MBE = "MBE"
    JMD = "JMD"
    SOZIALE_BERATUNG_GEFLUECHTETE = "SOZIALE_BERATUNG_GEFLUECHTETE"
    TRAEGER_WELFARE = "TRAEGER_WELFARE"
    TRAEGER_OTHER = "TRAEGER_OTHER"
    LANGUAGE_COURSE_PROVIDER = "LANGUAGE_COURSE_PROVIDER"
    TEILHABEMANAGEMENT = "TEILHABEMANAGEMENT"
    BEZIRKSREGIERUNG = "BEZIRKSREGIERUNG"
    MINISTRY = "MINISTRY"
    LENKUNGSGRUPPE = "LENKUNGSGRUPPE"


# The Ausländerbehörde and the Staatsangehörigkeitsbehörde never hold a case (R-A2, hazard H1).
B3_UNIT_TYPES: Final[frozenset[str]] = frozenset({UnitType.ABH, UnitType.EBH})


def _code(code: str, de: str, en: str, *norms: str) -> Code:
    return Code(code, Text(de=de, en=en), norms)


def _list(name: str, de: str, en: str, *codes: Code) -> CodeList:
    return CodeList(name, VERSION, Text(de=de, en=en), codes)


RESIDENCE_GROUPS: Final = _list(
    "residence-groups", "Aufenthaltsgruppen", "Residence groups",
    _code("EU_FREEDOM", "EU-Freizügigkeit", "EU freedom of movement", "FreizügG/EU"),
    _code("ASYLUM_PENDING", "Aufenthaltsgestattung, Ankunftsnachweis", "Asylum procedure pending",
          "§ 55 AsylG", "§ 63a AsylG"),
    _code("TOLERATED", "Duldung", "Suspension of removal",
          "§ 60a AufenthG", "§ 60b AufenthG", "§ 60c AufenthG", "§ 60d AufenthG"),
    _code("TEMP_PROTECTION", "Vorübergehender Schutz", "Temporary protection",
          "§ 24 AufenthG", "§ 81 Abs. 5 AufenthG"),
    _code("PROTECTION", "Anerkannt, subsidiär geschützt, Abschiebungsverbot",
          "Refugee, subsidiary protection, ban on removal", "§ 25 Abs. 1 bis 3 AufenthG"),
    _code("HUMANITARIAN_OTHER", "Aufnahme, Härtefall, humanitär", "Other humanitarian admission",
          "§ 22 AufenthG", "§ 23 AufenthG", "§ 23a AufenthG", "§ 25 Abs. 4 bis 5 AufenthG"),
    _code("INTEGRATION_BASED", "Bleiberecht", "Right to stay for the well integrated",
          "§ 25a AufenthG", "§ 25b AufenthG", "§ 104c AufenthG", "§ 19d AufenthG"),
    _code("EDUCATION", "Ausbildung, Studium, Anerkennung", "Training, studies, recognition",
          "§§ 16a bis 16g AufenthG", "§ 17 AufenthG"),
    _code("WORK", "Fachkräfte, Blaue Karte, Chancenkarte, Selbständige",
          "Skilled work, EU Blue Card, opportunity card, self-employment",
          "§§ 18a bis 18d AufenthG", "§ 18g AufenthG", "§§ 19 bis 19c AufenthG",
          "§ 20 AufenthG", "§ 20a AufenthG", "§ 21 AufenthG"),
    _code("FAMILY", "Familiennachzug", "Family reunification", "§§ 28 bis 36a AufenthG"),
    _code("PERMANENT", "Niederlassungserlaubnis, Daueraufenthalt-EU", "Permanent residence",
          "§ 9 AufenthG", "§ 9a AufenthG", "§ 18c AufenthG", "§ 26 Abs. 3 und 4 AufenthG",
          "§ 35 AufenthG"),
    _code("NATURALISED", "Eingebürgert", "Naturalised", "§ 10 StAG"),
    _code("LATE_RESETTLER", "Spätaussiedlerin oder Spätaussiedler", "Late resettler", "BVFG"),
    _code("OTHER_UNKNOWN", "Nicht erhoben", "Not recorded"),
)  # fmt: skip

LEGAL_CIRCLES: Final = _list(
    "legal-circles", "Rechtskreise", "Bodies of law",
    _code("SGB_II", "SGB II (Grundsicherung für Arbeitsuchende)", "SGB II (jobseekers)"),
    _code("SGB_III", "SGB III (Arbeitsförderung)", "SGB III (employment promotion)"),
    _code("SGB_V", "SGB V (Krankenversicherung)", "SGB V (health insurance)"),
    _code("SGB_VIII", "SGB VIII (Kinder- und Jugendhilfe)", "SGB VIII (child and youth welfare)"),
    _code("SGB_IX", "SGB IX (Rehabilitation und Teilhabe)", "SGB IX (rehabilitation)"),
    _code("SGB_XII", "SGB XII (Sozialhilfe)", "SGB XII (social assistance)"),
    _code("ASYLBLG", "Asylbewerberleistungsgesetz", "Asylum Seekers' Benefits Act"),
    _code("AUFENTHG", "Aufenthaltsgesetz", "Residence Act"),
    _code("ASYLG", "Asylgesetz", "Asylum Act"),
    _code("STAG", "Staatsangehörigkeitsgesetz", "Nationality Act"),
    _code("SCHULRECHT", "Schulrecht", "School law"),
    _code("WOHNGELD", "Wohngeld", "Housing benefit"),
    _code("BAFOEG", "BAföG", "Student support (BAföG)"),
    _code("KINDERGELD", "Kindergeld", "Child benefit"),
    _code("OTHER", "Sonstiges", "Other"),
)  # fmt: skip

FIELDS_OF_ACTION: Final = _list(
    "fields-of-action", "Handlungsfelder", "Fields of action",
    _code("LANGUAGE", "Sprache", "Language"),
    _code("SCHOOL_CHILDCARE", "Schule und Kinderbetreuung", "School and childcare"),
    _code("TRANSITION_SCHOOL_WORK", "Übergang Schule – Beruf", "From school to work"),
    _code("TRAINING", "Ausbildung", "Vocational training"),
    _code("WORK", "Arbeit", "Work"),
    _code("HOUSING", "Wohnen", "Housing"),
    _code("HEALTH", "Gesundheit", "Health"),
    _code("LIVELIHOOD_BENEFITS", "Lebensunterhalt und Leistungen", "Livelihood and benefits"),
    _code("RESIDENCE_LAW", "Aufenthaltsrecht", "Residence law"),
    _code("NATURALISATION", "Einbürgerung", "Naturalisation"),
    _code("FAMILY", "Familie", "Family"),
    _code("WOMEN_GIRLS", "Frauen und Mädchen", "Women and girls"),
    _code("YOUNG_REFUGEES", "Junge Geflüchtete", "Young refugees"),
    _code("DEBT", "Schulden", "Debt"),
    _code("ANTIDISCRIMINATION", "Antidiskriminierung", "Anti-discrimination"),
    _code("SPORT_LEISURE", "Sport und Freizeit", "Sport and leisure"),
    _code("RECOGNITION_OF_QUALIFICATIONS", "Anerkennung von Abschlüssen",
          "Recognition of qualifications"),
    _code("SOCIAL_PARTICIPATION", "Gesellschaftliche Teilhabe", "Social participation"),
)  # fmt: skip

UNIT_TYPES: Final = _list(
    "unit-types", "Arten von Stellen", "Types of unit",
    _code("KI", "Kommunales Integrationszentrum", "Municipal integration centre"),
    _code("KIM_COORDINATION", "Koordination KIM", "KIM coordination"),
    _code("CM_TEAM", "Case-Management-Team", "Case management team"),
    _code("ABH", "Ausländerbehörde", "Foreigners' authority"),
    _code("EBH", "Staatsangehörigkeitsbehörde", "Naturalisation authority"),
    _code("JOBCENTER_ACTIVE", "Jobcenter, aktive Leistungen", "Jobcenter, active benefits"),
    _code("JOBCENTER_PASSIVE", "Jobcenter, passive Leistungen", "Jobcenter, passive benefits"),
    _code("JOBCENTER_GE", "Jobcenter, gemeinsame Einrichtung", "Jobcenter, joint institution"),
    _code("JOBCENTER_ZKT", "Jobcenter, zugelassener kommunaler Träger", "Jobcenter, municipal"),
    _code("AGENTUR_FUER_ARBEIT", "Agentur für Arbeit", "Employment agency"),
    _code("JUGENDAMT", "Jugendamt", "Youth office"),
    _code("SOZIALAMT_SGB_XII", "Sozialamt (SGB XII)", "Social welfare office (SGB XII)"),
    _code("ASYLBLG_AUTHORITY", "Leistungsbehörde AsylbLG", "Asylum seekers' benefits office"),
    _code("SCHULAMT", "Schulamt", "School authority"),
    _code("SCHOOL", "Schule", "School"),
    _code("GESUNDHEITSAMT", "Gesundheitsamt", "Public health office"),
    _code("WOHNUNGSAMT", "Wohnungsamt", "Housing office"),
    _code("STADTTEILBUERO", "Stadtteilbüro", "Neighbourhood office"),
    _code("MBE", "Migrationsberatung für erwachsene Zugewanderte", "Migration counselling, adults"),
    _code("JMD", "Jugendmigrationsdienst", "Youth migration service"),
    _code("SOZIALE_BERATUNG_GEFLUECHTETE", "Soziale Beratung von Geflüchteten",
          "Social counselling of refugees"),
    _code("TRAEGER_WELFARE", "Träger der freien Wohlfahrtspflege", "Welfare association"),
    _code("TRAEGER_OTHER", "Anderer Träger", "Other provider"),
    _code("LANGUAGE_COURSE_PROVIDER", "Sprachkursträger", "Language course provider"),
    _code("TEILHABEMANAGEMENT", "Teilhabemanagement", "Participation management"),
    _code("BEZIRKSREGIERUNG", "Bezirksregierung", "District government"),
    _code("MINISTRY", "Ministerium", "Ministry"),
    _code("LENKUNGSGRUPPE", "Lenkungsgruppe", "Steering group"),
)  # fmt: skip

PHASES: Final = _list(
    "case-phases", "Phasen des Falls", "Case phases",
    _code("REQUESTED", "Angefragt", "Requested"),
    _code("INTAKE", "Zugang", "Intake"),
    _code("ASSESSMENT", "Assessment", "Assessment"),
    _code("PLANNING", "Hilfeplanung", "Planning"),
    _code("LINKING", "Durchführung", "Linking"),
    _code("MONITORING", "Monitoring", "Monitoring"),
    _code("EVALUATION", "Evaluation", "Evaluation"),
    _code("CLOSED", "Abgeschlossen", "Closed"),
    _code("DECLINED", "Nicht aufgenommen", "Declined"),
    _code("ERASED", "Gelöscht", "Erased"),
)  # fmt: skip

CLOSING_REASONS: Final = _list(
    "closing-reasons", "Abschlussgründe", "Closing reasons",
    _code("GOALS_REACHED", "Ziele erreicht", "Goals reached"),
    _code("PARTLY_REACHED", "Ziele teilweise erreicht", "Goals partly reached"),
    _code("HANDED_OVER", "An das Regelsystem übergeben", "Handed over to regular services"),
    _code("REFERRED_ONLY", "Einmalige Beratung genügte", "One-off advice was enough"),
    _code("MOVED_AWAY", "Verzogen", "Moved away"),
    _code("CLIENT_ENDED", "Von der ratsuchenden Person beendet", "Ended by the client"),
    _code("CONTACT_LOST", "Kontakt abgebrochen", "Contact lost"),
    _code("NOT_TARGET_GROUP", "Nicht Zielgruppe", "Not in the target group"),
    _code("DOUBLE_CARE_AVOIDED", "Doppelbetreuung vermieden", "Double care avoided"),
    _code("DEPARTED", "Ausgereist", "Departed"),
    _code("DECEASED", "Verstorben", "Deceased"),
    _code("CAPACITY", "Keine Kapazität", "No capacity"),
    _code("OTHER", "Sonstiges", "Other"),
)  # fmt: skip

CASE_AGES: Final = _list(
    "case-ages", "Dauer offener Fälle", "Age of open cases",
    _code("BELOW_3_MONTHS", "Unter 3 Monaten", "Below 3 months"),
    _code("FROM_3_TO_6_MONTHS", "3 bis unter 6 Monate", "From 3 to 6 months"),
    _code("FROM_6_TO_12_MONTHS", "6 bis unter 12 Monate", "From 6 to 12 months"),
    _code("FROM_12_TO_24_MONTHS", "1 bis unter 2 Jahre", "From 1 to 2 years"),
    _code("FROM_24_MONTHS", "2 Jahre und länger", "2 years and longer"),
)  # fmt: skip

DECLINE_REASONS: Final = _list(
    "decline-reasons", "Gründe der Nichtaufnahme", "Decline reasons",
    _code("NO_CONSENT", "Keine Einwilligung", "No consent"),
    _code("OTHER_CASE_MANAGEMENT_ACTIVE", "Anderes Case Management ist zuständig",
          "Another case management is active"),
    _code("NO_COMPLEX_NEED", "Kein komplexer Bedarf", "No complex need"),
    _code("OUT_OF_AREA", "Außerhalb des Zuständigkeitsgebiets", "Out of area"),
    _code("CAPACITY", "Keine Kapazität", "No capacity"),
    _code("WITHDRAWN", "Anfrage zurückgezogen", "Withdrawn"),
)  # fmt: skip

# Recorded by a person as told by the family; never derived from a nationality (R-S4-5, H15).
ARRIVAL_COHORTS: Final = _list(
    "arrival-cohorts", "Ankunftsgruppen", "Arrival cohorts",
    Code("UKRAINE_TEMP_PROTECTION",
         Text(de="Aus der Ukraine geflüchtet (vorübergehender Schutz)",
              en="Fled Ukraine (temporary protection)"),
         ("§ 24 AufenthG",), valid_from=date(2022, 2, 24)),
)  # fmt: skip
