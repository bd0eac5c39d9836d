"""K2: what is not oral comes into force only when its evidence is stored."""

from base64 import b64encode
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.kernel.ids import new_id
from shared.objects.scanner import Scanner
from tests.engines import ServiceDatabase
from tests.services.cases.api.test_case_types import whole_opening
from tests.services.cases.api.test_documents import clamd, download, kept
from tests.services.cases.conftest import EVIDENCE, Person, consent_for
from tests.services.cases.erasing import as_owner


async def drafted(anna: Person, case: dict[str, Any], **changes: Any) -> Any:
    body = consent_for(case["personId"], **changes)
    return await anna.post(f"/v1/cases/{case['id']}/consents", body)


async def counts(database: ServiceDatabase) -> dict[str, int]:
    found = {}
    for table in ("document", "consent", "outbox_message"):
        found[table] = await as_owner(database, table, f"select count(*) from {table}")
    return found


async def trail(database: ServiceDatabase, case_id: str) -> list[int]:
    """What was written about a case: audit entries and events."""
    return [
        await as_owner(
            database,
            "audit_entry",
            "select count(*) from audit_entry where $1 = any(record_ids)",
            case_id,
        ),
        await as_owner(database, "outbox_message", "select count(*) from outbox_message"),
    ]


async def refused(anna: Person, consent: Any, language: str = "de") -> Any:
    path = f"/v1/consents/{consent['id']}/actions/give"
    version = consent["version"]
    return await anna.post(path, version=version, status=422, language=language)


@pytest.mark.parametrize("form", ["SCHRIFTLICH", "ELEKTRONISCH"])
async def test_a_consent_without_its_evidence_stays_a_draft_until_the_bytes_are_there(
    anna: Person, case: dict[str, Any], cases_database: ServiceDatabase, form: str
) -> None:
    consent = await drafted(anna, case, form=form)
    before = await trail(cases_database, case["id"])
    for language, word in (("de", "Nachweis"), ("en", "evidence")):
        problem = await refused(anna, consent, language)
        assert (problem["code"], problem["guards"]) == ("evidence-not-stored", ["evidence-stored"])
        assert word in problem["detail"]
        [fault] = problem["errors"]
        assert (fault["pointer"], fault["code"]) == ("/evidenceDocumentId", "evidence-not-stored")
    assert await trail(cases_database, case["id"]) == before
    assert await anna.get(f"/v1/consents/{consent['id']}") == consent
    assert (await anna.give(consent))["state"] == "ACTIVE"


async def test_an_oral_consent_needs_no_evidence(anna: Person, case: dict[str, Any]) -> None:
    oral = {"form": "MUENDLICH", "formReason": "Am Telefon.", "witness": "urn:test|zweite"}
    consent = await drafted(anna, case, evidenceDocumentId=None, **oral)
    path = f"/v1/consents/{consent['id']}/actions/give"
    given = await anna.post(path, version=consent["version"], status=200)
    assert given["state"] == "ACTIVE"


async def test_infected_evidence_proves_nothing(
    anna: Person, case: dict[str, Any], use_scanner: Any
) -> None:
    consent = await drafted(anna, case)
    server, address = await clamd(b"stream: Eicar FOUND\0")
    use_scanner(Scanner(address))
    async with server:
        await anna.prove(consent)
    assert (await refused(anna, consent))["code"] == "evidence-not-stored"
    assert await anna.get(f"/v1/consents/{consent['id']}") == consent


def opening_with(**evidence: Any) -> tuple[dict[str, Any], str]:
    """An opening with a file as evidence, and the id that its document gets."""
    opening, document_id = whole_opening(), str(new_id())
    opening["consent"]["evidenceDocumentId"] = document_id
    opening["consent"]["evidence"] |= evidence
    return opening, document_id


def sent(content: bytes) -> str:
    return b64encode(content).decode()


async def test_one_call_opens_a_case_with_its_consent_and_the_evidence(
    anna: Person, documents_folder: Path
) -> None:
    content = EVIDENCE + bytes(999_999 - len(EVIDENCE))
    opening, document_id = opening_with(contentBase64=sent(content))
    case = await anna.post("/v1/cases", opening)
    assert case["state"] == "ASSESSMENT"
    [consent] = (await anna.get(f"/v1/cases/{case['id']}/consents"))["items"]
    assert (consent["state"], consent["evidenceDocumentId"]) == ("ACTIVE", document_id)
    document = await anna.get(f"/v1/documents/{document_id}")
    assert (document["title"], document["kind"]) == ("Einwilligung", "CONSENT_FORM")
    assert (await download(anna, document_id)).content == content
    assert len(kept(documents_folder, document_id)) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (
            {"contentBase64": sent(b"<html></html>"), "contentType": "text/plain"},
            "content-type-refused",
        ),
        ({"contentType": "image/png"}, "content-type-refused"),
        ({"contentBase64": sent(bytes(1_000_000))}, "fields-refused"),
        ({"contentBase64": "kein Base64"}, "fields-refused"),
        ({"contentBase64": ""}, "fields-refused"),
    ],
    ids=["markup", "not-as-said", "too-large", "no-base64", "empty"],
)
async def test_an_opening_whose_evidence_is_refused_records_and_keeps_nothing(
    anna: Person, cases_database: ServiceDatabase, documents_folder: Path,
    change: dict[str, Any], code: str,
) -> None:  # fmt: skip
    opening, document_id = opening_with(**change)
    before = await counts(cases_database)
    problem = await anna.post("/v1/cases", opening, status=422)
    assert problem["code"] == code
    assert await counts(cases_database) == before
    assert kept(documents_folder, document_id) == []


async def test_an_opening_that_fails_later_takes_its_evidence_out_of_the_store(
    anna: Person, cases_database: ServiceDatabase, documents_folder: Path, use_scanner: Any
) -> None:
    opening, document_id = opening_with()
    del opening["informationNotice"]
    before = await counts(cases_database)
    problem = await anna.post("/v1/cases", opening, status=422)
    assert problem["guards"] == ["information-notice-given"]

    infected, infected_id = opening_with()
    server, address = await clamd(b"stream: Eicar FOUND\0")
    use_scanner(Scanner(address))
    async with server:
        problem = await anna.post("/v1/cases", infected, status=422)
    assert problem["code"] == "evidence-not-stored"

    assert await counts(cases_database) == before
    assert kept(documents_folder, document_id) == kept(documents_folder, infected_id) == []


async def test_an_opening_asked_twice_keeps_its_evidence_once(
    anna: Person, documents_folder: Path
) -> None:
    opening, document_id = opening_with()
    headers = {"Authorization": f"Bearer {anna.token}", "Idempotency-Key": uuid4().hex}
    answers = [await anna.client.post("/v1/cases", json=opening, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert len(kept(documents_folder, document_id)) == 1
    again = opening_with()[0]
    again["consent"]["evidenceDocumentId"] = document_id
    problem = await anna.post("/v1/cases", again, status=409)
    assert problem["code"] == "evidence-elsewhere"
    assert len(kept(documents_folder, str(UUID(document_id)))) == 1


async def test_an_opening_without_evidence_gives_no_written_consent(
    anna: Person, cases_database: ServiceDatabase
) -> None:
    opening, document_id = opening_with()
    del opening["consent"]["evidence"]
    before = await counts(cases_database)
    problem = await anna.post("/v1/cases", opening, status=422)
    assert (problem["code"], problem["guards"]) == ("evidence-not-stored", ["evidence-stored"])
    assert await counts(cases_database) == before
    await anna.get(f"/v1/documents/{document_id}", status=404)
