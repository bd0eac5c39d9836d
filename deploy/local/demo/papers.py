"""The data files beside this module, read as they stand.

Amounts and posts stay texts until the domain parses them; codes such as AGS keep leading zeros.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent

# The loader in C where PyYAML was built with it: a tenth of the time.
SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Point = tuple[float, float]


@cache
def paper(name: str) -> Any:
    """One data file by its name without ending, for example `paper("warendorf")`."""
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=SAFE_LOADER)  # noqa: S506 - both are the safe loader


def units() -> dict[str, dict[str, Any]]:
    """Every organisational unit by its slug, with the tenant it belongs to."""
    return {
        unit["id"]: {**unit, "tenant_id": tenant["id"]}
        for tenant in paper("units")["tenants"]
        for unit in tenant["units"]
    }


def municipalities(tenant_id: str) -> list[str]:
    """The AGS of every municipality of a tenant."""
    tenants = {tenant["id"]: tenant for tenant in paper("units")["tenants"]}
    return [place["ags"] for place in tenants[tenant_id]["municipalities"]]


def area_of(entry: dict[str, Any], tenant_id: str) -> list[str]:
    """The AGS set of a unit or a routing rule; `tenant` stands for the whole tenant.

    A named area inside one municipality answers with that municipality; its border is
    `ems_polygon`.
    """
    area = entry["area"]
    if area == "tenant":
        return municipalities(tenant_id)
    if isinstance(area, str):
        return [paper("rheine_areas")["municipality_ags"]]
    return list(area)


def ems_polygon(key: str) -> list[Point]:
    """The closed ring of one of the two areas along the Ems, [longitude, latitude] in WGS 84."""
    drawing = paper("rheine_areas")
    area = next(area for area in drawing["areas"] if area["key"] == key)
    ring: list[Point] = [(lon, lat) for lon, lat in drawing["river"] + area["outline"]]
    return [*ring, ring[0]]
