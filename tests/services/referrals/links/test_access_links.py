"""Links for agencies without software: opened once, over after eight days, never to authorities."""

import asyncio
import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from fastapi import FastAPI

from services.referrals.domain.access_links import Kind, LinkOver, Ticket
from shared.database.connection import Database
from shared.database.identity import SET_IDENTITY
from shared.kernel.errors import NotFound
from tests.services.referrals.desk import Desk
from tests.services.referrals.links.browsers import LINK_KEY, PUBLIC_URL, Browser, Page, link_to
from tests.services.referrals.papers import CONTENT, NAME, referral
from tests.services.referrals.test_forwarding import application

SEEN = "select used_at, revoked_at, refusals from access_link where id = $1"


def altered(url: str, place: int) -> str:
    """The same link with one bit of another part turned over."""
    token = url.rsplit("/", 1)[1]
    raw = bytearray(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    raw[place] ^= 1
    return f"{PUBLIC_URL}/l/{base64.urlsafe_b64encode(bytes(raw)).rstrip(b'=').decode()}"


async def test_a_referral_is_taken_and_accepted_through_a_link(
    app: FastAPI, sender: Desk, sent: dict[str, Any]
) -> None:
    link = await link_to(sender, sent)
    assert link["url"].startswith(f"{PUBLIC_URL}/l/")
    browser = Browser(app)
    page = await browser.open(link["url"])
    assert NAME not in page.text
    assert "Wohnen" in page.text
    assert page.buttons == ["pull", "reject"]
    assert (await browser.do(page, "pull")).status_code == 303
    page = await browser.look()
    assert NAME not in page.text
    assert page.buttons == ["accept", "reject"]
    assert (await browser.do(page, "accept")).status_code == 303
    page = await browser.look()
    for said in (NAME, "Yıldız", "12.05.1990", CONTENT["need"]["summary"]):
        assert said in page.text
    assert page.buttons == []
    assert (await sender.read(sent["id"]))["state"] == "ACCEPTED"


async def test_a_link_opens_once(
    app: FastAPI, sender: Desk, sent: dict[str, Any], owner: Any
) -> None:
    link = await link_to(sender, sent)
    browsers = [Browser(app) for _ in range(20)]
    answers = await asyncio.gather(*(browser.send(link["url"]) for browser in browsers))
    assert sorted(answer.status_code for answer in answers) == [303, *[410] * 19]
    assert sum("set-cookie" in answer.headers for answer in answers) == 1
    row = await owner.fetchrow(SEEN, UUID(link["id"]))
    assert (row["used_at"] is None, row["revoked_at"], row["refusals"]) == (False, None, 0)
    late = await Browser(app).send(link["url"])
    assert (late.status_code, "schon einmal geöffnet" in late.text) == (410, True)


async def test_fetching_a_link_burns_nothing(
    app: FastAPI, sender: Desk, sent: dict[str, Any], owner: Any
) -> None:
    link = await link_to(sender, sent)
    for _ in range(3):
        page = await Browser(app).get(link["url"])
        assert page.status_code == 200
        assert "set-cookie" not in page.headers
        for said in (NAME, sent["id"], "waf-cm", "Wohnen"):
            assert said not in page.text
    row = await owner.fetchrow(SEEN, UUID(link["id"]))
    assert tuple(row) == (None, None, 0)
    assert (await sender.read(sent["id"]))["version"] == sent["version"]
    await Browser(app).open(link["url"])


async def test_a_link_ends_after_eight_days(
    app: FastAPI, sender: Desk, sent: dict[str, Any], owner: Any
) -> None:
    path = f"/v1/referrals/{sent['id']}/access-links"
    refused = await sender.post(path, {"validDays": 9})
    assert (refused.status_code, refused.json()["code"]) == (422, "fields-refused")
    assert (await sender.get(path)).json()["items"] == []
    link = await link_to(sender, sent, validDays=8)
    made, ends = (datetime.fromisoformat(link[name]) for name in ("createdAt", "expiresAt"))
    assert timedelta(days=8, seconds=-1) < ends - made <= timedelta(days=8)
    token = link["url"].rsplit("/", 1)[1]
    key = LINK_KEY.encode()
    assert Ticket.read(token, key, Kind.LINK, ends - timedelta(seconds=1)).ends_at == ends
    with pytest.raises(LinkOver):
        Ticket.read(token, key, Kind.LINK, ends)
    with pytest.raises(NotFound):
        Ticket.read(token, key, Kind.SESSION, made)
    with pytest.raises(asyncpg.CheckViolationError):
        await owner.execute(
            "update access_link set expires_at = created_at + interval '8 days 1 second'"
            " where id = $1",
            UUID(link["id"]),
        )
    await owner.execute(
        "update access_link set expires_at = now() - interval '1 second' where id = $1",
        UUID(link["id"]),
    )
    over = await Browser(app).send(link["url"])
    assert (over.status_code, "gilt nicht mehr" in over.text) == (410, True)


async def test_five_wrong_tries_end_a_link(
    app: FastAPI, sender: Desk, sent: dict[str, Any], owner: Any
) -> None:
    link = await link_to(sender, sent)
    head, mac, secret = 0, 40, -1
    for place in (head, mac):  # not signed by us: no table is asked
        for method in ("GET", "POST"):
            forged = await Browser(app).http.request(method, altered(link["url"], place))
            assert forged.status_code == 404
    assert tuple(await owner.fetchrow(SEEN, UUID(link["id"]))) == (None, None, 0)
    for tries in range(1, 6):
        wrong = await Browser(app).send(altered(link["url"], secret))
        assert wrong.status_code == 404
        row = await owner.fetchrow(SEEN, UUID(link["id"]))
        assert (row["refusals"], row["revoked_at"] is None) == (tries, tries < 5)
    assert (await Browser(app).send(link["url"])).status_code == 410
    assert (await Browser(app).send(altered(link["url"], secret))).status_code == 404


async def test_a_new_link_and_a_withdrawn_one_end_the_session(
    app: FastAPI, sender: Desk, sent: dict[str, Any]
) -> None:
    path = f"/v1/referrals/{sent['id']}/access-links"
    former = await link_to(sender, sent)
    first = Browser(app)
    page = await first.open(former["url"])
    latter = await link_to(sender, sent)
    assert (await first.get("/l/referral")).status_code == 410
    assert (await first.do(page, "pull")).status_code == 410
    second = Browser(app)
    await second.open(latter["url"])
    ended = await sender.client.delete(
        f"{path}/{latter['id']}", headers={"Authorization": f"Bearer {sender.token}"}
    )
    assert (ended.status_code, ended.json()["revokedAt"] is None) == (200, False)
    assert (await second.get("/l/referral")).status_code == 410
    assert (await sender.read(sent["id"]))["state"] == "SUBMITTED"
    listed = (await sender.get(path)).json()["items"]
    assert [one["id"] for one in listed] == [latter["id"], former["id"]]
    assert "url" not in listed[0]


async def test_the_address_of_a_link_is_told_once_and_kept_nowhere(
    sender: Desk, sent: dict[str, Any], owner: Any
) -> None:
    path = f"/v1/referrals/{sent['id']}/access-links"
    key = f"link-{uuid4().hex}"
    told = await sender.post(path, {"validDays": 1}, key=key)
    again = await sender.post(path, {"validDays": 1}, key=key)
    assert (again.json()["id"], again.json()["url"]) == (told.json()["id"], None)
    assert again.headers["idempotency-replayed"] == "true"
    token = told.json()["url"].rsplit("/", 1)[1]
    tried = await sender.post(f"{path}?dryRun=true", {"validDays": 1})
    assert (tried.status_code, PUBLIC_URL in tried.text) == (200, False)
    for table in ("access_link", "idempotency_key", "audit_entry", "outbox_message"):
        rows = await owner.fetch(f"select t::text as row from {table} t")
        assert not any(token in row["row"] for row in rows), table


async def test_no_link_to_an_authority(
    app: FastAPI,
    sender: Desk,
    subject: str,
    token_for: Callable[[str], str],
    app_database: Database,
    sent: dict[str, Any],
    owner: Any,
) -> None:
    case_manager = Desk(sender.client, token_for("waf-case-manager"))
    to_abh = (await case_manager.post("/v1/referrals", application(f"{subject}-abh"))).json()
    assert to_abh["recipientUnit"] == "waf-abh"
    path = f"/v1/referrals/{to_abh['id']}/access-links"
    refused = await case_manager.post(path)
    assert (refused.status_code, refused.json()["code"]) == (422, "not-for-authorities")
    count = "select count(*) from access_link where referral_id = $1"
    assert await owner.fetchval(count, UUID(to_abh["id"])) == 0
    made = (
        "insert into access_link (id, tenant_id, referral_id, sender_unit, unit_id, token_digest,"
        " created_at, created_by, expires_at, refusals) values ($1, '05570', $2, 'waf-cm',"
        " 'waf-abh', '', now(), 'x', now(), 0)"
    )
    async with app_database.pool.acquire() as connection, connection.transaction():
        identity = ("05570", "waf-cm", "CM_TEAM", "test|x", ",case_manager,")
        await connection.execute(SET_IDENTITY, *identity)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(made, uuid4(), UUID(to_abh["id"]))
    # A unit that became an authority after the link was made.
    link = await link_to(sender, sent)
    browser, late = Browser(app), Browser(app)
    await browser.open(link["url"])
    later = await link_to(sender, sent)
    await owner.execute("update org_unit set type = 'ABH' where unit_id = 'waf-cm'")
    try:
        shut = await late.send(later["url"])
    finally:
        await owner.execute("update org_unit set type = 'CM_TEAM' where unit_id = 'waf-cm'")
    assert (shut.status_code, "Ausländer" in shut.text) == (422, True)


@pytest.mark.parametrize("persona", ["waf-case-manager", "rheine-caritas-case-manager"])
async def test_only_the_sender_makes_and_sees_links(
    sender: Desk, sent: dict[str, Any], persona: str, token_for: Callable[[str], str], owner: Any
) -> None:
    link = await link_to(sender, sent)
    other = Desk(sender.client, token_for(persona))
    path = f"/v1/referrals/{sent['id']}/access-links"
    assert (await other.post(path)).status_code == 404
    listed = await other.get(path)
    assert listed.status_code == 404 or listed.json()["items"] == []
    headers = {"Authorization": f"Bearer {other.token}"}
    assert (await other.client.delete(f"{path}/{link['id']}", headers=headers)).status_code == 404
    assert tuple(await owner.fetchrow(SEEN, UUID(link["id"]))) == (None, None, 0)


async def test_without_a_key_there_are_no_links(jobcenter: Desk, subject: str) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    refused = await jobcenter.post(f"/v1/referrals/{sent['id']}/access-links")
    assert (refused.status_code, refused.json()["code"]) == (409, "links-are-off")
    ticket = Ticket(Kind.LINK, "05570", uuid4(), datetime(2099, 1, 1, tzinfo=UTC))
    for key in (b"", b"guessed"):
        page = await jobcenter.client.get(f"/l/{ticket.written(key, bytes(32))}")
        assert page.status_code == 409


async def test_a_draft_has_no_link(sender: Desk, subject: str) -> None:
    draft = (await sender.post("/v1/referrals", referral(subject, submit=False))).json()
    refused = await sender.post(f"/v1/referrals/{draft['id']}/access-links")
    assert (refused.status_code, refused.json()["code"]) == (409, "link-needs-sending")


def test_a_page_reads_as_it_is_written() -> None:
    assert Page("<p>a<b>c</b></p>").text == "ac"
