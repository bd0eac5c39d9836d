"""Files of a referral for an agency without software: listed, handed out after acceptance."""

from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI

from services.referrals.api.pages.files import size
from services.referrals.domain.access_links import Kind, Ticket
from shared.kernel.clock import now
from tests.services.referrals.desk import Desk
from tests.services.referrals.links.browsers import LINK_KEY, Browser, Page, link_to
from tests.services.referrals.test_attachments import PDF, announced, upload, with_file

NAME_OF_FILE = "Zeugnis Müller.pdf"
READS = (
    "select count(*) from audit_entry where action = 'read' and record_kind = 'attachment-content'"
    " and actor like 'urn:kim:link|%' and $1 = any(record_ids)"
)


async def sent_with_file(sender: Desk, subject: str) -> tuple[dict[str, Any], str]:
    """The referral and the id of its file."""
    written, stored = await with_file(sender, subject)
    return await sender.step(written, "submit"), stored["id"]


async def accept(browser: Browser, url: str) -> Page:
    await browser.do(await browser.open(url), "pull")
    assert (await browser.do(await browser.look(), "accept")).status_code == 303
    return await browser.look()


async def is_refused(browser: Browser, path: str, status: int) -> None:
    answer = await browser.get(path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "content-disposition" not in answer.headers
    assert NAME_OF_FILE not in answer.text
    assert PDF[:20] not in answer.content


@pytest.mark.parametrize(
    ("accepted", "heading", "said"),
    [
        ("de", "Anlagen", "Anliegen, PDF-Dokument, 7,0 kB"),
        ("en", "Attached files", "Need, PDF document, 7.0 kB"),
    ],
)
async def test_after_acceptance_the_page_lists_the_files_and_hands_them_out(
    app: FastAPI, sender: Desk, subject: str, owner: Any, accepted: str, heading: str, said: str
) -> None:
    sent, file_id = await sent_with_file(sender, subject)
    browser = Browser(app, accepted)
    page = await accept(browser, (await link_to(sender, sent))["url"])
    for text in (heading, NAME_OF_FILE, said):
        assert text in page.text
    [link] = [one for one in page.all("a") if not str(one["href"]).startswith("#")]
    assert link == {"href": f"attachments/{file_id}", "aria-describedby": f"file-{file_id}"}
    assert [one for one in page.all("p") if one.get("id") == f"file-{file_id}"]
    answer = await browser.get(f"/l/{link['href']}")
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''Zeugnis%20M%C3%BCller.pdf"
    )
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-length"] == str(len(PDF))
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    shown = await browser.get("/l/referral")
    policy = shown.headers["content-security-policy"]
    assert answer.headers["content-security-policy"] == f"{policy}; sandbox"
    assert await owner.fetchval(READS, UUID(file_id)) == 1


async def test_what_was_handed_out_is_what_the_receipt_names(
    app: FastAPI, sender: Desk, subject: str
) -> None:
    sent, file_id = await sent_with_file(sender, subject)
    browser = Browser(app)
    await accept(browser, (await link_to(sender, sent))["url"])
    handed = (await browser.get(f"/l/attachments/{file_id}")).content
    held = (await sender.get(f"/v1/referrals/{sent['id']}/receipt")).json()
    [named] = held["receipt"]["attachments"]
    assert named["sha256"] == sha256(handed).hexdigest()
    assert (named["id"], named["sizeBytes"]) == (file_id, len(handed))
    now_there = await sender.read(sent["id"])
    assert held["receipt"]["payloadDigest"] == now_there["payloadDigest"]
    verified = await sender.act(now_there, "verify-receipt", {"digest": held["digest"]})
    assert verified.json() == {"matches": True, "digest": held["digest"]}


async def test_before_acceptance_a_file_is_neither_named_nor_handed_out(
    app: FastAPI, sender: Desk, subject: str, owner: Any
) -> None:
    sent, file_id = await sent_with_file(sender, subject)
    browser = Browser(app)
    page = await browser.open((await link_to(sender, sent))["url"])
    for state in ("SUBMITTED", "DELIVERED"):
        assert (await sender.read(sent["id"]))["state"] == state
        assert (NAME_OF_FILE in page.text, "Anlagen" in page.text) == (False, False)
        await is_refused(browser, f"/l/attachments/{file_id}", 404)
        await browser.do(page, "pull")
        page = await browser.look()
    assert await owner.fetchval(READS, UUID(file_id)) == 0


async def test_a_file_of_another_referral_looks_like_none(
    app: FastAPI, sender: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    sent, file_id = await sent_with_file(sender, subject)
    other, foreign = await sent_with_file(sender, f"{subject}-2")
    await case_manager.step(await case_manager.step(other, "pull"), "accept")
    # The unit reads it with its software: only this link does not.
    assert (await case_manager.get(f"/v1/attachments/{foreign}/content")).status_code == 200
    waiting = await announced(sender, sent["id"], name="Später.pdf")
    await upload(sender, waiting["id"], PDF)
    browser = Browser(app)
    page = await accept(browser, (await link_to(sender, sent))["url"])
    assert "Später.pdf" not in page.text
    answers = []
    for one in (foreign, waiting["id"], str(uuid4()), "none"):
        await is_refused(browser, f"/l/attachments/{one}", 404)
        answers.append((await browser.get(f"/l/attachments/{one}")).text)
    assert len(set(answers)) == 1
    assert Page(answers[0]).all("a")[1] == {"href": "../referral"}
    assert await owner.fetchval(READS, UUID(foreign)) == 0
    assert (await browser.get(f"/l/attachments/{file_id}")).status_code == 200


async def test_without_a_session_that_lasts_there_is_no_file(
    app: FastAPI, sender: Desk, subject: str
) -> None:
    sent, file_id = await sent_with_file(sender, subject)
    path = f"/l/attachments/{file_id}"
    link = await link_to(sender, sent)
    browser = Browser(app)
    await accept(browser, link["url"])
    assert (await browser.get(path)).status_code == 200
    await is_refused(Browser(app), path, 410)
    key, secret = LINK_KEY.encode(), bytes(32)
    for ends_at in (now() - timedelta(seconds=1), now() + timedelta(minutes=5)):
        ticket = Ticket(Kind.SESSION, "05570", UUID(link["id"]), ends_at)
        late = Browser(app)
        late.http.cookies.set("kim_link", ticket.written(key, secret))
        await is_refused(late, path, 410)
    ended = await sender.client.delete(
        f"/v1/referrals/{sent['id']}/access-links/{link['id']}",
        headers={"Authorization": f"Bearer {sender.token}"},
    )
    assert ended.status_code == 200
    await is_refused(browser, path, 410)


@pytest.mark.parametrize("scan_state", ["PENDING", "INFECTED"])
async def test_what_is_not_scanned_or_harmful_is_named_and_not_handed_out(
    app: FastAPI, sender: Desk, subject: str, owner: Any, scan_state: str
) -> None:
    sent, file_id = await sent_with_file(sender, subject)
    browser = Browser(app)
    await accept(browser, (await link_to(sender, sent))["url"])
    await owner.execute(
        "update attachment set scan_state = $2 where id = $1", UUID(file_id), scan_state
    )
    page = await browser.look()
    assert (NAME_OF_FILE in page.text, "Noch nicht freigegeben" in page.text) == (True, True)
    assert [one["href"] for one in page.all("a")] == ["#content"]
    await is_refused(browser, f"/l/attachments/{file_id}", 409)


@pytest.mark.parametrize(
    ("size_bytes", "german", "english"),
    [
        (1, "1 Byte", "1 byte"),
        (999, "999 Byte", "999 bytes"),
        (1_000, "1,0 kB", "1.0 kB"),
        (25_000_000, "25,0 MB", "25.0 MB"),
    ],
)
def test_a_size_is_told_as_people_write_it(size_bytes: int, german: str, english: str) -> None:
    assert (size("de", size_bytes), size("en", size_bytes)) == (german, english)
