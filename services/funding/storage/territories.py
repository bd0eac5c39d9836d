"""Territories as stored: the published form, keys and parts as text."""

from collections.abc import Mapping
from typing import Any

from services.funding.domain.territory import Area, Territory


def territory_form(territory: Territory) -> dict[str, Any]:
    return {
        "included": [{"key": area.key, "part": area.part} for area in territory.included],
        "excluded": [{"key": area.key, "part": area.part} for area in territory.excluded],
    }


def territory_of(stored: Mapping[str, Any]) -> Territory:
    return Territory(
        tuple(Area(area["key"], area["part"]) for area in stored["included"]),
        tuple(Area(area["key"], area["part"]) for area in stored["excluded"]),
    )
