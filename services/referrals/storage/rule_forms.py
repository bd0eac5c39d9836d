"""Routing rules as stored JSON: one shape per kind of area, coordinates as in GeoJSON."""

from typing import Any

from services.referrals.domain.areas import (
    Area,
    Districts,
    Location,
    Municipalities,
    Parity,
    Shape,
    Streets,
    StreetSection,
)
from services.referrals.domain.routing import RoutingRule
from shared.kernel.text import Text

Form = dict[str, Any]


def read_rule(form: Form) -> RoutingRule:
    """The rule of a stored or received form.

    Raises AreaKeyUnreadable, CoordinateUnusable or ShapeUnusable for an unusable area.
    """
    return RoutingRule(
        rule_id=form["ruleId"],
        service_code=form["serviceCode"],
        area=read_area(form["area"]),
        unit_id=form["unitId"],
        priority=form["priority"],
        reason=Text(de=form["reason"]["de"], en=form["reason"]["en"]),
    )


def read_area(form: Form) -> Area:
    readers = {
        "MUNICIPALITIES": _municipalities,
        "DISTRICTS": _districts,
        "STREETS": _streets,
        "SHAPE": _shape,
    }
    return readers[form["kind"]](form)


def _municipalities(form: Form) -> Area:
    return Municipalities(frozenset(form["keys"]))


def _districts(form: Form) -> Area:
    return Districts(form["ags"], frozenset(form["names"]))


def _streets(form: Form) -> Area:
    sections = tuple(
        StreetSection(
            street=section["street"],
            from_number=section.get("fromNumber"),
            to_number=section.get("toNumber"),
            parity=Parity(section.get("parity") or "ALL"),
        )
        for section in form["sections"]
    )
    return Streets(form["ags"], sections)


def _shape(form: Form) -> Area:
    return Shape(form["ags"], tuple(location(lon, lat) for lon, lat in form["ring"]))


def location(lon: float, lat: float) -> Location:
    """Degrees as JSON numbers. Raises CoordinateUnusable."""
    return Location.degrees(f"{lon:.6f}", f"{lat:.6f}")
