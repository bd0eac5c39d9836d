"""Files that go with a referral: announced, streamed in, seen by whom the manifest names."""

import os
import time
import tracemalloc
from collections.abc import AsyncIterator, Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from services.referrals.operations.look_after_attachments import (
    remove_objects,
    rescan,
    sweep_objects,
)
from shared.database.connection import Database
from shared.objects.intake import Archive
from shared.objects.store import Objects
from tests.services.cases.api.test_documents_looked_after import clamd
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import referral
from tests.services.referrals.test_forwarding import DECISION, application
from tests.shared.test_uploads import archive

PDF = b"%PDF-1.7\n" + b"inhalt " * 1000
MEGABYTE = 1_000_000


async def announced(desk: Desk, referral_id: str, **changes: Any) -> dict[str, Any]:
    body = {"name": "Zeugnis Müller.pdf", "category": "need"} | changes
    answer = await desk.post(f"/v1/referrals/{referral_id}/attachments", body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def upload(desk: Desk, attachment_id: str, content: Any) -> httpx.Response:
    return await desk.client.put(
        f"/v1/attachments/{attachment_id}/content",
        content=content,
        headers={"Authorization": f"Bearer {desk.token}"},
    )


async def download(desk: Desk, attachment_id: str) -> httpx.Response:
    return await desk.get(f"/v1/attachments/{attachment_id}/content")


async def draft(desk: Desk, subject: str, **changes: Any) -> dict[str, Any]:
    answer = await desk.post("/v1/referrals", referral(subject, submit=False, **changes))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def with_file(desk: Desk, subject: str) -> tuple[dict[str, Any], dict[str, Any]]:
    written = await draft(desk, subject)
    attachment = await announced(desk, written["id"])
    stored = await upload(desk, attachment["id"], PDF)
    assert stored.status_code == 200, stored.text
    return written, stored.json()


def kept(folder: Path, attachment_id: str) -> list[Path]:
    return list(folder.glob(f"*/*/{attachment_id}/*"))


async def test_announced_is_not_uploaded(jobcenter: Desk, subject: str, owner: Any) -> None:
    written = await draft(jobcenter, subject)
    attachment = await announced(jobcenter, written["id"])
    assert (attachment["sha256"], attachment["scanState"]) == (None, None)
    for action in ("prepare", "submit"):
        refused = await jobcenter.act(written, action)
        assert (refused.status_code, refused.json()["code"]) == (422, "attachment-missing")
        assert refused.json()["attachmentIds"] == [attachment["id"]]
    assert (await jobcenter.read(written["id"]))["version"] == written["version"]
    manifests = await owner.fetchval(
        "select count(*) from disclosure where referral_id = $1", UUID(written["id"])
    )
    assert manifests == 0
    await upload(jobcenter, attachment["id"], PDF)
    assert (await jobcenter.step(written, "submit"))["state"] == "SUBMITTED"


async def test_the_recipient_reads_it_after_acceptance_and_it_is_in_the_receipt(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    written, stored = await with_file(jobcenter, subject)
    assert (stored["mediaType"], stored["sizeBytes"]) == ("application/pdf", len(PDF))
    sent = await jobcenter.step(written, "submit")
    pulled = await case_manager.step(sent, "pull")
    path = f"/v1/referrals/{sent['id']}"
    assert (await case_manager.get(f"{path}/attachments")).json()["items"] == []
    assert (await download(case_manager, stored["id"])).status_code == 404
    await case_manager.step(pulled, "accept")
    answer = await download(case_manager, stored["id"])
    assert answer.content == PDF
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''Zeugnis%20M%C3%BCller.pdf"
    )
    mine, theirs = await jobcenter.get(f"{path}/receipt"), await case_manager.get(f"{path}/receipt")
    assert mine.content == theirs.content
    receipt = mine.json()["receipt"]
    assert receipt["attachments"] == [
        {
            "id": stored["id"],
            "category": "need",
            "sha256": sha256(PDF).hexdigest(),
            "sizeBytes": len(PDF),
        }
    ]
    assert "attachments.need" in receipt["fields"]
    assert "Müller" not in mine.text  # a file name may say too much


async def test_a_file_counts_like_a_part_of_the_content(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    written = await draft(jobcenter, subject)
    attachment = await announced(jobcenter, written["id"], category="health")
    await upload(jobcenter, attachment["id"], PDF)
    refused = await jobcenter.act(written, "submit")
    assert refused.json()["guards"] == ["content-is-minimal"]
    taken = await jobcenter.client.delete(
        f"/v1/attachments/{attachment['id']}",
        headers={"Authorization": f"Bearer {jobcenter.token}", "Idempotency-Key": uuid4().hex},
    )
    assert taken.status_code == 200
    assert (await jobcenter.step(written, "submit"))["state"] == "SUBMITTED"
    # To an authority: the decision names the files, too.
    body = application(f"{subject}-2", submit=False)
    own = (await case_manager.post("/v1/referrals", body)).json()
    form = await announced(case_manager, own["id"], category="identity")
    await upload(case_manager, form["id"], PDF)
    stopped = await case_manager.act(own, "submit")
    assert stopped.json()["guards"] == ["disclosure-is-decided"]
    named = DECISION | {"fields": [*DECISION["fields"], "attachments.identity"]}
    changed = {key: value for key, value in body.items() if key != "submit"}
    changed["disclosureDecision"] = named
    replaced = await case_manager.put(f"/v1/referrals/{own['id']}", changed, version=own["version"])
    assert (await case_manager.step(replaced.json(), "submit"))["state"] == "SUBMITTED"


async def test_an_attachment_of_25_megabytes_streams_and_one_byte_more_is_413(
    jobcenter: Desk, subject: str, attachments_folder: Path
) -> None:
    written = await draft(jobcenter, subject)

    async def chunks(size: int) -> AsyncIterator[bytes]:
        yield b"%PDF-"
        left = size - 5
        part = bytes(65_536)
        while left:
            yield part[: min(left, len(part))]
            left -= min(left, len(part))

    large = await announced(jobcenter, written["id"])
    tracemalloc.start()
    stored = await upload(jobcenter, large["id"], chunks(25 * MEGABYTE))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (stored.status_code, stored.json()["sizeBytes"]) == (200, 25 * MEGABYTE)
    assert peak < 8 * MEGABYTE
    larger = await announced(jobcenter, written["id"])
    refused = await upload(jobcenter, larger["id"], chunks(25 * MEGABYTE + 1))
    assert (refused.status_code, refused.json()["code"]) == (413, "body-too-large")
    assert kept(attachments_folder, larger["id"]) == []


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"<html><script>", b"MZ\x90\x00" * 400, b"PK\x03\x04\x00", b"\x7fELF\x02\x01"),
        PDF * 20 + archive(program=b"x"),
    ],
)
async def test_a_program_named_pdf_is_415(
    jobcenter: Desk, subject: str, attachments_folder: Path, content: bytes
) -> None:
    written = await draft(jobcenter, subject)
    attachment = await announced(jobcenter, written["id"], name="bescheid.pdf")
    answer = await upload(jobcenter, attachment["id"], content)
    assert (answer.status_code, answer.json()["code"]) == (415, "attachment-type-refused")
    assert kept(attachments_folder, attachment["id"]) == []
    seen = await jobcenter.get(f"/v1/attachments/{attachment['id']}")
    assert (seen.json()["sha256"], seen.json()["version"]) == (None, 1)


async def test_text_named_like_a_program_or_a_path_goes_out_as_text(
    jobcenter: Desk, subject: str
) -> None:
    written = await draft(jobcenter, subject)
    attachment = await announced(jobcenter, written["id"], name="../\u202ebescheid.pdf.bat")
    stored = await upload(jobcenter, attachment["id"], b"@echo off\r\nformat c:\r\n")
    assert (stored.status_code, stored.json()["mediaType"]) == (200, "text/plain")
    answer = await download(jobcenter, attachment["id"])
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''__bescheid.pdf.bat.txt"
    )
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_an_upload_happens_once(
    jobcenter: Desk, subject: str, attachments_folder: Path
) -> None:
    written, stored = await with_file(jobcenter, subject)
    assert (await upload(jobcenter, stored["id"], PDF)).json() == stored
    other = await upload(jobcenter, stored["id"], PDF + b"x")
    assert (other.status_code, other.json()["code"]) == (409, "attachment-differs")
    assert len(kept(attachments_folder, stored["id"])) == 1
    await jobcenter.step(written, "submit")
    late = await upload(jobcenter, stored["id"], PDF + b"x")
    assert (late.status_code, late.json()["code"]) == (409, "attachment-differs")
    assert len(kept(attachments_folder, stored["id"])) == 1


async def test_attachments_go_with_the_content(
    jobcenter: Desk,
    case_manager: Desk,
    subject: str,
    attachments_folder: Path,
    app_database: Database,
    owner: Any,
) -> None:
    written, stored = await with_file(jobcenter, subject)
    sent = await jobcenter.step(written, "submit")
    await jobcenter.step(sent, "withdraw", {"reason": "CLIENT_CHANGED_MIND"})
    rows = await owner.fetchval(
        "select count(*) from attachment where referral_id = $1", UUID(sent["id"])
    )
    assert rows == 0
    assert (await download(jobcenter, stored["id"])).status_code == 404
    assert len(kept(attachments_folder, stored["id"])) == 1
    objects = Objects(str(attachments_folder))
    await remove_objects(app_database, objects)
    await remove_objects(app_database, objects)
    assert kept(attachments_folder, stored["id"]) == []
    receipt = (await jobcenter.get(f"/v1/referrals/{sent['id']}/receipt")).json()["receipt"]
    assert [one["id"] for one in receipt["attachments"]] == [stored["id"]]


async def test_bytes_of_a_killed_upload_are_swept_and_others_stay(
    jobcenter: Desk, subject: str, attachments_folder: Path, app_database: Database
) -> None:
    _, stored = await with_file(jobcenter, subject)
    [mine] = kept(attachments_folder, stored["id"])
    orphan = mine.with_name(str(uuid4()))
    orphan.write_bytes(PDF)
    long_ago = time.time() - 10_000
    for file in (mine, orphan):
        os.utime(file, (long_ago, long_ago))
    young = mine.with_name(str(uuid4()))
    young.write_bytes(PDF)
    await sweep_objects(app_database, Objects(str(attachments_folder)), grace_s=3600)
    assert set(kept(attachments_folder, stored["id"])) == {mine, young}


async def test_what_is_harmful_is_neither_read_nor_sent(
    jobcenter: Desk,
    subject: str,
    attachments_folder: Path,
    app_database: Database,
    owner: Any,
) -> None:
    written, stored = await with_file(jobcenter, subject)
    await owner.execute(
        "update attachment set scan_state = 'PENDING' where id = $1", UUID(stored["id"])
    )
    waiting = await download(jobcenter, stored["id"])
    assert (waiting.status_code, waiting.json()["code"]) == (409, "attachment-not-released")
    async with clamd(b"stream: Eicar FOUND\0") as scanner:
        archive = Archive(objects=Objects(str(attachments_folder)), scanner=scanner)
        await rescan(app_database, archive)
    assert (await download(jobcenter, stored["id"])).status_code == 409
    refused = await jobcenter.act(written, "submit")
    assert refused.json()["attachmentIds"] == [stored["id"]]


async def test_files_of_others_do_not_exist(
    jobcenter: Desk, case_manager: Desk, desk_of: Callable[[str], Desk], subject: str
) -> None:
    written, stored = await with_file(jobcenter, subject)
    for desk in (case_manager, desk_of("waf-b3-officer"), desk_of("rheine-coordinator")):
        for answer in (
            await desk.get(f"/v1/attachments/{stored['id']}"),
            await download(desk, stored["id"]),
            await upload(desk, stored["id"], PDF),
            await desk.get(f"/v1/referrals/{written['id']}/attachments"),
        ):
            assert answer.status_code in {403, 404}
