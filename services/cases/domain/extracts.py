"""Anonymised case extracts: codes in place of a person, and a text that is looked at for names.

An extract leaves its unit, so it is made, not copied: ages and years become bands, the
municipality is named only where at least k cases of the unit look the same (hazards H6, H12), and
the problem is written anew.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.cases.domain.finding_codes import AgeBand, ArrivalBand
from services.cases.domain.latin import search_key
from services.cases.domain.people import BirthDate
from shared.kernel.errors import FieldFault, RuleViolated
from shared.kernel.text import Text

NAME_PART_LENGTH_MIN: Final = 3
_UPPER_AGES: Final = (
    (17, AgeBand.UNDER_18),
    (26, AgeBand.AGE_18_TO_26),
    (44, AgeBand.AGE_27_TO_44),
    (64, AgeBand.AGE_45_TO_64),
)
_UPPER_YEARS: Final = (
    (2014, ArrivalBand.BEFORE_2015),
    (2018, ArrivalBand.YEARS_2015_TO_2018),
    (2021, ArrivalBand.YEARS_2019_TO_2021),
)
_ADDRESSED: Final = re.compile(
    r"\b(?:Frau|Herrn?|Familie|Fam\.|Eheleute|Mrs?\.?|Ms\.?)\s+[^\W\d_]", re.IGNORECASE
)
_CONTACT: Final = re.compile(r"\S+@\S+|\d{5,}|\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}")


class NamesSuspected(RuleViolated):
    """Codes of the hits only: the text itself is not repeated."""

    code = "names-suspected"
    title = Text(
        de="Der Text scheint auf eine Person hinzuweisen. Bitte neu schreiben, oder bestätigen, "
        "dass er geprüft ist.",
        en="The text seems to point to a person. Write it anew, or confirm that it was checked.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What a case looks like from far away."""

    residence_group: str | None
    age_band: AgeBand
    language: str | None


def traits(residence_group: str | None, birth: BirthDate, language: str | None, on: date) -> Traits:
    return Traits(residence_group=residence_group, age_band=age_band(birth, on), language=language)


def age_band(birth: BirthDate, on: date) -> AgeBand:
    """The band of the least possible age; a date that is not known has none."""
    ages = birth.age_years(on)
    if ages is None:
        return AgeBand.UNKNOWN
    return next((band for upper, band in _UPPER_AGES if ages[0] <= upper), AgeBand.AGE_65_AND_OVER)


def arrival_band(year: int | None) -> ArrivalBand:
    if year is None:
        return ArrivalBand.UNKNOWN
    return next((band for upper, band in _UPPER_YEARS if year <= upper), ArrivalBand.SINCE_2022)


def shown_municipality(ags: str | None, own: Traits, there: Iterable[Traits], k: int) -> str | None:
    """The municipality, if at least `k` cases `there` (its own among them) look like this one."""
    alike = sum(other == own for other in there)
    return ags if alike >= k else None


def require_no_names(text: str, names: Iterable[str], *, is_checked: bool, pointer: str) -> None:
    """Raises NamesSuspected, unless a person says that the hits are none."""
    if not is_checked and (found := name_warnings(text, names, pointer)):
        raise NamesSuspected(faults=found)


def name_warnings(text: str, names: Iterable[str], pointer: str) -> tuple[FieldFault, ...]:
    """What in a text may point to a person: names of the case, an address, a number or a date."""
    words = set(search_key(text).split())
    parts = {part for name in names for part in search_key(name).split()}
    hits = {part for part in parts & words if len(part) >= NAME_PART_LENGTH_MIN}
    found = []
    if hits:
        found.append(FieldFault(pointer, "NAME_OF_THE_CASE", _NAME))
    if _ADDRESSED.search(text):
        found.append(FieldFault(pointer, "PERSON_ADDRESSED", _NAME))
    if _CONTACT.search(text):
        found.append(FieldFault(pointer, "NUMBER_OR_DATE", _NUMBER))
    return tuple(found)


_NAME: Final = Text(
    de="Hier steht vielleicht der Name einer Person.", en="This may be the name of a person."
)
_NUMBER: Final = Text(
    de="Hier stehen vielleicht Kontaktdaten, eine Nummer oder ein genaues Datum.",
    en="This may be a contact, a number or an exact date.",
)
