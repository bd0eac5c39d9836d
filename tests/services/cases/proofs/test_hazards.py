"""The hazards of a naive case file, where no other test tries them yet."""

from typing import Any

import orjson
from fastapi import FastAPI

from tests.services.cases.conftest import Person, client_named, today
from tests.services.cases.proofs.stored import Connection

REGISTER_NUMBERS = (
    "azr", "customer", "kunden", "bgnumber", "steuer", "tax", "idnr", "insurance",
    "socialsecurity", "jobcenternumber",
)  # fmt: skip


async def test_hazard_02_a_stay_without_title_is_told_to_nobody_by_the_system(
    anna: Person, case: dict[str, Any], admin: Connection
) -> None:
    """§ 87 AufenthG is decided by a person; nothing is sent because of what a note says."""
    sent = "select id, subject, payload -> 'data' as data from outbox_message"
    before = {row["id"] for row in await admin.fetch(sent)}
    note = {"kind": "FILE", "text": "Lebt ohne Aufenthaltstitel hier.", "heldOn": today()}
    written = await anna.post(f"/v1/cases/{case['id']}/notes", note)
    assert "residence-knowledge-in-free-text" in {one["code"] for one in written["warnings"]}
    # That the file changed is told, by ids alone; of an entrusted note not even that.
    (event,) = [row for row in await admin.fetch(sent) if row["id"] not in before]
    assert event["subject"] == "kim.cases.case-file-changed.v1"
    ids = {"caseId": case["id"], "tenantId": "05570", "unitId": "waf-cm"}
    assert orjson.loads(event["data"]) == ids
    await anna.post(f"/v1/cases/{case['id']}/notes", note | {"kind": "CONVERSATION"})
    assert len(await admin.fetch(sent)) == len(before) + 1


def test_hazard_03_no_operation_takes_or_gives_a_register_number(app: FastAPI) -> None:
    """§ 10 (4) AZRG, § 67c SGB X: people are not kept under the numbers of other registers."""
    found = [
        f"{name}.{member}"
        for name, schema in app.openapi()["components"]["schemas"].items()
        for member in schema.get("properties", {})
        if any(word in member.lower() for word in REGISTER_NUMBERS)
    ]
    assert found == []


async def test_hazard_03_a_person_is_not_recorded_with_a_register_number(
    anna: Person, admin: Connection
) -> None:
    persons = "select count(*) from person"
    before = await admin.fetchval(persons)
    for member in ("azrNumber", "jobcenterCustomerNumber", "bgNumber", "taxId"):
        body = client_named("Bondar")["person"] | {member: "123456789"}
        problem = await anna.post("/v1/persons", body, status=422)
        assert problem["errors"][0]["code"] == "extra-forbidden"
    assert await admin.fetchval(persons) == before
