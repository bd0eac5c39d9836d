"""Persons: names, birth dates of any precision, nationalities and languages.

A person has no register number: the AZR number, customer numbers of a Jobcenter and the tax
identifier may not serve as a key (AZRG § 10 (4), SGB II § 51a, SGB X § 67c (7)).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Self

from services.cases.domain import latin
from services.cases.domain.nationalities import nationality_key
from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text

NAME_LENGTH_MAX: Final = 120
LANGUAGE_PATTERN: Final = r"^[a-z]{2,3}$"
BIRTH_DATE_PATTERN: Final = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
ADULT_AT_YEARS: Final = 18

# Zero-width non-joiner and joiner belong to Farsi and Indic spelling; other format characters
# (bidirectional overrides above all) can make a name look like another one.
_JOINERS: Final = "\u200c\u200d"
_NEVER_IN_A_NAME: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class NameUnacceptable(RuleViolated):
    code = "name-unacceptable"
    title = Text(
        de="Der Name enthält Zeichen, die in Namen nicht vorkommen (DIN 91379, Datentyp A).",
        en="The name contains characters that names do not have (DIN 91379, datatype A).",
    )


class OriginalNameUnacceptable(RuleViolated):
    code = "original-name-unacceptable"
    title = Text(
        de="Der Name in der Originalschrift enthält Steuerzeichen oder ist zu lang.",
        en="The name in its original script contains control characters or is too long.",
    )


class BirthDateUnacceptable(RuleViolated):
    code = "birth-date-unacceptable"
    title = Text(
        de="Geburtsdatum als JJJJ-MM-TT, JJJJ-MM oder JJJJ angeben, nicht in der Zukunft.",
        en="Give the birth date as YYYY-MM-DD, YYYY-MM or YYYY, not in the future.",
    )


class NationalityUnacceptable(RuleViolated):
    code = "nationality-unacceptable"
    title = Text(
        de="Staatsangehörigkeiten sind Schlüssel der Codeliste nationality oder ISO-3166-Kürzel,"
        " jede einmal.",
        en="Nationalities are keys of the code list nationality or ISO 3166 codes, each of them"
        " once.",
    )


class LanguageUnacceptable(RuleViolated):
    code = "language-unacceptable"
    title = Text(
        de="Sprachen sind ISO-639-Kürzel in Kleinbuchstaben, jedes einmal.",
        en="Languages are lower-case ISO 639 codes, each of them once.",
    )


def clean_name(text: str) -> str:
    """The name in NFC without outer blanks. Raises NameUnacceptable."""
    name = latin.nfc(text).strip(" ")
    if not (0 < len(name) <= NAME_LENGTH_MAX and latin.is_datatype_a(name)):
        raise NameUnacceptable
    if not any(letter.isalpha() for letter in name):
        raise NameUnacceptable
    return name


def clean_original_name(text: str) -> str:
    """A name in its own script, in NFC. Raises OriginalNameUnacceptable."""
    name = latin.nfc(text).strip(" ")
    visible = name.translate(dict.fromkeys(map(ord, _JOINERS)))
    categories = {unicodedata.category(letter) for letter in visible}
    has_letter = any(category.startswith("L") for category in categories)
    if not has_letter or len(name) > NAME_LENGTH_MAX or categories & _NEVER_IN_A_NAME:
        raise OriginalNameUnacceptable
    return name


@dataclass(frozen=True, slots=True)
class PersonName:
    """The Latin form, and the form in the person's own script where that is another one."""

    family_name: str
    given_names: str
    original_name: str | None = None

    @classmethod
    def of(cls, family_name: str, given_names: str, original_name: str | None = None) -> Self:
        """Raises NameUnacceptable, OriginalNameUnacceptable."""
        return cls(
            clean_name(family_name),
            clean_name(given_names),
            None if original_name is None else clean_original_name(original_name),
        )

    @property
    def search_key(self) -> str:
        return latin.search_key(f"{self.family_name} {self.given_names}")


class BirthDatePrecision(StrEnum):
    DAY = "DAY"
    MONTH = "MONTH"
    YEAR = "YEAR"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class BirthDate:
    """What is known of a birth date, and no more: `1990` is not 1 January 1990."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str | None, *, today: date) -> Self:
        """Read `1990-05-17`, `1990-05`, `1990` or None. Raises BirthDateUnacceptable."""
        if text is None:
            return cls()
        if not re.fullmatch(BIRTH_DATE_PATTERN, text):
            raise BirthDateUnacceptable
        birth = cls(*(int(part) for part in text.split("-")))
        try:
            first = birth.earliest
        except ValueError as error:
            raise BirthDateUnacceptable from error
        if first is None or first > today or first.year < today.year - 130:
            raise BirthDateUnacceptable
        return birth

    @classmethod
    def stored(cls, text: str | None) -> Self:
        """Read what was checked when it was stored."""
        return cls(*(int(part) for part in text.split("-"))) if text else cls()

    @property
    def precision(self) -> BirthDatePrecision:
        if self.year is None:
            return BirthDatePrecision.UNKNOWN
        if self.month is None:
            return BirthDatePrecision.YEAR
        return BirthDatePrecision.MONTH if self.day is None else BirthDatePrecision.DAY

    @property
    def earliest(self) -> date | None:
        if self.year is None:
            return None
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date | None:
        if self.year is None:
            return None
        if self.month is None:
            return date(self.year, 12, 31)
        if self.day is not None:
            return date(self.year, self.month, self.day)
        following = date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)

    @property
    def is_suspiciously_exact(self) -> bool:
        """A 1 January is often written down when only the year is known (hazard H15)."""
        return (self.month, self.day) == (1, 1)

    def age_years(self, on: date) -> tuple[int, int] | None:
        """The least and the greatest possible age on a day; None when nothing is known."""
        if self.earliest is None or self.latest is None:
            return None
        return _years_between(self.latest, on), _years_between(self.earliest, on)

    def is_certainly_adult(self, on: date) -> bool:
        age = self.age_years(on)
        return age is not None and age[0] >= ADULT_AT_YEARS

    def is_certainly_minor(self, on: date) -> bool:
        age = self.age_years(on)
        return age is not None and age[1] < ADULT_AT_YEARS

    def __str__(self) -> str:
        """`1990-05-17`, `1990-05`, `1990` or the empty text."""
        if self.year is None:
            return ""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


def clean_nationalities(codes: tuple[str, ...]) -> tuple[str, ...]:
    """None, one or several Destatis keys, from keys or ISO 3166-1 alpha-3 codes.

    `"000"` (German) stays a text of three zeros. Keys of former states may be entered: papers
    still name them. Raises NationalityUnacceptable.
    """
    try:
        keys = tuple(map(nationality_key, codes))
    except ValueError:
        raise NationalityUnacceptable from None
    if len(set(keys)) != len(keys):
        raise NationalityUnacceptable
    return keys


def clean_languages(codes: tuple[str, ...]) -> tuple[str, ...]:
    """ISO 639 codes in the person's order of preference. Raises LanguageUnacceptable."""
    if len(set(codes)) != len(codes):
        raise LanguageUnacceptable
    if not all(re.fullmatch(LANGUAGE_PATTERN, code) for code in codes):
        raise LanguageUnacceptable
    return codes


def _years_between(birth: date, on: date) -> int:
    return max(0, on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day)))
