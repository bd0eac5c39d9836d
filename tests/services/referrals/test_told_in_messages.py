"""What is written to an authority: in a manifest, read after acceptance, opening nothing else."""

from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from services.referrals.domain.receipt import text_digest
from shared.database.connection import Database
from shared.secrecy.columns import MARK
from tests.services.referrals.desk import Desk
from tests.services.referrals.test_clocks import traces
from tests.services.referrals.test_disclosures import FIELDS, as_app, decision
from tests.services.referrals.test_forwarding import DECISION, application
from tests.services.referrals.test_messages import said, thread_of

TEXT = "Eilt wegen der Frist."
MIGRATION = Path(
    "services/referrals/storage/migrations/versions/20261122_e504d1f2a6c7_told_in_messages.py"
)
WITH_TEXT = [*FIELDS, "messages"]
ENCLOSED = DECISION | {"fields": WITH_TEXT}
MANIFEST = """
insert into disclosure (id, tenant_id, referral_id, content_version, sender_unit, recipient_unit,
  categories, fields, disputed_fields, attachments, decision_id, payload_digest, message_id,
  disclosed_at)
values (gen_random_uuid(), '05570', $1, $2, 'waf-cm', 'waf-abh', '{}', $3, '{}', '[]', $4,
  'sha256:', $5, now())"""
READ_CONTENT = "select id from referral_content where id = $1"


@pytest.fixture
def head(directory: None, desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("waf-cm-head")


@pytest.fixture
def officer(directory: None, desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("waf-b3-officer")


async def told(
    case_manager: Desk, subject: str, **changes: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """A referral to the authority, and the message that was written to it."""
    body = application(subject, disclosureDecision=ENCLOSED, **changes)
    first = (await case_manager.post("/v1/referrals", body)).json()
    posted = await case_manager.post(thread_of(first), {"body": TEXT})
    assert posted.status_code == 201, posted.text
    return first, posted.json()


async def manifests(desk: Desk, path: str) -> list[dict[str, Any]]:
    answer = await desk.get(path)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return sorted(items, key=lambda item: -int(item["contentVersion"]))


async def test_f17_each_text_to_an_authority_stands_in_a_manifest(
    case_manager: Desk, officer: Desk, subject: str, owner: Any
) -> None:
    case_id = str(uuid4())
    first, message = await told(case_manager, subject, caseId=case_id)
    path = f"/v1/referrals/{first['id']}"
    sent, text = await manifests(case_manager, f"{path}/disclosures")
    assert (sent["contentVersion"], sent["messageId"]) == (1, None)
    assert (text["contentVersion"], text["messageId"]) == (0, message["id"])
    assert (text["fields"], text["categories"], text["attachments"]) == (["messages"], [], [])
    assert (text["senderUnit"], text["recipientUnit"]) == ("waf-cm", "waf-abh")
    assert text["payloadDigest"] == text_digest(TEXT)
    assert text["decisionId"] == sent["decisionId"] is not None
    of_person = await manifests(case_manager, f"/v1/data-subjects/disclosures?caseId={case_id}")
    assert of_person == [sent, text]
    assert await manifests(officer, f"{path}/disclosures") == []
    accepted = await officer.step(await officer.step(first, "pull"), "accept")
    assert await manifests(officer, f"{path}/disclosures") == [sent, text]
    # The receipt is of the content, as before the message; what the authority writes is no
    # disclosure; and a refused text leaves no manifest.
    receipt = (await officer.get(f"{path}/receipt")).json()["receipt"]
    assert receipt == {name: sent[name] for name in sent if name != "messageId"}
    assert (await officer.post(f"{path}/messages", {"body": "Danke."})).status_code == 201
    await case_manager.post(
        "/v1/disclosure-decisions", decision(first["id"], ground="CLIENT_CONSENT")
    )
    before = await traces(owner, accepted["id"])
    refused = await case_manager.post(f"{path}/messages", {"body": "Noch etwas."})
    assert refused.json()["code"] == "messages-not-released"
    assert await traces(owner, accepted["id"]) == before
    assert await manifests(case_manager, f"{path}/disclosures") == [sent, text]


async def test_f17_text_to_one_authority_is_not_read_by_the_next(
    case_manager: Desk, head: Desk, officer: Desk, subject: str, app_database: Database
) -> None:
    first, _ = await told(case_manager, subject)
    onward = decision(first["id"], recipientUnit="waf-ebh", fields=WITH_TEXT)
    await head.post("/v1/disclosure-decisions", onward)
    pulled = await officer.step(first, "pull")
    await officer.step(pulled, "forward", {"recipientUnit": "waf-ebh"})
    later = await case_manager.post(thread_of(first), {"body": "Bitte bald."})
    assert later.status_code == 201, later.text
    key, read = UUID(first["id"]), "select body from referral_message where referral_id = $1"
    assert await as_app(app_database, "waf-ebh", "b3_officer", read, key) == []
    for state in ("DELIVERED", "IN_REVIEW", "ACCEPTED"):
        step = f"update referral set state = '{state}' where id = $1"
        await as_app(app_database, "waf-ebh", "b3_officer", step, key)
    rows = await as_app(app_database, "waf-ebh", "b3_officer", read, key)
    assert [row["body"][:1] for row in rows] == [MARK]
    assert await as_app(app_database, "waf-abh", "b3_officer", read, key) == []


async def test_the_manifest_of_a_message_opens_no_content(
    case_manager: Desk, officer: Desk, subject: str, app_database: Database, owner: Any
) -> None:
    first, message = await told(case_manager, subject)
    await officer.step(await officer.step(first, "pull"), "accept")
    key, path = UUID(first["id"]), f"/v1/referrals/{first['id']}"
    assert len(await as_app(app_database, "waf-abh", "b3_officer", READ_CONTENT, key)) == 1
    await owner.execute("delete from disclosure where referral_id = $1 and message_id is null", key)
    assert await as_app(app_database, "waf-abh", "b3_officer", READ_CONTENT, key) == []
    assert (await officer.read(first["id"]))["content"] is None
    assert (await officer.get(f"{path}/receipt")).status_code == 404
    assert await said(officer, f"{path}/messages") == [TEXT]
    decided = await owner.fetchval("select decision_id from disclosure where referral_id = $1", key)
    mine = UUID(message["id"])
    for version, fields, about, why in (
        (1, ["messages"], mine, "ck_disclosure_message"),
        (0, ["messages"], None, "ck_disclosure_message"),
        (0, WITH_TEXT, mine, "disclosure_message"),
        (0, ["messages"], uuid4(), "disclosure_message"),
    ):
        with pytest.raises(asyncpg.CheckViolationError) as refused:
            await as_app(
                app_database,
                "waf-cm",
                "case_manager",
                MANIFEST,
                key,
                version,
                fields,
                decided,
                about,
            )
        assert refused.value.constraint_name == why
    with pytest.raises(asyncpg.UniqueViolationError):
        await as_app(
            app_database, "waf-cm", "case_manager", MANIFEST, key, 0, ["messages"], decided, mine
        )


async def test_what_was_told_before_there_were_such_manifests_gets_its_own(
    case_manager: Desk, subject: str, owner: Any
) -> None:
    first, message = await told(case_manager, subject)
    spec = spec_from_file_location("told_in_messages", MIGRATION)
    assert spec is not None
    assert spec.loader is not None
    migration = module_from_spec(spec)
    spec.loader.exec_module(migration)
    asked = (
        "select fields, decision_id, payload_digest, message_id, content_version, recipient_unit"
        " from disclosure where referral_id = $1 and message_id is not null"
    )
    key = UUID(first["id"])
    undone = owner.transaction()
    await undone.start()
    written = await owner.fetch(asked, key)
    await owner.execute("set local session_replication_role = replica")
    await owner.execute("delete from disclosure where message_id is not null")
    # As it was stored in those days.
    await owner.execute(
        "alter table referral_message drop constraint ck_referral_message_body_is_sealed"
    )
    plain = "update referral_message set body = $2 where referral_id = $1"
    await owner.execute(plain, key, TEXT)
    await owner.execute(migration.OF_BEFORE)
    again = await owner.fetch(asked, key)
    await undone.rollback()
    assert again == written
    assert [row["message_id"] for row in again] == [UUID(message["id"])]
