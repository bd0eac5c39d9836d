"""Documents with content, related cases, four eyes on a plan, assessments over time."""

import asyncio
import hashlib
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from services.cases.operations.look_after_documents import remove_objects
from shared.database.connection import open_database
from shared.messaging.consumer import Consumer
from shared.objects.media_types import ScanState
from shared.objects.scanner import Scanner
from shared.objects.store import Objects
from tests.apis import bearer
from tests.engines import ServiceDatabase
from tests.services.cases.api.test_case_types import published, whole_opening
from tests.services.cases.conftest import Person, SignedIn, today
from tests.services.cases.erasing import erase
from tests.shared.test_uploads import archive

PDF = b"%PDF-1.7\n" + b"inhalt " * 1000


async def announced(person: Person, case_id: str) -> dict[str, Any]:
    body = {"title": "Zeugnis Müller", "kind": "CERTIFICATE"}
    document: dict[str, Any] = await person.post(f"/v1/cases/{case_id}/documents", body)
    return document


async def upload(person: Person, document_id: str, content: bytes) -> httpx.Response:
    return await person.client.put(
        f"/v1/documents/{document_id}/content", content=content, headers=bearer(person.token)
    )


async def download(person: Person, document_id: str) -> httpx.Response:
    return await person.client.get(
        f"/v1/documents/{document_id}/content", headers=bearer(person.token)
    )


def kept(documents_folder: Path, document_id: str) -> list[Path]:
    return list(documents_folder.glob(f"*/*/{document_id}/*"))


async def test_a_document_is_stored_as_sent_and_comes_back_as_an_attachment(
    anna: Person, case: dict[str, Any]
) -> None:
    document = await announced(anna, case["id"])
    assert document["sha256"] is None
    assert (await download(anna, document["id"])).json()["code"] == "document-has-no-content"
    stored = (await upload(anna, document["id"], PDF)).json()
    assert stored["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert (stored["sizeBytes"], stored["mediaType"]) == (len(PDF), "application/pdf")
    assert stored["scanState"] == "NOT_SCANNED"
    answer = await download(anna, document["id"])
    assert answer.content == PDF
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''Zeugnis%20M%C3%BCller.pdf"
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    listed = await anna.get(f"/v1/cases/{case['id']}/documents")
    assert [item["id"] for item in listed["items"]] == [document["id"]]


async def test_content_is_written_once(
    anna: Person, case: dict[str, Any], documents_folder: Path
) -> None:
    document = await announced(anna, case["id"])
    first = (await upload(anna, document["id"], PDF)).json()
    assert (await upload(anna, document["id"], PDF)).json() == first
    other = await upload(anna, document["id"], PDF + b"x")
    assert (other.status_code, other.json()["code"]) == (409, "document-has-content")
    assert (await download(anna, document["id"])).content == PDF
    assert len(kept(documents_folder, document["id"])) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"\xef\xbb\xbf  <svg/>",
        b"MZ\x90\x00" * 400,
        b"text\x00mit NUL",
        b"%PDF-1.7\n" + bytes(200_000) + archive(program=b"x"),
        b"Guten Tag\n" * 20_000 + b"\x00",
    ],
)
async def test_content_that_is_no_document_is_refused_and_not_kept(
    anna: Person, case: dict[str, Any], documents_folder: Path, content: bytes
) -> None:
    document = await announced(anna, case["id"])
    answer = await upload(anna, document["id"], content)
    assert (answer.status_code, answer.json()["code"]) == (422, "content-type-refused")
    assert kept(documents_folder, document["id"]) == []
    assert (await anna.get(f"/v1/documents/{document['id']}"))["sha256"] is None


@pytest.mark.parametrize("is_announced", [True, False])
async def test_more_than_the_limit_is_refused_and_not_kept(
    anna: Person, case: dict[str, Any], documents_folder: Path, *, is_announced: bool
) -> None:
    document = await announced(anna, case["id"])
    large = b"%PDF-" + bytes(2_000_001)

    async def chunks() -> Any:
        for start in range(0, len(large), 65536):
            yield large[start : start + 65536]

    answer = await anna.client.put(
        f"/v1/documents/{document['id']}/content",
        content=large if is_announced else chunks(),
        headers=bearer(anna.token),
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")
    assert kept(documents_folder, document["id"]) == []


async def test_documents_of_another_unit_do_not_exist(
    anna: Person, signed_in: SignedIn, case: dict[str, Any]
) -> None:
    document = await announced(anna, case["id"])
    await upload(anna, document["id"], PDF)
    stranger = signed_in("rheine-caritas-case-manager")
    for document_id in (document["id"], str(uuid4())):
        await stranger.get(f"/v1/documents/{document_id}", status=404)
        assert (await download(stranger, document_id)).status_code == 404
        assert (await upload(stranger, document_id, PDF)).status_code == 404


async def test_erased_documents_leave_the_store(
    anna: Person,
    case: dict[str, Any],
    documents_folder: Path,
    consumer: Consumer,
    cases_database: ServiceDatabase,
) -> None:
    document = await announced(anna, case["id"])
    await upload(anna, document["id"], PDF)
    assert len(kept(documents_folder, document["id"])) == 1
    await anna.act(case["id"], "decline", declineReason="WITHDRAWN")
    await erase(anna, consumer, cases_database, case["id"])
    await anna.get(f"/v1/documents/{document['id']}", status=404)
    database = await open_database(cases_database.app_dsn, application="test", connections_max=1)
    await remove_objects(database, Objects(str(documents_folder)))
    await database.close()
    assert kept(documents_folder, document["id"]) == []


async def clamd(answer: bytes) -> tuple[asyncio.Server, str]:
    """A scanner that reads one INSTREAM as clamd does and gives this answer."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readexactly(10) == b"zINSTREAM\0"
        while size := int.from_bytes(await reader.readexactly(4), "big"):
            await reader.readexactly(size)
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    return server, f"127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (b"stream: OK\0", ScanState.CLEAN),
        (b"stream: Eicar-Test-Signature FOUND\0", ScanState.INFECTED),
        (b"INSTREAM size limit exceeded. ERROR\0", ScanState.PENDING),
    ],
)
async def test_what_the_scanner_says_decides_who_may_read(
    anna: Person,
    case: dict[str, Any],
    answer: bytes,
    state: ScanState,
    use_scanner: Any,
) -> None:
    server, address = await clamd(answer)
    use_scanner(Scanner(address))
    async with server:
        document = await announced(anna, case["id"])
        stored = (await upload(anna, document["id"], PDF)).json()
    assert stored["scanState"] == state
    got = await download(anna, document["id"])
    assert got.status_code == (200 if state is ScanState.CLEAN else 409)
    if state is ScanState.PENDING:
        assert got.json()["code"] == "document-not-released"
        again, address = await clamd(b"stream: OK\0")
        use_scanner(Scanner(address))
        async with again:
            assert (await upload(anna, document["id"], PDF)).json()["scanState"] == "CLEAN"


async def test_a_scanner_that_is_away_leaves_the_document_pending(
    anna: Person, case: dict[str, Any], use_scanner: Any
) -> None:
    use_scanner(Scanner("127.0.0.1:1"))
    document = await announced(anna, case["id"])
    assert (await upload(anna, document["id"], PDF)).json()["scanState"] == "PENDING"


async def test_cases_are_related_by_kind_and_seen_from_both_sides(
    anna: Person, signed_in: SignedIn, case: dict[str, Any]
) -> None:
    other = await anna.post("/v1/cases", {"origin": "OUTREACH", "pseudonym": "Folgefall"})
    path = f"/v1/cases/{case['id']}/related-cases"
    body = {"relatedCaseId": other["id"], "relation": "FOLLOW_UP"}
    related = await anna.post(path, body)
    assert (await anna.get(path))["items"] == [related]
    assert (await anna.get(f"/v1/cases/{other['id']}/related-cases"))["items"] == [related]
    assert (await anna.post(path, body, status=409))["code"] == "already-exists"
    itself = {"relatedCaseId": case["id"], "relation": "SIBLING"}
    assert (await anna.post(path, itself, status=422))["code"] == "case-related-to-itself"
    stranger = signed_in("rheine-caritas-case-manager")
    theirs = await stranger.post("/v1/cases", {"origin": "OUTREACH", "pseudonym": "Fremd"})
    await anna.post(path, body | {"relatedCaseId": theirs["id"]}, status=404)


async def test_each_assessment_is_a_new_entry_and_the_latest_is_current(
    anna: Person, case: dict[str, Any]
) -> None:
    path = f"/v1/cases/{case['id']}/assessment-entries"
    entry = {
        "fieldOfAction": "WORK",
        "situation": "Sucht Arbeit.",
        "resources": "Ausbildung.",
        "hasClientTakenPart": True,
        "assessedOn": today(),
    }
    for need, score in (("HIGH", 80), ("LOW", 20)):
        await anna.post(path, entry | {"need": need, "score": score})
    await anna.post(path, entry | {"need": "MEDIUM", "fieldOfAction": "HOUSING"})
    await anna.post(path, entry | {"need": "LOW", "score": 101}, status=422)
    items = (await anna.get(path))["items"]
    shown = [(i["fieldOfAction"], i["need"], i["score"], i["isCurrent"]) for i in items]
    assert shown == [
        ("HOUSING", "MEDIUM", None, True),
        ("WORK", "LOW", 20, True),
        ("WORK", "HIGH", 80, False),
    ]
    work = (await anna.get(path, fieldOfAction="WORK"))["items"]
    assert [item["isCurrent"] for item in work] == [True, False]


async def test_where_the_type_asks_a_second_person_approves_the_plan(
    anna: Person, bernd: Person, signed_in: SignedIn, cases_database: ServiceDatabase
) -> None:
    keeper = signed_in("waf-coordinator")
    kind = await published(keeper, needsPlanApproval=True)
    case = await anna.post("/v1/cases", whole_opening() | {"caseType": kind["code"]})
    case_id = case["id"]
    entry = {
        "fieldOfAction": "WORK",
        "need": "MEDIUM",
        "situation": "Sucht Arbeit.",
        "resources": "Ausbildung.",
        "hasClientTakenPart": True,
        "assessedOn": today(),
    }
    await anna.post(f"/v1/cases/{case_id}/assessment-entries", entry)
    await anna.act(case_id, "finish-assessment")
    measure = {"text": "Bewerben", "responsibleKind": "CLIENT"}
    goals = [{"fieldOfAction": "WORK", "text": "Arbeit", "measures": [measure]}]
    plan = await anna.post(f"/v1/cases/{case_id}/plan-versions", {"goals": goals})
    steps = f"/v1/plan-versions/{plan['id']}/actions"
    early = await bernd.post(f"{steps}/approve", version=plan["version"], status=409)
    assert early["code"] == "plan-not-agreed"
    agreement = {"agreedOn": today(), "language": "ukr"}
    plan = await anna.post(f"{steps}/agree", agreement, version=plan["version"], status=200)
    refused = await anna.act(case_id, "agree-plan", status=422)
    assert refused["guards"] == ["plan-approved"]
    own = await anna.post(f"{steps}/approve", version=plan["version"], status=409)
    assert own["code"] == "plan-needs-other-eyes"
    approval = await bernd.post(f"{steps}/approve", version=plan["version"], status=200)
    assert approval["author"] != approval["approver"]
    assert await anna.get(f"/v1/plan-versions/{plan['id']}/approval") == approval
    assert (await anna.act(case_id, "agree-plan"))["state"] == "LINKING"


async def test_the_database_itself_refuses_two_eyes(
    anna: Person, case_in_monitoring: dict[str, Any], cases_database: ServiceDatabase
) -> None:
    plan_id = case_in_monitoring["currentPlan"]["id"]
    connection = await asyncpg.connect(cases_database.app_dsn)
    insert = (
        "insert into plan_approval (id, tenant_id, unit_id, case_id, recorded_by, recorded_at,"
        " plan_version_id, author, approved_on) values (gen_random_uuid(), '05570', 'waf-cm', $1,"
        " $2, now(), $3, $4, current_date)"
    )
    for name, value in (
        ("app.tenant", "05570"),
        ("app.unit", "waf-cm"),
        ("app.roles", ",case_manager,"),
        ("app.unit_type", "CM_TEAM"),
    ):
        await connection.execute("select set_config($1, $2, false)", name, value)
    author = await connection.fetchval(
        "select recorded_by from plan_version where id = $1", plan_id
    )
    with pytest.raises(asyncpg.CheckViolationError):
        await connection.execute(insert, case_in_monitoring["id"], author, plan_id, author)
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await connection.execute(insert, case_in_monitoring["id"], author, plan_id, "x|another")
    await connection.close()
