"""The thread of a referral: both sides, nobody named before acceptance, gone with the content."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import select

from services.referrals.storage.exchange import MESSAGE
from shared.database.connection import Database
from shared.database.statements import Statement
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import consent
from tests.services.referrals.test_answering import CM_NORD
from tests.services.referrals.test_clocks import sent, traces

BODIES = Statement(select(*MESSAGE))


def thread_of(referral: dict[str, Any]) -> str:
    return f"/v1/referrals/{referral['id']}/messages"


async def said(desk: Desk, path: str) -> list[str]:
    return [one["body"] for one in (await desk.get(path)).json()["items"]]


async def test_both_sides_write_and_read_one_thread(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    first = await sent(jobcenter, subject)
    path = thread_of(first)
    asked = await case_manager.post(path, {"body": "Gibt es einen Termin in der Woche?"})
    assert asked.status_code == 201, asked.text
    assert (asked.json()["number"], asked.json()["side"]) == (1, "RECIPIENT")
    told = await jobcenter.post(path, {"body": "Dienstags am Vormittag."})
    assert (told.json()["number"], told.json()["authorUnit"]) == (2, "waf-jobcenter")
    assert await said(jobcenter, path) == await said(case_manager, path)
    read = await jobcenter.post(f"{path}/actions/read", {"upTo": 2})
    assert read.json() == {"referralId": first["id"], "upTo": 2, "read": 1}
    items = (await case_manager.get(path)).json()["items"]
    assert [one["readAt"] is not None for one in items] == [True, False]
    assert (await jobcenter.read(first["id"]))["version"] == first["version"]
    payload = await owner.fetchval(
        "select payload::text from outbox_message where aggregate_id = $1"
        " and subject = 'kim.referrals.referral-message-posted.v1' limit 1",
        UUID(first["id"]),
    )
    assert "Termin" not in payload
    kept = await owner.fetchval(
        "select string_agg(encode(body, 'escape'), '') from idempotency_key"
    )
    assert (asked.json().get("body"), "Termin in der Woche" in kept) == (None, False)


async def test_a_message_before_acceptance_names_nobody(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    first = await sent(jobcenter, subject)
    path = thread_of(first)
    before = await traces(owner, first["id"])
    for text in (
        "Frau SAHIN kommt am Montag.",
        "Yildiz fragt nach.",
        "Bitte unter 02504 933-0 anrufen.",
        "Geboren am 12.05.1990",
        "person@example.org",
    ):
        refused = await jobcenter.post(path, {"body": text})
        assert (refused.status_code, refused.json()["code"]) == (422, "names-a-person"), text
    refused = await case_manager.post(path, {"body": "Meine Nummer: 02581 53-4000"})
    assert refused.json()["code"] == "names-a-person"
    assert await traces(owner, first["id"]) == before
    accepted = await case_manager.step(await case_manager.step(first, "pull"), "accept")
    named = await case_manager.post(path, {"body": "Frau Şahin-Öztürk war hier."})
    assert named.status_code == 201
    assert accepted["state"] == "ACCEPTED"


async def test_messages_go_with_the_content_and_no_client_deletes_one(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any, app_database: Database
) -> None:
    first = await sent(jobcenter, subject)
    path = thread_of(first)
    await case_manager.post(path, {"body": "Wir sehen es uns an."})
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await app_database.pool.execute("delete from referral_message")
    withdrawn = await jobcenter.step(first, "withdraw", {"reason": "NO_LONGER_NEEDED"})
    assert await said(jobcenter, path) == await said(case_manager, path) == []
    left = await owner.fetchval(
        "select count(*) from referral_message where referral_id = $1", UUID(first["id"])
    )
    assert left == 0
    late = await jobcenter.post(path, {"body": "Noch etwas."})
    assert (late.status_code, late.json()["code"]) == (409, "transition-not-allowed")
    assert withdrawn["state"] == "WITHDRAWN"


async def test_a_rejection_can_be_talked_about(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    first = await sent(jobcenter, subject)
    await case_manager.step(first, "reject", {"problems": [{"reason": "incomplete"}]})
    assert (await jobcenter.post(thread_of(first), {"body": "Was fehlt denn?"})).status_code == 201
    assert await said(case_manager, thread_of(first)) == ["Was fehlt denn?"]


async def test_who_has_passed_it_on_reads_no_more_and_who_has_it_now_reads_all(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database
) -> None:
    first = await sent(jobcenter, subject)
    pulled = await case_manager.step(first, "pull")
    await jobcenter.post(thread_of(first), {"body": "Bitte bald."})
    await case_manager.step(pulled, "forward", {"recipientUnit": "waf-cm-nord"})
    assert await said(case_manager, thread_of(first)) == []
    refused = await case_manager.post(thread_of(first), {"body": "Noch da."})
    assert (refused.status_code, refused.json()["code"]) == (403, "not-your-side")
    async with app_database.transaction(CM_NORD) as tx:
        rows = await tx.rows(BODIES)
        assert "Bitte bald." in {await tx.text(row["body"]) for row in rows}


async def test_f17_no_free_text_goes_to_an_authority(
    jobcenter: Desk, subject: str, app_database: Database, owner: Any
) -> None:
    decision = {
        "ground": "CLIENT_CONSENT",
        "decidedBy": "u-1",
        "decidedAt": "2026-03-10T09:00:00Z",
        "fields": ["identity.familyName", "languages.spoken"],
        "clientInformed": True,
        "reason": "Eigener Antrag",
    }
    first = await sent(
        jobcenter,
        subject,
        serviceCode="RESIDENCE_APPLICATION",
        purpose="OWN_APPLICATION",
        recipientUnit="waf-abh",
        content={"identity": {"familyName": "Muster"}, "languages": {"spoken": ["tur"]}},
        disclosureDecision=decision,
        legalGround={
            "consent": consent(
                "waf-abh", purpose="OWN_APPLICATION", categories=["identity", "languages"]
            )
        },
    )
    before = await traces(owner, first["id"])
    refused = await jobcenter.post(thread_of(first), {"body": "Eilt."})
    assert (refused.status_code, refused.json()["code"]) == (422, "messages-not-released")
    assert await traces(owner, first["id"]) == before


async def test_messages_written_at_once_are_numbered_one_by_one(
    jobcenter: Desk, case_manager: Desk, subject: str
) -> None:
    first = await sent(jobcenter, subject)
    path = thread_of(first)
    answers = await asyncio.gather(
        *(desk.post(path, {"body": "Hallo."}) for desk in (jobcenter, case_manager) * 5)
    )
    assert sorted(one.json()["number"] for one in answers) == list(range(1, 11))


async def test_a_stranger_finds_no_thread(
    case_manager: Desk, jobcenter: Desk, coordinator: Desk, subject: str, desk_of: Any
) -> None:
    first = await sent(jobcenter, subject)
    for desk, statuses in (
        (desk_of("waf-jugendamt-system"), {404}),
        (desk_of("rheine-caritas-case-manager"), {404}),
        (coordinator, {403}),
    ):
        assert (await desk.get(thread_of(first))).status_code in statuses
        assert (await desk.post(thread_of(first), {"body": "Hallo."})).status_code in statuses
    assert (await case_manager.get(thread_of(first))).status_code == 200
