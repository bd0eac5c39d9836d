"""A closed case file leaves as an xdomea message with its documents, and is written down."""

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from xml.etree import ElementTree as ET

import httpx
import pytest

from services.cases.domain.facts import CaseState
from services.cases.domain.lifecycle import CaseAction
from services.cases.domain.xdomea import NAMESPACE
from tests.apis import bearer
from tests.services.cases.conftest import Person, SignedIn, today
from tests.services.cases.proofs.case_files import CaseFile
from tests.services.cases.proofs.stored import Connection

PDF = b"%PDF-1.7\n" + b"inhalt " * 20_000
TEXT = "Vermerk über das Gespräch.\n".encode()
X = f"{{{NAMESPACE}}}"
AUDITED = """
select actor, record_kind, record_ids, changes from audit_entry
 where action = 'disclose-file' and record_ids @> array[$1::uuid] order by at"""


@pytest.fixture
def machine(signed_in: SignedIn) -> Person:
    """The system of the same unit that keeps its records."""
    return signed_in("waf-cm-records")


async def evaluated(anna: Person, admin: Connection) -> CaseFile:
    file = CaseFile(anna, admin, "", CaseAction.CLOSE)
    await file.reach(CaseState.EVALUATION)
    return file


async def added(person: Person, case_id: str, title: str, content: bytes | None) -> str:
    document = await person.post(
        f"/v1/cases/{case_id}/documents", {"title": title, "kind": "LETTER"}
    )
    if content is not None:
        answer = await person.client.put(
            f"/v1/documents/{document['id']}/content",
            content=content,
            headers=bearer(person.token),
        )
        assert answer.status_code == 200, answer.text
    return str(document["id"])


async def fetch(person: Person, case_id: str) -> httpx.Response:
    return await person.client.get(f"/v1/cases/{case_id}/file.zip", headers=bearer(person.token))


def stored(folder: Path, document_id: str) -> list[Path]:
    return list(folder.glob(f"*/*/{document_id}/*"))


def children(element: ET.Element) -> list[str]:
    return [child.tag.removeprefix(X) for child in element]


def record_of(raw: bytes, case: dict[str, Any]) -> ET.Element:
    """The Akte of a message whose frame is as the standard has it."""
    root = ET.fromstring(raw)  # noqa: S314 - made here
    assert children(root) == ["Kopf", "Schriftgutobjekt"]
    assert children(root[0]) == [
        "ProzessID", "Nachrichtentyp", "Erstellungszeitpunkt", "Absender", "Empfaenger",
        "SendendesSystem", "Importbestaetigung", "RueckmeldungArchivkennung",
        "Empfangsbestaetigung",
    ]  # fmt: skip
    [record] = root[1]
    steps = len(case["phases"])
    assert children(record) == [
        "Identifikation", "AllgemeineMetadaten", "ArchivspezifischeMetadaten", "Typ", "Laufzeit",
        *["HistorienProtokollInformation"] * steps, "Akteninhalt", "ZdA", "ZdADatum",
    ]  # fmt: skip
    assert record.findtext(f"{X}Identifikation/{X}ID") == case["id"]
    assert record.findtext(f"{X}AllgemeineMetadaten/{X}Kennzeichen") == case["reference"]
    assert record.findtext(f"{X}Laufzeit/{X}Beginn") == case["openedOn"]
    assert record.findtext(f"{X}Laufzeit/{X}Ende") == case["closedOn"] == today()
    keeping = record.find(f"{X}ArchivspezifischeMetadaten")
    assert keeping is not None
    assert keeping.findtext(f"{X}Aufbewahrungsende") == case["deletionDueOn"]
    years = int(keeping.findtext(f"{X}Aufbewahrungsdauer/{X}AnzahlJahre") or 0)
    assert years >= int(case["deletionDueOn"][:4]) - int(today()[:4])
    return record


async def test_a_closed_file_leaves_as_xdomea(
    anna: Person, machine: Person, admin: Connection
) -> None:
    file = await evaluated(anna, admin)
    path = f"/v1/cases/{file.id}/documents"
    [evidence] = [one["id"] for one in (await anna.get(path))["items"]]
    letter = await added(anna, file.id, "Bescheid über <Wohngeld> & mehr", PDF)
    note = await added(anna, file.id, "Vermerk", TEXT)
    empty = await added(anna, file.id, "Nie hochgeladen", None)
    await anna.act(file.id, "close", closingReason="GOALS_REACHED")
    case = await anna.get(f"/v1/cases/{file.id}")
    answer = await fetch(machine, file.id)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    name = answer.headers["content-disposition"].split('"')[1]
    process, _, rest = name.partition("_")
    assert (str(UUID(process)), rest) == (process, "Aussonderung.Aussonderung.0503.zip")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    message = f"{process}_Aussonderung.Aussonderung.0503.xml"
    files = [f"{evidence}.pdf", f"{letter}.pdf", f"{note}.txt"]
    assert archive.namelist() == [message, *files]
    assert archive.read(f"{letter}.pdf") == PDF
    assert archive.read(f"{note}.txt") == TEXT
    raw = archive.read(message)
    assert b"<xdomea:Aussonderung.Aussonderung.0503 xmlns:xdomea=" in raw
    record = record_of(raw, case)
    [process_of_file] = record.findall(f"{X}Akteninhalt/{X}Vorgang")
    assert children(process_of_file) == [
        "Identifikation", "AllgemeineMetadaten", "ArchivspezifischeMetadaten", "Typ", "ZdA",
        "ZdADatum", "Laufzeit", "Dokument", "Dokument", "Dokument",
    ]  # fmt: skip
    documents = process_of_file.findall(f"{X}Dokument")
    assert [one.findtext(f"{X}Identifikation/{X}ID") for one in documents] == [
        evidence,
        letter,
        note,
    ]
    assert children(documents[1]) == [
        "Identifikation", "AllgemeineMetadaten", "Typ", "Version",
        "AnwendungsspezifischeErweiterung",
    ]  # fmt: skip
    assert documents[1].findtext(f".//{X}Betreff") == "Bescheid über <Wohngeld> & mehr"
    assert [one.findtext(f".//{X}Dateiname") for one in documents] == files
    assert [one.findtext(f".//{X}Wert") for one in documents[1:]] == [
        hashlib.sha256(content).hexdigest() for content in (PDF, TEXT)
    ]
    assert empty.encode() not in raw
    assert b"Kowalenko" not in raw
    [entry] = await admin.fetch(AUDITED, UUID(file.id))
    assert entry["actor"].endswith("waf-cm-records")
    assert entry["record_kind"] == "case"
    changes: Any = entry["changes"]
    assert hashlib.sha256(raw).hexdigest() in str(changes)
    assert letter in str(changes)


async def test_the_same_file_has_the_same_process_and_each_transfer_its_entry(
    anna: Person, machine: Person, admin: Connection
) -> None:
    file = await evaluated(anna, admin)
    await anna.act(file.id, "close", closingReason="GOALS_REACHED")
    names = {(await fetch(machine, file.id)).headers["content-disposition"] for _ in range(2)}
    assert len(names) == 1
    assert len(await admin.fetch(AUDITED, UUID(file.id))) == 2


async def test_only_the_closed_file_of_the_own_unit_leaves_and_only_to_a_machine(
    anna: Person, machine: Person, admin: Connection, signed_in: SignedIn
) -> None:
    file = await evaluated(anna, admin)
    early = await fetch(machine, file.id)
    assert (early.status_code, early.json()["code"]) == (409, "file-is-not-closed")
    await anna.act(file.id, "close", closingReason="GOALS_REACHED")
    for persona, status in (
        ("waf-case-manager", 403),
        ("waf-team-lead", 403),
        ("waf-admin", 403),
        ("waf-dpo", 403),
        ("waf-integrator", 404),
        ("waf-b3-officer", 404),
        ("rheine-caritas-case-manager", 403),
    ):
        assert (await fetch(signed_in(persona), file.id)).status_code == status, persona
    assert (await fetch(machine, str(uuid4()))).status_code == 404
    assert await admin.fetch(AUDITED, UUID(file.id)) == []


async def test_a_restricted_file_stays_and_a_lost_document_is_said_first(
    anna: Person, machine: Person, admin: Connection, documents_folder: Path
) -> None:
    file = await evaluated(anna, admin)
    document = await added(anna, file.id, "Brief", PDF)
    await anna.act(file.id, "close", closingReason="GOALS_REACHED")
    restrict = "update case_record set is_processing_restricted = $2 where id = $1::uuid"
    await admin.execute(restrict, file.id, True)
    refused = await fetch(machine, file.id)
    assert (refused.status_code, refused.json()["code"]) == (409, "processing-is-restricted")
    await admin.execute(restrict, file.id, False)
    await admin.execute("update document set scan_state = 'INFECTED' where id = $1::uuid", document)
    infected = await fetch(machine, file.id)
    assert (infected.status_code, infected.json()["code"]) == (409, "document-not-released")
    await admin.execute("update document set scan_state = 'CLEAN' where id = $1::uuid", document)
    [kept] = stored(documents_folder, document)
    whole = kept.read_bytes()
    kept.unlink()
    lost = await fetch(machine, file.id)
    assert (lost.status_code, lost.json()["code"]) == (404, "content-lost")
    assert await admin.fetch(AUDITED, UUID(file.id)) == []
    kept.write_bytes(whole[:-1] + b"!")
    with pytest.raises(AssertionError):  # the answer breaks off: it is never complete
        await fetch(machine, file.id)
