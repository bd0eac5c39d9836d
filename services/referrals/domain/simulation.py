"""What other rules would change: past referrals, known only by their neighbourhood, asked again.

A sample has no house number and its point is a square of 0.001° (some 70 by 110 metres). Where the
new rules cut through a square or divide a street by its numbers, the sample decides nothing and is
counted apart.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from services.referrals.domain.areas import Location, Place, Shape, Streets, name_key
from services.referrals.domain.codes import Mode
from services.referrals.domain.routing import ManualReason, RoutingRule, RuleSet, route

SQUARE_MICRODEG: Final = 1_000
HALF: Final = SQUARE_MICRODEG // 2
UNSAMPLED_MODES: Final = frozenset({Mode.CHILD_PROTECTION})
"""So few that a street and a month could lead back to a family."""


def leaves_sample(mode: Mode) -> bool:
    return mode not in UNSAMPLED_MODES


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """So many referrals of one neighbourhood; `unit_id` is where they went."""

    service_code: str
    place: Place
    unit_id: str
    times: int


@dataclass(frozen=True, slots=True, order=True)
class Way:
    """Where referrals of a municipality go now and would go then; '' is: to a person."""

    service_code: str
    ags: str
    from_unit: str
    to_unit: str
    manual_reason: ManualReason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """In numbers of referrals. `examined` = unchanged + changed + near_the_line + number_needed."""

    examined: int
    unchanged: int
    changed: int
    to_manual: int
    from_manual: int
    near_the_line: int
    number_needed: int
    went_elsewhere: int
    ways: tuple[tuple[Way, int], ...]


def compare(before: RuleSet, after: RuleSet, samples: Iterable[Sample]) -> Comparison:
    """Ask both rule sets about each sample.

    `went_elsewhere` counts those that really went to another unit than `after` names.
    """
    counted: Counter[str] = Counter()
    ways: Counter[Way] = Counter()
    known: dict[str, tuple[RuleSet, RuleSet]] = {}
    for sample in samples:
        code = sample.service_code
        if code not in known:
            known[code] = (_for_service(before, code), _for_service(after, code))
        old, new = known[code]
        counted["examined"] += sample.times
        undecided = "" if _decide_alike(old, new) else _undecided(old, new, sample.place)
        if undecided:
            counted[undecided] += sample.times
            continue
        way, went_elsewhere = _way(old, new, sample)
        counted["went_elsewhere"] += sample.times * went_elsewhere
        if way.from_unit == way.to_unit:
            counted["unchanged"] += sample.times
            continue
        counted["changed"] += sample.times
        counted["to_manual"] += sample.times * (not way.to_unit)
        counted["from_manual"] += sample.times * (not way.from_unit)
        ways[way] += sample.times
    return Comparison(
        examined=counted["examined"],
        unchanged=counted["unchanged"],
        changed=counted["changed"],
        to_manual=counted["to_manual"],
        from_manual=counted["from_manual"],
        near_the_line=counted["near_the_line"],
        number_needed=counted["number_needed"],
        went_elsewhere=counted["went_elsewhere"],
        ways=tuple(sorted(ways.items(), key=_way_key)),
    )


def _way_key(item: tuple[Way, int]) -> tuple[int, str, str, str, str]:
    way, times = item
    return -times, way.service_code, way.ags, way.from_unit, way.to_unit


def _way(old: RuleSet, new: RuleSet, sample: Sample) -> tuple[Way, bool]:
    code = sample.service_code
    now, then = (route(rules, code, sample.place) for rules in (old, new))
    way = Way(code, sample.place.ags, now.unit_id or "", then.unit_id or "", then.manual_reason)
    return way, then.unit_id is not None and then.unit_id != sample.unit_id


def _for_service(rule_set: RuleSet, service_code: str) -> RuleSet:
    rules = tuple(rule for rule in rule_set.rules if rule.service_code == service_code)
    return RuleSet(version=rule_set.version, valid_from=rule_set.valid_from, rules=rules)


def _decide_alike(one: RuleSet, other: RuleSet) -> bool:
    """The same areas and units: every place goes where it went."""
    first, second = ([(r.area, r.unit_id, r.priority) for r in s.rules] for s in (one, other))
    return first == second


def _undecided(old: RuleSet, new: RuleSet, place: Place) -> str:
    rules = [rule for rule in (*old.rules, *new.rules) if rule.area.is_part_of(place.ags)]
    if place.location is not None and any(_cuts(rule, place.location) for rule in rules):
        return "near_the_line"
    if place.street and any(_needs_number(rule, place.street) for rule in rules):
        return "number_needed"
    return ""


def _cuts(rule: RoutingRule, middle: Location) -> bool:
    area = rule.area
    return isinstance(area, Shape) and any(
        _touches_square(start, end, middle) for start, end in pairwise(area.ring)
    )


def _touches_square(start: Location, end: Location, middle: Location) -> bool:
    """Whether a line meets the square round a point, its edge included; in whole numbers."""
    x1, y1 = start.lon_microdeg - middle.lon_microdeg, start.lat_microdeg - middle.lat_microdeg
    x2, y2 = end.lon_microdeg - middle.lon_microdeg, end.lat_microdeg - middle.lat_microdeg
    if max(x1, x2) < -HALF or min(x1, x2) > HALF or max(y1, y2) < -HALF or min(y1, y2) > HALF:
        return False
    # Beside the line as a whole: all four corners lie on one side of it.
    middle_beside = x1 * y2 - x2 * y1
    return abs(middle_beside) <= HALF * (abs(x2 - x1) + abs(y2 - y1))


def _needs_number(rule: RoutingRule, street: str) -> bool:
    area = rule.area
    return isinstance(area, Streets) and any(
        name_key(section.street) == name_key(street) and section.is_divided
        for section in area.sections
    )
