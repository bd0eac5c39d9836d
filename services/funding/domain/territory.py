"""Areas by official municipality key: what an award covers and who serves which part."""

import re
from dataclasses import dataclass

from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text

AREA_KEY_PATTERN = r"^[0-9]{5}([0-9]{3})?$"


class AreaKeyUnreadable(RuleViolated):
    code = "area-key-unreadable"
    title = Text(
        de="Ein Gemeindeschlüssel hat acht Ziffern, der eines Kreises fünf.",
        en="A municipality key has eight digits, that of a county five.",
    )


def area_key(text: str) -> str:
    """An AGS of a municipality (8 digits) or Kreis (5), always text: it begins with a zero in NRW.

    Raises AreaKeyUnreadable.
    """
    if not re.fullmatch(AREA_KEY_PATTERN, text, re.ASCII):
        raise AreaKeyUnreadable
    return text


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """A Kreis, a municipality, or a named part of one ("rechts der Ems", R-S3-6)."""

    key: str
    part: str = ""

    def __post_init__(self) -> None:
        """Raises AreaKeyUnreadable."""
        area_key(self.key)

    def covers(self, other: "Area") -> bool:
        if not other.key.startswith(self.key):
            return False
        return not self.part or (self.key == other.key and self.part == other.part)

    def overlaps(self, other: "Area") -> bool:
        return self.covers(other) or other.covers(self)


@dataclass(frozen=True, slots=True)
class Territory:
    """Areas with exclusions: the StädteRegion without Stadt Aachen (R-S1-7)."""

    included: tuple[Area, ...]
    excluded: tuple[Area, ...] = ()

    def covers(self, area: Area) -> bool:
        return any(one.covers(area) for one in self.included) and not any(
            one.overlaps(area) for one in self.excluded
        )

    def overlaps(self, other: "Territory") -> bool:
        """Whether some place belongs to both."""
        return any(
            not (_is_excluded(meeting, self) or _is_excluded(meeting, other))
            for mine in self.included
            for theirs in other.included
            if (meeting := _meeting(mine, theirs)) is not None
        )


def _meeting(one: Area, other: Area) -> Area | None:
    """The smaller of two areas where one lies in the other."""
    if one.covers(other):
        return other
    return one if other.covers(one) else None


def _is_excluded(area: Area, territory: Territory) -> bool:
    return any(one.covers(area) for one in territory.excluded)
