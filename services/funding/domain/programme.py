"""The programme KIM and its three funding lines, by whatever word a paper calls them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.funding.domain.amounts import StatedAmount
from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text


class FundingLine(StrEnum):
    """Baustein, Modul or Ziffer 1 to 3, under one code each (R-V1)."""

    B1_COORDINATION = "B1_COORDINATION"
    B2_CASE_MANAGEMENT = "B2_CASE_MANAGEMENT"
    B3_FOREIGNERS_NATURALISATION = "B3_FOREIGNERS_NATURALISATION"


class LegalForm(StrEnum):
    """What kind of money a line is; it selects how its use is proved (R-S0-2, hazard H10)."""

    ZUWENDUNG_RICHTLINIE = "ZUWENDUNG_RICHTLINIE"
    FACHBEZOGENE_PAUSCHALE = "FACHBEZOGENE_PAUSCHALE"


LEGAL_FORMS: Mapping[FundingLine, LegalForm] = {
    FundingLine.B1_COORDINATION: LegalForm.ZUWENDUNG_RICHTLINIE,
    FundingLine.B2_CASE_MANAGEMENT: LegalForm.FACHBEZOGENE_PAUSCHALE,
    FundingLine.B3_FOREIGNERS_NATURALISATION: LegalForm.FACHBEZOGENE_PAUSCHALE,
}

FUNDING_LINE_NAMES: Mapping[FundingLine, Text] = {
    FundingLine.B1_COORDINATION: Text(
        de="Strategisches KIM (Koordination)", en="Strategic KIM (coordination)"
    ),
    FundingLine.B2_CASE_MANAGEMENT: Text(
        de="Rechtskreisübergreifendes Case Management", en="Case management across legal circles"
    ),
    FundingLine.B3_FOREIGNERS_NATURALISATION: Text(
        de="Ausländer- und Einbürgerungsbehörden",
        en="Foreigners' and naturalisation authorities",
    ),
}

_BY_NUMBER = {
    "1": FundingLine.B1_COORDINATION,
    "2": FundingLine.B2_CASE_MANAGEMENT,
    "3": FundingLine.B3_FOREIGNERS_NATURALISATION,
}
_NUMBERED = re.compile(r"(?:(?:förder)?baustein|modul|ziffer|ziff\.|b)\s*([1-3])")
_NUMBER_FIRST = re.compile(r"([1-3])\.\s*(?:baustein|modul)")
_BY_NAME = {
    # "strategischer Overhead" names line 1; "Overheadkosten" is a cost kind and no line (R-V2).
    "strategischer overhead": FundingLine.B1_COORDINATION,
    "koordinierende stelle": FundingLine.B1_COORDINATION,
    "strategisches kim": FundingLine.B1_COORDINATION,
    "case management": FundingLine.B2_CASE_MANAGEMENT,
    "case-management": FundingLine.B2_CASE_MANAGEMENT,
    "casemanagement": FundingLine.B2_CASE_MANAGEMENT,
    "ausländer- und einbürgerungsbehörden": FundingLine.B3_FOREIGNERS_NATURALISATION,
    "rechtliche verstetigung": FundingLine.B3_FOREIGNERS_NATURALISATION,
}


class FundingLineUnknown(RuleViolated):
    code = "funding-line-unknown"
    title = Text(
        de="Diese Bezeichnung gehört zu keinem der drei Bausteine.",
        en="This name belongs to none of the three funding lines.",
    )


def read_funding_line(text: str) -> FundingLine:
    """The line a paper means by "Baustein 2", "Modul 2", "Ziffer 2", "B2" or its code (R-V1).

    Raises FundingLineUnknown.
    """
    words = " ".join(text.split())
    if words.upper() in FundingLine.__members__:
        return FundingLine(words.upper())
    plain = words.lower()
    numbered = _NUMBERED.fullmatch(plain) or _NUMBER_FIRST.fullmatch(plain)
    line = _BY_NUMBER[numbered[1]] if numbered else _BY_NAME.get(plain)
    if line is None:
        raise FundingLineUnknown
    return line


@dataclass(frozen=True, slots=True)
class FunderName:
    """A ministry under the name it bore from a day on; old awards keep the old name (R-V3)."""

    name: str
    used_from: date


def funder_name_on(names: tuple[FunderName, ...], day: date) -> str | None:
    """The name in use on `day`; None before the first."""
    in_use = [name for name in names if name.used_from <= day]
    return max(in_use, key=lambda name: name.used_from).name if in_use else None


@dataclass(frozen=True, slots=True)
class Programme:
    """A funding programme. Its volume is a statement with a status, never an award (R-S0-1).

    `enacted_on` and `in_force_from` are two dates: § 9 TIntG was enacted on 25.11.2021 and came
    into force on 01.01.2022.
    """

    code: str
    name: Text
    volume: StatedAmount | None = None
    announced_on: date | None = None
    legal_source: str = ""
    enacted_on: date | None = None
    in_force_from: date | None = None


class OtherProgramme(StrEnum):
    """Programmes named beside KIM; their money is kept apart from it (R-S1-14)."""

    KOMM_AN_NRW = "KOMM_AN_NRW"
    DURCHSTARTEN = "DURCHSTARTEN"
    GEMEINSAM_KLAPPTS = "GEMEINSAM_KLAPPTS"
    MBE = "MBE"
    JMD = "JMD"


OTHER_PROGRAMMES: Mapping[OtherProgramme, Text] = {
    OtherProgramme.KOMM_AN_NRW: Text(de="KOMM-AN NRW", en="KOMM-AN NRW"),
    OtherProgramme.DURCHSTARTEN: Text(
        de="Durchstarten in Ausbildung und Arbeit", en="Off to a start in training and work"
    ),
    OtherProgramme.GEMEINSAM_KLAPPTS: Text(de="Gemeinsam klappt's", en="Gemeinsam klappt's"),
    OtherProgramme.MBE: Text(
        de="Migrationsberatung für erwachsene Zugewanderte", en="Migration counselling for adults"
    ),
    OtherProgramme.JMD: Text(de="Jugendmigrationsdienst", en="Youth migration service"),
}
