"""Papers as they are sent: units, rules, referrals with their legal ground. Invented people."""

from typing import Any

from tests.services.referrals.domain.people_and_places import (
    LEFT_OF_THE_EMS,
    RHEINE,
    RIGHT_OF_THE_EMS,
)

TELGTE = "05570044"
NAME = "Şahin-Öztürk"


def unit(unit_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "unitId": unit_id,
        "type": "CM_TEAM",
        "nameDe": f"Stelle {unit_id}",
        "nameEn": f"Unit {unit_id}",
        "controllerId": unit_id,
        "publicBody87": "YES",
        "body35Sgb1": False,
        "supervisoryDpAuthority": "LDI_NRW",
        "areas": ["05570"],
        "services": [],
        "endpointStatus": "ACTIVE",
        "commitment78SignedOn": "2022-01-10",
    } | changes


WARENDORF_UNITS: dict[str, dict[str, Any]] = {
    "waf-ki": {"type": "KI"},
    "waf-cm": {"services": ["CASE_MANAGEMENT"]},
    "waf-cm-nord": {"services": ["CASE_MANAGEMENT"], "controllerId": "waf-cm"},
    "waf-jobcenter": {
        "type": "JOBCENTER_ACTIVE",
        "body35Sgb1": True,
        "services": ["JOB_PLACEMENT"],
        "commitment78SignedOn": None,
    },
    "waf-jugendamt": {
        "type": "JUGENDAMT",
        "body35Sgb1": True,
        "services": ["YOUTH_WELFARE", "CHILD_PROTECTION"],
        "commitment78SignedOn": None,
    },
    "waf-abh": {"type": "ABH", "services": ["RESIDENCE_APPLICATION", "CASE_MANAGEMENT"]},
    "waf-ebh": {
        "type": "EBH",
        "services": ["RESIDENCE_APPLICATION", "NATURALISATION"],
        "controllerId": "waf-abh",
    },
    "waf-cm-abh": {
        "type": "ABH",
        "services": ["RESIDENCE_APPLICATION", "CASE_MANAGEMENT"],
        "controllerId": "waf-cm",
    },
    "waf-cm-uncommitted": {
        "services": ["CASE_MANAGEMENT"],
        "controllerId": "waf-cm",
        "commitment78SignedOn": None,
    },
    "waf-cm-suspended": {
        "services": ["CASE_MANAGEMENT"],
        "controllerId": "waf-cm",
        "endpointStatus": "SUSPENDED",
    },
    "waf-uncommitted": {"services": ["CASE_MANAGEMENT"], "commitment78SignedOn": None},
    "waf-suspended": {"services": ["CASE_MANAGEMENT"], "endpointStatus": "SUSPENDED"},
}
STEINFURT_UNITS: dict[str, dict[str, Any]] = {
    "rheine-caritas": {
        "services": ["CASE_MANAGEMENT"],
        "areas": [RHEINE],
        "publicBody87": "NO",
        "supervisoryDpAuthority": "CHURCH",
    },
    "rheine-lernen-foerdern": {
        "services": ["CASE_MANAGEMENT"],
        "areas": [RHEINE],
        "publicBody87": "NO",
    },
    "st-jobcenter": {"type": "JOBCENTER_ACTIVE", "body35Sgb1": True, "areas": ["05566"]},
}


def steinfurt_rules() -> dict[str, Any]:
    sides = (
        ("left", LEFT_OF_THE_EMS, "rheine-caritas"),
        ("right", RIGHT_OF_THE_EMS, "rheine-lernen-foerdern"),
    )
    return {
        "validFrom": "2022-07-01",
        "rules": [
            {
                "ruleId": f"rheine-{side}",
                "serviceCode": "CASE_MANAGEMENT",
                "unitId": unit_id,
                "priority": 1,
                "reason": {"de": f"Rheine, {side}", "en": f"Rheine, {side}"},
                "area": {
                    "kind": "SHAPE",
                    "ags": RHEINE,
                    "ring": [
                        [point.lon_microdeg / 1_000_000, point.lat_microdeg / 1_000_000]
                        for point in ring
                    ],
                },
            }
            for side, ring, unit_id in sides
        ],
    }


def warendorf_rules() -> dict[str, Any]:
    return {
        "validFrom": "2022-01-01",
        "rules": [
            {
                "ruleId": "waf-cm",
                "serviceCode": "CASE_MANAGEMENT",
                "unitId": "waf-cm",
                "priority": 1,
                "reason": {"de": "Kreisweit zuständig", "en": "Responsible for the whole Kreis"},
                "area": {"kind": "MUNICIPALITIES", "keys": ["05570"]},
            }
        ],
    }


CONTENT: dict[str, Any] = {
    "identity": {"familyName": NAME, "givenNames": "Yıldız", "birthDate": "1990-05-12"},
    "languages": {"spoken": ["tur"]},
    "need": {"summary": "Sucht Wohnung und Kitaplatz."},
}


def consent(recipient: str = "waf-cm", **changes: Any) -> dict[str, Any]:
    return {
        "reference": "E-2026-17",
        "givenOn": "2026-01-01",
        "validTo": "2099-12-31",
        "purpose": "CASE_MANAGEMENT",
        "recipientUnit": recipient,
        "categories": ["identity", "languages", "need"],
    } | changes


def referral(subject: str, **changes: Any) -> dict[str, Any]:
    """A referral into the case management of Warendorf that lacks nothing."""
    return {
        "mode": "ZUSTEUERUNG_IN",
        "serviceCode": "CASE_MANAGEMENT",
        "topic": "HOUSING",
        "purpose": "CASE_MANAGEMENT",
        "urgency": "SOON",
        "language": "tur",
        "interpreterNeeded": True,
        "subjectReference": subject,
        "place": {"ags": TELGTE, "street": "Steinstraße", "houseNumber": "3"},
        "content": CONTENT,
        "legalGround": {"consent": consent()},
        "submit": True,
    } | changes
