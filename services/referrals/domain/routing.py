"""Routing (Zusteuerung): which unit is responsible for a service at a place.

Rules are versioned data. Where a municipality is split between units, its key alone decides
nothing, and a place that cannot be located goes to a person: there is never a default unit.
Rheine is the example: left of the Ems one Träger, right of it another.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.referrals.domain.areas import Area, Place
from shared.kernel.text import Text

PRIORITY_MIN = 1
PRIORITY_MAX = 99


class ManualReason(StrEnum):
    """Why a person has to decide."""

    NO_RULE = "NO_RULE"
    ADDRESS_NEEDED = "ADDRESS_NEEDED"
    NOT_LOCATABLE = "NOT_LOCATABLE"
    AMBIGUOUS = "AMBIGUOUS"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingRule:
    """One responsibility. Priority 1 comes first; the reason is shown to whoever chooses."""

    rule_id: str
    service_code: str
    area: Area
    unit_id: str
    priority: int
    reason: Text

    def __post_init__(self) -> None:
        if not PRIORITY_MIN <= self.priority <= PRIORITY_MAX:
            raise ValueError(f"Priority lies between {PRIORITY_MIN} and {PRIORITY_MAX}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """All rules of a tenant in one version, in force from a day until the next version."""

    version: int
    valid_from: date
    rules: tuple[RoutingRule, ...]


NO_RULES = RuleSet(version=0, valid_from=date.min, rules=())
"""Before the first version every place goes to a person."""


@dataclass(frozen=True, slots=True)
class Target:
    unit_id: str
    priority: int
    reason: Text
    rule_id: str


@dataclass(frozen=True, slots=True)
class RoutingDecision:
    """The units in order of priority; `manual_reason` when a person has to decide."""

    rules_version: int
    targets: tuple[Target, ...]
    manual_reason: ManualReason | None

    @property
    def unit_id(self) -> str | None:
        """The one responsible unit, or None when a person has to decide."""
        return None if self.manual_reason else self.targets[0].unit_id


def rules_in_force(rule_sets: tuple[RuleSet, ...], day: date) -> RuleSet:
    """The newest version that is in force on that day; NO_RULES when none is."""
    started = [rule_set for rule_set in rule_sets if rule_set.valid_from <= day]
    return max(
        started, key=lambda rule_set: (rule_set.valid_from, rule_set.version), default=NO_RULES
    )


def route(rule_set: RuleSet, service_code: str, place: Place) -> RoutingDecision:
    """Who is responsible. Rules for a part of the municipality displace those for all of it."""
    for_service = [rule for rule in rule_set.rules if rule.service_code == service_code]
    for_parts = [rule for rule in for_service if rule.area.is_part_of(place.ags)]
    if for_parts and not place.is_address:
        return RoutingDecision(rule_set.version, (), ManualReason.ADDRESS_NEEDED)
    targets = _in_order([rule for rule in for_parts or for_service if rule.area.covers(place)])
    if not targets:
        reason = ManualReason.NOT_LOCATABLE if for_parts else ManualReason.NO_RULE
        return RoutingDecision(rule_set.version, (), reason)
    best = [target for target in targets if target.priority == targets[0].priority]
    reason_or_none = ManualReason.AMBIGUOUS if len(best) > 1 else None
    return RoutingDecision(rule_set.version, targets, reason_or_none)


def _in_order(rules: list[RoutingRule]) -> tuple[Target, ...]:
    """One target per unit, its best rule, best priority first."""
    best: dict[str, Target] = {}
    for rule in sorted(rules, key=lambda rule: (rule.priority, rule.unit_id, rule.rule_id)):
        target = Target(rule.unit_id, rule.priority, rule.reason, rule.rule_id)
        best.setdefault(rule.unit_id, target)
    return tuple(best.values())
