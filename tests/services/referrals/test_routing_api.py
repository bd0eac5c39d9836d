"""Who is responsible, asked from outside; and the queue for what no rule can say."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.services.referrals.desk import Desk
from tests.services.referrals.domain.people_and_places import RHEINE
from tests.services.referrals.papers import consent, referral, steinfurt_rules

LEFT = {"ags": RHEINE, "street": "Musterweg", "location": {"lon": 7.41, "lat": 52.27}}
RIGHT = {"ags": RHEINE, "street": "Musterweg", "location": {"lon": 7.47, "lat": 52.30}}
UNKNOWN = {"ags": RHEINE, "street": "Unbekannte Gasse", "houseNumber": "1"}


@pytest.fixture
def st_jobcenter(directory: None, desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("st-jobcenter-system")


@pytest.fixture
def st_coordinator(directory: None, desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("rheine-coordinator")


@pytest.mark.parametrize(
    ("place", "unit"), [(LEFT, "rheine-caritas"), (RIGHT, "rheine-lernen-foerdern")]
)
async def test_f11_the_side_of_the_ems_decides(
    st_jobcenter: Desk, subject: str, place: dict[str, Any], unit: str
) -> None:
    ground = {"consent": consent(unit)}
    body = referral(subject, place=place, legalGround=ground)
    sent = await st_jobcenter.post("/v1/referrals", body)
    assert sent.status_code == 201
    assert (sent.json()["state"], sent.json()["recipientUnit"]) == ("SUBMITTED", unit)
    assert (sent.json()["manualReason"], sent.json()["rulesVersion"]) == (None, 1)


async def test_f11_an_unknown_address_waits_for_a_person_and_never_gets_a_default(
    st_jobcenter: Desk,
    st_coordinator: Desk,
    desk_of: Callable[[str], Desk],
    subject: str,
    owner: Any,
) -> None:
    ground = {"consent": consent("rheine-caritas")}
    body = referral(subject, place=UNKNOWN, legalGround=ground)
    waiting = (await st_jobcenter.post("/v1/referrals", body)).json()
    assert (waiting["state"], waiting["recipientUnit"]) == ("READY", None)
    assert waiting["manualReason"] == "NOT_LOCATABLE"
    queue = (await st_coordinator.get("/v1/manual-queue?first=100")).json()["items"]
    (mine,) = [item for item in queue if item["id"] == waiting["id"]]
    assert mine["place"]["street"] == "Unbekannte Gasse"
    assert "content" not in mine
    refused = await st_jobcenter.act(waiting, "submit")
    assert (refused.status_code, "recipient-is-known" in refused.json()["guards"]) == (422, True)

    path = f"/v1/manual-queue/{waiting['id']}/actions/assign"
    assigned = await st_coordinator.post(
        path, {"recipientUnit": "rheine-caritas"}, version=waiting["version"]
    )
    assert (assigned.status_code, assigned.json()["recipientUnit"]) == (200, "rheine-caritas")
    assert assigned.json()["place"] is None
    queue = (await st_coordinator.get("/v1/manual-queue?first=100")).json()["items"]
    assert waiting["id"] not in [item["id"] for item in queue]
    again = await st_coordinator.post(
        path, {"recipientUnit": "rheine-caritas"}, version=assigned.json()["version"]
    )
    assert (again.status_code, again.json()["code"]) == (409, "already-assigned")
    told = await owner.fetch(
        "select subject from outbox_message where aggregate_id = $1 order by position",
        waiting["id"],
    )
    assert [row["subject"] for row in told] == ["kim.referrals.referral-routed.v1"]

    sent = await st_jobcenter.step(assigned.json(), "submit")
    assert (sent["state"], sent["recipientUnit"]) == ("SUBMITTED", "rheine-caritas")
    caritas = desk_of("rheine-caritas-case-manager")
    assert (await caritas.read(sent["id"]))["state"] == "SUBMITTED"
    assert (
        await owner.fetchval("select count(*) from referral_place where id = $1", sent["id"]) == 0
    )
    gone = await st_coordinator.get(f"/v1/manual-queue/{waiting['id']}")
    assert gone.status_code == 404


async def test_the_sender_may_give_the_ground_for_the_assigned_unit_when_sending(
    st_jobcenter: Desk, st_coordinator: Desk, subject: str
) -> None:
    body = referral(subject, place=UNKNOWN, legalGround=None)
    waiting = (await st_jobcenter.post("/v1/referrals", body)).json()
    assigned = await st_coordinator.post(
        f"/v1/manual-queue/{waiting['id']}/actions/assign",
        {"recipientUnit": "rheine-lernen-foerdern"},
        version=waiting["version"],
    )
    ground = {"legalGround": {"consent": consent("rheine-lernen-foerdern")}}
    sent = await st_jobcenter.step(assigned.json(), "submit", ground)
    assert (sent["recipientUnit"], sent["groundKind"]) == ("rheine-lernen-foerdern", "CONSENT")


@pytest.mark.parametrize(
    ("unit", "status", "code"),
    [
        ("nobody-here", 409, "unit-unknown"),
        ("st-jobcenter", 422, "recipient-is-sender"),
    ],
)
async def test_the_coordination_names_only_a_unit_that_can_receive(
    st_jobcenter: Desk, st_coordinator: Desk, subject: str, unit: str, status: int, code: str
) -> None:
    waiting = (await st_jobcenter.post("/v1/referrals", referral(subject, place=UNKNOWN))).json()
    refused = await st_coordinator.post(
        f"/v1/manual-queue/{waiting['id']}/actions/assign",
        {"recipientUnit": unit},
        version=waiting["version"],
    )
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert (await st_jobcenter.read(waiting["id"]))["recipientUnit"] is None


async def test_another_tenants_coordination_does_not_see_the_queue(
    st_jobcenter: Desk, coordinator: Desk, subject: str
) -> None:
    waiting = (await st_jobcenter.post("/v1/referrals", referral(subject, place=UNKNOWN))).json()
    queue = (await coordinator.get("/v1/manual-queue?first=100")).json()["items"]
    assert waiting["id"] not in [item["id"] for item in queue]
    path = f"/v1/manual-queue/{waiting['id']}"
    assert (await coordinator.get(path)).status_code == 404
    answer = await coordinator.post(
        f"{path}/actions/assign", {"recipientUnit": "waf-cm"}, version=waiting["version"]
    )
    assert answer.status_code == 404


async def test_f11_routing_answers_for_an_address(st_jobcenter: Desk) -> None:
    path = f"/v1/routing?service=CASE_MANAGEMENT&address=Musterweg 4&municipality={RHEINE}"
    left = (await st_jobcenter.get(f"{path}&lon=7.41&lat=52.27")).json()
    assert (left["unitId"], left["manualReason"]) == ("rheine-caritas", None)
    assert [target["ruleId"] for target in left["targets"]] == ["rheine-left"]
    unknown = (await st_jobcenter.get(path)).json()
    assert (unknown["unitId"], unknown["manualReason"]) == (None, "NOT_LOCATABLE")
    whole = (await st_jobcenter.get(f"/v1/routing?service=CASE_MANAGEMENT&ags={RHEINE}")).json()
    assert (whole["unitId"], whole["manualReason"]) == (None, "ADDRESS_NEEDED")


async def test_f24_keys_stay_text_and_the_ars_is_derived(jobcenter: Desk) -> None:
    by_ags = (await jobcenter.get("/v1/routing?service=CASE_MANAGEMENT&ags=05570044")).json()
    assert (by_ags["municipalityAgs"], by_ags["ars"]) == ("05570044", "055700044044")
    assert by_ags["arsIsDerived"] is True
    by_ars = (await jobcenter.get("/v1/routing?service=CASE_MANAGEMENT&ars=055700044044")).json()
    assert (by_ars["municipalityAgs"], by_ars["arsIsDerived"]) == ("05570044", False)
    assert by_ars["unitId"] == by_ags["unitId"] == "waf-cm"


@pytest.mark.parametrize(
    "question",
    [
        "",
        "&ags=05570044&ars=055700044044",
        "&ags=05570044&address=Weg 1&municipality=05570044",
        "&address=Weg 1",
        "&municipality=05570044",
        "&ags=05570044&lon=7.4&lat=52.2",
        "&address=Weg 1&municipality=05570044&lon=7.4",
        "&ags=05570044&plz=48291",
    ],
)
async def test_routing_wants_exactly_one_area(jobcenter: Desk, question: str) -> None:
    answer = await jobcenter.get(f"/v1/routing?service=CASE_MANAGEMENT{question}")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "question",
    ["service=CASE_MANAGEMENT&ags=5570044", "service=case&ags=05570044", "ags=05570044"],
)
async def test_routing_refuses_what_it_cannot_read(jobcenter: Desk, question: str) -> None:
    assert (await jobcenter.get(f"/v1/routing?{question}")).status_code == 422


async def test_an_unknown_service_has_no_route(jobcenter: Desk) -> None:
    answer = await jobcenter.get("/v1/routing?service=PALM_READING&ags=05570044")
    assert (answer.status_code, answer.json()["code"]) == (422, "service-unknown")


async def test_rules_are_published_in_versions(coordinator: Desk, case_manager: Desk) -> None:
    question = "/v1/routing?service=CASE_MANAGEMENT&ags=05570044"
    in_force = (await case_manager.get(question)).json()["rulesVersion"]
    before = (await coordinator.get("/v1/routing-rules?first=1")).json()["items"][0]
    body = {"validFrom": "2098-01-01", "rules": before["rules"]}
    published = await coordinator.post("/v1/routing-rules", body)
    assert (published.status_code, published.json()["version"]) == (201, before["version"] + 1)
    assert published.headers["location"] == f"/v1/routing-rules/{before['version'] + 1}"
    read = await case_manager.get(f"/v1/routing-rules/{before['version']}")
    assert read.json() == before
    assert (await case_manager.get("/v1/routing-rules/999999")).status_code == 404
    assert (await case_manager.get(question)).json()["rulesVersion"] == in_force


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"unitId": "nobody-here"}, 409, "unit-unknown"),
        ({"serviceCode": "PALM_READING"}, 422, "service-unknown"),
        ({"priority": 0}, 422, "fields-refused"),
        ({"area": {"kind": "SHAPE", "ags": RHEINE, "ring": [[7, 52]] * 3}}, 422, "fields-refused"),
        (
            {
                "area": {
                    "kind": "SHAPE",
                    "ags": RHEINE,
                    "ring": [[7, 52], [8, 52], [8, 53], [7, 53]],
                }
            },
            422,
            "shape-unusable",
        ),
        ({"area": {"kind": "MUNICIPALITIES", "keys": ["5566"]}}, 422, "fields-refused"),
        ({"area": {"kind": "ANYWHERE"}}, 422, "fields-refused"),
    ],
)
async def test_unusable_rules_are_refused_whole(
    st_coordinator: Desk, change: dict[str, Any], status: int, code: str
) -> None:
    body = steinfurt_rules()
    body["rules"][0] |= change
    answer = await st_coordinator.post("/v1/routing-rules", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    versions = (await st_coordinator.get("/v1/routing-rules")).json()["items"]
    assert [version["version"] for version in versions] == [1]


async def test_only_coordination_and_administration_write_rules(
    jobcenter: Desk, case_manager: Desk
) -> None:
    for desk in (jobcenter, case_manager):
        answer = await desk.post("/v1/routing-rules", steinfurt_rules())
        assert answer.status_code == 403
