"""What each side sees before and after acceptance: asked over HTTP and at PostgreSQL itself."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.database.connection import Database
from shared.database.identity import SET_IDENTITY
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import CONTENT, NAME, referral

PARTS = ("sender_record", "referral_content", "referral_place", "recipient_record")


async def seen(
    database: Database, unit: str, roles: str, sql: str, *, tenant: str = "05570"
) -> list[Any]:
    """What the application role gets when the context names this unit and these roles."""
    async with database.pool.acquire() as connection, connection.transaction():
        await connection.execute(SET_IDENTITY, tenant, unit, "CM_TEAM", "test|x", f",{roles},")
        return await connection.fetch(sql)


async def parts_seen(
    database: Database, unit: str, roles: str, referral_id: str, **options: str
) -> dict[str, int]:
    found = {}
    for table in ("referral", *PARTS):
        sql = f"select * from {table} where id = '{UUID(referral_id)}'"
        found[table] = len(await seen(database, unit, roles, sql, **options))
    return found


async def test_before_acceptance_the_recipient_sees_a_preview_that_names_nobody(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    answer = await case_manager.get(f"/v1/referrals/{sent['id']}")
    preview = answer.json()
    assert {name: preview[name] for name in ("serviceCode", "topic", "urgency", "language")} == {
        "serviceCode": "CASE_MANAGEMENT",
        "topic": "HOUSING",
        "urgency": "SOON",
        "language": "tur",
    }
    assert (preview["interpreterNeeded"], preview["municipalityAgs"]) == (True, "05570044")
    assert (preview["ageBand"], preview["senderUnit"]) == ("ADULT_27_64", "waf-jobcenter")
    assert (preview["content"], preview["sending"]) == (None, None)
    for secret in (NAME, "Yıldız", "1990-05-12", "Kitaplatz", subject, "E-2026-17", "Steinstraße"):
        assert secret not in answer.text
    assert await parts_seen(app_database, "waf-cm", "case_manager", sent["id"]) == {
        "referral": 1,
        "sender_record": 0,
        "referral_content": 0,
        "referral_place": 0,
        "recipient_record": 0,
    }


@pytest.mark.parametrize("steps", [[], ["pull"], ["pull", "start-review"]])
async def test_the_database_itself_refuses_content_in_every_state_before_acceptance(
    jobcenter: Desk,
    case_manager: Desk,
    subject: str,
    app_database: Database,
    steps: list[str],
) -> None:
    referred = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    for step in steps:
        referred = await case_manager.step(referred, step)
    found = await seen(app_database, "waf-cm", "case_manager", "select * from referral_content")
    assert referred["id"] not in [str(row["id"]) for row in found]


async def test_after_acceptance_the_recipient_reads_the_content(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database
) -> None:
    body = referral(subject, disputedFields=["identity.birthDate"])
    sent = (await jobcenter.post("/v1/referrals", body)).json()
    pulled = await case_manager.step(sent, "pull")
    accepted = await case_manager.step(pulled, "accept", {"payloadDigest": sent["payloadDigest"]})
    assert "content" not in accepted
    detail = await case_manager.read(sent["id"])
    assert detail["content"] == CONTENT
    assert detail["disputedFields"] == ["identity.birthDate"]
    assert detail["sending"] is None
    assert detail["payloadDigest"] == sent["payloadDigest"]
    assert await parts_seen(app_database, "waf-cm", "case_manager", sent["id"]) == {
        "referral": 1,
        "sender_record": 0,
        "referral_content": 1,
        "referral_place": 0,
        "recipient_record": 0,
    }


async def test_a_draft_does_not_exist_for_the_other_side(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database
) -> None:
    draft = (await jobcenter.post("/v1/referrals", referral(subject, submit=False))).json()
    assert set(
        (await parts_seen(app_database, "waf-cm", "case_manager", draft["id"])).values()
    ) == {0}
    withdrawn = await jobcenter.step(draft, "withdraw", {"reason": "SENT_BY_MISTAKE"})
    assert withdrawn["state"] == "WITHDRAWN"
    assert (await case_manager.get(f"/v1/referrals/{draft['id']}")).status_code == 404


@pytest.mark.parametrize(
    ("unit", "roles", "tenant"),
    [
        ("waf-ki", "case_manager", "05570"),
        ("waf-jugendamt", "partner", "05570"),
        ("waf-abh", "b3_officer", "05570"),
        ("waf-cm", "case_manager", "05566"),
        ("waf-jobcenter", "partner", "05566"),
        ("waf-ki", "coordinator", "05570"),
        ("waf-datenschutz", "dpo", "05570"),
        ("waf-it", "admin", "05570"),
    ],
)
async def test_no_other_unit_or_tenant_sees_anything_at_the_database(
    jobcenter: Desk,
    case_manager: Desk,
    subject: str,
    app_database: Database,
    unit: str,
    roles: str,
    tenant: str,
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    await case_manager.step(await case_manager.step(sent, "pull"), "accept")
    found = await parts_seen(app_database, unit, roles, sent["id"], tenant=tenant)
    assert set(found.values()) == {0}
    events = await seen(
        app_database, unit, roles, "select referral_id from referral_event", tenant=tenant
    )
    assert UUID(sent["id"]) not in {row["referral_id"] for row in events}


@pytest.mark.parametrize("role", ["dpo", "auditor", "admin", "coordinator", "integrator"])
async def test_officers_of_the_very_unit_see_no_content_at_the_database(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database, role: str
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    await case_manager.step(await case_manager.step(sent, "pull"), "accept")
    for unit in ("waf-cm", "waf-jobcenter"):
        found = await parts_seen(app_database, unit, role, sent["id"])
        assert found["referral_content"] == 0


async def test_without_an_identity_the_database_shows_nothing(app_database: Database) -> None:
    for table in ("referral", *PARTS, "referral_event", "org_unit", "routing_rule_set"):
        rows = await app_database.pool.fetch(f"select * from {table}")
        assert rows == []


async def test_a_recipient_cannot_write_into_the_senders_parts(
    jobcenter: Desk, case_manager: Desk, subject: str, app_database: Database, owner: Any
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    await case_manager.step(await case_manager.step(sent, "pull"), "accept")
    for statement in (
        "update referral_content set content = '{}'",
        "delete from referral_content",
        "update sender_record set subject_reference = 'x'",
    ):
        await seen(app_database, "waf-cm", "case_manager", statement)
    stored = await owner.fetchrow(
        "select c.content::text as content, s.subject_reference as reference"
        " from referral_content c join sender_record s using (id) where id = $1",
        UUID(sent["id"]),
    )
    assert "familyName" in stored["content"]
    assert NAME not in stored["content"]
    read = (await case_manager.read(sent["id"]))["content"]
    assert read["identity"]["familyName"] == NAME
    assert stored["reference"] == subject


async def test_foreign_and_missing_are_the_very_same_answer(
    jobcenter: Desk, desk_of: Callable[[str], Desk], subject: str
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    missing = str(uuid4())
    for persona in ("waf-jugendamt-system", "st-jobcenter-system", "waf-b3-officer"):
        stranger = desk_of(persona)
        for tail, body in (
            ("", None),
            ("/events", None),
            ("/actions/pull", {}),
            ("/actions/accept", {}),
            ("/actions/submit", {}),
            ("/actions/withdraw", {"reason": "SENT_BY_MISTAKE"}),
        ):
            answers = []
            for referral_id in (sent["id"], missing):
                path = f"/v1/referrals/{referral_id}{tail}"
                answer = await (
                    stranger.get(path) if body is None else stranger.post(path, body, version=2)
                )
                document = answer.json()
                document.pop("requestId")
                document.pop("instance")
                answers.append((answer.status_code, document))
            assert answers[0] == answers[1]
            assert answers[0][0] == 404


async def test_another_units_list_and_feed_do_not_name_it(
    jobcenter: Desk, desk_of: Callable[[str], Desk], subject: str
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    for persona in ("waf-jugendamt-system", "st-jobcenter-system"):
        stranger = desk_of(persona)
        for path in ("referrals", "inbox", "outbox", "events"):
            answer = await stranger.get(f"/v1/{path}?first=100")
            assert answer.status_code == 200
            assert sent["id"] not in answer.text


@pytest.mark.parametrize(
    ("persona", "path", "status"),
    [
        ("waf-dpo", "referrals", 403),
        ("waf-auditor", "inbox", 403),
        ("waf-admin", "outbox", 403),
        ("waf-coordinator", "referrals", 403),
        ("waf-funding-officer", "inbox", 403),
        ("waf-unit-head", "inbox", 403),
        ("waf-integrator", "inbox", 403),
        ("waf-b3-officer", "outbox", 403),
        ("waf-b3-officer", "inbox", 200),
        ("waf-abh-system", "outbox", 403),
        ("waf-team-lead", "inbox", 200),
        ("waf-jobcenter-system", "manual-queue", 403),
        ("waf-case-manager", "manual-queue", 403),
        ("waf-admin", "manual-queue", 403),
        ("waf-case-manager", "signpostings", 200),
        ("waf-jobcenter-system", "signpostings", 403),
        ("waf-integrator", "events", 200),
        ("waf-dpo", "events", 403),
        ("waf-dpo", "org-units", 200),
        ("waf-dpo", "audit-entries", 200),
        ("waf-admin", "audit-entries", 403),
        ("waf-case-manager", "audit-entries", 403),
    ],
)
async def test_every_door_opens_to_its_roles(
    directory: None, desk_of: Callable[[str], Desk], persona: str, path: str, status: int
) -> None:
    assert (await desk_of(persona).get(f"/v1/{path}")).status_code == status


async def test_without_a_token_nobody_comes_in(jobcenter: Desk) -> None:
    answer = await jobcenter.client.get("/v1/inbox")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


async def test_hazard_01_a_foreigners_authority_cannot_send(
    directory: None, desk_of: Callable[[str], Desk], subject: str, owner: Any
) -> None:
    for persona in ("waf-abh-system", "waf-b3-officer"):
        answer = await desk_of(persona).post("/v1/referrals", referral(subject))
        assert answer.status_code == 403


async def test_f17_an_own_application_reaches_the_authority_with_its_decision_only(
    case_manager: Desk, desk_of: Callable[[str], Desk], subject: str, owner: Any
) -> None:
    content = {"identity": CONTENT["identity"], "languages": CONTENT["languages"]}
    body = referral(
        subject,
        mode="ZUSTEUERUNG_OUT",
        serviceCode="RESIDENCE_APPLICATION",
        purpose="OWN_APPLICATION",
        topic="RESIDENCE_LAW",
        recipientUnit="waf-abh",
        content=content,
        legalGround={
            "consent": {
                "reference": "E-ABH-1",
                "givenOn": "2026-01-01",
                "validTo": "2099-12-31",
                "purpose": "OWN_APPLICATION",
                "recipientUnit": "waf-abh",
                "categories": ["identity", "languages"],
            }
        },
    )
    refused = await case_manager.post("/v1/referrals", body)
    assert (refused.status_code, refused.json()["guards"]) == (422, ["disclosure-is-decided"])
    body["disclosureDecision"] = {
        "ground": "CLIENT_CONSENT",
        "decidedBy": "u-head",
        "decidedAt": "2026-03-10T09:00:00Z",
        "fields": [
            "identity.familyName",
            "identity.givenNames",
            "identity.birthDate",
            "languages.spoken",
        ],
        "clientInformed": True,
        "reason": "Hilfe beim Antrag",
    }
    sent = (await case_manager.post("/v1/referrals", body)).json()
    assert sent["state"] == "SUBMITTED"
    officer = desk_of("waf-b3-officer")
    before = await officer.get(f"/v1/referrals/{sent['id']}")
    assert NAME not in before.text
    accepted = await officer.step(await officer.step(before.json(), "pull"), "accept")
    assert (await officer.read(accepted["id"]))["content"] == content
    for table in ("outbox_message", "audit_entry", "idempotency_key", "referral_event"):
        rows = await owner.fetch(f"select t::text as row from {table} t")
        text = "\n".join(row["row"] for row in rows)
        for secret in (NAME, "Kitaplatz", "1990-05-12"):
            assert secret not in text
            assert secret.encode().hex() not in text


async def test_every_read_is_in_the_audit_log(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    await case_manager.get(f"/v1/referrals/{sent['id']}", KIM_Purpose="REFERRAL")
    await case_manager.get("/v1/inbox?first=100")
    reads = await owner.fetch(
        "select unit_id, purpose from audit_entry"
        " where action = 'read' and $1 = any(record_ids) and unit_id = 'waf-cm' order by at",
        UUID(sent["id"]),
    )
    assert [(row["unit_id"], row["purpose"]) for row in reads] == [
        ("waf-cm", "REFERRAL"),
        ("waf-cm", "CASE_WORK"),
    ]


async def test_f10_for_whom_a_partners_software_acts_is_in_the_audit_log(
    jobcenter: Desk, subject: str, owner: Any
) -> None:
    said = "fachverfahren|s.muster"
    sent = (await jobcenter.post("/v1/referrals", referral(subject), KIM_End_User=said)).json()
    await jobcenter.get(f"/v1/referrals/{sent['id']}", KIM_End_User=said)
    await jobcenter.get(f"/v1/referrals/{sent['id']}")
    entries = await owner.fetch(
        "select action = 'read' as is_read, end_user from audit.audit_entry"
        " where $1 = any(record_ids) order by at",
        UUID(sent["id"]),
    )
    assert {row["end_user"] for row in entries if not row["is_read"]} == {said}
    assert [row["end_user"] for row in entries if row["is_read"]][-2:] == [said, ""]
