"""Whether two records may be one person: reasons and a score, for a person to judge (H3).

Nothing is ever merged by the machine; names and birth dates are all there is to compare.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.cases.domain.people import BirthDate
from shared.kernel.errors import Conflict
from shared.kernel.text import Text

CANDIDATE_MIN: Final = 60


class Reason(StrEnum):
    SAME_NAME = "SAME_NAME"
    SIMILAR_NAME = "SIMILAR_NAME"
    SOUNDS_ALIKE = "SOUNDS_ALIKE"
    SAME_CONSONANTS = "SAME_CONSONANTS"
    SAME_ORIGINAL_NAME = "SAME_ORIGINAL_NAME"
    SAME_BIRTH_DATE = "SAME_BIRTH_DATE"
    BIRTH_DATE_FITS = "BIRTH_DATE_FITS"


class MergeImpossible(Conflict):
    code = "merge-impossible"
    title = Text(
        de="Zusammenführen geht nur mit zwei verschiedenen, noch nicht zusammengeführten Personen.",
        en="Only two different persons that have not been merged yet can be merged.",
    )


class NotMerged(Conflict):
    code = "not-merged"
    title = Text(
        de="Diese beiden Personen sind nicht zusammengeführt.",
        en="These two persons have not been merged.",
    )


class PersonIsMerged(Conflict):
    code = "person-is-merged"
    title = Text(
        de="Dieser Datensatz ist mit einem anderen zusammengeführt; geändert wird jener.",
        en="This record has been merged into another one; change that one.",
    )


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` from 0 to 100."""

    score: int
    reasons: tuple[Reason, ...]

    @property
    def is_candidate(self) -> bool:
        return self.score >= CANDIDATE_MIN


_NAME_WEIGHTS: Final = {
    Reason.SAME_ORIGINAL_NAME: 70,
    Reason.SAME_NAME: 70,
    Reason.SIMILAR_NAME: 55,
    Reason.SOUNDS_ALIKE: 50,
    Reason.SAME_CONSONANTS: 45,
}


def likeness(name_reasons: frozenset[Reason], one: BirthDate, other: BirthDate) -> Likeness:
    """The strongest reason of the names, plus what the birth dates say.

    Dates that contradict each other take 30 off: a slip of the pen is possible, but rare.
    """
    name = max((_NAME_WEIGHTS[reason] for reason in name_reasons), default=0)
    reasons = sorted(name_reasons, key=lambda reason: -_NAME_WEIGHTS[reason])
    if name == 0:
        return Likeness(0, ())
    if one.year is None or other.year is None:
        return Likeness(name, tuple(reasons))
    if one == other and one.day is not None and not one.is_suspiciously_exact:
        return Likeness(name + 30, (*reasons, Reason.SAME_BIRTH_DATE))
    if may_be_the_same(one, other):
        return Likeness(name + 10, (*reasons, Reason.BIRTH_DATE_FITS))
    return Likeness(max(0, name - 30), tuple(reasons))


def may_be_the_same(one: BirthDate, other: BirthDate) -> bool:
    """Whether two dates of any precision can mean one day; 1 January may be a year only (H15)."""
    first, second = _widened(one), _widened(other)
    if not (first.earliest and first.latest and second.earliest and second.latest):
        return True
    return first.earliest <= second.latest and second.earliest <= first.latest


def _widened(birth: BirthDate) -> BirthDate:
    return BirthDate(birth.year) if birth.is_suspiciously_exact else birth
