"""Load the agency directory and the routing rules of every tenant."""

from typing import Any

from deploy.local.demo.client import Client
from deploy.local.demo.papers import area_of, ems_polygon, paper

# What receives no referrals is no agency: data protection, audit and IT stand in no directory.
NO_AGENCY = frozenset({"DATA_PROTECTION", "AUDIT_OFFICE", "IT"})
RULES_VALID_FROM = "2022-07-01"


async def agencies_are_there(client: Client, tenant: dict[str, Any]) -> bool:
    """Rules are published last: where a version is, the directory is complete."""
    answer = await client.get(
        tenant["personas"]["directory"], "referrals", "/v1/routing-rules", first="1"
    )
    return bool(answer.accepted["items"])


async def load_agencies(client: Client, tenant: dict[str, Any]) -> None:
    """The units of a tenant, then its rules; units before rules, because rules name them."""
    persona = tenant["personas"]["directory"]
    for unit in tenant["units"]:
        if unit["type"] not in NO_AGENCY:
            await client.create(
                persona,
                "referrals",
                "/v1/org-units",
                entry_of(unit, tenant["id"]),
                key=f"demo-unit-{unit['id']}",
            )
    for unit in tenant["units"]:
        for code, told in unit.get("capacity", {}).items():
            path = f"/v1/org-units/{unit['id']}/services/{code}"
            await _tell(client, persona, path, told)
    body = {"validFrom": RULES_VALID_FROM, "rules": rules_of(tenant)}
    await client.create(
        persona, "referrals", "/v1/routing-rules", body, key=f"demo-rules-{tenant['id']}"
    )


async def _tell(client: Client, persona: str, path: str, told: dict[str, Any]) -> None:
    """What a unit can take on, once: an earlier start that was interrupted may have told it."""
    known = await client.get(persona, "referrals", path)
    if known.is_refused:
        body = {
            "accepts": told["accepts"],
            "seatsTotal": told["seats_total"],
            "seatsFree": told["seats_free"],
            "waitingDays": told["waiting_days"],
            "languages": told["languages"],
            "opening": [
                {"day": day, "opensAt": opens_at, "closesAt": closes_at}
                for day, opens_at, closes_at in told["opening"]
            ],
        }
        assert (await client.put(persona, "referrals", path, body)).accepted


def entry_of(unit: dict[str, Any], tenant_id: str) -> dict[str, Any]:
    """The entry of a unit as `POST /v1/org-units` takes it."""
    signed_on = unit.get("commitment_78_signed_on")
    return {
        "unitId": unit["id"],
        "type": unit["type"],
        "nameDe": unit["name_de"],
        "nameEn": unit["name_en"],
        "controllerId": unit["id"],
        "publicBody87": "YES" if unit["public_body_87"] else "NO",
        "body35Sgb1": unit["body_35_sgb1"],
        "supervisoryDpAuthority": unit["supervisory_dp_authority"],
        "areas": area_of(unit, tenant_id),
        "services": unit["services"],
        "endpointStatus": "ACTIVE",
        "commitment78SignedOn": signed_on.isoformat() if signed_on else None,
    }


def rules_of(tenant: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "ruleId": f"{rule['unit']}-{rule['service'].lower().replace('_', '-')}{suffix}",
            "serviceCode": rule["service"],
            "unitId": rule["unit"],
            "priority": rule["priority"],
            "reason": {"de": reason_de, "en": reason_en},
            "area": area,
        }
        for rule in tenant["routing"]
        for suffix, reason_de, reason_en, area in _areas(rule, tenant["id"])
    ]


def _areas(rule: dict[str, Any], tenant_id: str) -> list[tuple[str, str, str, dict[str, Any]]]:
    """One rule per way of saying where: whole municipalities, or streets and a drawn shape.

    A street on one side and a point on the other answer with both units, and that is a question
    for a person.
    """
    drawing = paper("rheine_areas")
    drawn = {area["key"]: area for area in drawing["areas"]}
    if not isinstance(rule["area"], str) or rule["area"] not in drawn:
        area = {"kind": "MUNICIPALITIES", "keys": area_of(rule, tenant_id)}
        return [("", "Örtliche Zuständigkeit", "Responsible for this area", area)]
    part, ags = drawn[rule["area"]], drawing["municipality_ags"]
    sections = [{"street": street} for street in part["streets"]]
    ring = [list(point) for point in ems_polygon(part["key"])]
    return [
        ("-streets", part["name_de"], part["name_en"],
         {"kind": "STREETS", "ags": ags, "sections": sections}),
        ("-shape", part["name_de"], part["name_en"],
         {"kind": "SHAPE", "ags": ags, "ring": ring}),
    ]  # fmt: skip
