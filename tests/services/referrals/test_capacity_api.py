"""The directory in full, and what units can take on: told by themselves, said before sending."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from services.referrals.api.capacity import UnitServicePage, UnitServiceView
from services.referrals.api.directory_schemas import OrgUnitBody
from services.referrals.domain.codes import Mode
from services.referrals.domain.deadlines import Terms
from services.referrals.operations.due import do_due_work
from shared.database.connection import Database
from shared.kernel.caller import system_caller
from tests.services.referrals.desk import Desk
from tests.services.referrals.domain.people_and_places import RHEINE
from tests.services.referrals.papers import consent, referral, unit

OPEN: dict[str, Any] = {
    "accepts": True,
    "seatsTotal": 40,
    "seatsFree": 6,
    "waitingDays": 14,
    "languages": ["ukr", "deu", "ukr"],
    "opening": [
        {"day": "TH", "opensAt": "14:00", "closesAt": "17:30"},
        {"day": "MO", "opensAt": "08:00", "closesAt": "12:00"},
    ],
    "validFrom": "2026-01-01",
    "validTo": "2099-12-31",
}
CM = "/v1/org-units/waf-cm/services/CASE_MANAGEMENT"


def name() -> str:
    return f"unit-{uuid4().hex[:10]}"


async def tell(desk: Desk, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """In whatever version it stands."""
    found = await desk.get(path)
    version = found.json()["version"] if found.status_code == 200 else None
    answer = await desk.put(path, body, version=version)
    assert answer.status_code in {200, 201}, answer.text
    told: dict[str, Any] = answer.json()
    return told


@pytest.fixture(autouse=True)
async def open_again(team_lead: Desk) -> AsyncIterator[None]:
    """Leaves the case management open, as the other tests expect it."""
    yield
    await tell(team_lead, CM, {"accepts": True})


async def test_an_entry_carries_contacts_modes_deputy_and_parts_of_municipalities(
    coordinator: Desk, jobcenter: Desk
) -> None:
    more = {
        "email": "kontakt@stelle.example",
        "phone": "+49 2581 530",
        "url": "https://stelle.example/hilfe",
        "dvdvKey": "psw:05570000",
        "hasSoftware": False,
        "acceptedModes": ["WARM_HANDOVER", "ZUSTEUERUNG_IN"],
        "deputyUnit": "waf-cm",
        "areaParts": [{"kind": "DISTRICTS", "ags": RHEINE, "names": ["Eschendorf"]}],
    }
    body = unit(name(), **more)
    added = await coordinator.post("/v1/org-units", body)
    assert added.status_code == 201, added.text
    read = (await jobcenter.get(f"/v1/org-units/{body['unitId']}")).json()
    assert {key: read[key] for key in more} == more


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"deputyUnit": "nobody-here"}, 409, "unit-unknown"),
        ({"deputyUnit": "waf-self"}, 422, "deputy-is-itself"),
        ({"url": "javascript:alert(1)"}, 422, "fields-refused"),
        ({"acceptedModes": ["PIGEON"]}, 422, "fields-refused"),
        (
            {"areaParts": [{"kind": "SHAPE", "ags": RHEINE, "ring": [[7, 52], [8, 52]] * 2}]},
            422,
            "shape-unusable",
        ),
        ({"areaParts": [{"kind": "MUNICIPALITIES", "keys": ["05566"]}]}, 422, "fields-refused"),
    ],
)
async def test_an_entry_that_cannot_be_kept_is_refused_whole(
    coordinator: Desk, changes: dict[str, Any], status: int, code: str
) -> None:
    answer = await coordinator.post("/v1/org-units", unit("waf-self", **changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (await coordinator.get("/v1/org-units/waf-self")).status_code == 404


async def test_a_unit_that_accepts_no_such_referral_gets_none_but_child_protection(
    coordinator: Desk, jobcenter: Desk, subject: str
) -> None:
    body = unit(name(), services=["CASE_MANAGEMENT"], acceptedModes=["WARM_HANDOVER"])
    await coordinator.post("/v1/org-units", body)
    there = {
        "recipientUnit": body["unitId"],
        "legalGround": {"consent": consent(body["unitId"])},
    }
    refused = await jobcenter.post("/v1/referrals", referral(subject, **there))
    assert (refused.status_code, refused.json()["guards"]) == (422, ["mode-is-accepted"])
    warm = referral(subject, mode=Mode.WARM_HANDOVER.value, **there)
    assert (await jobcenter.post("/v1/referrals", warm)).status_code == 201


async def test_a_unit_tells_what_it_can_take_on(team_lead: Desk, jobcenter: Desk) -> None:
    told = await tell(team_lead, CM, OPEN)
    UnitServiceView.model_validate(told)
    assert told["languages"] == ["deu", "ukr"]
    assert [one["day"] for one in told["opening"]] == ["MO", "TH"]
    assert (told["seatsFree"], told["waitingDays"], told["validTo"]) == (6, 14, "2099-12-31")
    read = await jobcenter.get(CM)
    assert (read.json(), read.headers["etag"]) == (told, f'"{told["version"]}"')
    path = "/v1/unit-services?serviceCode=CASE_MANAGEMENT&unitId=waf-cm&accepts="
    page = (await jobcenter.get(f"{path}true")).json()
    UnitServicePage.model_validate(page)
    assert page["items"] == [told]
    assert (await jobcenter.get(f"{path}false")).json()["items"] == []
    assert (await jobcenter.get(f"{path}maybe")).status_code == 400


async def test_the_second_word_needs_the_version_of_the_first(
    coordinator: Desk, jobcenter: Desk
) -> None:
    body = unit(name(), services=["LANGUAGE_COURSE"])
    await coordinator.post("/v1/org-units", body)
    path = f"/v1/org-units/{body['unitId']}/services/LANGUAGE_COURSE"
    assert (await jobcenter.get(path)).status_code == 404
    assert (await coordinator.put(path, OPEN, version=1)).status_code == 412
    first = await coordinator.put(path, OPEN)
    assert (first.status_code, first.headers["location"]) == (201, path)
    assert (await coordinator.put(path, OPEN)).status_code == 428
    second = await coordinator.put(path, OPEN | {"seatsFree": 5}, version=1)
    assert (second.status_code, second.json()["version"]) == (200, 2)
    assert (await coordinator.put(path, OPEN, version=1)).status_code == 412
    changed = {key: value for key, value in body.items() if key != "unitId"} | {"services": []}
    gone = await coordinator.put(f"/v1/org-units/{body['unitId']}", changed, version=1)
    assert gone.status_code == 200
    assert (await coordinator.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"seatsFree": 41}, "capacity-unusable"),
        ({"validTo": "2025-12-31"}, "capacity-unusable"),
        ({"opening": [{"day": "MO", "opensAt": "9:00", "closesAt": "12:00"}]}, "fields-refused"),
        ({"opening": [{"day": "MO", "opensAt": "12:00", "closesAt": "09:00"}]}, "opening-unusable"),
        ({"seatsTotal": -1}, "fields-refused"),
        ({"accepts": "yes"}, "fields-refused"),
    ],
)
async def test_a_capacity_that_cannot_be_is_refused(
    team_lead: Desk, owner: Any, changes: dict[str, Any], code: str
) -> None:
    before = await owner.fetch("select * from unit_service")
    answer = await team_lead.put(CM, OPEN | changes)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert await owner.fetch("select * from unit_service") == before


async def test_a_unit_changes_its_own_capacity_only(
    team_lead: Desk,
    jobcenter: Desk,
    case_manager: Desk,
    desk_of: Callable[[str], Desk],
    owner: Any,
    app_database: Database,
) -> None:
    await tell(team_lead, CM, OPEN)
    counts = "select (select count(*) from unit_service), (select count(*) from audit_entry)"
    before = await owner.fetchrow(counts)
    foreign = "/v1/org-units/waf-jobcenter/services/JOB_PLACEMENT"
    refused = await team_lead.put(foreign, {"accepts": False})
    assert (refused.status_code, refused.json()["code"]) == (403, "not-your-unit")
    refused = await jobcenter.put(CM, {"accepts": False}, version=1)
    assert (refused.status_code, refused.json()["code"]) == (403, "not-your-unit")
    for desk in (case_manager, desk_of("waf-b3-officer"), desk_of("waf-integrator")):
        assert (await desk.put(CM, {"accepts": False}, version=1)).status_code == 403
    unoffered = await team_lead.put("/v1/org-units/waf-cm/services/NATURALISATION", OPEN)
    assert (unoffered.status_code, unoffered.json()["code"]) == (422, "service-not-offered")
    assert await owner.fetchrow(counts) == before

    system = system_caller(tenant_id="05570", unit_id="waf-jobcenter", part="tests")
    caller = replace(system, roles=frozenset({"partner"}))
    async with app_database.transaction(caller) as tx:
        changed = await tx.connection.execute("update unit_service set accepts = false")
        assert changed == "UPDATE 0"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with app_database.transaction(caller) as tx:
            await tx.connection.execute(
                "insert into unit_service (id, tenant_id, unit_id, version, service_code, accepts,"
                " languages, opening, created_at, updated_at) values (gen_random_uuid(), '05570',"
                " 'waf-cm-nord', 1, 'CASE_MANAGEMENT', false, '{}', '[]', now(), now())"
            )


async def test_another_kreis_sees_no_capacity(
    team_lead: Desk, desk_of: Callable[[str], Desk]
) -> None:
    await tell(team_lead, CM, OPEN)
    stranger = desk_of("rheine-caritas-team-lead")
    assert (await stranger.get(CM)).status_code == 404
    assert (await stranger.get("/v1/unit-services?unitId=waf-cm")).json()["items"] == []


async def test_a_full_service_is_said_before_sending(
    team_lead: Desk, jobcenter: Desk, subject: str, owner: Any
) -> None:
    question = "/v1/routing?service=CASE_MANAGEMENT&ags=05570044"
    await tell(team_lead, CM, OPEN)
    [target] = (await jobcenter.get(question)).json()["targets"]
    assert (target["accepts"], target["seatsFree"], target["waitingDays"]) == (True, 6, 14)
    body = referral(subject)
    tried = await jobcenter.post("/v1/referrals?dryRun=true", body)
    assert (tried.status_code, tried.json()["warnings"]) == (200, [])

    await tell(team_lead, CM, OPEN | {"seatsFree": 0, "waitingDays": 42})
    [target] = (await jobcenter.get(question)).json()["targets"]
    assert (target["accepts"], target["seatsFree"], target["waitingDays"]) == (False, 0, 42)
    before = await owner.fetchval("select count(*) from referral")
    tried = await jobcenter.post("/v1/referrals?dryRun=true", body)
    assert tried.json()["warnings"] == [
        {
            "pointer": "/recipientUnit",
            "code": "service-full",
            "title": {
                "de": "Diese Stelle nimmt für die Leistung zurzeit niemanden auf.",
                "en": "At present this unit takes nobody for the service.",
            },
            "unitId": "waf-cm",
            "serviceCode": "CASE_MANAGEMENT",
            "waitingDays": 42,
        }
    ]
    assert await owner.fetchval("select count(*) from referral") == before
    sent = await jobcenter.post("/v1/referrals", body)
    assert (sent.status_code, sent.json()["recipientUnit"]) == (201, "waf-cm")


@pytest.mark.parametrize(("controller", "told"), [("waf-cm", True), ("waf-ki", False)])
async def test_an_escalation_is_told_to_the_deputy_unit_of_the_same_controller_only(
    coordinator: Desk,
    jobcenter: Desk,
    case_manager: Desk,
    subject: str,
    app_database: Database,
    owner: Any,
    *,
    controller: str,
    told: bool,
) -> None:
    deputy = unit(name(), controllerId=controller)
    await coordinator.post("/v1/org-units", deputy)
    path = "/v1/org-units/waf-cm"
    entry = (await coordinator.get(path)).json()
    plain = {key: entry[key] for key in OrgUnitBody.model_json_schema()["properties"]}
    named = await coordinator.put(
        path, plain | {"deputyUnit": deputy["unitId"]}, version=entry["version"]
    )
    assert named.status_code == 200, named.text
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    pulled = await case_manager.step(sent, "pull")
    at = datetime.fromisoformat(pulled["escalateAt"]) + timedelta(minutes=1)
    await do_due_work(app_database, Terms(), at)
    rows = await owner.fetch(
        "select audience, payload->'data'->>'deputyUnit' as deputy from outbox_message"
        " where aggregate_id = $1 and subject like '%escalated%'",
        UUID(sent["id"]),
    )
    expected = deputy["unitId"] if told else None
    assert [row["deputy"] for row in rows] == [expected]
    others = {deputy["unitId"]} if told else set()
    assert set(rows[0]["audience"]) == {"waf-cm", "waf-jobcenter"} | others
    await coordinator.put(path, plain, version=named.json()["version"])
