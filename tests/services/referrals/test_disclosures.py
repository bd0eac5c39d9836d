"""The gate: what leaves a unit, under which decision, and the receipt that both sides hold."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.database.connection import Database
from shared.database.identity import SET_IDENTITY
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import CONTENT, NAME, consent, referral
from tests.services.referrals.test_forwarding import DECISION, application, traces

FIELDS: list[str] = DECISION["fields"]
MANIFEST = """
insert into disclosure (id, tenant_id, referral_id, content_version, sender_unit, recipient_unit,
  categories, fields, disputed_fields, attachments, decision_id, payload_digest, disclosed_at)
values ($1, '05570', $2, $3, $4, $5, '{}', $6, '{}', '[]', $7, 'sha256:', now())"""


def decision(referral_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "referralId": referral_id,
        "recipientUnit": "waf-abh",
        "outcome": "RELEASE",
        "ground": "AUFENTHG_87_1",
        "fields": FIELDS,
        "clientInformed": True,
        "reason": "Ersuchen vom 9. März",
        "requestReference": "ABH-17/26",
    } | changes


@pytest.fixture
def head(directory: None, desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("waf-cm-head")


@pytest.fixture
def officer(directory: None, desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("waf-b3-officer")


async def draft_of(case_manager: Desk, subject: str, **changes: Any) -> dict[str, Any]:
    body = application(subject, submit=False, **changes)
    answer = await case_manager.post("/v1/referrals", body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def as_app(database: Database, unit: str, roles: str, sql: str, *values: Any) -> list[Any]:
    async with database.pool.acquire() as connection, connection.transaction():
        await connection.execute(SET_IDENTITY, "05570", unit, "CM_TEAM", "test|x", f",{roles},")
        return await connection.fetch(sql, *values)


async def test_only_a_unit_head_decides_on_other_grounds(
    case_manager: Desk, jobcenter: Desk, head: Desk, officer: Desk, subject: str, owner: Any
) -> None:
    enclosed = DECISION | {"ground": "AUFENTHG_87_1"}
    draft = await draft_of(case_manager, subject, disclosureDecision=enclosed)
    before = await traces(owner, draft["id"])
    refused = await case_manager.act(draft, "submit")
    assert (refused.status_code, refused.json()["guards"]) == (422, ["disclosure-is-decided"])
    path = "/v1/disclosure-decisions"
    mine = await case_manager.post(path, decision(draft["id"]))
    assert (mine.status_code, mine.json()["code"]) == (403, "head-decides")
    foreign = await jobcenter.post(path, decision(draft["id"], ground="CLIENT_CONSENT"))
    assert foreign.status_code == 404
    assert (await officer.post(path, decision(draft["id"]))).status_code == 403
    assert await traces(owner, draft["id"]) == before

    decided = await head.post(path, decision(draft["id"]))
    assert decided.status_code == 201, decided.text
    who = await owner.fetchval(
        "select actor from audit_entry where action = 'disclosure-decided'"
        " and $1 = any(record_ids)",
        UUID(decided.json()["id"]),
    )
    assert (decided.json()["decidedBy"], decided.json()["recordedBy"]) == (who, who)
    sent = await case_manager.step(draft, "submit")
    assert sent["state"] == "SUBMITTED"
    manifests = (await head.get(f"/v1/referrals/{sent['id']}/disclosures")).json()["items"]
    assert [one["decisionId"] for one in manifests] == [decided.json()["id"]]


async def test_a_refused_disclosure_is_recorded_too(
    case_manager: Desk, head: Desk, subject: str, owner: Any
) -> None:
    draft = await draft_of(case_manager, subject)
    refusal = decision(draft["id"], outcome="REFUSE", reason="§ 88 AufenthG steht entgegen")
    recorded = (await head.post("/v1/disclosure-decisions", refusal)).json()
    listed = await head.get(f"/v1/disclosure-decisions?referralId={draft['id']}")
    assert [(one["id"], one["outcome"]) for one in listed.json()["items"]] == [
        (recorded["id"], "REFUSE")
    ]
    stopped = await case_manager.act(draft, "submit")  # the consent enclosed does not overrule it
    assert (stopped.status_code, stopped.json()["guards"]) == (422, ["disclosure-is-decided"])
    kept = await owner.fetchval(
        "select count(*) from disclosure where referral_id = $1", UUID(draft["id"])
    )
    assert kept == 0
    later = await head.post("/v1/disclosure-decisions", decision(draft["id"]))
    assert later.status_code == 201
    assert (await case_manager.step(draft, "submit"))["state"] == "SUBMITTED"


async def test_a_refusal_after_sending_stops_the_acceptance(
    case_manager: Desk, head: Desk, officer: Desk, subject: str, owner: Any
) -> None:
    sent = (await case_manager.post("/v1/referrals", application(subject))).json()
    pulled = await officer.step(sent, "pull")
    refusal = decision(sent["id"], outcome="REFUSE", reason="Doch nicht erforderlich")
    assert (await head.post("/v1/disclosure-decisions", refusal)).status_code == 201
    before = await traces(owner, sent["id"])
    stopped = await officer.act(pulled, "accept")
    assert (stopped.status_code, stopped.json()["code"]) == (422, "disclosure-not-decided")
    seen = await officer.read(sent["id"])
    assert (seen["state"], seen["content"]) == ("DELIVERED", None)
    assert await traces(owner, sent["id"]) == before


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"recipientUnit": "waf-jugendamt"}, 422, "decision-not-needed"),
        ({"recipientUnit": "nobody-here"}, 409, "unit-unknown"),
        ({"referralId": "01a2013f-1b03-7324-ad6f-0024d258d046"}, 404, "not-found"),
        ({"fields": []}, 422, "fields-refused"),
        ({"decidedBy": "u-1"}, 422, "fields-refused"),
    ],
)
async def test_a_decision_about_nothing_is_refused(
    case_manager: Desk,
    head: Desk,
    subject: str,
    changes: dict[str, Any],
    status: int,
    code: str,
) -> None:
    draft = await draft_of(case_manager, subject)
    answer = await head.post("/v1/disclosure-decisions", decision(draft["id"]) | changes)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    listed = await head.get(f"/v1/disclosure-decisions?referralId={draft['id']}")
    assert listed.json()["items"] == []


async def test_f17_forwarding_reaches_an_authority_with_a_decision_of_its_own(
    case_manager: Desk, head: Desk, officer: Desk, subject: str, app_database: Database
) -> None:
    sent = (await case_manager.post("/v1/referrals", application(subject))).json()
    pulled = await officer.step(sent, "pull")
    narrow = decision(sent["id"], recipientUnit="waf-ebh", fields=FIELDS[:1])
    await head.post("/v1/disclosure-decisions", narrow)
    refused = await officer.act(pulled, "forward", {"recipientUnit": "waf-ebh"})
    assert refused.json()["guards"] == ["disclosure-is-decided"]
    await head.post("/v1/disclosure-decisions", decision(sent["id"], recipientUnit="waf-ebh"))
    forwarded = await officer.step(pulled, "forward", {"recipientUnit": "waf-ebh"})
    assert (forwarded["state"], forwarded["recipientUnit"]) == ("FORWARDED", "waf-ebh")
    manifests = (await case_manager.get(f"/v1/referrals/{sent['id']}/disclosures")).json()
    assert [one["recipientUnit"] for one in manifests["items"]] == ["waf-abh", "waf-ebh"]
    assert manifests["items"][0]["fields"] == manifests["items"][1]["fields"] == sorted(FIELDS)
    seen = await as_app(app_database, "waf-ebh", "b3_officer", "select * from referral_content")
    assert seen == []


async def test_the_database_refuses_a_manifest_without_decision(
    case_manager: Desk, subject: str, app_database: Database, owner: Any
) -> None:
    """As the application's role, whatever the operations above would have said."""
    one = (await case_manager.post("/v1/referrals", application(subject))).json()
    other = (await case_manager.post("/v1/referrals", application(f"{subject}-2"))).json()
    theirs = await owner.fetchval(
        "select decision_id from disclosure where referral_id = $1", UUID(other["id"])
    )
    mine = await owner.fetchval(
        "select decision_id from disclosure where referral_id = $1", UUID(one["id"])
    )
    beyond = [*FIELDS, "health.summary"]
    for decision_id, fields in ((None, FIELDS), (theirs, FIELDS), (mine, beyond)):
        with pytest.raises(asyncpg.CheckViolationError) as refused:
            await as_app(
                app_database, "waf-cm", "case_manager", MANIFEST,
                uuid4(), UUID(one["id"]), 2, "waf-cm", "waf-abh", fields, decision_id,
            )  # fmt: skip
        assert refused.value.constraint_name == "disclosure_decided"
    for sender, recipient in (("waf-cm", "waf-ebh"), ("waf-jobcenter", "waf-abh")):
        with pytest.raises(asyncpg.PostgresError):
            await as_app(
                app_database, "waf-cm", "case_manager", MANIFEST,
                uuid4(), UUID(one["id"]), 2, sender, recipient, FIELDS, mine,
            )  # fmt: skip
    for statement in ("update disclosure set fields = '{}'", "delete from disclosure_decision"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await as_app(app_database, "waf-cm", "case_manager", statement)
    head_only = (
        "insert into disclosure_decision select uuidv7(), tenant_id, unit_id, referral_id,"
        " recipient_unit, outcome, 'AUFENTHG_87_1', fields, client_informed, reason,"
        " request_reference, decided_by, decided_at, recorded_by, recorded_at"
        " from disclosure_decision where id = $1"
    )
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await as_app(app_database, "waf-cm", "case_manager", head_only, mine)


async def test_without_a_manifest_of_its_version_nothing_is_seen(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    accepted = await case_manager.step(await case_manager.step(sent, "pull"), "accept")
    assert (await case_manager.read(accepted["id"]))["content"] == CONTENT
    await owner.execute(
        "update referral_content set version = 2 where id = $1", UUID(accepted["id"])
    )
    later = await case_manager.read(accepted["id"])
    assert (later["content"], later["disputedFields"]) == (None, None)
    assert (await jobcenter.read(accepted["id"]))["content"] == CONTENT


PATHS = [f"{part}.{member}" for part, members in CONTENT.items() for member in members]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(named=st.sets(st.sampled_from([*PATHS, "health.summary", "identity"])))
async def test_the_recipient_sees_exactly_the_fields_of_the_manifest(
    app_database: Database, named: set[str]
) -> None:
    async with app_database.pool.acquire() as connection:
        found = await connection.fetchval("select content_within($1, $2)", CONTENT, sorted(named))
    seen = {f"{part}.{member}" for part, members in found.items() for member in members}
    assert seen == named & set(PATHS)
    assert all(CONTENT[part][m] == value for part in found for m, value in found[part].items())


async def test_a_narrow_manifest_narrows_what_is_read(
    jobcenter: Desk, case_manager: Desk, subject: str, owner: Any
) -> None:
    body = referral(subject, disputedFields=["identity.birthDate", "need.summary"])
    sent = (await jobcenter.post("/v1/referrals", body)).json()
    await case_manager.step(await case_manager.step(sent, "pull"), "accept")
    await owner.execute(
        "update disclosure set fields = '{identity.familyName,need.summary}'"
        " where referral_id = $1",
        UUID(sent["id"]),
    )
    seen = await case_manager.read(sent["id"])
    assert seen["content"] == {
        "identity": {"familyName": NAME},
        "need": {"summary": CONTENT["need"]["summary"]},
    }
    assert seen["disputedFields"] == ["need.summary"]
    assert [one["field"] for one in seen["disputes"]] == ["need.summary"]


async def test_a_consent_of_another_unit_reaches_no_authority(
    case_manager: Desk, subject: str
) -> None:
    ground = {"consent": consent("waf-ki", purpose="OWN_APPLICATION")}
    body = application(subject, legalGround=ground)
    refused = await case_manager.post("/v1/referrals", body)
    assert refused.json()["guards"] == ["consent-names-recipient"]
