"""The hazards of a naive case file, where no other test tries them yet."""

from typing import Any

from fastapi import FastAPI

from tests.services.cases.conftest import Person, client_named, today
from tests.services.cases.proofs.stored import Connection

REGISTER_NUMBERS = (
    "azr", "customer", "kunden", "bgnumber", "steuer", "tax", "idnr", "insurance",
    "socialsecurity", "jobcenternumber",
)  # fmt: skip


async def test_h2_a_stay_without_title_is_told_to_nobody_by_the_system(
    anna: Person, case: dict[str, Any], admin: Connection
) -> None:
    """§ 87 AufenthG is decided by a person; nothing is sent because of what a note says."""
    sent = "select count(*) from outbox_message"
    before = await admin.fetchval(sent)
    note = {"kind": "FILE", "text": "Lebt ohne Aufenthaltstitel hier.", "heldOn": today()}
    written = await anna.post(f"/v1/cases/{case['id']}/notes", note)
    assert "residence-knowledge-in-free-text" in {one["code"] for one in written["warnings"]}
    assert await admin.fetchval(sent) == before


def test_h3_no_operation_takes_or_gives_a_register_number(app: FastAPI) -> None:
    """§ 10 (4) AZRG, § 67c SGB X: people are not kept under the numbers of other registers."""
    found = [
        f"{name}.{member}"
        for name, schema in app.openapi()["components"]["schemas"].items()
        for member in schema.get("properties", {})
        if any(word in member.lower() for word in REGISTER_NUMBERS)
    ]
    assert found == []


async def test_h3_a_person_is_not_recorded_with_a_register_number(
    anna: Person, admin: Connection
) -> None:
    persons = "select count(*) from person"
    before = await admin.fetchval(persons)
    for member in ("azrNumber", "jobcenterCustomerNumber", "bgNumber", "taxId"):
        body = client_named("Bondar")["person"] | {member: "123456789"}
        problem = await anna.post("/v1/persons", body, status=422)
        assert problem["errors"][0]["code"] == "extra-forbidden"
    assert await admin.fetchval(persons) == before
