"""The workloads that change something: every request is sent once."""

import json
from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from benchmarks.load import Request
from benchmarks.samples import CASE_MANAGER, SENDER, new_cases
from benchmarks.workloads import Bench, Workload
from shared.kernel.clock import berlin_date, now

UNIT: Final = "rheine-caritas"
AGS: Final = "05566076"
IDENTITY: Final = {"familyName": "Aydoğan", "givenNames": "Elif", "birthDate": "1988-03-14"}
CATEGORIES: Final = ("identity", "contact", "languages", "address", "family", "need")


def create_referral(bench: Bench) -> Workload:
    """Idempotent, with audit, events and the content under its own key."""

    def made() -> list[Request]:
        return [_new_referral() for _ in range(bench.writes)]

    bare = Request("POST", "/referrals", json.dumps(_referral("bench")))
    return Workload(
        "REST: create a referral",
        (
            bench.once("referrals", SENDER, made),
            bench.beside("one insert, bare Starlette", "/sql", bare),
        ),
        goal="≥ 0.5 × one insert",
    )


def assign_case(bench: Bench) -> Workload:
    """A step of the lifecycle with its guards, on a case that was just requested."""

    def made() -> list[Request]:
        return [
            Request("POST", f"/v1/cases/{one}/actions/assign", "{}", {"If-Match": '"1"'})
            for one in new_cases(bench.system, bench.writes)
        ]

    return Workload("REST: assign a case", (bench.once("cases", CASE_MANAGER, made),))


def _new_referral() -> Request:
    reference = f"bench-{uuid4().hex[:16]}"
    body = json.dumps(_referral(reference))
    return Request("POST", "/v1/referrals", body, {"Idempotency-Key": reference})


def _referral(reference: str) -> dict[str, Any]:
    today = berlin_date(now())
    consent = {
        "reference": f"E-{reference}",
        "givenOn": today.isoformat(),
        "validTo": (today + timedelta(days=180)).isoformat(),
        "purpose": "CASE_MANAGEMENT",
        "recipientUnit": UNIT,
        "categories": CATEGORIES,
    }
    return {
        "mode": "ZUSTEUERUNG_IN",
        "serviceCode": "CASE_MANAGEMENT",
        "topic": "SCHOOL_CHILDCARE",
        "purpose": "CASE_MANAGEMENT",
        "language": "tur",
        "interpreterNeeded": True,
        "subjectReference": reference,
        "recipientUnit": UNIT,
        "place": {"ags": AGS},
        "content": {
            "identity": IDENTITY,
            "contact": {"phone": "05971 000000"},
            "languages": {"spoken": ["tur"], "germanLevel": "A2"},
            "need": {"summary": "Kitaplatz und Wohnung.", "topics": ["HOUSING"]},
        },
        "legalGround": {"consent": consent, "coversFeedback": True},
    }
