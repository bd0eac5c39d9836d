"""Consents over the interface: complete or not given, superseded, expired, revoked."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from services.cases.operations.keep_consents_current import keep_consents_current
from shared.database.connection import open_database
from shared.kernel.clock import berlin_date, now
from tests.engines import ServiceDatabase
from tests.services.cases.conftest import Person, consent_for


async def draft(anna: Person, case: dict[str, Any], **changes: Any) -> Any:
    """With its evidence stored, where there is any."""
    body = consent_for(case["personId"], **changes)
    drafted = await anna.post(f"/v1/cases/{case['id']}/consents", body)
    if drafted["evidenceDocumentId"]:
        await anna.prove(drafted)
    return drafted


async def act(anna: Person, consent: Any, action: str, status: int = 200, **body: Any) -> Any:
    path = f"/v1/consents/{consent['id']}"
    version = (await anna.get(path))["version"]
    return await anna.post(f"{path}/actions/{action}", body or None, version=version, status=status)


async def test_a_consent_runs_for_twelve_months_unless_it_says_less(
    anna: Person, case: dict[str, Any]
) -> None:
    given = await act(anna, await draft(anna, case), "give")
    begins = date.fromisoformat(given["validFrom"])
    assert timedelta(days=363) < date.fromisoformat(given["validTo"]) - begins < timedelta(days=366)
    assert given["state"] == "ACTIVE"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"recipientUnit": "alle-behoerden"}, "/recipientUnit"),
        ({"dataCategories": []}, "/dataCategories"),
        ({"isRefusalExplained": False}, "/isRefusalExplained"),
        ({"isRevocabilityExplained": False}, "/isRevocabilityExplained"),
        ({"evidenceDocumentId": None}, "/evidenceDocumentId"),
        ({"giver": "REPRESENTATIVE", "representationBasis": "PARENT"}, "/giver"),
        ({"consentType": "SCHWEIGEPFLICHTENTBINDUNG"}, "/releasedPerson"),
    ],
)
async def test_an_incomplete_consent_stays_a_draft(
    anna: Person, case: dict[str, Any], change: dict[str, Any], pointer: str
) -> None:
    consent = await draft(anna, case, **change)
    problem = await act(anna, consent, "give", status=422)
    assert problem["code"] == "consent-incomplete"
    assert [fault["pointer"] for fault in problem["errors"]] == [pointer]
    assert await anna.get(f"/v1/consents/{consent['id']}") == consent


async def test_hazard_04_there_is_no_consent_of_a_family(
    anna: Person, case: dict[str, Any]
) -> None:
    """R-C4."""
    body = consent_for(case["personId"]) | {"familyId": case["familyId"]}
    problem = await anna.post(f"/v1/cases/{case['id']}/consents", body, status=422)
    assert problem["errors"][0]["code"] == "extra-forbidden"
    body = consent_for(str(uuid4()))
    problem = await anna.post(f"/v1/cases/{case['id']}/consents", body, status=409)
    assert problem["code"] == "person-unknown"


async def test_a_text_in_an_unknown_language_needs_an_interpreter(
    anna: Person, case: dict[str, Any]
) -> None:
    body = consent_for(case["personId"], language="tir")
    path = f"/v1/cases/{case['id']}/consents"
    problem = await anna.post(path, body, status=422)
    assert problem["code"] == "consent-not-understandable"
    await anna.post(path, body | {"interpreter": "Telefondolmetschen"})


async def test_a_new_consent_of_the_same_scope_ends_the_old_one(
    anna: Person, case: dict[str, Any]
) -> None:
    old = await draft(anna, case)
    other = await draft(anna, case, recipientUnit="waf-jobcenter", purpose="REFERRAL")
    await act(anna, old, "give")
    await act(anna, other, "give")
    new = await draft(anna, case, dataCategories=["IDENTITY"])
    await act(anna, new, "give")
    states = {
        one["id"]: one["state"]
        for one in (await anna.get(f"/v1/cases/{case['id']}/consents"))["items"]
    }
    assert states == {old["id"]: "SUPERSEDED", other["id"]: "ACTIVE", new["id"]: "ACTIVE"}


async def test_who_revokes_gives_a_new_consent_to_return(
    anna: Person, case: dict[str, Any]
) -> None:
    consent = await draft(anna, case)
    await act(anna, consent, "give")
    revoked = await act(anna, consent, "revoke", revokedVia="PHONE")
    assert (revoked["state"], revoked["revokedVia"]) == ("REVOKED", "PHONE")
    problem = await act(anna, consent, "give", status=409)
    assert problem["code"] == "transition-not-allowed"
    await act(anna, consent, "invalidate", status=422)
    invalid = await act(anna, consent, "invalidate", officerReference="DSB 12/2022")
    assert invalid["state"] == "INVALID"


async def test_the_day_begins_and_ends_consents_by_itself(
    anna: Person, case: dict[str, Any], database: Callable[[str], ServiceDatabase]
) -> None:
    """K4, K6: under the policies of the unit, found by a function that tells ids only."""
    today = berlin_date(now())
    tomorrow = (today + timedelta(days=1)).isoformat()
    later = await draft(anna, case, validFrom=tomorrow, purpose="REFERRAL")
    assert (await act(anna, later, "give"))["state"] == "SCHEDULED"
    ending = await draft(anna, case)
    await act(anna, ending, "give")
    dsn = database("cases")
    owner = await asyncpg.connect(dsn.owner_dsn)
    async with owner.transaction():
        # The owner moves the calendar: policies are forced on it, so it lifts them for a moment.
        await owner.execute("alter table consent no force row level security")
        await owner.execute("update consent set valid_from = $1 where id = $2", today, later["id"])
        await owner.execute(
            "update consent set valid_from = $1, valid_to = $1 where id = $2",
            today - timedelta(days=1),
            ending["id"],
        )
        await owner.execute("alter table consent force row level security")
    await owner.close()

    opened = await open_database(dsn.app_dsn, application="timer", connections_max=2)
    before = (await anna.get(f"/v1/cases/{case['id']}"))["version"]
    await keep_consents_current(opened)
    await keep_consents_current(opened)
    await opened.close()
    assert (await anna.get(f"/v1/consents/{later['id']}"))["state"] == "ACTIVE"
    assert (await anna.get(f"/v1/consents/{ending['id']}"))["state"] == "EXPIRED"
    assert (await anna.get(f"/v1/cases/{case['id']}"))["version"] == before + 2


async def test_the_evidence_of_a_consent_is_a_document_of_its_case(
    anna: Person, case: dict[str, Any]
) -> None:
    """Art. 7 (1) DSGVO: what is not there yet is announced, and its bytes can follow."""
    consent = await draft(anna, case)
    evidence = consent["evidenceDocumentId"]
    document = await anna.get(f"/v1/documents/{evidence}")
    assert (document["caseId"], document["kind"]) == (case["id"], "CONSENT_FORM")
    again = await draft(anna, case, evidenceDocumentId=evidence, purpose="REFERRAL")
    assert again["evidenceDocumentId"] == evidence
    assert len((await anna.get(f"/v1/cases/{case['id']}/documents"))["items"]) == 1

    other = await anna.post("/v1/cases", {"origin": "OUTREACH", "pseudonym": "P"})
    body = consent_for(case["personId"], evidenceDocumentId=evidence)
    refused = await anna.post(f"/v1/cases/{other['id']}/consents", body, status=409)
    assert refused["code"] == "evidence-elsewhere"
    assert (await anna.get(f"/v1/cases/{other['id']}/consents"))["items"] == []
