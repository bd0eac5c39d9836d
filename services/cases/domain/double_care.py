"""The blind check for double care (R-S3-11).

It answers only "another service is involved, contact unit X", never who, since when or why: a
search across controllers is itself a transfer (hazard H11).
"""

import hashlib
from dataclasses import dataclass

from services.cases.domain.people import BirthDate, BirthDatePrecision, PersonName


@dataclass(frozen=True, slots=True)
class DoubleCareAnswer:
    """`contact_units` are unit keys, sorted, without the asking unit; empty means nobody."""

    contact_units: tuple[str, ...]

    @property
    def is_another_service_involved(self) -> bool:
        return bool(self.contact_units)


def match_key(name: PersonName, birth: BirthDate) -> str | None:
    """A fingerprint of name and birth day; None where the birth day is not known.

    It stands beside the name it is made of, under the same protection, and saves the check from
    reading names at all. An inexact birth date never matches by machine: a person decides
    (hazards H3, H15).
    """
    if birth.precision is not BirthDatePrecision.DAY:
        return None
    return hashlib.sha256(f"{name.search_key}|{birth}".encode()).hexdigest()


def answer(units_with_open_case: frozenset[str], asking_unit: str) -> DoubleCareAnswer:
    return DoubleCareAnswer(tuple(sorted(units_with_open_case - {asking_unit})))
