"""Deputies and emergency access: who reads a case that is not theirs, for how long, and who
learns of it.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from services.cases.api.schemas import standing_in
from tests.engines import ServiceDatabase
from tests.services.cases.api.test_reading import check
from tests.services.cases.conftest import Person, SignedIn, actor_of, today
from tests.services.cases.storage.test_policies import as_application, ask_as

__all__ = ["as_application"]

CONFIDENTIAL = {
    "kind": "FILE",
    "text": "Schuldenstand besprochen.",
    "heldOn": today(),
    "confidentiality": "CONFIDENTIAL",
}
ENTRUSTED = {"kind": "CONVERSATION", "text": "Anvertraut.", "heldOn": today()}
WHY = {
    "reason": "CHILD_AT_RISK",
    "justification": "Meldung der Schule, die zuständige Fachkraft ist im Urlaub.",
}


@pytest.fixture
async def hers(anna: Person, case: dict[str, Any]) -> dict[str, Any]:
    """A case that Anna holds, with a confidential and an entrusted note."""
    await anna.act(case["id"], "assign")
    notes = {
        name: (await anna.post(f"/v1/cases/{case['id']}/notes", body))["id"]
        for name, body in (("confidential", CONFIDENTIAL), ("entrusted", ENTRUSTED))
    }
    return case | notes


async def emergency(person: Person, case_id: str, **how: Any) -> Any:
    return await person.post(f"/v1/cases/{case_id}/emergency-accesses", WHY, **how)


async def test_nobody_makes_themselves_the_deputy_of_a_colleague(
    anna: Person, bernd: Person, signed_in: SignedIn, hers: dict[str, Any]
) -> None:
    annas, bernds = await actor_of(anna, "|waf-case-manager"), await actor_of(anna, "manager-2")
    period = {"fromOn": today(), "toOn": today()}
    before = len((await bernd.get("/v1/deputyships", first="100"))["items"])
    alone = await bernd.post(
        "/v1/deputyships", {"principal": annas, "deputy": bernds, **period}, status=403
    )
    assert alone["code"] == "deputy-not-yours-to-appoint"
    assert len((await bernd.get("/v1/deputyships", first="100"))["items"]) == before
    await bernd.get(f"/v1/notes/{hers['confidential']}", status=404)

    lead = signed_in("waf-team-lead")
    made = await lead.post("/v1/deputyships", {"principal": annas, "deputy": bernds, **period})
    check(standing_in.DeputyshipView, made)
    assert (made["state"], made["endedAt"]) == ("IN_FORCE", None)
    await bernd.get(f"/v1/notes/{hers['confidential']}")
    await bernd.get(f"/v1/notes/{hers['entrusted']}", status=404)
    # The lead appoints, and reads nothing for it.
    await lead.get(f"/v1/notes/{hers['confidential']}", status=403)
    ended = await bernd.post(f"/v1/deputyships/{made['id']}/actions/end", status=200)
    assert (ended["state"], ended["toOn"], ended["endedBy"]) == ("ENDED", today(), bernds)
    await bernd.get(f"/v1/notes/{hers['confidential']}", status=404)
    states = (await anna.get("/v1/deputyships", state="ENDED", first="100"))["items"]
    assert made["id"] in {one["id"] for one in states}


async def test_an_emergency_opens_confidential_notes_of_one_case_and_no_entrusted_one(
    anna: Person, bernd: Person, hers: dict[str, Any]
) -> None:
    await bernd.get(f"/v1/notes/{hers['confidential']}", status=404)
    opened = await emergency(bernd, hers["id"])
    check(standing_in.EmergencyView, opened)
    assert (opened["state"], opened["caseId"], opened["version"]) == ("OPEN", hers["id"], 1)
    assert (await bernd.get(f"/v1/notes/{hers['confidential']}"))["text"] == CONFIDENTIAL["text"]
    await bernd.get(f"/v1/notes/{hers['entrusted']}", status=404)
    assert (await emergency(bernd, hers["id"], status=409))["code"] == "emergency-is-open"
    path = f"/v1/emergency-accesses/{opened['id']}"
    ended = await bernd.post(f"{path}/actions/end", status=200)
    assert ended["state"] == "ENDED"
    await bernd.get(f"/v1/notes/{hers['confidential']}", status=404)
    again = await bernd.post(f"{path}/actions/end", status=409)
    assert again["code"] == "transition-not-allowed"
    # Whoever is in charge needs none, and does not see what a colleague opened.
    assert (await emergency(anna, hers["id"], status=409))["code"] == "emergency-not-needed"
    await anna.get(path, status=404)


async def test_an_emergency_needs_a_reason_in_words(bernd: Person, hers: dict[str, Any]) -> None:
    path = f"/v1/cases/{hers['id']}/emergency-accesses"
    for body in (
        {"reason": "CHILD_AT_RISK"},
        {"reason": "CHILD_AT_RISK", "justification": "eilig"},
        {"reason": "CURIOSITY", "justification": WHY["justification"]},
    ):
        await bernd.post(path, body, status=422)
    listed = await bernd.get("/v1/emergency-accesses", caseId=hers["id"])
    assert listed["items"] == []


async def test_the_officer_learns_at_once_reads_what_was_read_and_reviews(
    bernd: Person,
    signed_in: SignedIn,
    hers: dict[str, Any],
    database: Callable[[str], ServiceDatabase],
) -> None:
    opened = await emergency(bernd, hers["id"])
    await bernd.get(f"/v1/notes/{hers['confidential']}")
    officer, path = signed_in("waf-dpo"), f"/v1/emergency-accesses/{opened['id']}"
    waiting = await officer.get("/v1/emergency-accesses", state="OPEN", caseId=hers["id"])
    assert [one["justification"] for one in waiting["items"]] == [WHY["justification"]]
    event = await told(database("cases"), opened["id"])
    assert event["data"]["reason"] == "CHILD_AT_RISK"
    assert WHY["justification"] not in str(event)
    assert opened["actor"] not in str(event)

    early = {"verdict": "JUSTIFIED"}
    refused = await officer.post(f"{path}/actions/review", early, version=1, status=409)
    assert refused["code"] == "transition-not-allowed"
    await bernd.post(f"{path}/actions/end", status=200)
    deeds = (await officer.get(f"{path}/deeds"))["items"]
    assert {(one["action"], one["recordKind"]) for one in deeds} >= {
        ("open-emergency-access", "emergency-access"),
        ("read", "note"),
    }
    assert hers["confidential"] in {one for deed in deeds for one in deed["recordIds"]}
    assert {deed["actor"] for deed in deeds} == {opened["actor"]}
    await bernd.post(f"{path}/actions/review", early, version=2, status=403)
    await bernd.get(f"{path}/deeds", status=403)
    await officer.post(f"{path}/actions/review", early, version=1, status=412)
    reviewed = await officer.post(f"{path}/actions/review", early, version=2, status=200)
    assert (reviewed["state"], reviewed["verdict"]) == ("REVIEWED", "JUSTIFIED")
    await officer.post(f"{path}/actions/review", early, version=3, status=409)
    changed = await officer.get("/v1/audit-entries", recordId=opened["id"], first="50")
    assert {"open-emergency-access", "end-emergency-access", "review-emergency-access"} <= {
        one["action"] for one in changed["items"]
    }


async def told(database: ServiceDatabase, access_id: str) -> dict[str, Any]:
    connection = await asyncpg.connect(database.relay_dsn)
    try:
        payload = await connection.fetchval(
            "select payload from outbox_message"
            " where subject = 'kim.cases.emergency-access-opened.v1'"
            " and payload -> 'data' ->> 'accessId' = $1",
            access_id,
        )
    finally:
        await connection.close()
    found: dict[str, Any] = json.loads(payload)
    return found


@pytest.mark.parametrize(
    ("persona", "status"),
    [
        ("rheine-caritas-case-manager", 404),
        ("waf-team-lead", 403),
        ("waf-unit-head", 403),
        ("waf-admin", 403),
        ("waf-dpo", 403),
        ("waf-b3-officer", 404),
    ],
)
async def test_hazard_01_06_an_emergency_crosses_neither_units_nor_roles(
    signed_in: SignedIn, hers: dict[str, Any], persona: str, status: int
) -> None:
    person = signed_in(persona)
    refused = await emergency(person, hers["id"], status=status)
    if status == 404 and persona != "waf-b3-officer":
        unknown = await emergency(person, str(uuid4()), status=404)
        assert {**refused, "instance": "", "requestId": ""} == {
            **unknown, "instance": "", "requestId": "",
        }  # fmt: skip
    officer = signed_in("waf-dpo")
    assert (await officer.get("/v1/emergency-accesses", caseId=hers["id"]))["items"] == []


READS = "select count(*) from note where id = $1"
OPENS = (
    "insert into emergency_access (id, tenant_id, unit_id, case_id, actor, reason, justification,"
    " opened_at, expires_at, version) values (gen_random_uuid(), '05570', $1, $2, $3,"
    " 'CHILD_AT_RISK', '', now() - $4::interval, now() - $4::interval + interval '1 hour', 1)"
)


@pytest.mark.parametrize(("ago_minutes", "is_seen"), [(0, 1), (59, 1), (60, 0), (90, 0)])
async def test_the_database_itself_ends_an_emergency_access(
    hers: dict[str, Any],
    as_application: "asyncpg.Connection[asyncpg.Record]",
    ago_minutes: int,
    is_seen: int,
) -> None:
    me = "urn:test|colleague"
    await ask_as(as_application, actor=me)
    assert await as_application.fetchval(READS, hers["confidential"]) == 0
    await as_application.execute(OPENS, "waf-cm", hers["id"], me, timedelta(minutes=ago_minutes))
    assert await as_application.fetchval(READS, hers["confidential"]) == is_seen
    assert await as_application.fetchval(READS, hers["entrusted"]) == 0
    for identity in ({"unit_type": "ABH"}, {"roles": ",case_manager,b3_officer,"},
                     {"unit": "rheine-caritas"}, {"tenant": "05566"}, {"roles": ",team_lead,"},
                     {"actor": "urn:test|third"}):  # fmt: skip
        await ask_as(as_application, **{"actor": me, **identity})
        assert await as_application.fetchval(READS, hers["confidential"]) == 0, identity


@pytest.mark.parametrize(
    ("unit", "actor", "identity"),
    [
        ("waf-cm", "urn:test|another", {}),
        ("waf-cm", "urn:test|me", {"roles": ",team_lead,"}),
        ("waf-cm", "urn:test|me", {"roles": ",system,"}),
        ("waf-cm", "urn:test|me", {"roles": ",case_manager,b3_officer,"}),
        ("rheine-caritas", "urn:test|me", {}),
        ("rheine-caritas", "urn:test|me", {"unit": "rheine-caritas"}),
    ],
)
async def test_the_database_lets_nobody_else_open_a_case_in_an_emergency(
    hers: dict[str, Any],
    as_application: "asyncpg.Connection[asyncpg.Record]",
    unit: str,
    actor: str,
    identity: dict[str, str],
) -> None:
    await ask_as(as_application, **{"actor": "urn:test|me", **identity})
    refusals = (asyncpg.InsufficientPrivilegeError, asyncpg.ForeignKeyViolationError)
    with pytest.raises(refusals):
        await as_application.execute(OPENS, unit, hers["id"], actor, timedelta())


@pytest.mark.parametrize(
    "change",
    [
        "update emergency_access set expires_at = expires_at + interval '1 hour'",
        "update emergency_access set reviewed_at = now(), reviewed_by = actor, verdict = reason",
        "update emergency_access set ended_at = now(), ended_by = 'urn:test|another'",
        "delete from emergency_access",
    ],
)
async def test_the_database_lets_nobody_prolong_or_clear_an_emergency_access(
    hers: dict[str, Any], as_application: "asyncpg.Connection[asyncpg.Record]", change: str
) -> None:
    me = "urn:test|me"
    await ask_as(as_application, actor=me)
    await as_application.execute(OPENS, "waf-cm", hers["id"], me, timedelta())
    refusals = (asyncpg.InsufficientPrivilegeError, asyncpg.CheckViolationError)
    with pytest.raises(refusals):
        await as_application.execute(change)


@pytest.mark.parametrize(
    ("actor", "roles", "outcome"),
    [
        ("urn:test|principal", ",case_manager,", "taken"),
        ("urn:test|lead", ",team_lead,", "taken"),
        ("urn:test|deputy", ",case_manager,", "refused"),
        ("urn:test|deputy", ",case_manager,team_lead,", "refused"),
        ("urn:test|third", ",case_manager,", "refused"),
        ("urn:test|principal", ",system,", "refused"),
        ("urn:test|principal", ",b3_officer,case_manager,", "refused"),
    ],
)
async def test_the_database_takes_deputies_from_their_principal_or_the_lead_alone(
    as_application: "asyncpg.Connection[asyncpg.Record]", actor: str, roles: str, outcome: str
) -> None:
    await ask_as(as_application, actor=actor, roles=roles)
    appointment = (
        "insert into deputyship (id, tenant_id, unit_id, principal, deputy, from_on, to_on,"
        " recorded_by, recorded_at) values (gen_random_uuid(), '05570', 'waf-cm',"
        " 'urn:test|principal', 'urn:test|deputy', current_date, current_date, $1, now())"
    )
    if outcome == "taken":
        await as_application.execute(appointment, actor)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await as_application.execute("update deputyship set to_on = to_on + 1")
    else:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await as_application.execute(appointment, actor)
