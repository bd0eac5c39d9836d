"""The blind check for double care (R-S3-11).

It answers only "another service is involved, contact unit X", never who, since when or why: a
search across controllers is itself a transfer (hazard H11).
"""

import hashlib
from dataclasses import dataclass

from services.cases.domain.cologne import sounds_of
from services.cases.domain.people import BirthDate, BirthDatePrecision, PersonName
from services.cases.domain.transliteration import skeletons_of


@dataclass(frozen=True, slots=True)
class DoubleCareAnswer:
    """`contact_units` are unit keys, sorted, without the asking unit; empty means nobody."""

    contact_units: tuple[str, ...]

    @property
    def is_another_service_involved(self) -> bool:
        return bool(self.contact_units)


def match_keys(name: PersonName, birth: BirthDate) -> tuple[str, ...]:
    """Fingerprints of a person's name, each with the birth day; none where that is not known.

    One of the name as written, one of its sound, one of its consonants in each script. They stand
    beside the name they are made of, under the same protection, and save the check from reading
    names at all. An inexact birth date never matches by machine: a person decides (hazards H3,
    H15).
    """
    latin, original = _skeletons(name)
    return _prints(
        birth, name.search_key, _sound(name), *_tagged("l", latin), *_tagged("o", original)
    )


def asked_match_keys(name: PersonName, birth: BirthDate) -> tuple[str, ...]:
    """What to look for: the same name as written or heard, and its consonants in another script.

    Two Latin names are never compared by consonants alone: Nadia and Anita share them.
    """
    latin, original = _skeletons(name)
    across = (*_tagged("o", latin), *_tagged("l", original), *_tagged("o", original))
    return _prints(birth, name.search_key, _sound(name), *across)


def _sound(name: PersonName) -> str:
    return "s:" + " ".join(sounds_of(f"{name.family_name} {name.given_names}"))


def _skeletons(name: PersonName) -> tuple[str, str]:
    latin = skeletons_of(f"{name.family_name} {name.given_names}")
    return " ".join(latin), " ".join(skeletons_of(name.original_name or ""))


def _tagged(script: str, skeletons: str) -> tuple[str, ...]:
    """One word alone says too little."""
    return (f"{script}:{skeletons}",) if " " in skeletons else ()


def _prints(birth: BirthDate, *names: str) -> tuple[str, ...]:
    if birth.precision is not BirthDatePrecision.DAY:
        return ()
    found = {hashlib.sha256(f"{name}|{birth}".encode()).hexdigest() for name in names}
    return tuple(sorted(found))


def answer(units_with_open_case: frozenset[str], asking_unit: str) -> DoubleCareAnswer:
    return DoubleCareAnswer(tuple(sorted(units_with_open_case - {asking_unit})))
