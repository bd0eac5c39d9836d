"""A consent in the terms of the standard for consent records."""

from typing import Any

import asyncpg
import pytest

from shared.database.connection import Database
from shared.database.statements import Statement
from shared.kernel.caller import system_caller
from tests.services.cases.conftest import Person, consent_for

UPDATE_SCOPE = Statement("update consent set recipient_unit = 'waf-abh' where id = :consent_id")


async def test_a_consent_is_given_as_a_standard_record_and_its_scope_never_changes(
    anna: Person, case: dict[str, Any], pool: Database
) -> None:
    drafted = await anna.post(
        f"/v1/cases/{case['id']}/consents",
        consent_for(case["personId"], dataCategories=["IDENTITY", "HEALTH"]),
    )
    path = f"/v1/consents/{drafted['id']}/record"
    asked = await anna.get(path)
    assert [event["state"].rpartition("#")[2] for event in asked["events"]] == ["ConsentRequested"]
    given = await anna.give(drafted)
    record = await anna.get(path)
    assert (record["schemaVersion"], record["recordId"], record["piiPrincipalId"]) == (
        "ISO/IEC TS 27560:2023",
        drafted["id"],
        case["personId"],
    )
    processing = record["processing"]
    assert (processing["privacyNotice"], processing["language"]) == ("2022-03", "ukr")
    assert {one["category"]: one["dpv"] for one in processing["piiCategories"]} == {
        "HEALTH": "https://w3id.org/dpv#SpecialCategoryPersonalData",
        "IDENTITY": "https://w3id.org/dpv#PersonalData",
    }
    assert record["events"][1] == {
        "state": "https://w3id.org/dpv#ConsentGiven",
        "at": given["givenOn"],
        "by": case["personId"],
    }
    caller = system_caller(tenant_id="05570", unit_id="waf-cm", part="tests")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with pool.transaction(caller) as tx:
            await tx.execute(UPDATE_SCOPE, consent_id=drafted["id"])
    await anna.post(
        f"/v1/consents/{drafted['id']}/actions/revoke",
        {"revokedVia": "PHONE"},
        version=given["version"],
        status=200,
    )
    revoked = await anna.get(path)
    assert revoked["processing"] == processing
    assert revoked["events"][-1]["state"] == "https://w3id.org/dpv#ConsentWithdrawn"
