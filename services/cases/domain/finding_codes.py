"""The code lists of structural findings and of the bodies that steer the programme."""

from enum import StrEnum
from typing import Final

from services.cases.domain.code_lists import Code, CodeList
from shared.kernel.text import Text

VERSION: Final = "2026-1"


class MethodStep(StrEnum):
    """The steps of a Fallanalyse, in their order (R-S4-7)."""

    COLLECT = "COLLECT"
    ANALYSE = "ANALYSE"
    DISCUSS = "DISCUSS"
    MEASURE = "MEASURE"
    EVALUATE = "EVALUATE"


class AgeBand(StrEnum):
    UNDER_18 = "UNDER_18"
    AGE_18_TO_26 = "AGE_18_TO_26"
    AGE_27_TO_44 = "AGE_27_TO_44"
    AGE_45_TO_64 = "AGE_45_TO_64"
    AGE_65_AND_OVER = "AGE_65_AND_OVER"
    UNKNOWN = "UNKNOWN"


class ArrivalBand(StrEnum):
    BEFORE_2015 = "BEFORE_2015"
    YEARS_2015_TO_2018 = "YEARS_2015_TO_2018"
    YEARS_2019_TO_2021 = "YEARS_2019_TO_2021"
    SINCE_2022 = "SINCE_2022"
    UNKNOWN = "UNKNOWN"


class MeetingBody(StrEnum):
    STEERING_GROUP = "STEERING_GROUP"
    COORDINATION_GROUP = "COORDINATION_GROUP"
    WORKING_GROUP = "WORKING_GROUP"


def _code(code: str, de: str, en: str) -> Code:
    return Code(code, Text(de=de, en=en))


METHOD_STEPS: Final = CodeList(
    "method-steps", VERSION, Text(de="Schritte der Fallanalyse", en="Steps of a case analysis"),
    (
        _code("COLLECT", "Fälle sammeln", "Collect cases"),
        _code("ANALYSE", "Analysieren", "Analyse"),
        _code("DISCUSS", "Mit der Koordination besprechen", "Discuss with the coordination"),
        _code("MEASURE", "Maßnahme umsetzen", "Carry out a measure"),
        _code("EVALUATE", "Auswerten", "Evaluate"),
    ),
)  # fmt: skip
AGE_BANDS: Final = CodeList(
    "age-bands", VERSION, Text(de="Altersgruppen", en="Age bands"),
    (
        _code("UNDER_18", "unter 18 Jahre", "under 18"),
        _code("AGE_18_TO_26", "18 bis 26 Jahre", "18 to 26"),
        _code("AGE_27_TO_44", "27 bis 44 Jahre", "27 to 44"),
        _code("AGE_45_TO_64", "45 bis 64 Jahre", "45 to 64"),
        _code("AGE_65_AND_OVER", "65 Jahre und älter", "65 and over"),
        _code("UNKNOWN", "Nicht bekannt", "Not known"),
    ),
)  # fmt: skip
ARRIVAL_BANDS: Final = CodeList(
    "arrival-bands", VERSION, Text(de="Ankunftszeiträume", en="Arrival periods"),
    (
        _code("BEFORE_2015", "vor 2015", "before 2015"),
        _code("YEARS_2015_TO_2018", "2015 bis 2018", "2015 to 2018"),
        _code("YEARS_2019_TO_2021", "2019 bis 2021", "2019 to 2021"),
        _code("SINCE_2022", "seit 2022", "since 2022"),
        _code("UNKNOWN", "Nicht bekannt", "Not known"),
    ),
)  # fmt: skip
MEETING_BODIES: Final = CodeList(
    "meeting-bodies", VERSION, Text(de="Gremien", en="Bodies"),
    (
        _code("STEERING_GROUP", "Lenkungsgruppe", "Steering group"),
        _code("COORDINATION_GROUP", "Koordinierungsgruppe", "Coordination group"),
        _code("WORKING_GROUP", "Arbeitsgruppe", "Working group"),
    ),
)  # fmt: skip
