"""Codes of structural findings, as the case service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("State of a structural finding.", "Stand einer Fallanalyse."))
class FindingState(Enum):
    DRAFT = code("DRAFT", "Draft", "Entwurf")
    IN_ANALYSIS = code("IN_ANALYSIS", "In analysis", "In der Analyse")
    MEASURE_PROPOSED = code("MEASURE_PROPOSED", "Measure proposed", "Maßnahme vorgeschlagen")
    MEASURE_RUNNING = code("MEASURE_RUNNING", "Measure running", "Maßnahme läuft")
    SOLVED = code("SOLVED", "Solved", "Gelöst")
    SET_ASIDE = code("SET_ASIDE", "Set aside", "Zurückgestellt")


@strawberry.enum(
    description=both(
        "What can be done with a structural finding.",
        "Was mit einer Fallanalyse getan werden kann.",
    )
)
class FindingAction(Enum):
    BEGIN_ANALYSIS = code("begin-analysis", "Begin the analysis", "Analyse beginnen")
    PROPOSE_MEASURE = code("propose-measure", "Propose a measure", "Maßnahme vorschlagen")
    START_MEASURE = code("start-measure", "Start the measure", "Maßnahme beginnen")
    ANALYSE_AGAIN = code("analyse-again", "Analyse again", "Erneut analysieren")
    SOLVE = code("solve", "Solve", "Als gelöst abschließen")
    SET_ASIDE = code("set-aside", "Set aside", "Zurückstellen")
    RESUME = code("resume", "Resume", "Wieder aufnehmen")


@strawberry.enum(description=both("Step of a case analysis.", "Schritt der Fallanalyse."))
class MethodStep(Enum):
    COLLECT = code("COLLECT", "Collect cases", "Fälle sammeln")
    ANALYSE = code("ANALYSE", "Analyse", "Analysieren")
    DISCUSS = code("DISCUSS", "Discuss with the coordination", "Mit der Koordination besprechen")
    MEASURE = code("MEASURE", "Carry out a measure", "Maßnahme umsetzen")
    EVALUATE = code("EVALUATE", "Evaluate", "Auswerten")


@strawberry.enum(description=both("Age band.", "Altersgruppe."))
class ExtractAgeBand(Enum):
    UNDER_18 = code("UNDER_18", "under 18", "unter 18 Jahre")
    AGE_18_TO_26 = code("AGE_18_TO_26", "18 to 26", "18 bis 26 Jahre")
    AGE_27_TO_44 = code("AGE_27_TO_44", "27 to 44", "27 bis 44 Jahre")
    AGE_45_TO_64 = code("AGE_45_TO_64", "45 to 64", "45 bis 64 Jahre")
    AGE_65_AND_OVER = code("AGE_65_AND_OVER", "65 and over", "65 Jahre und älter")
    UNKNOWN = code("UNKNOWN", "Not known", "Nicht bekannt")


@strawberry.enum(description=both("Period of arrival.", "Zeitraum der Ankunft."))
class ArrivalBand(Enum):
    BEFORE_2015 = code("BEFORE_2015", "before 2015", "vor 2015")
    YEARS_2015_TO_2018 = code("YEARS_2015_TO_2018", "2015 to 2018", "2015 bis 2018")
    YEARS_2019_TO_2021 = code("YEARS_2019_TO_2021", "2019 to 2021", "2019 bis 2021")
    SINCE_2022 = code("SINCE_2022", "since 2022", "seit 2022")
    UNKNOWN = code("UNKNOWN", "Not known", "Nicht bekannt")


@strawberry.enum(description=both("State of an offer.", "Stand eines Angebots."))
class OfferState(Enum):
    EXISTING = code("EXISTING", "Exists", "Vorhanden")
    MISSING = code("MISSING", "Is missing", "Fehlt")
    ENDED = code("ENDED", "Ended", "Beendet")


@strawberry.enum(
    description=both(
        "What a structural finding says about an offer.",
        "Was eine Fallanalyse über ein Angebot sagt.",
    )
)
class OfferRelation(Enum):
    MISSING = code("MISSING", "It is missing", "Es fehlt")
    INSUFFICIENT = code("INSUFFICIENT", "It does not suffice", "Es reicht nicht aus")
    DOUBLED = code("DOUBLED", "It exists twice", "Es besteht doppelt")
    FITTING = code("FITTING", "It fits", "Es passt")
