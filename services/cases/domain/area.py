"""Keys of municipalities: texts with their leading zero, never numbers (hazard H15)."""

import re
from dataclasses import dataclass
from typing import Final, Self

from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text

AGS_PATTERN: Final = r"^[0-9]{8}$"


class AgsUnreadable(RuleViolated):
    code = "ags-unreadable"
    title = Text(
        de="Der Amtliche Gemeindeschlüssel ist ein Text aus acht Ziffern, z. B. 05570044.",
        en="The municipality key (AGS) is a text of eight digits, for example 05570044.",
    )


@dataclass(frozen=True, slots=True)
class DerivedArs:
    """A Regionalschlüssel computed by rule; official registers may say otherwise."""

    value: str
    is_derived: bool = True


@dataclass(frozen=True, slots=True)
class Ags:
    """Amtlicher Gemeindeschlüssel: Land 2, Regierungsbezirk 1, Kreis 2, Gemeinde 3 digits."""

    value: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises AgsUnreadable."""
        if not (isinstance(text, str) and re.fullmatch(AGS_PATTERN, text)):
            raise AgsUnreadable
        return cls(text)

    @property
    def kreis(self) -> str:
        """The five digits of the Kreis: the tenant key."""
        return self.value[:5]

    def derived_ars(self) -> DerivedArs:
        """Twelve digits, by the rule for municipalities that belong to no Verband.

        The association part repeats the municipality after a type digit 0.
        """
        return DerivedArs(f"{self.kreis}0{self.value[5:]}{self.value[5:]}")

    def __str__(self) -> str:
        return self.value
