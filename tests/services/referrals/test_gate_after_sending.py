"""After sending: what the database refuses itself, what a head still decides, what text may go."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from shared.database.connection import Database
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import CONTENT
from tests.services.referrals.test_attachments import PDF, announced, upload
from tests.services.referrals.test_clocks import sent, traces
from tests.services.referrals.test_disclosures import FIELDS, as_app, decision, draft_of
from tests.services.referrals.test_forwarding import DECISION, application
from tests.services.referrals.test_messages import said, thread_of

ACCEPT = "update referral set state = 'ACCEPTED' where id = $1 returning id"


@pytest.fixture
def head(directory: None, desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("waf-cm-head")


@pytest.fixture
def officer(directory: None, desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("waf-b3-officer")


async def awaited(desk: Desk, referral: dict[str, Any]) -> list[list[str]]:
    listed = await desk.get(f"/v1/disclosure-requests?id={referral['id']}")
    assert listed.status_code == 200, listed.text
    return [one["fields"] for one in listed.json()["items"]]


async def test_the_database_lets_no_authority_accept_past_a_refusal(
    case_manager: Desk, head: Desk, officer: Desk, subject: str, app_database: Database
) -> None:
    """As the application's role, whatever the operation would have said."""
    first = (await case_manager.post("/v1/referrals", application(subject))).json()
    await officer.step(first, "pull")
    key = UUID(first["id"])
    refusal = decision(first["id"], outcome="REFUSE", reason="Doch nicht erforderlich")
    await head.post("/v1/disclosure-decisions", refusal)
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await as_app(app_database, "waf-abh", "b3_officer", ACCEPT, key)
    assert refused.value.constraint_name == "acceptance_decided"
    read = "select id from referral_content where id = $1"
    assert await as_app(app_database, "waf-abh", "b3_officer", read, key) == []
    await head.post("/v1/disclosure-decisions", decision(first["id"]))
    assert len(await as_app(app_database, "waf-abh", "b3_officer", ACCEPT, key)) == 1


async def test_the_database_lets_nobody_accept_under_a_revoked_ground(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database, owner: Any
) -> None:
    first = await sent(jobcenter, subject)
    pulled = await case_manager.step(first, "pull")
    key = UUID(first["id"])
    await owner.execute("update referral set consent_revoked_at = now() where id = $1", key)
    before = await traces(owner, first["id"])
    with pytest.raises(asyncpg.CheckViolationError) as refused:
        await as_app(app_database, "waf-cm", "case_manager", ACCEPT, key)
    assert refused.value.constraint_name == "acceptance_not_revoked"
    said_so = await case_manager.act(pulled, "accept")
    assert (said_so.status_code, said_so.json()["guards"]) == (422, ["consent-still-stands"])
    assert await traces(owner, first["id"]) == before


async def test_a_head_finds_the_drafts_that_wait_for_a_decision(
    case_manager: Desk, jobcenter: Desk, head: Desk, officer: Desk, subject: str
) -> None:
    body = application(subject, submit=False, disclosureDecision=None)
    draft = (await case_manager.post("/v1/referrals", body)).json()
    assert await awaited(head, draft) == await awaited(case_manager, draft) == [sorted(FIELDS)]
    assert CONTENT["identity"]["familyName"] not in (await head.get("/v1/disclosure-requests")).text
    assert await awaited(jobcenter, draft) == []
    assert (await officer.get("/v1/disclosure-requests")).status_code == 403
    form = await announced(case_manager, draft["id"], category="identity")
    await upload(case_manager, form["id"], PDF)
    # A decision that names too little leaves it waiting, with the paths of its files.
    await head.post("/v1/disclosure-decisions", decision(draft["id"]))
    assert await awaited(head, draft) == [sorted([*FIELDS, "attachments.identity"])]
    wide = decision(draft["id"], fields=[*FIELDS, "attachments.identity"])
    await head.post("/v1/disclosure-decisions", wide)
    assert await awaited(head, draft) == []
    assert (await case_manager.step(draft, "submit"))["state"] == "SUBMITTED"
    refused = await draft_of(case_manager, f"{subject}-2")
    assert await awaited(head, refused) == []  # the person's consent lies with it
    await head.post("/v1/disclosure-decisions", decision(refused["id"], outcome="REFUSE"))
    assert await awaited(head, refused) == []


async def test_f17_free_text_reaches_an_authority_where_a_decision_names_it(
    case_manager: Desk, head: Desk, officer: Desk, subject: str, app_database: Database
) -> None:
    enclosed = DECISION | {"fields": [*FIELDS, "messages"]}
    body = application(subject, disclosureDecision=enclosed)
    first = (await case_manager.post("/v1/referrals", body)).json()
    path = thread_of(first)
    told = await case_manager.post(path, {"body": "Eilt wegen der Frist."})
    assert told.status_code == 201, told.text
    assert await said(officer, path) == []  # as all of it: once accepted
    named = await case_manager.post(path, {"body": f"Frau {CONTENT['identity']['familyName']}"})
    assert named.json()["code"] == "names-a-person"  # before acceptance as everywhere
    await officer.step(await officer.step(first, "pull"), "accept")
    assert await said(officer, path) == ["Eilt wegen der Frist."]
    await head.post("/v1/disclosure-decisions", decision(first["id"]))
    refused = await case_manager.post(path, {"body": "Noch etwas."})
    assert (refused.status_code, refused.json()["code"]) == (422, "messages-not-released")
    assert await said(officer, path) == []  # the decision that stands releases no text
    read = "select body from referral_message where referral_id = $1"
    rows = await as_app(app_database, "waf-abh", "b3_officer", read, UUID(first["id"]))
    assert rows == []
    assert await said(case_manager, path) == ["Eilt wegen der Frist."]
