"""Figures that leave the unit: what is counted is named, and a part is never added to its whole.

Small cells are hidden by `shared.kernel.suppression`; tables by place are made for fixed reporting
days only, so that nobody learns from the difference of two days who came in between (R-ST3).
"""

from dataclasses import dataclass
from enum import StrEnum

from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text


class CountingUnit(StrEnum):
    PERSON = "PERSON"
    FAMILY = "FAMILY"
    CASE = "CASE"
    REFERRAL = "REFERRAL"


class PartExceedsWhole(RuleViolated):
    code = "part-exceeds-whole"
    title = Text(
        de="Die Darunter-Zahl ist größer als die Gesamtzahl.",
        en="The part is greater than the whole.",
    )


@dataclass(frozen=True, slots=True)
class Thereof:
    """A number "thereof" another one: 379 families, thereof 111; never to be added (R-S4-5)."""

    unit: CountingUnit
    total: int
    thereof: int

    def __post_init__(self) -> None:
        if not 0 <= self.thereof <= self.total:
            raise PartExceedsWhole(total=self.total, thereof=self.thereof)

    @property
    def others(self) -> int:
        return self.total - self.thereof
