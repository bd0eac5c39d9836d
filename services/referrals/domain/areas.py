"""Areas: official municipality keys, addresses, and parts of one municipality.

AGS (8 digits) and ARS (12) are text: the leading zero of North Rhine-Westphalia is part of them.
Coordinates are WGS 84 in whole millionths of a degree, so that "on the line" is exact.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text

AGS_PATTERN = r"^[0-9]{8}$"
ARS_PATTERN = r"^[0-9]{12}$"
AREA_KEY_PATTERN = r"^[0-9]{5}([0-9]{3})?$"
MICRODEGREES = 1_000_000
RING_POINTS_MIN = 4
LONGITUDE_MAX = 180 * MICRODEGREES
LATITUDE_MAX = 90 * MICRODEGREES


class AreaKeyUnreadable(RuleViolated):
    code = "municipality-key-unreadable"
    title = Text(
        de="Der AGS hat 8 Ziffern, der ARS 12, ein Kreisschlüssel 5; führende Nullen gehören dazu.",
        en="An AGS has 8 digits, an ARS 12, a district key 5; the leading zero belongs to it.",
    )


class ShapeUnusable(RuleViolated):
    code = "shape-unusable"
    title = Text(
        de="Die Fläche braucht mindestens vier Punkte, der letzte gleich dem ersten.",
        en="A shape needs at least four points, the last equal to the first.",
    )


class CoordinateUnusable(RuleViolated):
    code = "coordinate-unusable"
    title = Text(
        de="Koordinaten sind Längen- und Breitengrade in WGS 84.",
        en="Coordinates are longitude and latitude in WGS 84.",
    )


@dataclass(frozen=True, slots=True)
class RegionalKey:
    """An ARS; `is_derived` when a rule made it out of an AGS and no register confirmed it."""

    ars: str
    is_derived: bool


def derived_ars(ags: str) -> RegionalKey:
    """The ARS of a municipality in no association: district, type 0, municipality twice.

    Source: 05570044 (Telgte) → 055700044044. Raises AreaKeyUnreadable.
    """
    require_key(AGS_PATTERN, ags)
    return RegionalKey(f"{ags[:5]}0{ags[5:]}{ags[5:]}", is_derived=True)


def ags_of_ars(ars: str) -> str:
    """District and municipality of an ARS. Raises AreaKeyUnreadable."""
    require_key(ARS_PATTERN, ars)
    return ars[:5] + ars[9:]


def require_key(pattern: str, key: str) -> str:
    """The key unchanged. Raises AreaKeyUnreadable when it does not have the pattern's form."""
    if not re.fullmatch(pattern, key, re.ASCII):
        raise AreaKeyUnreadable
    return key


@dataclass(frozen=True, slots=True)
class Location:
    """A point in millionths of a degree."""

    lon_microdeg: int
    lat_microdeg: int

    def __post_init__(self) -> None:
        if abs(self.lon_microdeg) > LONGITUDE_MAX or abs(self.lat_microdeg) > LATITUDE_MAX:
            raise CoordinateUnusable

    @classmethod
    def degrees(cls, lon: str, lat: str) -> "Location":
        """Read decimal degrees. Raises CoordinateUnusable."""
        return cls(_microdegrees(lon), _microdegrees(lat))


def _microdegrees(degrees: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,15})?", degrees, re.ASCII):
        raise CoordinateUnusable
    scaled = Decimal(degrees) * MICRODEGREES
    return int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is known of where a person lives: the municipality always, the rest perhaps."""

    ags: str
    street: str = ""
    house_number: str = ""
    district: str = ""
    location: Location | None = None

    @property
    def is_address(self) -> bool:
        return bool(self.street or self.district or self.location)


class Area(Protocol):
    """A part of the map that a routing rule speaks of."""

    def covers(self, place: Place) -> bool: ...

    def is_part_of(self, ags: str) -> bool:
        """Whether this is only a part of that municipality: then its key alone decides nothing."""


@dataclass(frozen=True, slots=True)
class Municipalities:
    """Whole municipalities (8 digits) or whole districts (5 digits)."""

    keys: frozenset[str]

    def __post_init__(self) -> None:
        for key in self.keys:
            require_key(AREA_KEY_PATTERN, key)

    def covers(self, place: Place) -> bool:
        return place.ags in self.keys or place.ags[:5] in self.keys

    def is_part_of(self, ags: str) -> bool:  # noqa: ARG002 - the protocol's signature
        return False


@dataclass(frozen=True, slots=True)
class Districts:
    """Named parts of one municipality."""

    ags: str
    names: frozenset[str]

    def covers(self, place: Place) -> bool:
        return place.ags == self.ags and name_key(place.district) in map(name_key, self.names)

    def is_part_of(self, ags: str) -> bool:
        return ags == self.ags


class Parity(StrEnum):
    ALL = "ALL"
    ODD = "ODD"
    EVEN = "EVEN"


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetSection:
    """A street or a run of its house numbers, both ends included."""

    street: str
    from_number: int | None = None
    to_number: int | None = None
    parity: Parity = Parity.ALL

    @property
    def is_divided(self) -> bool:
        """Whether it takes the house number to decide."""
        is_whole = self.from_number is None and self.to_number is None
        return not is_whole or self.parity is not Parity.ALL

    def covers(self, street: str, house_number: str) -> bool:
        if name_key(street) != name_key(self.street):
            return False
        if not self.is_divided:
            return True
        digits = re.match(r"[0-9]{1,5}", house_number.strip(), re.ASCII)
        if digits is None:
            return False
        return self._has_number(int(digits.group()))

    def _has_number(self, number: int) -> bool:
        fits = {
            Parity.ALL: True,
            Parity.ODD: number % 2 == 1,
            Parity.EVEN: number % 2 == 0,
        }[self.parity]
        above = self.from_number is None or number >= self.from_number
        below = self.to_number is None or number <= self.to_number
        return fits and above and below


@dataclass(frozen=True, slots=True)
class Streets:
    """A street list inside one municipality."""

    ags: str
    sections: tuple[StreetSection, ...]

    def covers(self, place: Place) -> bool:
        return place.ags == self.ags and any(
            section.covers(place.street, place.house_number) for section in self.sections
        )

    def is_part_of(self, ags: str) -> bool:
        return ags == self.ags


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed ring inside one municipality. A point on its line belongs to neither side."""

    ags: str
    ring: tuple[Location, ...]

    def __post_init__(self) -> None:
        if len(self.ring) < RING_POINTS_MIN or self.ring[0] != self.ring[-1]:
            raise ShapeUnusable

    def covers(self, place: Place) -> bool:
        return (
            place.ags == self.ags
            and place.location is not None
            and is_inside(place.location, self.ring)
        )

    def is_part_of(self, ags: str) -> bool:
        return ags == self.ags


def is_inside(point: Location, ring: tuple[Location, ...]) -> bool:
    """Even-odd ray casting in whole numbers; a point on the line is not inside."""
    x, y = point.lon_microdeg, point.lat_microdeg
    inside = False
    for start, end in pairwise(ring):
        x1, y1, x2, y2 = start.lon_microdeg, start.lat_microdeg, end.lon_microdeg, end.lat_microdeg
        cross = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
        if cross == 0 and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2):
            return False
        if (y1 > y) != (y2 > y) and (cross > 0) == (y2 > y1):
            inside = not inside
    return inside


def name_key(name: str) -> str:
    """A name of a street or district for comparison: case, blanks and "Str./Straße" set aside."""
    folded = unicodedata.normalize("NFKC", name).casefold().replace("strasse", "str")
    return re.sub(r"[\s.\-]+", "", folded)
